"""Pictures in the line of a Word 97-2003 document: PNG and JPEG files inside its data stream ([MS-DOC] 2.9.190, PICF)."""

from __future__ import annotations

from desktop.domain.text_blocks.picture import Picture, picture_of
from desktop.exchange.read_text.doc.binary import Properties

SIGN = "\x01"
"""Stands in the text where a picture is."""
_PLACE = 0x6A03
"""sprmCPicLocation: where in the data stream it begins."""
_GOAL_WIDTH, _SCALE, _HEAD = 28, 32, 4
"""In PICF: dxaGoal in twips, mx in thousandths, and cbHeader, behind which the drawing begins."""
_PNG, _PNG_END, _JPEG, _JPEG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82", b"\xff\xd8\xff", b"\xff\xd9"


def picture_at(data: bytes, settings: Properties) -> Picture | None:
    """`settings` are those of the run in which SIGN stands; None for what is no PNG or JPEG."""
    if _PLACE not in settings:
        return None
    at = int.from_bytes(settings[_PLACE], "little")
    block = data[at : at + int.from_bytes(data[at : at + 4], "little")]
    drawing = block[int.from_bytes(block[_HEAD : _HEAD + 2], "little") :]
    for begin, end in ((_PNG, _PNG_END), (_JPEG, _JPEG_END)):
        start, stop = drawing.find(begin), drawing.rfind(end)
        if 0 <= start < stop:
            return picture_of(drawing[start : stop + len(end)], _millimetres(block))
    return None


def _millimetres(block: bytes) -> int:
    wide = int.from_bytes(block[_GOAL_WIDTH : _GOAL_WIDTH + 2], "little")
    scale = int.from_bytes(block[_SCALE : _SCALE + 2], "little") or 1000
    return min(round(wide * scale / 1000 / 1440 * 25.4), 1000)
