"""File names that Windows accepts, made of a unit's name, a year and what the file holds."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


def safe_file_name(unit_name: str, *more: str, ending: str = "", limit: int = 200) -> str:
    """A file name that Windows accepts, from a unit's name and what follows it, e.g. year and form.

    `ending` comes with its dot. `limit` counts UTF-8 bytes with the ending; the unit's name is cut first,
    so that year and form stay readable. Forbidden characters become their full-width twins.
    """
    first, rest = _allowed(unit_name), _allowed("".join(more))
    room = limit - len(ending.encode())
    first = _cut(first, max(room - len(rest.encode()), room // 4))
    stem = _cut(first + rest, room).strip(" .") or "未命名"
    if _RESERVED.match(stem):
        stem = _cut("_" + stem, room)
    return stem + ending


def _allowed(text: str) -> str:
    spaced = " ".join(text.split()).translate(_FORBIDDEN)
    return "".join(char for char in spaced if not unicodedata.category(char).startswith("C"))


def _cut(text: str, limit: int) -> str:
    return text.encode()[: max(limit, 0)].decode("utf-8", "ignore")
