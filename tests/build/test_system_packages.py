"""What is missing of the system is installed where that needs no asking, and told in one line elsewhere."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from tests.places import ROOT


def load() -> ModuleType:
    """build/ is no package: its files are scripts."""
    path = ROOT / "build" / "system_packages.py"
    spec = importlib.util.spec_from_file_location("system_packages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


packages = load()


@pytest.mark.parametrize(
    ("environ", "platform", "screen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_screen_is_seen(environ: dict[str, str], platform: str, screen: bool) -> None:
    assert packages.has_screen(environ, platform) is screen


def test_only_what_is_missing_is_named() -> None:
    def found(library: str) -> bool:
        return library != "libEGL.so.1" and "xcb" not in library

    def missing(screen: bool, platform: str = "linux") -> list[str]:
        return list(packages.missing_packages(screen, need_venv=False, found=found, platform=platform))

    assert missing(screen=False) == ["libegl1"]
    assert {"libegl1", "libxcb-cursor0"} < set(missing(screen=True))
    assert missing(screen=True, platform="win32") == []


def test_debians_separate_venv_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages.importlib.util, "find_spec", lambda name: None)
    wanted = packages.missing_packages(False, need_venv=True, found=lambda library: True, platform="linux")
    assert wanted == [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]


def test_without_rights_the_one_command_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(packages, "administrator", lambda: None)
    assert packages.provide(["libegl1"]) is False
    told = capsys.readouterr().err
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1" in told


def test_with_rights_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def runs(command: list[str]) -> bool:
        ran.append(command)
        return True

    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(packages, "administrator", lambda: ["sudo", "-n"])
    monkeypatch.setattr(packages, "_runs", runs)
    assert packages.provide(["libegl1", "libgl1"]) is True
    assert [command[:3] for command in ran] == [["sudo", "-n", "env"]] * 2
    assert ran[1][-5:] == ["install", "-y", "--no-install-recommends", "libegl1", "libgl1"]


def test_nothing_missing_is_nothing_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert packages.provide([]) is True
    assert capsys.readouterr() == ("", "")
