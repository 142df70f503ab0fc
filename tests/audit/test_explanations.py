"""Explanations find their finding again as long as it says the same of the same words and cells."""

from __future__ import annotations

from desktop.audit.explanations import can_be_explained, explanation_key, place_of
from desktop.audit.finding import CHECK, ERROR, HINT, Finding, Span
from desktop.audit.narrative import Narrative, Place
from desktop.domain.keys import FactKey


def narrative(text: str) -> Narrative:
    return Narrative("标题\n一、情况\n" + text + "\n", (Place("unit", 8, 8 + len(text)),))


def at(whole: Narrative, words: str) -> Finding:
    start = whole.text.index(words)
    return Finding("R17", CHECK, "请核实", (Span(start, start + len(words)),))


def test_an_explanation_is_kept_when_text_before_or_blanks_change() -> None:
    one, other = narrative("执行率80%。"), narrative("我们写了很多。执行率 80%。")
    assert explanation_key(at(one, "执行率80%"), one) == explanation_key(at(other, "执行率 80%"), other)


def test_other_words_cells_or_rules_need_an_explanation_of_their_own() -> None:
    whole = narrative("执行率80%，控制率70%。")
    cell = Finding("R17", CHECK, "请核实", cells=(FactKey("base", "special:1", "final"),))
    findings = [
        at(whole, "执行率80%"),
        at(whole, "控制率70%"),
        cell,
        Finding("J1", CHECK, "", cells=cell.cells),
    ]
    keys = {explanation_key(finding, whole) for finding in findings}
    assert len(keys) == len(findings)
    assert all(key.table == "explanations" and ":" not in key.row for key in keys)


def test_only_checks_can_be_explained() -> None:
    assert [can_be_explained(Finding("R1", level, "")) for level in (ERROR, CHECK, HINT)] == [
        False,
        True,
        False,
    ]


def test_words_of_a_heading_belong_to_the_section_under_it() -> None:
    whole = narrative("正文")
    assert place_of(whole, Span(0, 2)) == ("unit", Span(0, 0))
    assert place_of(whole, Span(8, 10)) == ("unit", Span(0, 2))
