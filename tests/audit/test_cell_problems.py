"""What stands at single cells is found at once, under the code of its cause, and told once."""

from __future__ import annotations

from typing import get_args

import pytest

from desktop.audit.auditing import audit_text
from desktop.audit.cell_problems import CELL_CHECKS, CODE_OF, cell_problems, untold
from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.narrative import narrative_of
from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey
from desktop.domain.scoring.scoring_method import Cause

ROW = "annex2_indicators__quantity:1__"
"""An indicator of the sample: at least 12 times a year, 12 reached."""
TOTAL = FactKey("three_public", "total", "final")

FAULTS = [
    ("C1", ERROR, {"three_public__reception__final": "三万元左右吧"}),
    ("C1", ERROR, {f"{ROW}points": "满分"}),
    ("C2", ERROR, {"staff__administrative__in_post": "-3"}),
    ("C2", HINT, {"three_public__reception__final": "-3"}),
    ("C2", ERROR, {f"{ROW}points": "-1"}),
    ("C3", ERROR, {"three_public__reception__final": "23456789"}),
    ("C4", ERROR, {"three_public__total__final": "9.9"}),
    ("C4", ERROR, {"staff__total__rate": "90%"}),
    ("C5", ERROR, {f"{ROW}weight": "", f"{ROW}points": "5"}),
    ("C6", HINT, {f"{ROW}points": "4.12345"}),
    ("C7", HINT, {f"{ROW}target": "300", f"{ROW}actual": "约320"}),
    ("C7", HINT, {f"{ROW}target": "300", f"{ROW}actual": "达成预期指标"}),
    ("C8", HINT, {f"{ROW}target": "12", f"{ROW}unit": "场次", f"{ROW}actual": "12个月"}),
    ("C9", HINT, {f"{ROW}target": "95", f"{ROW}unit": "%", f"{ROW}actual": "0.97"}),
    ("C10", HINT, {f"{ROW}operator": ">", f"{ROW}target": "30", f"{ROW}unit": "场", f"{ROW}actual": "30"}),
    ("C11", HINT, {f"{ROW}operator": "≥", f"{ROW}target": "100", f"{ROW}unit": "人", f"{ROW}actual": "360"}),
    ("J14", HINT, {"annex2_funds__general__executed": "9999"}),
    ("R8a", ERROR, {f"{ROW}weight": "77"}),
    ("R8c", ERROR, {f"{ROW}points": "77"}),
    ("R8c", HINT, {f"{ROW}points": "1", f"{ROW}reason": "台账没有登记齐全。"}),
    ("R8c", ERROR, {f"{ROW}points": "1", f"{ROW}reason": ""}),
    ("R8e", ERROR, {"answers@form-2023__execution_rate__points": "10"}),
    ("R9a", ERROR, {f"{ROW}operator": "≤", f"{ROW}target": "≤15"}),
    ("R9b", HINT, {f"{ROW}operator": "", f"{ROW}target": "2023年", f"{ROW}unit": "", f"{ROW}actual": "已完成"}),
    ("R9e", HINT, {f"{ROW}target": "12", f"{ROW}actual": "≥12"}),
]  # fmt: skip
"""What somebody typed into the sample, and what is to be said of it before any audit."""


def changed(assessment: Assessment, cells: dict[str, str]) -> Assessment:
    facts = dict(assessment.sheet.facts) | {FactKey(*name.split("__")): text for name, text in cells.items()}
    facts = {key: text for key, text in facts.items() if text}
    return Assessment(assessment.sheet.templates, facts, assessment.sheet.year, assessment.system.id)


def audited(assessment: Assessment) -> list[Finding]:
    return audit_text(narrative_of(assessment).text, assessment)


@pytest.mark.parametrize(("code", "level", "cells"), FAULTS)
def test_each_cause_is_found_at_its_cell_under_its_code(
    code: str, level: str, cells: dict[str, str], samples: dict[int, Assessment]
) -> None:
    report = changed(samples[2023], cells)
    found = [finding for finding in cell_problems(report) if finding.code == code]
    assert level in {finding.level for finding in found}
    assert all(len(finding.message.partition("：")[0]) > 2 for finding in found), "it names its cell"
    assert code not in {finding.code for finding in cell_problems(report, without=[code])}


@pytest.mark.parametrize("year", [2022, 2023])
def test_the_sample_has_no_problems(samples: dict[int, Assessment], year: int) -> None:
    assert cell_problems(samples[year]) == []


