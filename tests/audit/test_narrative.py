"""The report's text as the audit reads it: where a place of the whole stands in its section."""

from __future__ import annotations

from desktop.audit.finding import Span
from desktop.audit.narrative import narrative_of
from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.text_table import Area, TextTable, stored_table
from tests.exchange.made_reports import TEMPLATES

TABLE = TextTable((("项目", "金额", ""), ("工资", "2.00", "无")), (Area(0, 1, 1, 2),))
STORED = "先说⟦note=〔注：按决算〕⟧两句。\n⟦block 1⟧\n后说。"


def assessment(stored: str) -> Assessment:
    facts = {
        FactKey("narrative", "other", "text"): stored,
        FactKey("blocks", "1", "table"): stored_table(TABLE),
    }
    return Assessment(TEMPLATES, facts, 2023, TEMPLATES.form_system().id)


def test_table_is_read_cell_by_cell_and_footnotes_behind_their_paragraph() -> None:
    text = narrative_of(assessment(STORED)).text
    assert text.endswith("先说两句。\n按决算\n\n\t项目\n\t金额\n\n\t工资\n\t2.00\n\t无\n\n后说。\n")


def test_places_in_the_text_lead_to_the_section_and_back() -> None:
    narrative = narrative_of(assessment(STORED))
    shown = dict(narrative.shown)["other"]
    for words in ("先说", "两句", "后说"):
        at = narrative.text.index(words)
        located = narrative.locate(Span(at, at + 2))
        assert located is not None and shown[slice(*located[1])] == words
        assert narrative.span_of("other", *located[1]) == Span(at, at + 2)


def test_places_in_a_table_and_a_footnote_lead_to_their_marks() -> None:
    narrative = narrative_of(assessment(STORED))
    shown = dict(narrative.shown)["other"]
    for words, mark in (("2.00", "［表格 2行3列：项目、金额］"), ("按决算", "〔注：按决算〕")):
        at = narrative.text.index(words)
        located = narrative.locate(Span(at, at + len(words)))
        assert located is not None and shown[slice(*located[1])] == mark


def test_footnote_at_the_end_of_a_text_stands_on_a_line_of_its_own() -> None:
    text = narrative_of(assessment("只有一句⟦note=〔注：按决算〕⟧")).text
    assert text.endswith("只有一句\n按决算\n\n")
