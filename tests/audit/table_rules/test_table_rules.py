"""Each rule over tables finds its fault, in the program's own report or in printed forms, and nothing in sound ones."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pytest

from desktop.audit.auditing import audit_text
from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.narrative import narrative_of
from desktop.audit.table_audit import TABLE_CHECKS, Tables
from desktop.audit.table_rules.forms import shortened
from desktop.audit.table_rules.projects import project_name
from desktop.audit.table_rules.relations_of_cells import cells_of
from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey
from tests.audit.annex_layouts import LAYOUTS, UNIT, Rows, audit_of, one_a_line, report, tabbed


def changed(assessment: Assessment, **cells: str) -> Assessment:
    """The report with other facts; `base__procurement__final="1"`."""
    facts = dict(assessment.sheet.facts)
    facts |= {FactKey(*name.split("__")): text for name, text in cells.items()}
    return Assessment(assessment.sheet.templates, facts, assessment.sheet.year, assessment.system.id)


def audited(
    assessment: Assessment, previous: Assessment | None = None, without: Collection[str] = ()
) -> list[Finding]:
    """Findings over the program's own report, as its window asks for them."""
    return audit_text(narrative_of(assessment).text, assessment, None, without, previous)


def printed(
    templates: Templates, *changes: tuple[str, str], layout: Callable[[Rows], str] = tabbed
) -> list[Finding]:
    """Findings over the made-up unit's printed forms, with some of their text replaced."""
    raw = report(layout)
    for old, new in changes:
        assert old in raw, old
        raw = raw.replace(old, new, 1)
    return audit_of(raw, templates)


def finding_of(findings: list[Finding], code: str) -> Finding:
    return next(f for f in findings if f.code == code)


# -- sound reports -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2022, 2023])
def test_the_sample_unit_is_sound(samples: dict[int, Assessment], year: int) -> None:
    assert audited(samples[year], samples.get(year - 1)) == []


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_sound_printed_forms_have_no_error(layout: Callable[[Rows], str], templates: Templates) -> None:
    findings = printed(templates, layout=layout)
    assert [f for f in findings if f.level == ERROR] == []
    assert {f.code for f in findings if f.level == CHECK} == {"J15"}


# -- the program's own report ------------------------------------------------------------------------------

