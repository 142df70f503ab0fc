"""The unit's totals in a sentence against its tables: proved where they agree, wrong where the words leave no doubt."""

from __future__ import annotations

import pytest

from desktop.audit.auditing import audited
from desktop.audit.evidence import PROVED, REFUTED, NumberVerdict
from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.narrative import narrative_of
from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey


def told(report: Assessment, words: str) -> tuple[list[Finding], list[NumberVerdict]]:
    """What R6t says of a section's words, and the numbers in them."""
    key = FactKey("narrative", "general_budget", "text")
    facts = {**report.sheet.facts, key: words}
    report = Assessment(report.sheet.templates, facts, report.sheet.year, report.system.id)
    text = narrative_of(report).text
    found = audited(text, report)
    at = text.index(words)
    numbers = [n for n in found.numbers if at <= n.start < at + len(words)]
    return [f for f in found.findings if f.code == "R6t"], numbers


def test_totals_that_no_table_holds_are_wrong_though_they_fit_one_another(
    samples: dict[int, Assessment],
) -> None:
    words = (
        "2023年，我局年初预算数1500.00万元，全年预算数1800.00万元，全年执行数1764.00万元，预算执行率98.00%。"
    )
    findings, numbers = told(samples[2023], words)
    assert [(f.level, f.expected) for f in findings] == [
        (ERROR, "1565.6万元"), (ERROR, "1661.32万元"), (ERROR, "1635.53万元"),
    ]  # fmt: skip
    assert [n.state for n in numbers[:3]] == [REFUTED] * 3
    assert findings[0].cells == (FactKey("annex2_funds", "total", "initial"),)


@pytest.mark.parametrize(
    "words",
    [
        "2023年，我局年初预算数1565.60万元，全年预算数1661.32万元，全年执行数16,355,300元。",
        "2023年一般公共预算年初预算数1565.6万元，调整后预算1661.32万元，支出决算1635.53万元。",
        "年初结转结余18.60万元，本年收入1642.72万元，本年支出1635.53万元，年末结转结余25.79万元。",
    ],
)
def test_totals_that_are_those_of_the_tables_are_proved_by_them(
    words: str, samples: dict[int, Assessment]
) -> None:
    findings, numbers = told(samples[2023], words)
    assert findings == []
    assert {n.state for n in numbers} == {PROVED}
    assert all("R6t" in [g.code for g in n.by if g.cells] for n in numbers)


@pytest.mark.parametrize(
    "words",
    [
        "项目支出年初预算数650万元，全年预算数720万元，全年执行数700万元。",
        "（一）基本支出情况\n全年支出900万元，年初预算数910万元。",
        "“三公”经费年初预算数9万元，全年执行数7万元。",
        "2022年全年执行数1400万元，全年预算数1500万元。",
        "所属二级单位全年支出30万元。政府性基金全年预算数20万元。",
        "全年支出比年初预算数1500万元增加。",
        "年末项目资金结转22.41万元。",
    ],
)
def test_figures_of_a_part_or_of_last_year_are_left_alone(words: str, samples: dict[int, Assessment]) -> None:
    assert told(samples[2023], words)[0] == []


def test_another_carry_over_is_a_question(samples: dict[int, Assessment]) -> None:
    assert [f.level for f in told(samples[2023], "年末结转结余20.00万元。")[0]] == [CHECK]
