"""The styles and lists of a Word 97-2003 document."""

from __future__ import annotations

import struct
from typing import NamedTuple

from desktop.exchange.read_text.doc.binary import LIST_USES, LISTS, STYLES, DocFile, Properties, properties
from desktop.exchange.read_text.docx.numbering import LEVELS, ListLevel, NumberedList

OUTLINE, LIST_LEVEL, LIST_ID = 0x2640, 0x260A, 0x460B
_NO_BASE = 0xFFF
_PARAGRAPH = 1
_FIRST_CONTENTS, _LAST_CONTENTS = 19, 27
_NO_LIST = 2047  # the numbers above say “taken out of every list”

_SHAPES = {
    **{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter"},
    **{10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth", 16: "japaneseLegal"},
    **{17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2"},
    **{22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen"},
    **{28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle", 30: "ideographTraditional"},
    **{31: "ideographZodiac", 33: "taiwaneseCounting", 34: "ideographLegalTraditional"},
    **{35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting"},
    **{38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none"},
}
"""The shapes of numbers by the code that a .doc keeps, under the names that a .docx keeps."""


class DocStyle(NamedTuple):
    """What paragraphs of a style are, its bases included."""

    level: int = 0
    properties: Properties = {}  # noqa: RUF012 - nobody writes into it
    contents: bool = False


def read_styles(document: DocFile) -> list[DocStyle]:
    """The styles by their number."""
    sheet = document.part(STYLES)
    if len(sheet) < 6:
        return []
    head, count, fixed = struct.unpack_from("<HHH", sheet, 0)
    raw: list[tuple[int, int, Properties]] = []
    at = 2 + head
    for _ in range(count):
        (length,) = struct.unpack_from("<H", sheet, at)
        raw.append(_raw_style(sheet[at + 2 : at + 2 + length], fixed))
        at += 2 + length
    return [_resolved(raw, number) for number in range(len(raw))]


def _raw_style(said: bytes, fixed: int) -> tuple[int, int, Properties]:
    """Which built-in style it is, which it is based on, and what it says of paragraphs."""
    if len(said) < fixed + 2:
        return 0xFFE, _NO_BASE, {}
    known, base, _ = struct.unpack_from("<HHH", said, 0)
    at = fixed + 2 + 2 * int.from_bytes(said[fixed : fixed + 2], "little") + 2
    at += at % 2
    length = int.from_bytes(said[at : at + 2], "little")
    is_paragraph = base & 0xF == _PARAGRAPH
    return known & 0xFFF, base >> 4, properties(said[at + 4 : at + 2 + length]) if is_paragraph else {}


def _resolved(raw: list[tuple[int, int, Properties]], number: int) -> DocStyle:
    chain: list[int] = []
    while number < len(raw) and number not in chain and len(chain) < 20:
        chain.append(number)
        number = raw[number][1]
    level, found, contents = 0, Properties(), False
    for known, _, said in (raw[each] for each in reversed(chain)):
        level = known if 1 <= known <= LEVELS else level
        level = outline_level(said, level)
        found = {**found, **said}
        contents = contents or _FIRST_CONTENTS <= known <= _LAST_CONTENTS
    return DocStyle(level, found, contents)


def outline_level(said: Properties, default: int) -> int:
    """1 to 9, 0 for body text, as a paragraph or a style sets it."""
    if OUTLINE not in said:
        return default
    level = said[OUTLINE][0]
    return level + 1 if level < LEVELS else 0


def list_id(said: Properties) -> str:
    """The list that a paragraph belongs to, "" for none."""
    number = int.from_bytes(said.get(LIST_ID, b""), "little")
    return str(number) if 0 < number < _NO_LIST else ""


# --- lists --------------------------------------------------------------------------------------


def read_lists(document: DocFile) -> dict[str, NumberedList]:
    """The lists by the number that paragraphs name."""
    families = _families(document)
    plan = document.part(LIST_USES)
    if len(plan) < 4:
        return {}
    (count,) = struct.unpack_from("<I", plan, 0)
    if count * 16 > len(plan):
        raise ValueError("more lists than the table has")
    found = {}
    at = 4 + 16 * count
    for number in range(count):
        (family,) = struct.unpack_from("<I", plan, 4 + 16 * number)
        levels, anew = list(families.get(family, ())), set()
        at += 4
        for _ in range(plan[4 + 16 * number + 12]):
            start, flags = struct.unpack_from("<II", plan, at)
            at += 8
            place = flags & 0xF
            if flags & 0x20:
                level, at = _level(plan, at)
                if place < len(levels):
                    levels[place] = level
            if flags & 0x10 and place < len(levels):
                anew.add(place)
                if not flags & 0x20:
                    levels[place] = levels[place]._replace(start=start)
        found[str(number + 1)] = NumberedList(str(family), tuple(levels), frozenset(anew))
    return found


def _families(document: DocFile) -> dict[int, list[ListLevel]]:
    offset, length = document.pointed(LISTS)
    if length < 2:
        return {}
    table = document.table
    (count,) = struct.unpack_from("<H", table, offset)
    found: dict[int, list[ListLevel]] = {}
    at = offset + 2 + 28 * count  # the levels lie behind the stretch that the pointer speaks of
    for number in range(count):
        (family,) = struct.unpack_from("<I", table, offset + 2 + 28 * number)
        levels = []
        for _ in range(1 if table[offset + 2 + 28 * number + 26] & 1 else LEVELS):
            level, at = _level(table, at)
            levels.append(level)
        found[family] = levels
    return found


def _level(table: bytes, at: int) -> tuple[ListLevel, int]:
    """A level, and where the next one begins."""
    start, shape, flags = struct.unpack_from("<IBB", table, at)
    run_length, paragraph_length, limit = struct.unpack_from("<BBB", table, at + 24)
    at += 28 + run_length + paragraph_length
    (length,) = struct.unpack_from("<H", table, at)
    text = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    shown = "".join(f"%{ord(char) + 1}" if ord(char) < LEVELS else char for char in text)
    level = ListLevel(
        text=shown,
        shape=_SHAPES.get(shape, "decimal"),
        start=min(start, 32_767),
        legal=bool(flags & 4),
        restart=limit if flags & 8 else None,
    )
    return level, at + 2 + 2 * length
