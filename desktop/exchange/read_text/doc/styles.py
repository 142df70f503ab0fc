"""The styles and lists of a Word 97-2003 document."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

from desktop.exchange.read_text.doc.binary import (
    BOLD,
    FONT,
    LIST_USES,
    LISTS,
    RUN_STYLE,
    SIZE,
    STYLES,
    DocFile,
    Properties,
    properties,
)
from desktop.exchange.read_text.docx.numbering import LEVELS, MOST_COUNTED, ListLevel, NumberedList
from desktop.exchange.read_text.lines import RunType

OUTLINE, LIST_LEVEL, LIST_ID = 0x2640, 0x260A, 0x460B
"""sprmPOutLvl, sprmPIlvl, sprmPIlfo."""
_SIDES, _CENTRED = (0x2461, 0x2403), 1
"""sprmPJc and its older form, and what they say of a line in the middle."""
_USUAL_SIZE = 20
"""Half points of type where nothing is said of it."""
_NO_STYLE, _NO_BASE = 0xFFE, 0xFFF
"""sti of a style that is none of the built-in ones, istdBase of one that is based on none."""
_PARAGRAPH, _CHARACTER = 1, 2
"""stk of a style for paragraphs, and for characters; others are for tables."""
_FIRST_CONTENTS, _LAST_CONTENTS = 19, 27
"""sti of the built-in styles 目录 1 to 目录 9; those of 标题 1 to 标题 9 are 1 to 9."""
_OF_STYLE = 0x80
"""ToggleOperand: a run is as its style has it, or (0x81) the other way round."""
_NO_LIST = 2047
"""From this iLfo on a paragraph was taken out of every list."""
_MOST_BASES = 20
"""Styles based on one another: a chain of a damaged file could be as long as its table."""

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
    run: Properties = {}  # noqa: RUF012 - nor into this: what its text is set in


def read_styles(document: DocFile) -> list[DocStyle]:
    """The styles by their number."""
    sheet = document.part(STYLES)
    if len(sheet) < 6:
        return []
    head, count, fixed = struct.unpack_from("<HHH", sheet, 0)
    raw: list[_RawStyle] = []
    at = 2 + head
    for _ in range(count):
        (length,) = struct.unpack_from("<H", sheet, at)
        raw.append(_raw_style(sheet[at + 2 : at + 2 + length], fixed))
        at += 2 + length
    return [_resolved(raw, number) for number in range(len(raw))]


class _RawStyle(NamedTuple):
    """Which built-in style it is, which it is based on, and what it says of paragraphs and of their text."""

    known: int = _NO_STYLE
    base: int = _NO_BASE
    paragraph: Properties = {}  # noqa: RUF012 - nobody writes into it
    run: Properties = {}  # noqa: RUF012


def _raw_style(entry: bytes, fixed: int) -> _RawStyle:
    if len(entry) < fixed + 2:
        return _RawStyle()
    known, base, _ = struct.unpack_from("<HHH", entry, 0)
    at = fixed + 2 + 2 * int.from_bytes(entry[fixed : fixed + 2], "little") + 2
    at += at % 2
    settings = _settings(entry, at)
    kind = base & 0xF
    if kind == _PARAGRAPH:
        text = _settings(entry, at + 2 + len(settings) + len(settings) % 2)
        return _RawStyle(known & 0xFFF, base >> 4, properties(settings[2:]), properties(text))
    return _RawStyle(known & 0xFFF, base >> 4, {}, properties(settings) if kind == _CHARACTER else {})


def _settings(entry: bytes, at: int) -> bytes:
    """Settings behind their length; of paragraphs (LPUpxPapx), the style's number goes before them."""
    length = int.from_bytes(entry[at : at + 2], "little")
    return entry[at + 2 : at + 2 + length]


def _resolved(raw: list[_RawStyle], number: int) -> DocStyle:
    """A style with what its bases set, from the most general one on."""
    chain: list[int] = []
    while number < len(raw) and number not in chain and len(chain) < _MOST_BASES:
        chain.append(number)
        number = raw[number].base
    level, properties_of_style, contents, run = 0, Properties(), False, Properties()
    for known, _, settings, of_text in (raw[each] for each in reversed(chain)):
        level = known if 1 <= known <= LEVELS else level
        level = outline_level(settings, level)
        properties_of_style = {**properties_of_style, **settings}
        run = {**run, **of_text}
        contents = contents or _FIRST_CONTENTS <= known <= _LAST_CONTENTS
    return DocStyle(level, properties_of_style, contents, run)


