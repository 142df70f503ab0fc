"""Forms in text whose cells are parted by tabs or strokes, as pasted from Word or Excel: which cell stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop.domain.labels import is_number, plain

_EDGE = re.compile(r"[\t|｜]")
_RULE = re.compile(r"[\s|｜:：+-]*-{3}[\s|｜:：+-]*$")
"""`|---|:--:|`, `+-----+`: a line that only rules a table off."""
_BEGINS_ANEW = re.compile(r"(?:说明|备?注)[:：]|(?:单位|部门)?负责人|填\s*[表报]\s*人|附件\s*\d|[（(]?此页")
"""`说明：…`, `填表人：`, `附件2`: no tab stands before it, and yet it does not go on with the cell above as
`实际规` | `模(m²)` does."""
_ENOUGH_CELLS = 6
"""The smallest table of the forms has more; fewer tabs are indents, or columns of one signature line."""
_CELLS_PER_LINE = 4
"""One line in so many must have a tab; else the tabs belong to one pasted part, not to the form."""
_MOST_LINES_OF_A_CELL = 40
"""A quote that nobody closes would take in the rest of the text."""
_SCORES = re.compile(r"分值|权重|(?:自评)?得?分")
"""`分值`, `权重`, `自评得分`, `得分`, `自评分`, whole: below these heads stand numbers."""
_NAME_HEAD = "三级指标"


class TabbedCell(NamedTuple):
    """A cell and where its words stand in the text; row and column from 0."""

    row: int
    column: int
    start: int
    end: int


class _Part(NamedTuple):
    start: int
    end: int
    text: str


_Row = list[_Part]


def tabbed_cells(text: str) -> list[TabbedCell]:
    """The cells of a form's text; none where its lines have no tabs, or too few to be a table's."""
    lines = list(_lines(text))
    alone = [parts for parts in lines if len(parts) == 2 and not parts[0].text]
    edges = sum(len(parts) - 1 for parts in lines)
    if edges < _ENOUGH_CELLS or _CELLS_PER_LINE * edges < sum(any(p.text for p in parts) for parts in lines):
        return []
    one_a_line = 2 * len(alone) > edges
    rows = _rows_of_lines_of_cells(text, lines) if one_a_line else [parts for parts in lines if parts]
    return [
        TabbedCell(number, shift + column, part.start, part.end)
        for number, (row, shift) in enumerate(_under_their_heads(rows, one_a_line))
        for column, part in enumerate(row)
        if part.text
    ]


def _lines(text: str) -> Iterator[_Row]:
    """Each line cut at its tabs or strokes; empty lines as no parts, ruling lines left out."""
    begin = 0
    for line in _whole_lines(text):
        parts, at = _Row(), begin
        for piece in _EDGE.split(line):
            words = piece.strip()
            start = at + (len(piece) - len(piece.lstrip()) if words else 0)
            quoted = words[:1] == words[-1:] == '"' and "\n" in words
            words = words[quoted : len(words) - quoted]
            parts.append(_Part(start + quoted, start + quoted + len(words), words))
            at += len(piece) + 1
        ruled = line.strip()[-1:] in ("|", "｜")
        parts = parts[line.strip()[:1] in ("|", "｜") : -1] if ruled else parts
        begin += len(line) + 1
        if not _RULE.match(line):
            yield parts if len(parts) > 1 or any(part.text for part in parts) else []


def _whole_lines(text: str) -> Iterator[str]:
    """Lines; a cell that Excel put in quotes because it has line breaks goes on: `"产出指标⏎(50分)"→数量指标`."""
    held = list[str]()
    for line in text.split("\n"):
        held.append(line)
        opened = held[0].rpartition("\t")[2].startswith('"')
        if not opened or "\n".join(held).count('"') % 2 == 0:
            yield "\n".join(held)
            held = []
        elif len(held) > _MOST_LINES_OF_A_CELL:
            yield from held
            held = []
    yield from held


def _rows_of_lines_of_cells(text: str, lines: Sequence[_Row]) -> list[_Row]:
    """Rows where each cell is a line with a tab before it, an empty line parts the rows, and a line without a tab
    goes on with the cell above: as this program flattens the tables of Word."""
    rows = list[_Row]()
    of_cells = ended = False
    for parts in lines:
        if not parts:
            ended = True
        elif len(parts) > 1 and not parts[0].text:
            if ended or not of_cells:
                rows.append([])
            rows[-1] += parts[1:]
            of_cells, ended = True, False
        elif len(parts) == 1 and of_cells and not _BEGINS_ANEW.match(parts[0].text):
            above = rows[-1][-1]
            start = above.start if above.text else parts[0].start
            rows[-1][-1] = _Part(start, parts[0].end, text[start : parts[0].end])
            ended = False
        else:
            rows.append(parts)
            of_cells = False
    return rows


def _under_their_heads(rows: Sequence[_Row], all_told: bool) -> Iterator[tuple[_Row, int]]:
    """The rows of indicators under their heads, with how many columns each is shifted: cells covered by one above,
    or by a wide 总分, are not told. `all_told`: an empty last cell is told, no editor has cut it off."""
    width, scores, done = 0, list[int](), -1
    for index, row in enumerate(rows):
        if index <= done:
            continue
        heads = [plain(part.text) for part in row]
        if _NAME_HEAD in heads:
            width = len(heads)
            scores = [k for k, head in enumerate(heads) if _SCORES.fullmatch(head)]
        elif len(row) == 1 and row[0].text:
            width = 0
        if not width or len(row) >= width or not scores:
            yield row, 0
            continue
        shift = _shift(row, width, scores)
        if shift is not None:
            yield row, shift
            continue
        whole, done = _with_rows_below(rows, index, width, scores)
        yield whole, width - len(whole) if all_told else 0


def _shift(row: _Row, width: int, scores: Sequence[int]) -> int | None:
    """So that numbers stand below 分值 and 得分: as the cells stand, else as far to the right as they go."""
    shifts: tuple[int, ...] = (0, *range(width - len(row), 0, -1))
    for shift in shifts:
        under = [row[k - shift] for k in scores if 0 <= k - shift < len(row)]
        if len(under) == len(scores) and all(is_number(part.text) for part in under):
            return shift
    return None


def _with_rows_below(rows: Sequence[_Row], index: int, width: int, scores: Sequence[int]) -> tuple[_Row, int]:
    """A row that an empty line in a cell has broken: with the rows below that just fill it up, and the last of them."""
    whole = list(rows[index])
    for last in range(index + 1, len(rows)):
        whole += rows[last]
        if len(whole) >= width:
            fits = len(whole) == width and (
                _shift(whole, width, scores) == 0 or not any(whole[k].text for k in scores)
            )
            return (whole, last) if fits else (rows[index], index)
    return rows[index], index
