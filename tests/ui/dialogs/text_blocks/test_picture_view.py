"""A picture seen whole, printed as wide as wanted, and changed for another."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop.domain.text_blocks.picture import Picture
from desktop.ui import messages
from desktop.ui.dialogs import text_blocks
from desktop.ui.dialogs.text_blocks.picture_view import PictureDialog, choose_picture
from desktop.ui.session import Session
from desktop.ui.text_editor.picture_files import picture_of_file


def picture(folder: Path, width: int = 80, name: str = "图.png") -> Picture:
    image = QImage(width, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    assert image.save(str(folder / name))
    return picture_of_file(str(folder / name))


def test_the_width_on_paper_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = PictureDialog(picture(tmp_path)._replace(millimetres=77))
    qtbot.addWidget(dialog)
    dialog.show()
    width = dialog.findChild(QComboBox, "pictureWidth")
    assert width is not None and width.currentText() == "77毫米"
    width.setCurrentIndex(width.findData(100))
    width.activated.emit(width.currentIndex())
    assert dialog.picture.millimetres == 100


def test_another_file_takes_its_place(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = PictureDialog(picture(tmp_path)._replace(millimetres=60))
    qtbot.addWidget(dialog)
    other = picture(tmp_path, 90, "另.png")
    monkeypatch.setattr(messages, "choose_file", lambda *_: str(tmp_path / "另.png"))
    dialog.choose()
    assert dialog.picture == other._replace(millimetres=60)


def test_what_is_no_picture_is_told(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "tell_error", lambda _, error: told.append(error.sentence))
    monkeypatch.setattr(messages, "choose_file", lambda *_: str(tmp_path / "没有.png"))
    assert choose_picture(None) is None
    assert told == ["图片文件打不开。"]
    monkeypatch.setattr(messages, "choose_file", lambda *_: "")
    assert choose_picture(None) is None


def test_only_a_changed_picture_is_written(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PictureDialog, "exec", lambda _: 1)
    assert text_blocks.changed_block(session, picture(tmp_path), None) is None
