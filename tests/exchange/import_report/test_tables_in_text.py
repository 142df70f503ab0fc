"""A table that hangs behind the report is told from one that belongs to its text."""

from __future__ import annotations

import pytest

from desktop.exchange.import_report.sections import Part
from desktop.exchange.import_report.tables_in_text import table_notes, tables_apart


def part(*lines: str, tables: dict[int, int] | None = None) -> Part:
    return Part(None, "措施", lines=list(lines), numbers=list(range(1, len(lines) + 1)), tables=tables or {})


@pytest.mark.parametrize(
    "title", ["附表：支出明细表", "附表1", "附件2：明细", "附表一、2023年项目支出情况表"]
)
def test_titled_table_at_the_end_is_kept_apart(title: str) -> None:
    first, last = tables_apart([part("加强。", title, "单位：万元", "工资　5", tables={4: 1})])
    assert (first.text, first.tables) == ("加强。", {})
    assert (last.lines[0], last.numbers, last.tables, last.unassigned) == (title, [2, 3, 4], {4: 1}, True)


@pytest.mark.parametrize("title", ["附表：详见后页，共三张。", "附件2：明细", "附表说明", "支出明细表"])
def test_sentence_about_a_table_is_text(title: str) -> None:
    assert [p.text for p in tables_apart([part("加强。", title)])] == [f"加强。\n{title}"]


def test_attached_tables_are_looked_for_in_the_last_part_only() -> None:
    parts = [part("加强。", "附表1", "工资　5", tables={3: 1}), part("无。")]
    assert tables_apart(parts) == parts


def test_each_table_is_reported_with_its_line_and_rows() -> None:
    notes = list(table_notes(part("甲　5", "乙　6", tables={1: 2, 9: 4}), "五、措施"))
    assert [note.where for note in notes] == ["第1行", "第9行"]
    assert "2行" in notes[0].message and "五、措施" in notes[0].message
