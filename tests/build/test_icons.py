"""The icon files hold every size Windows asks for, and are those of the drawing."""

from __future__ import annotations

import struct

from tests.places import RESOURCES

ICONS = RESOURCES / "icons"


def test_every_size_is_there() -> None:
    import icons

    data = (ICONS / "ziping.ico").read_bytes()
    _, kind, count = struct.unpack_from("<HHH", data)
    sizes = [data[6 + 16 * number] or 256 for number in range(count)]
    assert (kind, tuple(sizes)) == (1, icons.SIZES)


def test_a_bitmap_entry_stands_on_its_head() -> None:
    import icons

    top, bottom = b"\1\2\3\4" * 2, b"\5\6\7\x08" * 2
    entry = icons.bitmap(2, top + bottom)
    assert entry[40:56] == bottom + top
    assert len(entry) == 40 + 16 + 2 * 4


def test_the_arrow_is_there_for_fine_screens_too_and_named_in_the_style() -> None:
    import icons

    for ending, size in icons.ARROW_SIZES.items():
        data = (RESOURCES / "style" / f"down{ending}.png").read_bytes()
        assert struct.unpack_from(">II", data, 16) == (size, size)
    assert "STYLE/down.png" in (RESOURCES / "style" / "main.qss").read_text(encoding="utf-8")
