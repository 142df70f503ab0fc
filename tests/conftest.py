"""What holds for every test: no screen, no box that waits for a click, no warning in the log unannounced."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from functools import partialmethod
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests bring lxml along, which openpyxl would use; the program comes without it.
os.environ["OPENPYXL_LXML"] = "False"

# No deadline: a busy machine is not a bug. CI tries the same cases each time, a developer new ones.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

BOXES = {
    "QDialog": ["exec"],
    "QMessageBox": ["exec", "about", "critical", "information", "question", "warning"],
    "QFileDialog": ["exec", "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"],
    "QInputDialog": ["exec", "getText", "getItem", "getInt", "getDouble", "getMultiLineText"],
}


class PatientBot(QtBot):
    """Waits a minute for what must come, not five seconds: a busy machine is not a bug, and who waits for nothing is
    told so all the same."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=60_000)
    waitSignal = partialmethod(QtBot.waitSignal, timeout=60_000)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def tmp_data_dir(tmp_path: Path) -> Path:
    """An empty folder for `--data-dir`, with a Chinese name and a space as on users' machines."""
    folder = tmp_path / "我的 数据"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log fails the test; `@pytest.mark.logs_warnings` announces that there will be one."""
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    said = [f"{r.name}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING]
    if request.node.get_closest_marker("logs_warnings"):
        assert said, "marked logs_warnings, but nothing was logged"
    else:
        assert not said, f"logged without being announced: {said}"


@pytest.fixture(autouse=True)
def no_waiting_box(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A modal box would wait for ever. Tests that need an answer patch `desktop.ui.messages`, or `exec`."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        return
    from PySide6 import QtWidgets

    for kind, names in BOXES.items():
        for name in names:
            monkeypatch.setattr(getattr(QtWidgets, kind), name, _refusal(f"{kind}.{name}"))


def _refusal(name: str) -> Any:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError(f"{name} would wait for a click: patch it in the test")

    return refuse
