"""Draws the icon files from their drawings: run it after `ziping.svg` or `down.svg` has changed."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "icons"
DRAWING = FOLDER / "ziping.svg"
ARROW = FOLDER.parent / "style" / "down.svg"
ARROW_SIZES = {"": 12, "@2x": 24, "@3x": 36}
"""The arrow of a list to choose from, by the ending Qt looks for on a fine screen. A start that reads an SVG
loads another library of Qt for it: 2 ms."""
SIDE_PICTURE = Path(__file__).with_name("installer.bmp")
SIDE, GROUND = (164, 314), "#DCE8F5"
"""What NSIS asks for."""
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Those that Windows asks for at 100 to 250 per cent."""
PNG_FROM = 256
"""From this size on an entry is a PNG; smaller ones are bitmaps, which old shells and NSIS read too."""


def rendered(size: int, drawing: Path = DRAWING) -> tuple[bytes, bytes]:
    """A drawing at one size: as PNG, and as rows of BGRA from top to bottom."""
    from PySide6.QtCore import QBuffer, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide6's stubs want str
    return bytes(buffer.data().data()), bytes(image.constBits())


def side_picture() -> bytes:
    """The installer's left edge, as a BMP: the icon on our blue."""
    from PySide6.QtCore import QBuffer, QIODevice, QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    width, height = SIDE
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(width / 2 - 54, 40, 108, 108))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "BMP")  # type: ignore[call-overload]  # PySide6's stubs want str
    return bytes(buffer.data().data())


def bitmap(size: int, pixels: bytes) -> bytes:
    """An icon's bitmap entry: header of double height, rows from the bottom, an empty mask."""
    header = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, size * size * 4, 0, 0, 0, 0)
    rows = [pixels[y * size * 4 : (y + 1) * size * 4] for y in range(size - 1, -1, -1)]
    mask_row = (size + 31) // 32 * 4
    return header + b"".join(rows) + bytes(mask_row * size)


def packed(entries: list[tuple[int, bytes]]) -> bytes:
    """An .ico file of (size, data) entries."""
    offset = 6 + 16 * len(entries)
    head, body = struct.pack("<HHH", 0, 1, len(entries)), b""
    for size, data in entries:
        side = size % 256  # 256 is written as 0
        head += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), offset + len(body))
        body += data
    return head + body


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    entries = []
    for size in SIZES:
        png, pixels = rendered(size)
        entries.append((size, png if size >= PNG_FROM else bitmap(size, pixels)))
    (FOLDER / "ziping.ico").write_bytes(packed(entries))
    (FOLDER / "ziping.png").write_bytes(rendered(256)[0])
    for ending, size in ARROW_SIZES.items():
        ARROW.with_name(f"down{ending}.png").write_bytes(rendered(size, ARROW)[0])
    SIDE_PICTURE.write_bytes(side_picture())
    return 0


if __name__ == "__main__":
    sys.exit(main())
