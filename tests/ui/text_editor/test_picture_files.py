"""Pictures are taken in small enough, and as PNG or JPEG whatever they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.domain.text_blocks.picture import MOST_BYTES
from desktop.errors import UserError
from desktop.ui.text_editor.picture_files import MOST_PIXELS, picture_of_file, picture_of_image


def image(width: int, height: int) -> QImage:
    made = QImage(width, height, QImage.Format.Format_ARGB32)
    made.fill(Qt.GlobalColor.darkGreen)
    return made


def test_a_small_picture_stays_byte_for_byte(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "小图.png"
    assert image(80, 60).save(str(path))
    assert picture_of_file(str(path)).data == path.read_bytes()


def test_a_large_one_is_reduced(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "大图.png"
    assert image(3200, 400).save(str(path))
    kept = picture_of_file(str(path))
    assert (kept.kind, kept.width, kept.height) == ("jpeg", MOST_PIXELS, 200)
    assert len(kept.data) <= MOST_BYTES


def test_another_kind_is_turned(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "旧图.bmp"
    assert image(40, 30).save(str(path))
    assert picture_of_file(str(path)).kind == "png"


def test_noise_is_kept_as_jpeg(qtbot: QtBot) -> None:
    noise = QImage(
        bytes((n * 7919 >> 3) & 255 for n in range(700 * 700 * 4)), 700, 700, QImage.Format.Format_RGB32
    )
    kept = picture_of_image(noise)
    assert kept is not None and len(kept.data) <= MOST_BYTES


def test_what_is_no_picture_is_told_in_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "文.png"
    path.write_text("不是图片", encoding="utf-8")
    with pytest.raises(UserError, match="不是能读的图片"):
        picture_of_file(str(path))
    with pytest.raises(UserError, match="打不开"):
        picture_of_file(str(tmp_path / "没有.png"))
    assert picture_of_image(QImage()) is None
