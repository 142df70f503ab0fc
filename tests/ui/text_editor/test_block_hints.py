"""A hint shows a table small: few rows, short cells, what is typed as it was typed."""

from __future__ import annotations

from desktop.domain.text_blocks.text_table import Area, TextTable
from desktop.ui.session import Session
from desktop.ui.text_editor.block_hints import block_hint


def test_a_large_table_is_shown_in_part_and_told_in_full(session: Session) -> None:
    cell = "高标准农田建设项目资金已全部拨付到位"
    hint = block_hint(session.assessment, TextTable(((cell,) * 10,) * 30))
    assert (hint.count("<tr>"), hint.count("<td")) == (12, 12 * 8)
    assert cell not in hint and "高标准农田建设…" in hint
    assert "共30行10列" in hint


def test_merged_cells_and_markup_stand_as_they_are(session: Session) -> None:
    table = TextTable((("<b>合计</b>", ""), ("1.00", "⟦year⟧")), (Area(0, 0, 1, 2),))
    hint = block_hint(session.assessment, table)
    assert 'colspan="2"' in hint and "&lt;b&gt;合计" in hint and ">2023<" in hint
