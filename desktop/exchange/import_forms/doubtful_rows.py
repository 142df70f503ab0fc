"""Rows of a form without sure cells that look as if words had slipped into a cell that is not theirs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from desktop.audit.printed_forms.forms_in_text import AnnexReading
from desktop.audit.text.flat_text import Text
from desktop.domain.keys import FactKey
from desktop.domain.numbers import number_of

_Row = tuple[str, str]
_SIGN = re.compile(r"[≥≤=＝><＞＜≧≦]")
_COUNTED = "个件次起人户亩家项处座名批期元年月日天轮%％"
_SLIPPED = re.compile(rf"[{_COUNTED}]+\d|[{_COUNTED}]$|\d{{0,2}}日?[前后内]|[~～（）]|.*[~～]$")
"""A unit before its number, or with none; the end of a date or of a range: the rest stands in another cell."""
_DIGIT = re.compile(r"\d")
_VALUE_IN_NAME = re.compile(r"\d(?:[\d.,]*)[%％]?\D?$|^[\d.,]+[%％]?\D?$")
_HEADS = re.compile(r"[一二三]级指标|绩效指标$")
_STOPS = ("。", "；", "！", ".", ";", "……")
_UNLIKE = 5
"""One of two goals so many times as long as the other was cut in the wrong place."""

_NAME = "指标名称里像是有别的格子里的数"
_TARGET = "指标值像是少了数"
_ACTUAL = "实际完成值像是和指标值连在一起了"
_GUESSED = "没有表格线，指标名称、指标值和完成值是猜着分开的"
_POINTS = "得分高于分值"
_EMPTY = "少了分值或得分"
_REASON = "偏差原因里混进了表头"
_BLOCK = "这个一级指标各行分值相加与标题不符"
_GOALS = "预期目标和实际完成情况可能分错了地方"


def doubtful_rows(reading: AnnexReading, text: Text) -> Mapping[_Row, str]:
    """Rows of indicators and goals that are to be looked at, with the reason; none where cells are sure."""
    if reading.has_grid:
        return {}
    rows: dict[_Row, dict[str, str]] = defaultdict(dict)
    for key, said in reading.facts.items():
        rows[key.table, key.row][key.column] = said
    lines = set(text.lines)
    groups = tuple(g.name for b in reading.templates.systems[reading.system].blocks for g in b.groups)
    found = dict(_wrong_blocks(reading, rows))
    for (table, row), cells in rows.items():
        base = table.partition("@")[0]
        reason = ""
        if base.endswith("_indicators"):
            reason = _indicator(reading, table, row, cells)
            slipped = cells.get("name", "").startswith(groups) and cells["name"] not in groups
            reason = _NAME if slipped else reason or _guessed(reading, table, row, lines)
        elif base.endswith("_goals"):
            reason = _goals(cells)
        if reason:
            found[table, row] = reason
    return found


def _indicator(reading: AnnexReading, table: str, row: str, cells: Mapping[str, str]) -> str:
    name = cells.get("name", "")
    target = reading.as_printed.get(FactKey(table, row, "target"), "")
    actual = reading.as_printed.get(FactKey(table, row, "actual"), "")
    weight, points = (number_of(cells.get(column, "")) for column in ("weight", "points"))
    if not name or _SIGN.search(name) or _VALUE_IN_NAME.search(name):
        return _NAME
    if not target or _SLIPPED.match(target):
        return _TARGET
    if not actual or _SLIPPED.match(actual) or _SIGN.search(actual):
        return _ACTUAL
    if weight is None or points is None:
        return _EMPTY
    if _HEADS.search(cells.get("reason", "")):
        return _REASON
    return _POINTS if points > weight else ""


def _guessed(reading: AnnexReading, table: str, row: str, lines: set[tuple[int, int]]) -> str:
    """A target of words is told from the words around it only where each stood on a line of its own."""
    target = reading.as_printed.get(FactKey(table, row, "target"), "")
    if _DIGIT.search(target) or len(target) < 2:
        return ""
    places = (reading.places.get(FactKey(table, row, column)) for column in ("name", "target", "actual"))
    return "" if all(place in lines for place in places) else _GUESSED


def _goals(cells: Mapping[str, str]) -> str:
    """Two columns of sentences read as one stretch of lines: both must look whole."""
    said = [cells.get(column, "").strip() for column in ("expected", "achieved")]
    shorter, longer = sorted(map(len, said))
    whole = all(text.endswith(_STOPS) for text in said)
    return "" if whole and longer <= _UNLIKE * shorter else _GOALS


def _wrong_blocks(
    reading: AnnexReading, rows: Mapping[_Row, Mapping[str, str]]
) -> Iterator[tuple[_Row, str]]:
    """All rows of a block whose points do not make what its title promises: one is missing, or misread."""
    homes = {
        g.id: block.id for block in reading.templates.systems[reading.system].blocks for g in block.groups
    }
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    members: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for (table, row), cells in rows.items():
        base, _, scope = table.partition("@")
        home = homes.get(row.partition(":")[0]) if base.endswith("_indicators") else None
        if home is not None:
            sums[scope, home] += number_of(cells.get("weight", "")) or 0
            members[scope, home].append((table, row))
    for (scope, home), found in members.items():
        stated = [reading.stated.get((scope, f"{what}:{home}")) for what in ("block", "more")]
        promised = sum((said[0] for said in stated if said), Decimal())
        if promised and promised != sums[scope, home]:
            yield from ((row, _BLOCK) for row in found)
