"""Pictures as they are taken into the report: small enough, and of the two kinds that everything can print."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader

from desktop.domain.text_blocks.picture import MOST_BYTES, Picture, kind_of, picture_of
from desktop.errors import UserError

MOST_PIXELS = 1600
"""Of the longer side: at the width of a page that is 250 points to the inch."""
KINDS = "图片 (*.png *.jpg *.jpeg *.bmp *.gif *.tif *.tiff)"
"""What Qt reads with the plugins that are packed (build/bundle.py)."""
_QUALITIES = (88, 75, 60, 40)
_MOST_READ_MB = 512
"""Of a picture taken apart in memory; a scan of a large map is more than the program should hold."""


def picture_of_file(path: str) -> Picture:
    """What is in a file, as it is where it is small, else reduced. UserError where it is no picture."""
    try:
        with open(path, "rb") as file:
            data = file.read(64 * 1024 * 1024)
    except OSError as error:
        raise UserError("图片文件打不开。", "请看看文件是否还在，是否正被别的程序占用。") from error
    picture = picture_of_data(data)
    if picture is None:
        raise UserError("这个文件不是能读的图片。", "请换成 PNG 或 JPEG（.jpg）图片再插入。")
    return picture


def picture_of_data(data: bytes) -> Picture | None:
    """None for what Qt reads as no picture."""
    QImageReader.setAllocationLimit(_MOST_READ_MB)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)  # a photo held upright says so beside its pixels
    turned = bool(reader.transformation().value)
    image = reader.read()
    as_it_is = picture_of(data) if kind_of(data) and not turned else None
    if image.isNull() or (as_it_is is not None and max(as_it_is.width, as_it_is.height) <= MOST_PIXELS):
        return None if image.isNull() else as_it_is
    return picture_of_image(image)


def picture_of_image(given: object) -> Picture | None:
    """A picture from the clipboard, or one that was too large; None where it cannot be kept."""
    image = given if isinstance(given, QImage) else QImage(given)  # type: ignore[call-overload]
    if image.isNull():
        return None
    if max(image.width(), image.height()) > MOST_PIXELS:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(MOST_PIXELS, MOST_PIXELS, keep, smooth)
    else:
        small = _written(image, "PNG", -1)
        if len(small) <= MOST_BYTES // 4:
            return picture_of(small)
    image = _on_white(image)
    for quality in _QUALITIES:
        picture = picture_of(_written(image, "JPEG", quality))
        if picture is not None:
            return picture
    return None


def _on_white(image: QImage) -> QImage:
    """JPEG knows no glass: what shows through would come out black."""
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(Qt.GlobalColor.white)
    from PySide6.QtGui import QPainter

    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    return flat


def _written(image: QImage, kind: str, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind, quality)  # type: ignore[call-overload]
    return cast(bytes, buffer.data().data())
