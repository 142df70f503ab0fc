"""Tables within a report's text: told where they became lines, and kept apart where they hang behind the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.domain.text_blocks.marks import numbers_in
from desktop.exchange.import_plan import PlanProblem
from desktop.exchange.import_report.sections import Part

_ATTACHED = re.compile(r"附[表件][一二三四五六七八九十\d]{0,3}(?:-\d{1,2})?(?:[:：、.．\s].{0,50})?$")
"""`附表1：项目支出明细`, `附件二`: the title of a table behind the report."""
_LISTED = re.compile(r"附表[一二三四五六七八九十\d]{0,3}(?:-\d{1,2})?[:：、.．\s].{2,40}[表册单览]$")
"""`附表2-1 资产一览`: a title that needs no table near it, since it names one; `附表：略` does."""
_SENTENCE = re.compile(r"[。；，]")
"""`附表1列示了全年支出，见下。` speaks of a table and is text."""
_NEAR = 3
"""So many lines may stand between a table's title and the table: 单位：万元."""


def tables_apart(parts: Sequence[Part]) -> list[Part]:
    """`附表：…` and all behind it, at the end of the last section, as text that no heading claims."""
    if not parts or parts[-1].unassigned:
        return list(parts)
    last = parts[-1]
    begin = next((at for at in range(len(last.lines)) if _begins_attached_table(last, at)), len(last.lines))
    return [*parts, last.cut(begin)] if begin < len(last.lines) else list(parts)


def _begins_attached_table(part: Part, at: int) -> bool:
    text = part.lines[at].strip()
    if not _ATTACHED.match(text) or _SENTENCE.search(text) or part.numbers[at] in part.tables:
        return False
    near = range(at + 1, min(at + 1 + _NEAR, len(part.lines)))
    return _LISTED.match(text) is not None or any(
        part.numbers[place] in part.tables or numbers_in(part.lines[place]) for place in near
    )


def table_notes(part: Part, label: str) -> Iterator[PlanProblem]:
    """A sentence for each table: what became of it."""
    for number, rows in sorted(part.tables.items()):
        message = f"正文里有一张{rows}行的表格，每行作为一段放入“{label}”，"
        message += "不会印出，请核对" if part.unassigned else "印出来没有表格线，请核对，或改写成文字"
        yield PlanProblem(f"第{number}行", message)