OWN = [
    ("J1", ERROR, {"staff__total__rate": "100%"}),
    ("J1", HINT, {"staff__total__rate": "95.58%"}),
    ("J2", ERROR, {"three_public__vehicles__final": "6"}),
    ("J3", ERROR, {"three_public__total__final": "9.9"}),
    ("J4", ERROR, {"base__project_spending__final": "700"}),
    ("J5", ERROR, {"base__office__final": "150"}),
    ("J7", CHECK, {"base__adjustment__final": "5"}),
    ("J7", ERROR, {"base__adjustment__final": "0"}),
    ("J8", ERROR, {"annex2_funds__project__executed": "650"}),
    ("J10", ERROR, {"annex3_funds@1__fiscal__executed": "80"}),
    ("J11", ERROR, {"annex2_funds__general__executed": "1600"}),
    ("J12", ERROR, {"annex2_funds__public__executed": "84.78"}),
    ("J14", CHECK, {"staff__administrative__in_post": "40"}),
    ("J16", CHECK, {"base__procurement__last_final": "1"}),
    ("J17", HINT, {"unit__this__preparer": ""}),
    ("R8c", ERROR, {"annex2_indicators__quantity:1__points": "9"}),
    ("R8e", ERROR, {"answers@form-2023__execution_rate__points": "10"}),
    ("R9d", ERROR, {"annex2_indicators__quantity:2__name": "检查批次", "annex2_indicators__quantity:2__operator": "≤"}),
    ("R9b", ERROR, {"annex2_indicators__quality:1__target": "2023年", "annex2_indicators__quality:1__operator": "",
                    "annex2_indicators__quality:1__unit": ""}),
    ("R9e", ERROR, {"annex2_indicators__quality:1__actual": "≥98.9%"}),
    ("R9g", HINT, {"annex2_indicators__quantity:1__target": "明显增加", "annex2_indicators__quantity:1__unit": ""}),
    ("R14t", HINT, {"projects__item:1__implementer": "清河县农业局"}),
    ("R13t", HINT, {"unit__this__economy_measures": "节约型机关"}),
    ("R17d", CHECK, {"three_public__reception__final": "20", "three_public__reception__note": "",
                     "three_public__vehicle_running__note": "", "three_public__vehicle_purchase__note": "",
                     "three_public__abroad__note": "", "narrative__basic_spending__text": "“三公经费”比上年增加。"}),
    ("R17e", CHECK, {"base__special:1__label": "临聘人员工资"}),
    ("R17g", CHECK, {"staff__administrative__in_post": "32"}),
    ("R24", CHECK, {"paper__this__outline": "addressed"}),
    ("R24", CHECK, {"narrative__own:9__text": "正文。"}),
    ("R19t", HINT, {"annex2_indicators__economic:1__name": "生产安全事故起数"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "level", "cells"), OWN)
def test_each_fault_in_the_programs_tables_is_found_at_its_level(
    code: str, level: str, cells: dict[str, str], samples: dict[int, Assessment]
) -> None:
    findings = audited(changed(samples[2023], **cells), samples[2022])
    finding = finding_of(findings, code)
    assert finding.level == level
    assert finding.cells and not finding.spans


def test_what_is_expected_is_of_the_first_cell(samples: dict[int, Assessment]) -> None:
    points = changed(samples[2023], **{"answers@form-2023__execution_rate__points": "10"})
    assert finding_of(audited(points), "R8e").cells[0].column == "points"
    weights = finding_of(
        audited(changed(samples[2023], **{"annex2_indicators__quantity:1__weight": "77"})), "R8a"
    )
    assert weights.cells and weights.expected == ""  # any of them may be wrong


def test_findings_of_a_rule_left_out_are_missing(samples: dict[int, Assessment]) -> None:
    report_ = changed(samples[2023], staff__total__rate="100%")
    assert "J1" not in {f.code for f in audited(report_, without=["J1"])}


def test_a_rise_of_three_public_explained_in_notes_is_left_alone(samples: dict[int, Assessment]) -> None:
    """三公经费 rise; the notes say why."""
    findings = audited(changed(samples[2023], three_public__reception__final="20"))
    assert "R17d" not in {f.code for f in findings}


# -- printed forms -----------------------------------------------------------------------------------------

PRINTED = [
    ("J1", ERROR, [("95.16%", "100%")], "95.16%"),
    ("J3", ERROR, [("\t8.12\n", "\t9.12\n")], "8.12"),
    ("J4", ERROR, [("1056.3", "1156.3")], ""),
    ("J6", ERROR, [("98.75%", "78.75%")], "98.75%"),
    ("J10", ERROR, [("\t340\n\t323\n\t323\n", "\t300\n\t323\n\t323\n")], ""),
    ("J11s", ERROR, [("按收入性质分：1936.4", "按收入性质分：1963.4")], ""),
    ("R8a", ERROR, [("\t15\n\t15\n", "\t20\n\t15\n")], ""),
    ("R8b", ERROR, [("\t98.75\n", "\t97.75\n")], "98.75"),
    ("R8c", ERROR, [("27公里\n\t10\n\t9", "27公里\n\t10\n\t10")], "9"),
    ("R8d", ERROR, [("97.54%", "99.54%")], "97.54%"),
    ("R8e", ERROR, [("\t97.54%\n\t9.75\n", "\t97.54%\n\t10\n")], "9.754"),
    ("R9a", ERROR, [("≥12座", "≥≥12座")], "≥12座"),
    ("R9b", ERROR, [("\t建立健全\n", "\t2023年\n")], ""),
    ("R9c", HINT, [("≥90%\n\t93.5%", "90%\n\t93.5%")], ""),
    ("R9c", HINT, [("≥90%\n\t93.5%", "=90%\n\t93.5%")], ""),
    ("R9e", ERROR, [("\t93.5%\n", "\t≥93.5%\n")], ""),
    ("R9e", HINT, [("\t93.5%\n", "\t=93.5%\n")], ""),
    ("R17a", CHECK, [("1860.5", "1260.5")], ""),
    ("R17b", CHECK, [("401.18", "201.18")], ""),
    ("R17c", CHECK, [("40.2\n\t40\n\t38.6", "6.2\n\t6\n\t5.62")], ""),
    ("R17e", CHECK, [("灌区节水改造\n\t310", "绩效奖金\n\t310")], ""),
    ("J17", HINT, [("王秀兰", ""), ("王秀兰", "")], ""),
]


@pytest.mark.parametrize(("code", "level", "changes", "expected"), PRINTED)
def test_each_fault_in_printed_forms_is_found_at_its_level(
    code: str, level: str, changes: list[tuple[str, str]], expected: str, templates: Templates
) -> None:
    finding = finding_of(printed(templates, *changes), code)
    assert finding.level == level
    assert finding.spans and not finding.cells
    assert expected in finding.expected


def test_no_points_are_asked_by_a_rate_that_is_wrong_itself(templates: Templates) -> None:
    findings = printed(templates, ("\t97.54%\n\t9.75\n", "\t92.54%\n\t9.75\n"))
    assert {f.code for f in findings} & {"R8d", "R8e"} == {"R8d"}


def test_printed_forms_are_signed_by_hand(templates: Templates) -> None:
    blank = "单位负责人签字：　　　"
    findings = printed(templates, *[("单位负责人签字：李明远", blank)] * 2)
    assert "J17" not in {f.code for f in findings}


def test_no_error_from_a_form_that_was_not_understood(templates: Templates) -> None:
    changes = [("业务工作经费\n112.3\n120\n", "业务工作经费\n112.3\n"), ("1056.3", "1156.3")]
    findings = printed(templates, *changes, layout=one_a_line)
    assert {f.level for f in findings if f.code == "J4"} <= {CHECK}


def test_building_rates_without_a_building_are_a_hint(templates: Templates) -> None:
    row = ("防汛物资仓库\n\t800\n\t790\n\t98.75%\n\t210\n\t204.6\n\t97.43%", "\n\t0\n\t0\n\t0\n\t0\n\t0\n\t0")
    assert finding_of(printed(templates, row), "J6").level == HINT


def test_upper_bounds_of_accidents_complaints_and_meetings_are_right(templates: Templates) -> None:
    """≤ is right for accidents and complaints, and for what one controls."""
    for name in ("安全事故起数", "群众投诉件数", "会议次数"):
        findings = printed(templates, ("除险加固水库座数", name), ("≥12座\n\t13座", "≤12座\n\t12座"))
        assert "R9d" not in {f.code for f in findings}


def test_a_ratio_written_for_percent_meets_the_target(templates: Templates) -> None:
    findings = printed(templates, ("≥95%\n\t100%", "≥95%\n\t0.98"))
    assert "R8c" not in {f.code for f in findings}


def test_the_adjustment_of_the_whole_budget_is_not_compared(templates: Templates) -> None:
    whole = ("部门基本支出预算调整\n\t0\n\t0\n\t12.4", "部门整体支出预算调整\n\t0\n\t0\n\t124.7")
    same = ("1985.2\n\t1936.4", "1936.4\n\t1936.4")
    assert "J7" not in {f.code for f in printed(templates, whole, same, ("97.54%\n\t9.75", "100%\n\t10"))}


# -- parts -------------------------------------------------------------------------------------------------


def test_every_relation_names_known_cells(templates: Templates, samples: dict[int, Assessment]) -> None:
    tables = Tables(samples[2023])
    for relation in templates.checks:
        for column in relation.columns:
            for text in (relation.left, relation.right, relation.instead):
                keys = cells_of(tables, text.format(column=column, project="1")) if text else []
                assert all(templates.knows(key) for key in keys), relation
        relation.message.format(left="", right="", gap="", column="", project="")


def test_table_and_cross_rules_are_registered() -> None:
    assert {"J", "J6", "J7", "J10", "R6", "R6i", "R8a", "R9a", "R17a"} <= set(TABLE_CHECKS)


@pytest.mark.parametrize(
    ("short", "wanted"),
    [
        ("清溪县水务局", False),
        ("清溪水利局", True),
        ("水利局", True),
        ("清溪县政府", False),
        (UNIT, False),
        ("财政局", False),
    ],
)
def test_a_shortened_unit_name_is_told_from_another_offices(short: str, wanted: bool) -> None:
    assert (shortened(short, UNIT) and short != UNIT) == wanted


def test_project_names_are_compared_without_their_ends() -> None:
    assert project_name("1、业务工作经费") == project_name("业务工作专项经费") == "业务工作"
