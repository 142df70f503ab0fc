"""The window's start: its icon, a second start's wish, and the warning of a shared folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop import app, paths, places
from desktop.single_instance import SingleInstance
from desktop.ui import messages
from desktop.ui.main_window import MainWindow
from desktop.workplace import Workplace


@pytest.fixture
def place(tmp_data_dir: Path) -> Iterator[Workplace]:
    place = Workplace.open(paths.locate(tmp_data_dir), paths.resources_dir())
    yield place
    place.close()


@pytest.fixture
def window(qtbot: QtBot, place: Workplace, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    app.application()
    window = MainWindow(app.make_session(place))
    monkeypatch.setattr(window, "raise_", lambda: None)  # the offscreen platform only complains of it
    qtbot.addWidget(window)
    window.show()
    return window


def test_nothing_of_qt_is_missing(qtbot: QtBot) -> None:
    app.application()
    assert app.missing_parts() == []
    assert not QApplication.windowIcon().isNull()


def test_a_second_start_brings_the_window_and_the_file(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(window.actions_, "import_file", opened.append)
    window.showMinimized()
    app.come_forward(window, "/表/附件2.xlsx")
    assert not window.isMinimized() and window.isVisible()
    app.come_forward(window, "")
    assert opened == ["/表/附件2.xlsx"]


def test_a_file_waits_while_a_question_is_open(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window.actions_, "import_file", lambda path: pytest.fail("opened over a dialog"))
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.show()
    app.come_forward(window, "/表/附件2.xlsx")
    assert "附件2.xlsx" in window.statusBar().currentMessage()
    dialog.close()


def test_a_shared_folder_is_warned_of_once(
    window: MainWindow, place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda parent, sentence, hint: told.append(sentence))
    monkeypatch.setattr(places, "warning", lambda folder: f"在同步盘里：{folder.name}")
    for folder in ("甲", "甲", "乙"):
        app.warn_of_place(window, place, Path(folder))
    assert told == ["在同步盘里：甲", "在同步盘里：乙"]


def test_a_second_start_ends_at_once(
    qtbot: QtBot, tmp_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.setattr(SingleInstance, "pass_on", lambda self, file: given.append(file) or True)
    assert app.run_window(str(tmp_data_dir), "表.xlsx") == 0
    assert given == ["表.xlsx"]
    assert not (tmp_data_dir / "ziping.db").exists()
