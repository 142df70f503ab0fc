"""A picture of the report's text, and how it is stored."""

from __future__ import annotations

import base64
import binascii
import json
from functools import lru_cache
from typing import NamedTuple

MOST_BYTES = 6_000_000
"""Of a picture's file, as a phone takes them; one that the clerk puts in is reduced before it is taken in."""
_BEGINNINGS = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}


class Picture(NamedTuple):
    """`data` is a PNG or JPEG file; size in pixels; `millimetres` is how wide it stands on paper, 0: as it fits."""

    kind: str
    width: int
    height: int
    data: bytes
    millimetres: int = 0

    @property
    def caption(self) -> str:
        return f"{self.width}×{self.height}"


def kind_of(data: bytes) -> str:
    """`png` or `jpeg` by its first bytes; '' for anything else."""
    return next((kind for kind, begin in _BEGINNINGS.items() if data.startswith(begin)), "")


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as the head of the file says; None where it says nothing sound."""
    kind = kind_of(data)
    size = _png_size(data) if kind == "png" else _jpeg_size(data) if kind == "jpeg" else None
    return size if size is not None and 0 < size[0] <= 20_000 and 0 < size[1] <= 20_000 else None


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 24:
        return None
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """From the frame's head, behind any number of other segments."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + length
    return None


def picture_of(data: bytes, millimetres: int = 0) -> Picture | None:
    """None for what is no picture of these kinds, or too large."""
    size = size_of(data)
    if size is None or len(data) > MOST_BYTES:
        return None
    return Picture(kind_of(data), *size, data, millimetres)


def stored_picture(picture: Picture) -> str:
    """As JSON, the file in base64."""
    data = {"millimetres": picture.millimetres, "data": base64.b64encode(picture.data).decode("ascii")}
    return json.dumps(data, separators=(",", ":"))


@lru_cache(maxsize=16)
def parse_picture(stored: str) -> Picture | None:
    """None where it is none: what kind and size it has, its own bytes say."""
    try:
        data = json.loads(stored)
        wide, inside = data["millimetres"], base64.b64decode(data["data"], validate=True)
    except (ValueError, TypeError, KeyError, binascii.Error, RecursionError):
        return None
    return picture_of(inside, wide) if type(wide) is int and 0 <= wide <= 1000 else None
