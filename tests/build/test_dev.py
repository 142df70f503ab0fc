"""How the set-up installs: by the lock where it suits, and in every case by the bounds."""

from __future__ import annotations

from pathlib import Path

import pytest

import dev
import locked

BOUNDS = ["olefile>=0.47,<0.48"]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What pip was asked for, instead of asking it; as with pip, what is told to fail does."""
    asked: list[str] = []

    def run(command: list[str], **_: str) -> int:
        asked.append(" ".join(command).partition("--no-input ")[2])
        return 1 if "fails" in asked[-1] else 0

    monkeypatch.setattr(dev, "run", run)
    return asked


def lock(folder: Path, monkeypatch: pytest.MonkeyPatch, machine: str, name: str = "locked.txt") -> str:
    path = folder / name
    path.write_text(f"# {machine}\n", encoding="utf-8")
    monkeypatch.setattr(locked, "LOCKED", path)
    return f"--require-hashes -r {path}"


def test_install_takes_the_locked_versions_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    by_lock = lock(tmp_path, monkeypatch, locked.machine())
    assert dev.install(BOUNDS)
    assert calls == [by_lock, *BOUNDS]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("machine", "name", "tried"), [("Python 2.7, vms, vax", "locked.txt", 1), ("", "fails.txt", 2)]
)
def test_install_falls_back_to_the_bounds_and_says_so(
    machine: str,
    name: str,
    tried: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    calls: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    lock(tmp_path, monkeypatch, machine or locked.machine(), name)
    assert dev.install(BOUNDS)
    assert calls[-1] == BOUNDS[0] and len(calls) == tried
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and "pyproject.toml" in said[0]


def test_install_fails_where_the_bounds_cannot_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: list[str]
) -> None:
    lock(tmp_path, monkeypatch, locked.machine())
    assert not dev.install(["fails>=1,<2"])


def test_a_changed_lock_is_installed_anew() -> None:
    assert dev.fingerprint(BOUNDS, "a") != dev.fingerprint(BOUNDS, "b")
    assert dev.fingerprint(BOUNDS, "a") == dev.fingerprint(list(BOUNDS), "a")


def test_pictures_of_the_readme_are_those_that_the_demo_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(command: list[str], **_: str) -> int:
        made = Path(command[command.index("--out") + 1])
        for taken in dev.PICTURES.values():
            (made / f"{taken}.png").write_text(taken, encoding="utf-8")
        return 0

    kept = sorted(path.stem for path in (dev.ROOT / "resources/help/pictures").iterdir())
    assert kept == sorted(dev.PICTURES)
    folder = tmp_path / "resources/help/pictures"
    folder.mkdir(parents=True)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "run", run)
    assert dev.do_pictures([]) == 0
    assert {path.stem: path.read_text(encoding="utf-8") for path in folder.iterdir()} == dev.PICTURES