def test_every_cause_that_the_scores_know_has_a_code_and_every_code_a_fault_here() -> None:
    assert set(CODE_OF) == set(get_args(Cause))
    assert {*CODE_OF.values(), *CELL_CHECKS, "R8a"} == {code for code, _, _ in FAULTS}


@pytest.mark.parametrize(("code", "level", "cells"), FAULTS)
def test_one_cause_is_told_once(
    code: str, level: str, cells: dict[str, str], samples: dict[int, Assessment]
) -> None:
    """Of one code no cell is named twice, and no two findings want the same number in the same cell."""
    report = changed(samples[2023], cells)
    findings = audited(report)
    told = [*findings, *untold(cell_problems(report), findings)]
    wanted = [(f.cells[0], f.expected) for f in told if f.cells and f.expected and f.level != CHECK]
    assert len(wanted) == len(set(wanted))
    for problem in cell_problems(report):
        same = [f for f in told if f.code == problem.code and set(f.cells) & set(problem.cells)]
        assert len(same) == (0 if problem.code == "C4" and problem not in told else 1), problem


def test_a_total_that_a_relation_refuses_is_told_by_the_relation(samples: dict[int, Assessment]) -> None:
    report = changed(samples[2023], {"three_public__total__final": "9.9"})
    (problem,) = cell_problems(report)
    findings = audited(report)
    (refused,) = (f for f in findings if f.cells[:1] == (TOTAL,) and f.level == ERROR)
    assert (problem.code, refused.code, problem.cells, problem.expected) == (
        "C4", "J3", (TOTAL,), refused.expected,
    )  # fmt: skip
    assert list(untold([problem], findings)) == []
    assert list(untold([problem], [f for f in findings if f.code != "J3"])) == [problem]


def test_another_cause_at_the_same_cell_is_told_too() -> None:
    """An unreadable addend of a total that J3 refuses; and a question that wants the same number."""
    addend = TOTAL._replace(row="reception")
    sum_ = Finding("J3", ERROR, "合计不符", cells=(TOTAL, addend), expected="6.88")
    unreadable = Finding("C1", ERROR, "“三万”不是数字", cells=(addend,))
    assert list(untold([unreadable], [sum_])) == [unreadable]
    by_hand = Finding("C4", ERROR, "手工填写9.9，按公式应为6.88", cells=(TOTAL,), expected="6.88")
    asked = Finding("J16", CHECK, "上年报告为6.88", cells=(TOTAL,), expected="6.88")
    assert list(untold([by_hand], [asked])) == [by_hand] and list(untold([by_hand], [sum_])) == []


def test_a_rate_with_one_digit_less_is_a_matter_of_rounding(samples: dict[int, Assessment]) -> None:
    """`95.6%`, `96%` and the last digit cut off are no errors where 95.575 % is reckoned: J1 lets them pass."""
    posts = {"staff__total__authorised": "4000", "staff__total__in_post": "3823"}
    for typed, level in (
        ("95.575%", None),
        ("95.57%", HINT),
        ("95.6%", HINT),
        ("96%", HINT),
        ("95.5%", HINT),
        ("95.4%", ERROR),
    ):
        found = cell_problems(changed(samples[2023], {**posts, "staff__total__rate": typed}))
        assert [f.level for f in found if f.cells[0].column == "rate"] == ([level] if level else []), typed


def test_the_first_rule_that_speaks_of_a_cell_is_heard(samples: dict[int, Assessment]) -> None:
    report = changed(samples[2023], {"three_public__total__final": "-23456789"})
    assert [f.code for f in cell_problems(report)] == ["C2"]
    assert [f.code for f in cell_problems(report, without=["C2"])] == ["C3"]
    assert [f.code for f in cell_problems(report, without=["C2", "C3"])] == ["C4"]


def test_a_cell_of_a_project_is_named_with_its_project(samples: dict[int, Assessment]) -> None:
    name = samples[2023].sheet.get("projects", "item:1", "name")
    (found,) = cell_problems(changed(samples[2023], {"annex3_funds@1__fiscal__initial": "十"}))[:1]
    assert found.message.startswith(f"附件3“{name}”") and found.message.endswith("：“十”不是数字")


def test_money_may_be_negative_where_it_is_a_difference(samples: dict[int, Assessment]) -> None:
    found = cell_problems(changed(samples[2023], {"base__adjustment__final": "-5"}))
    assert "C2" not in {finding.code for finding in found}
