"""The text of one section as blocks: paragraphs, headings typed into it, tables, pictures, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from desktop.domain.assessment import Assessment
from desktop.domain.fields.block_fields import block_at
from desktop.domain.fields.fields import expanded, pieces
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import AS_READ, CHOSEN, NARRATIVE, Section
from desktop.domain.text_blocks.marks import NOTE, block_number, note_words
from desktop.domain.text_blocks.picture import Picture
from desktop.domain.text_blocks.text_table import TextTable
from desktop.exchange.document.blocks import (
    Align,
    Block,
    Caption,
    Cell,
    Heading,
    Paragraph,
    PictureBlock,
    Run,
    TableBlock,
    Turn,
    body,
    width_em,
)

_TYPED_HEADING = re.compile(r"（[一二三四五六七八九十]{1,3}）")
"""`（二）项目支出情况`: a heading of the second level that the clerk typed into the text of a section."""
_LONGEST_HEADING = 40
"""Characters; a longer line is text even if it is numbered like a heading."""
_TABLE_TITLE = re.compile(
    r"(?:附?表|图)\s*[\d一二三四五六七八九十]{1,3}(?:[-－.．]\d{1,2})?(?:[\s:：.．、]|$)|[^，。；：:]{3,30}表$"
)
"""`表1 收支情况`, `图2-1：预算执行`, `2023年度支出执行情况表`."""
_UNIT_LINE = re.compile(r"[（(]?(?:金额)?单位[:：]\s*[\w、，,（）()/㎡%]{1,16}[)）]?$")
"""`单位：万元`, `（单位：人、辆）` above a table."""
_LONGEST_CAPTION = 40
_FIGURE = re.compile(r"[-−+]?[\d,，]*\d(?:[.．]\d+)?\s*[%％]?$|[-—–/]$")
_SIZES = ((6, 12.0), (9, 10.5))
_SMALLEST = 9.0
"""Type of a table in the text, in points, by how many columns it has at most; smaller for more."""
_WIDEST, _NARROWEST, _CELL_MARGIN, _WORDS_BROKEN = 22.0, 2.0, 1.6, 5.0
"""Characters: a column takes its longest text's share of the width, within the first two; what is free beside a text;
and how narrow a column of words may become."""
_LINE_POINTS, _TURNED_LINE_POINTS = 442, 637
"""156 mm, the width of the text, and 225 mm on a page that lies on its side."""
_TINIEST = 5.5
"""Points: what is smaller nobody reads."""
_LONGEST_COUNT = 3
"""Signs of a figure in a column of serial numbers or counts, which stands in the middle."""
_LONG_TEXT = 12
"""Characters of a cell that is read from the left; shorter ones stand in the middle."""


def section_blocks(assessment: Assessment, section: Section, printed: str) -> Iterator[Block]:
    """What was written there; `printed` where nothing was, and something is printed all the same."""
    stored = assessment.sheet.text(FactKey(NARRATIVE, section.id, "text"))
    # What was no heading in the file that was read in is none.
    typed = assessment.sheet.text(CHOSEN) != AS_READ
    if "⟦" not in stored or not stored.strip():
        yield from paragraphs(printed, typed)
        return
    blocks = list(_turned(list(_with_captions(list(_blocks(assessment, stored, typed))))))
    upright = Turn(landscape=False)  # not between two tables on their sides
    yield from (
        b for b, after in zip_longest(blocks, blocks[1:]) if (b, after) != (upright, Turn(landscape=True))
    )


def paragraphs(text: str, typed: bool = True) -> Iterator[Block]:
    """One block per line that says something; the clerk's own numbers stay.

    Where headings are `typed` into the text, a line `（一）…` is one, or text whose first sentence is one; `（二）…，…。` alone
    is a sentence of a list.
    """
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = _TYPED_HEADING.match(line)
        sentence, stop, rest = line.partition("。")
        listed = stop and not rest and re.search("[，；：]", sentence)
        if not (match and typed) or listed or len(sentence) > _LONGEST_HEADING:
            yield body(line)
        elif rest:
            yield Paragraph((Run(sentence + stop, heading=True), Run(rest)))
        else:
            title = line[match.end() :]
            yield Heading(2, match[0], title) if title.strip() else body(line)


def _blocks(assessment: Assessment, stored: str, typed: bool) -> Iterator[Block]:
    line: list[Run] = []
    for piece in pieces(assessment, stored):
        number = block_number(piece.field)
        block = block_at(assessment.sheet, number) if number else None
        if block is not None:
            yield from _line(line, typed)
            line = []
            yield PictureBlock(block) if isinstance(block, Picture) else text_table(assessment, block)
        elif piece.field == NOTE:
            line.append(Run("", note=note_words(piece.text)))
        else:
            first, *others = piece.text.split("\n")
            line.append(Run(first))
            for other in others:
                yield from _line(line, typed)
                line = [Run(other)]
    yield from _line(line, typed)


def _line(runs: Sequence[Run], typed: bool) -> Iterator[Block]:
    """A line without footnotes is what any line is; a footnote goes to the words before it."""
    text = "".join(run.text for run in runs)
    notes = [run for run in runs if run.note]
    if not notes:
        yield from paragraphs(text, typed)
        return
    joined: list[Run] = []
    for run in runs:
        before = joined[-1] if joined and not joined[-1].note else None
        if before is None:
            joined.append(run)
        else:
            joined[-1] = Run(before.text + run.text, note=run.note)
    joined[0] = Run(joined[0].text.lstrip(), note=joined[0].note)
    yield Paragraph(tuple(joined))


def _with_captions(blocks: Sequence[Block]) -> Iterator[Block]:
    """`表1 收支情况` and `单位：万元` right above a table, `图1 …` right below a picture, are set as captions."""
    for at, block in enumerate(blocks):
        text = block.text if isinstance(block, Paragraph) and len(block.runs) == 1 else ""
        if not text or len(text) > _LONGEST_CAPTION or text.endswith("。"):
            yield block
            continue
        below = next((one for one in blocks[at + 1 : at + 3] if not isinstance(one, Paragraph)), None)
        near = blocks[at + 1] if at + 1 < len(blocks) else None
        above = blocks[at - 1] if at else None
        if _UNIT_LINE.match(text) and isinstance(near, TableBlock):
            yield Caption(text, "right")
        elif _TABLE_TITLE.match(text) and (isinstance(near, TableBlock) or _unit_and_table(near, below)):
            yield Caption(text)
        elif text.startswith("图") and _TABLE_TITLE.match(text) and isinstance(above, PictureBlock):
            yield Caption(text, above=False)
        else:
            yield block


def _unit_and_table(near: Block | None, below: Block | None) -> bool:
    unit = isinstance(near, Paragraph) and _UNIT_LINE.match(near.text)
    return bool(unit) and isinstance(below, TableBlock)


def _turned(blocks: Sequence[Block]) -> Iterator[Block]:
    """A table that no upright page holds stands on a page on its side, with the captions above it."""
    waiting: list[Block] = []
    for block in blocks:
        if isinstance(block, Caption) and block.above:
            waiting.append(block)
        elif isinstance(block, TableBlock) and block.turned:
            yield from (Turn(landscape=True), *waiting, block, Turn(landscape=False))
            waiting = []
        else:
            yield from (*waiting, block)
            waiting = []
    yield from waiting


def text_table(assessment: Assessment, table: TextTable) -> TableBlock:
    """As it is printed: fields filled in, widths and size after what stands in it."""
    filled = table.mapped(lambda text: expanded(assessment, text).strip())
    head = filled.head_rows
    aligns = [_align(filled, head, column) for column in range(filled.width)]
    rows: list[list[Cell]] = [[] for _ in filled.rows]
    for area, text in filled.cells():
        inside = area.row >= head and area.columns == 1
        align = aligns[area.column] if inside else "center"
        rows[area.row].append(Cell(text, area.columns, area.rows, align, bold=area.row < head))
    points = next((size for most, size in _SIZES if filled.width <= most), _SMALLEST)
    least = sum(_least_widths(filled, head)[1])
    turned = least * _SMALLEST > _LINE_POINTS
    if turned:
        points = min(max(_TURNED_LINE_POINTS / least, _TINIEST), _SMALLEST)
    line = (_TURNED_LINE_POINTS if turned else _LINE_POINTS) / points
    return TableBlock(
        _widths(filled, head, line), tuple(map(tuple, rows)), head, points=points, turned=turned
    )


def _align(table: TextTable, head: int, column: int) -> Align:
    """Figures at the right, long texts from the left, the others in the middle."""
    texts = [row[column] for row in table.rows[head:] if row[column]]
    if texts and all(_FIGURE.match(text) for text in texts):
        return "right" if any(len(text) > _LONGEST_COUNT for text in texts) else "center"
    return "left" if any(width_em(text) > _LONG_TEXT for text in texts) else "center"


def _least_widths(table: TextTable, head: int) -> tuple[list[float], list[float]]:
    """How wide each column wants to be, and how narrow it may become, in characters."""
    wide, least = [_NARROWEST] * table.width, [_NARROWEST] * table.width
    for area, text in table.cells():
        if area.columns == 1:
            longest = max(map(width_em, text.split("\n"))) + _CELL_MARGIN
            wide[area.column] = max(wide[area.column], longest)
            whole = longest if area.row >= head and _FIGURE.match(text) else min(longest, _WORDS_BROKEN)
            least[area.column] = max(least[area.column], whole)
    return wide, least


def _widths(table: TextTable, head: int, room: float) -> tuple[float, ...]:
    """A column is as wide as its longest text; where that is more than a line holds, columns of words give way and
    their texts are broken. Figures are not: no number is ever split."""
    wide, least = _least_widths(table, head)
    over, free = sum(wide) - room, sum(wide) - sum(least)
    if over <= 0:
        return tuple(min(width, _WIDEST) for width in wide)
    share = min(over / free, 1.0) if free > 0 else 0.0
    return tuple(width - (width - fewest) * share for width, fewest in zip(wide, least, strict=True))