def run_type(styles: Sequence[DocStyle], of_paragraph: DocStyle, settings: Properties) -> RunType:
    """What a run is set in: by itself, by its style, by that of its paragraph."""
    number = int.from_bytes(settings.get(RUN_STYLE, b""), "little")
    of_run = styles[number].run if 0 < number < len(styles) else {}
    whole = {**of_paragraph.run, **of_run, **settings}
    bold = whole.get(BOLD, b"\0")[0]
    if bold & _OF_STYLE:  # as its style has it, or the other way round
        own = of_run.get(BOLD, of_paragraph.run.get(BOLD, b"\0"))[0] & 1
        bold = own ^ (bold & 1)
    size = int.from_bytes(whole.get(SIZE, b""), "little") or _USUAL_SIZE
    return RunType(size, bool(bold & 1), str(int.from_bytes(whole.get(FONT, b""), "little")))


def is_centred(settings: Properties) -> bool:
    """`settings` are those of a paragraph and its style."""
    return any(settings.get(code, b"\0")[0] == _CENTRED for code in _SIDES)


def outline_level(settings: Properties, default: int) -> int:
    """1 to 9, 0 for body text, as a paragraph or a style sets it."""
    if OUTLINE not in settings:
        return default
    level = settings[OUTLINE][0]
    return level + 1 if level < LEVELS else 0


def list_id(settings: Properties) -> str:
    """The list that a paragraph belongs to, "" for none."""
    number = int.from_bytes(settings.get(LIST_ID, b""), "little")
    return str(number) if 0 < number < _NO_LIST else ""


# --- lists --------------------------------------------------------------------------------------


def read_lists(document: DocFile) -> dict[str, NumberedList]:
    """The lists by the number that paragraphs name."""
    families = _families(document)
    uses = document.part(LIST_USES)
    if len(uses) < 4:
        return {}
    (count,) = struct.unpack_from("<I", uses, 0)
    if count * 16 > len(uses):
        raise ValueError("more lists than the table has")
    lists = {}
    # Behind the lists (LFO, 16 bytes each) lies what each changes of its family (LFOData).
    at = 4 + 16 * count
    for number in range(count):
        (family,) = struct.unpack_from("<I", uses, 4 + 16 * number)
        levels, anew = list(families.get(family, ())), set()
        at += 4
        for _ in range(uses[4 + 16 * number + 12]):
            start, flags = struct.unpack_from("<II", uses, at)
            at += 8
            place = flags & 0xF
            if flags & 0x20:  # fFormatting: a level of its own, which follows
                level, at = _level(uses, at)
                if place < len(levels):
                    levels[place] = level
            if flags & 0x10 and place < len(levels):  # fStartAt: counting begins anew
                anew.add(place)
                if not flags & 0x20:
                    levels[place] = levels[place]._replace(start=start)
        lists[str(number + 1)] = NumberedList(str(family), tuple(levels), frozenset(anew))
    return lists


def _families(document: DocFile) -> dict[int, list[ListLevel]]:
    """The levels of the lists that others are made from (LSTF, 28 bytes each), by their lsid."""
    offset, length = document.table_extent(LISTS)
    if length < 2:
        return {}
    table = document.table
    (count,) = struct.unpack_from("<H", table, offset)
    families: dict[int, list[ListLevel]] = {}
    at = offset + 2 + 28 * count  # the levels lie behind the stretch that the pointer speaks of
    for number in range(count):
        (family,) = struct.unpack_from("<I", table, offset + 2 + 28 * number)
        levels = []
        simple = table[offset + 2 + 28 * number + 26] & 1  # fSimpleList
        for _ in range(1 if simple else LEVELS):
            level, at = _level(table, at)
            levels.append(level)
        families[family] = levels
    return families


def _level(table: bytes, at: int) -> tuple[ListLevel, int]:
    """A level (LVL), and where the next one begins: 28 bytes, its formatting, its text with a character below 9
    for the number of each level: `（\\x01）` of level 2."""
    start, shape, flags = struct.unpack_from("<IBB", table, at)
    run_length, paragraph_length, limit = struct.unpack_from("<BBB", table, at + 24)
    at += 28 + run_length + paragraph_length
    (length,) = struct.unpack_from("<H", table, at)
    text = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    shown = "".join(f"%{ord(char) + 1}" if ord(char) < LEVELS else char for char in text)
    level = ListLevel(
        text=shown,
        shape=_SHAPES.get(shape, "decimal"),
        start=min(start, MOST_COUNTED),
        legal=bool(flags & 4),  # fLegal
        restart=limit if flags & 8 else None,  # fNoRestart: only after ilvlRestartLim
    )
    return level, at + 2 + 2 * length
