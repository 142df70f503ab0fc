"""Pictures of a PDF as files of their own: a photo as it lies there, anything else made into a PNG."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from desktop.domain.text_blocks.picture import Picture, picture_of
from desktop.exchange.read_text.lines import PICTURE_TEXT, DocumentLine
from desktop.exchange.read_text.pdf.page import PlacedImage, Run

_MILLIMETRE = 72 / 25.4
_SMALLEST = 15 * _MILLIMETRE
"""Points: what is narrower or lower is an ornament, a tick or a line."""
_WHOLE_PAGE = 0.8
"""Of the width and height of a page: a scan, or its background."""
_MOST_PAGES = 2
"""A picture that stands on more is a mark of the paper's."""
_MOST_PIXELS = 40_000_000
_COMPONENTS = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3}


class PageImage(NamedTuple):
    """A picture between the lines of a page; `order` as of lines and tables."""

    page: int
    order: float
    picture: Picture

    def line(self) -> DocumentLine:
        return DocumentLine(PICTURE_TEXT, picture=self.picture)


def pictures_of_text(
    found: Sequence[tuple[int, float, PlacedImage]],
    runs: Mapping[int, Sequence[Run]],
    sizes: Mapping[int, tuple[float, float]],
) -> list[PageImage]:
    """Those that are part of the report, each with its page and order: no seal over words, no scan, no logo of every
    page. `sizes` are width and height of the pages."""
    pages: dict[int, set[int]] = {}
    for page, _, image in found:
        pages.setdefault(image.number, set()).add(page)
    kept = list[PageImage]()
    for page, order, image in found:
        wide, high = sizes[page]
        whole = image.width > _WHOLE_PAGE * wide and image.height > _WHOLE_PAGE * high
        if min(image.width, image.height) < _SMALLEST or whole or len(pages[image.number]) > _MOST_PAGES:
            continue
        if any(_inside(run, image) for run in runs.get(page, ())):
            continue
        picture = None
        with suppress(Exception):  # whatever a damaged stream leads to: the text is read all the same
            picture = _picture(image.source, round(image.width / _MILLIMETRE))
        if picture is not None:
            kept.append(PageImage(page, order, picture))
    return kept


def _inside(run: Run, image: PlacedImage) -> bool:
    across = image.left <= run.x <= image.left + image.width
    return across and image.low <= run.y <= image.low + image.height and bool(run.text.strip())


def _picture(source: Any, millimetres: int) -> Picture | None:
    width, height = int(source["/Width"]), int(source["/Height"])
    filters = source.get("/Filter")
    names = [filters] if isinstance(filters, str) else list(filters or ())
    if names == ["/DCTDecode"] and "/SMask" not in source:
        return picture_of(source._data, millimetres)
    if "/DCTDecode" in names or "/JPXDecode" in names or not 0 < width * height <= _MOST_PIXELS:
        return None
    data = _png(source, width, height)
    return picture_of(data, millimetres) if data else None


def _png(source: Any, width: int, height: int) -> bytes:
    """b"" for colours that are not grey, red, green and blue, or a palette of these."""
    bits, space = int(source.get("/BitsPerComponent", 8)), source.get("/ColorSpace")
    space = space.get_object() if hasattr(space, "get_object") else space
    palette, parts = b"", 0
    if isinstance(space, list) and space[0] == "/Indexed":
        table = space[3].get_object() if hasattr(space[3], "get_object") else space[3]
        palette = table.get_data() if hasattr(table, "get_data") else bytes(table, "latin-1")
        parts = 1 if _components(space[1]) == 3 else 0
    else:
        parts = _components(space)
    if parts not in (1, 3) or bits not in (1, 8) or (bits == 1 and parts == 3):
        return b""
    row = (width * parts * bits + 7) // 8
    data = source.get_data()
    if len(data) < row * height:
        return b""
    kind = 3 if palette else 2 if parts == 3 else 0
    mask = source.get("/SMask")
    alpha = mask.get_object() if mask is not None else None
    if alpha is not None and kind == 2 and (int(alpha["/Width"]), int(alpha["/Height"])) == (width, height):
        data, row, kind = _with_alpha(data, alpha.get_data(), width * height), width * 4, 6
    lines = b"".join(b"\0" + data[at : at + row] for at in range(0, row * height, row))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0))]
    chunks += [(b"PLTE", palette[: 3 * 256])] if palette else []
    chunks += [(b"IDAT", zlib.compress(lines)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in chunks
    )


def _components(space: Any) -> int:
    space = space.get_object() if hasattr(space, "get_object") else space
    if isinstance(space, list) and space and space[0] == "/ICCBased":
        return int(space[1].get_object().get("/N", 0))
    return _COMPONENTS.get(str(space[0] if isinstance(space, list) and space else space), 0)


def _with_alpha(colours: bytes, alpha: bytes, pixels: int) -> bytes:
    """Red, green, blue and how much of it covers the paper, sign by sign."""
    mixed = bytearray(4 * pixels)
    for part in range(3):
        mixed[part::4] = colours[part : 3 * pixels : 3]
    mixed[3::4] = alpha[:pixels]
    return bytes(mixed)
