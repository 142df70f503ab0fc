"""The smoke test passes on a whole program, and fails loudly on one that is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop import app, demo
from desktop.exchange.exporters import EXPORTERS
from desktop.ui.main_window import MainWindow
from desktop.ui.tabs import TABS
from desktop.ui.tabs.preview import PreviewTab
from desktop.ui.text_editor.field_text import FieldText


def test_every_tab_and_every_export(qtbot: QtBot, tmp_path: Path) -> None:
    said: list[object] = []
    assert demo.run_demo(tmp_path, said.append) == 0
    pictures = [path.stem for path in tmp_path.glob("*.png")]
    assert all(any(name.startswith(f"{n} {tab.title}") for name in pictures) for n, tab in enumerate(TABS, 1))
    assert "2 预算 功能分类" in pictures
    assert {path.suffix for path in tmp_path.iterdir()} == {".png", *(e.ending for e in EXPORTERS.values())}
    assert any("97.94" in str(line) for line in said)


def test_pictures_show_a_text_that_follows_the_data_and_a_page_of_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(self: MainWindow) -> bool:
        text, preview = self.findChild(FieldText), self.findChild(PreviewTab)
        shown.append((text.field_at(0) is not None, preview.view.page, preview.view.fit))
        return closed(self)

    shown: list[object] = []
    closed = MainWindow.close
    monkeypatch.setattr(MainWindow, "close", end)
    assert demo.run_demo(tmp_path, lambda line: None) == 0
    assert shown == [(True, demo.PAGE_OF_TEXT, "page")]


def test_pictures_are_taken_when_the_audit_is_done(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(self: MainWindow, number: int) -> QWidget:
        done.append(self.session.checking.done)
        return show_tab(self, number)

    done: list[bool] = []
    show_tab = MainWindow.show_tab
    monkeypatch.setattr(MainWindow, "show_tab", shown)
    assert demo.run_demo(tmp_path, lambda line: None) == 0
    assert done[-len(TABS) :] == [True] * len(TABS)  # the window itself opens the first before


def test_a_missing_part_of_qt_fails_it(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "missing_parts", lambda: ["svg"])
    assert demo.run_demo(tmp_path, lambda line: None) == 1
    assert "svg" in (tmp_path / demo.FAILURE_FILE).read_text(encoding="utf-8")


def test_what_a_tab_raises_fails_it(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: MainWindow, number: int) -> None:
        raise RuntimeError("tab")

    monkeypatch.setattr(MainWindow, "show_tab", broken)
    assert demo.run_demo(tmp_path, lambda line: None) == 1
