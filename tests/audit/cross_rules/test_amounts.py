"""Sentences against tables: what no cell holds is found, and why; what any cell holds is left in peace."""

from __future__ import annotations

import pytest

from desktop.audit.auditing import audit_text
from desktop.audit.cross_rules.amounts import bare_name
from desktop.audit.cross_rules.indicators import core
from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.fields.fields import section_text
from tests.audit.annex_layouts import FORMS, audit_of, report, tabbed

CODES = {"R6", "R6i", "R6p", "R6t", "R10c"}


def cross_findings(sentence: str, templates: Templates) -> list[Finding]:
    """Findings of the rules between text and tables over one sentence behind the printed forms."""
    raw = report(tabbed, FORMS, f"\n一、单位基本情况\n{sentence}\n")
    findings = audit_of(raw, templates)
    return [f for f in findings if f.code in CODES]


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年基本支出880.1万元，项目支出1056.3万元。",
        "2023年项目支出年初预算980万元，公用经费91.37万元。",
        "“三公”经费支出8.12万元，比上年减少1.28万元，其中公务接待费2.51万元。",
        "上年公务接待费3.2万元。",
        "2022年公用经费96.4万元，2023年公用经费91.37万元。",
        "公务接待费25100元。",
        "政府采购支出401.2万元。",
        "基本支出年初预算860万元。",
        "小型水库除险加固总投资3200万元，灌区节水改造323万元。",
        "政府性基金项目支出65万元。",
        "核定编制数62人，其中行政编制20人，在职人员59人。",
        "全年除险加固水库13座，改造渠道长度27公里。",
        "2021年公用经费88万元。",
    ],
)
def test_sentences_that_agree_with_the_tables_have_no_finding(sentence: str, templates: Templates) -> None:
    assert cross_findings(sentence, templates) == []


@pytest.mark.parametrize(
    ("sentence", "code", "level", "word"),
    [
        ("2023年公用经费96.4万元。", "R10c", ERROR, "2022年决算数"),
        ("2023年项目支出1065.3万元。", "R6", ERROR, "相差9"),
        ("公务接待费5.61万元。", "R6", ERROR, "公务用车"),
        ("小型水库除险加固支出611.25万元。", "R6", ERROR, "511.25"),
        ("全年核定编制数65人。", "R6p", CHECK, "62"),
    ],
)
def test_figures_that_no_cell_holds_are_found(
    sentence: str, code: str, level: str, word: str, templates: Templates
) -> None:
    findings = cross_findings(sentence, templates)
    assert [(f.code, f.level) for f in findings] == [(code, level)]
    assert word in findings[0].message
    assert len(findings[0].spans) >= 2


def test_an_indicator_that_took_another_number_of_the_sentence_is_found(templates: Templates) -> None:
    findings = cross_findings("除险加固水库15座，已完工13座。", templates)
    assert [(f.code, f.level, f.expected) for f in findings] == [("R6i", ERROR, "15座")]


def test_a_rate_below_the_100_percent_of_the_indicator_is_found(templates: Templates) -> None:
    findings = cross_findings("全部工程验收合格率96%。", templates)
    assert {(f.code, f.level, f.expected) for f in findings} == {("R6i", ERROR, "96%"), ("R6i", CHECK, "")}


def test_what_is_expected_of_an_amount_is_told_in_its_own_unit(templates: Templates) -> None:
    (finding,) = cross_findings("公务接待费26100元。", templates)
    assert finding.expected == "25100元"


def test_sentences_are_compared_with_the_programs_own_tables(samples: dict[int, Assessment]) -> None:
    report_ = samples[2023]
    right = "2023年公用经费114.62万元，项目支出705.19万元，“三公”经费决算6.88万元。"
    wrong = "2023年公用经费119.36万元。"
    assert [f for f in audit_text(right, report_) if f.code in CODES] == []
    finding = next(f for f in audit_text(wrong, report_) if f.code == "R10c")
    assert finding.cells and len(finding.spans) == 1


def test_the_sample_units_text_is_sound(samples: dict[int, Assessment]) -> None:
    for report_ in samples.values():
        sections = report_.sheet.outline
        raw = "\n".join(section_text(report_, section) for section in sections)
        assert [f for f in audit_text(raw, report_) if f.code in CODES] == []


@pytest.mark.parametrize(
    ("label", "bare"),
    [
        ("“三公”经费支出", "三公"),
        ("公务接待费决算数", "公务接待"),
        ("基本支出", "基本支出"),
        ("基本支出总额", "基本支出"),
        ("其中：项目支出决算", "项目支出"),
        ("公用经费支出", "公用经费"),
        ("安全隐患整治专项资金", "安全隐患整治"),
    ],
)
def test_labels_are_compared_without_what_all_such_labels_end_in(label: str, bare: str) -> None:
    assert bare_name(label) == bare


def test_indicator_names_are_compared_without_verb_and_counter() -> None:
    assert core("全县共排查重大隐患") == core("排查重大隐患个数") == "重大隐患"
