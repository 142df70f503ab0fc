"""Rows of a form without sure cells that look as if words had slipped into a cell that is not theirs.

Published pages and PDFs lose the lines of tables (docs/domain.md 3.3), so the cells of a row are told apart
by their wording; what reads oddly afterwards was probably told apart wrongly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from desktop.audit.forms_in_text.forms_in_text import AnnexReading
from desktop.audit.text.flat_text import Text
from desktop.domain.keys import FactKey, base_of, parted
from desktop.domain.numbers import number_of

_Row = tuple[str, str]
_COMPARISON = re.compile(r"[≥≤=＝><＞＜≧≦]")
"""`≥12座`: belongs to a target, and to no name or actual value (docs/domain.md 5, R9)."""
_UNIT_CHARACTERS = "个件次起人户亩家项处座名批期元年月日天轮%％"
_INCOMPLETE_VALUE = re.compile(
    rf"[{_UNIT_CHARACTERS}]+\d|[{_UNIT_CHARACTERS}]$|\d{{0,2}}日?[前后内]|[~～（）]|.*[~～]$"
)
"""`次12`, `件`: a unit before its number, or with none; `31日前`, `～`, `95%～`: the end or the beginning of a
date or a range. The rest stands in another cell."""
_DIGIT = re.compile(r"\d")
_VALUE_IN_NAME = re.compile(r"\d(?:[\d.,]*)[%％]?\D?$|^[\d.,]+[%％]?\D?$")
"""`巡查河道12次`, `95%`: a name that ends in a number and its unit, or is one."""
_HEAD_WORDS = re.compile(r"[一二三]级指标|绩效指标$")
"""Heads of the table that are printed again on a new page, behind the last reason of the page before."""
_STOPS = ("。", "；", "！", ".", ";", "……")
"""How a goal ends that was not cut."""
_MOST_UNEQUAL = 5
"""One of two goals so many times as long as the other was cut in the wrong place: what was planned and what
was done are told in about as many words."""

_NAME_HAS_VALUE = "指标名称里像是有别的格子里的数"
_TARGET_INCOMPLETE = "指标值像是少了数"
_ACTUAL_MIXED = "实际完成值像是和指标值连在一起了"
_SPLIT_GUESSED = "没有表格线，指标名称、指标值和完成值是猜着分开的"
_POINTS_ABOVE_WEIGHT = "得分高于分值"
_NO_POINTS = "少了分值或得分"
_REASON_HAS_HEAD = "偏差原因里混进了表头"
_BLOCK_SUM_WRONG = "这个一级指标各行分值相加与标题不符"
_GOALS_SPLIT_WRONG = "预期目标和实际完成情况可能分错了地方"


def doubtful_rows(reading: AnnexReading, text: Text) -> Mapping[_Row, str]:
    """Rows of indicators and goals that are to be looked at, with the reason."""
    rows: dict[_Row, dict[str, str]] = defaultdict(dict)
    for key, text_of_cell in reading.facts.items():
        rows[key.table, key.row][key.column] = text_of_cell
    lines = set(text.lines)
    groups = tuple(g.name for b in reading.templates.systems[reading.system].blocks for g in b.groups)
    doubts = dict(_wrong_blocks(reading, rows))
    for (table, row), cells in rows.items():
        base = base_of(table)
        reason = ""
        if base.endswith("_indicators"):
            # `数量指标巡查河道`: the 二级指标 and the name ran together.
            group_in_name = cells.get("name", "").startswith(groups) and cells["name"] not in groups
            reason = _NAME_HAS_VALUE if group_in_name else _indicator_doubt(reading, table, row, cells)
            reason = reason or _words_split_by_guess(reading, table, row, lines)
        elif base.endswith("_goals"):
            reason = _goals_doubt(cells)
        if reason:
            doubts[table, row] = reason
    return doubts


def _indicator_doubt(reading: AnnexReading, table: str, row: str, cells: Mapping[str, str]) -> str:
    name = cells.get("name", "")
    target = reading.as_printed.get(FactKey(table, row, "target"), "")
    actual = reading.as_printed.get(FactKey(table, row, "actual"), "")
    weight, points = (number_of(cells.get(column, "")) for column in ("weight", "points"))
    if not name or _COMPARISON.search(name) or _VALUE_IN_NAME.search(name):
        return _NAME_HAS_VALUE
    if not target or _INCOMPLETE_VALUE.match(target):
        return _TARGET_INCOMPLETE
    if not actual or _INCOMPLETE_VALUE.match(actual) or _COMPARISON.search(actual):
        return _ACTUAL_MIXED
    if weight is None or points is None:
        return _NO_POINTS
    if _HEAD_WORDS.search(cells.get("reason", "")):
        return _REASON_HAS_HEAD
    return _POINTS_ABOVE_WEIGHT if points > weight else ""


def _words_split_by_guess(reading: AnnexReading, table: str, row: str, lines: set[tuple[int, int]]) -> str:
    """A target of words is told from the words around it only where each stood on a line of its own."""
    target = reading.as_printed.get(FactKey(table, row, "target"), "")
    if _DIGIT.search(target) or len(target) < 2:
        return ""
    places = (reading.places.get(FactKey(table, row, column)) for column in ("name", "target", "actual"))
    return "" if all(place in lines for place in places) else _SPLIT_GUESSED


def _goals_doubt(cells: Mapping[str, str]) -> str:
    """Two columns of sentences read as one stretch of lines: both must look whole."""
    goals = [cells.get(column, "").strip() for column in ("expected", "achieved")]
    shorter, longer = sorted(map(len, goals))
    whole = all(goal.endswith(_STOPS) for goal in goals)
    return "" if whole and longer <= _MOST_UNEQUAL * shorter else _GOALS_SPLIT_WRONG


def _wrong_blocks(
    reading: AnnexReading, rows: Mapping[_Row, Mapping[str, str]]
) -> Iterator[tuple[_Row, str]]:
    """All rows of a block whose points do not make what its title promises (docs/domain.md 1.1): one is missing,
    or misread."""
    block_of = {
        g.id: block.id for block in reading.templates.systems[reading.system].blocks for g in block.groups
    }
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    members: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for (table, row), cells in rows.items():
        base, scope = parted(table)
        block = block_of.get(row.partition(":")[0]) if base.endswith("_indicators") else None
        if block is not None:
            sums[scope, block] += number_of(cells.get("weight", "")) or 0
            members[scope, block].append((table, row))
    for (scope, block), rows_of_block in members.items():
        titles = [reading.stated.get((scope, f"{title}:{block}")) for title in ("block", "more")]
        promised = sum((stated[0] for stated in titles if stated), Decimal())
        if promised and promised != sums[scope, block]:
            yield from ((row, _BLOCK_SUM_WRONG) for row in rows_of_block)
