"""The sample unit must be what an auditor would wish for: tables agree with each other and with the text."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.fields.fields import pieces, section_text
from desktop.domain.keys import FactKey
from desktop.domain.numbers import round_half_up, show, show_percent
from desktop.resource_files.sample import SampleReport, sample_reports
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES

SCORES = {
    2022: {"form-2023": "97.77", "hunan-2023": "94.69", "blocks-2023": "28.94"},
    2023: {"form-2023": "97.94", "hunan-2023": "91.02", "blocks-2023": "26.92"},
}
FUNDS = ("initial", "adjusted", "executed")


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_templates(RESOURCES)


@pytest.fixture(scope="module")
def samples() -> dict[int, SampleReport]:
    return {sample.year: sample for sample in sample_reports(RESOURCES)}


@pytest.fixture(scope="module", params=[2022, 2023])
def report(
    request: pytest.FixtureRequest, templates: Templates, samples: dict[int, SampleReport]
) -> Assessment:
    sample = samples[request.param]
    return Assessment(templates, sample.facts, sample.year, sample.system)


@pytest.fixture
def sheet(report: Assessment) -> FactSheet:
    return report.sheet


@pytest.fixture
def text(report: Assessment) -> str:
    """The report's text as it is read."""
    return "\n".join(section_text(report, section) for section in report.sheet.outline)


def at(sheet: FactSheet, address: str) -> Decimal:
    table, row, column = address.split(".")
    value = sheet.value(table, row, column)
    assert value is not None, address
    return value


def change(now: Decimal, before: Decimal) -> str:
    words = ("增加", "增长") if now > before else ("减少", "下降")
    return (
        f"比上年{words[0]}{show(abs(now - before))}万元，{words[1]}{show_percent(abs(now - before) / before)}"
    )


def test_two_years_of_one_unit(samples: dict[int, SampleReport]) -> None:
    assert list(samples) == [2022, 2023]
    assert {s.unit_name for s in samples.values()} == {"清河县农业农村局"}


def test_every_cell_is_known_and_every_number_is_one(report: Assessment) -> None:
    sheet = report.sheet
    for key in sheet.facts:
        assert sheet.templates.knows(key), key
        assert not sheet.by_hand(key), key
        column = sheet.column(key)
        if column is not None and column.numeric:
            assert sheet.typed(key) is not None, key


def test_nothing_is_left_empty(report: Assessment) -> None:
    sheet = report.sheet
    for table in sheet.templates.tables.values():
        scopes = [f"@{p}" for p in sheet.projects()] if table.per == "project" else [""]
        for row in table.rows:
            typed = [c for c in table.columns if not table.formula_at(row.id, c.id) and c.official]
            if row.open or row.heading or row.formula or table.free_rows:
                continue
            for scope in scopes:
                assert all(sheet.get(table.id + scope, row.id, c.id) for c in typed), (table.id, row.id)
    assert all(sheet.get("narrative", section.id, "text") for section in sheet.outline)


def test_a_wrong_cell_is_refused(tmp_path: Path) -> None:
    for folder in ("tables", "forms", "systems", "outlines"):
        shutil.copytree(RESOURCES / folder, tmp_path / folder)
    for file in ("passages.toml", "sections.toml"):
        shutil.copy(RESOURCES / file, tmp_path)
    (tmp_path / "sample").mkdir()
    wrong = 'year = 2023\nsystem = "form-2023"\n[unit]\nname = "甲"\n[staff.total]\nnobody = "1"\n'
    (tmp_path / "sample" / "2023.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(ValueError, match="nobody"):
        sample_reports(tmp_path)


def test_scores_are_complete_and_without_problems(report: Assessment) -> None:
    for system_id, expected in SCORES[report.sheet.year].items():
        assert str(report.score(system_id).total) == expected
    assert report.main.grade == "优"
    scores = [report.score(s) for s in report.sheet.templates.systems]
    for score in [*scores, *map(report.project, report.sheet.projects())]:
        assert score.grade
        assert all(block.balanced for block in score.blocks)
        assert [p for i in score.indicators for p in i.problems] == []


# -- 勾稽 J1–J14 --------------------------------------------------------------------------------------


def test_income_and_nature_agree(sheet: FactSheet) -> None:
    for column in FUNDS:
        assert at(sheet, f"annex2_funds.total.{column}") == at(sheet, f"annex2_funds.nature_total.{column}")


def test_three_public_is_part_of_public_funds(sheet: FactSheet) -> None:
    assert at(sheet, "three_public.total.final") < at(sheet, "base.public_funds.final")
    named = {sheet.get("economic_class", r, "label"): r for r in sheet.rows("economic_class", "goods")}
    for column, theirs in (("last_final", "last_final"), ("initial", "budget"), ("final", "final")):
        for row, labels in (
            ("three_public.reception", ["公务接待费"]),
            ("three_public.vehicle_running", ["公务用车运行维护费"]),
            ("base.office", ["办公费"]),
            ("base.utilities", ["水费", "电费", "差旅费"]),
            ("base.meetings", ["会议费", "培训费"]),
        ):
            parts = sum(at(sheet, f"economic_class.{named[label]}.{column}") for label in labels)
            assert at(sheet, f"{row}.{theirs}") == parts, (row, column)


def test_public_funds_cover_their_parts(sheet: FactSheet) -> None:
    for column in ("last_final", "budget", "final"):
        parts = sum(at(sheet, f"base.{row}.{column}") for row in ("office", "utilities", "meetings"))
        assert parts <= at(sheet, f"base.public_funds.{column}")
    assert at(sheet, "base.public_funds.budget") == at(sheet, "annex2_funds.public.initial")
    assert at(sheet, "base.public_funds.final") == at(sheet, "annex2_funds.public.executed")


def test_projects_agree_in_all_annexes(sheet: FactSheet) -> None:
    rows = [r for group in ("special", "transfer") for r in sheet.rows("base", group)]
    by_name = {sheet.get("base", row, "label"): row for row in rows}
    for project in sheet.projects():
        row = by_name.pop(sheet.get("projects", f"item:{project}", "name"))
        for ours, theirs in (("budget", "initial"), ("final", "executed")):
            assert at(sheet, f"base.{row}.{ours}") == at(sheet, f"annex3_funds@{project}.total.{theirs}")
    assert all(at(sheet, f"base.{row}.final") == 0 for row in by_name.values())
    for column in FUNDS:
        total = sum(at(sheet, f"annex3_funds@{p}.total.{column}") for p in sheet.projects())
        assert total == at(sheet, f"annex2_funds.project.{column}")
    assert at(sheet, "base.project_spending.final") == at(sheet, "annex2_funds.project.executed")
    assert at(sheet, "base.project_spending.budget") == at(sheet, "annex2_funds.project.initial")


def test_basic_spending_adjustment(sheet: FactSheet) -> None:
    moved = at(sheet, "annex2_funds.basic.adjusted") - at(sheet, "annex2_funds.basic.initial")
    assert at(sheet, "base.adjustment.final") == moved


def test_classes_add_up_to_spending(sheet: FactSheet) -> None:
    for ours, theirs in (("initial", "initial"), ("final", "executed")):
        assert at(sheet, f"function_class.total.{ours}") == at(sheet, f"annex2_funds.total.{theirs}")
        assert at(sheet, f"economic_class.total.{ours}") == at(sheet, f"annex2_funds.basic.{theirs}")
        assert at(sheet, f"economic_class.goods.{ours}") == at(sheet, f"annex2_funds.public.{theirs}")
    last = at(sheet, "economic_class.total.last_final") + at(sheet, "base.project_spending.last_final")
    assert at(sheet, "function_class.total.last_final") == last == at(sheet, "carryover.spending.last_year")


def test_money_in_and_out_balances(sheet: FactSheet) -> None:
    total, opening = at(sheet, "annex2_funds.total.adjusted"), at(sheet, "carryover.opening.this_year")
    assert at(sheet, "carryover.closing.last_year") == opening
    assert at(sheet, "carryover.income.this_year") == total - opening
    assert at(sheet, "carryover.spending.this_year") == at(sheet, "annex2_funds.total.executed")
    assert at(sheet, "carryover.closing.this_year") == total - at(sheet, "annex2_funds.total.executed")
    carried = sum(at(sheet, f"annex3_funds@{p}.carryover.adjusted") for p in sheet.projects())
    assert carried == opening


def test_last_year_is_carried_over(templates: Templates, samples: dict[int, SampleReport]) -> None:
    before, after = (FactSheet(templates, samples[year].facts, year) for year in (2022, 2023))
    pairs = [("last_final", "final"), ("last_budget", "budget"), ("last_year", "this_year")]
    checked = 0
    for table in ("three_public", "base", "function_class", "economic_class", "carryover", "others"):
        for row in templates.tables[table].rows:
            for ours, theirs in pairs:
                now, then = after.value(table, row.id, ours), before.value(table, row.id, theirs)
                if now is not None:
                    checked += 1
                    assert now == then, (table, row.id, ours)
        for key in (k for k in after.facts if k.table == table and ":" in k.row and k.column == "last_final"):
            assert after.number(key) == _final_of(before, table, after.get(table, key.row, "label"))
    assert checked > 30


def _final_of(sheet: FactSheet, table: str, label: str) -> Decimal:
    rows = [k.row for k, v in sheet.facts.items() if k.table == table and k.column == "label" and v == label]
    return at(sheet, f"{table}.{rows[0]}.final") if rows else Decimal(0)


# -- the report's own text -------------------------------------------------------------------------------


def test_text_repeats_the_tables(sheet: FactSheet, text: str) -> None:
    said = {
        "全年执行数": "annex2_funds.total.executed",
        "基本支出": "annex2_funds.basic.executed",
        "项目支出": "annex2_funds.project.executed",
        "人员经费": "annex2_funds.personnel.executed",
        "公用经费": "annex2_funds.public.executed",
        "工资福利支出": "economic_class.wages.final",
        "对个人和家庭的补助": "economic_class.individuals.final",
        "公务用车运行维护费": "three_public.vehicle_running.final",
        "公务接待费": "three_public.reception.final",
        "年末结转结余": "carryover.closing.this_year",
        "年中追加": "carryover.added.this_year",
        "政府采购预算数": "base.procurement.budget",
        "实际采购": "base.procurement.final",
    }
    for label, address in said.items():
        wanted = f"{label}{show(at(sheet, address))}万元"
        assert wanted in text.replace("净追加", "追加"), wanted
    for project in sheet.projects():
        name = sheet.get("projects", f"item:{project}", "name")
        assert f"{name}{show(at(sheet, f'annex3_funds@{project}.total.executed'))}万元" in text


def test_text_repeats_the_rates(sheet: FactSheet, text: str) -> None:
    for label, address in (
        ("预算执行率", "annex2_funds.total.rate"),
        ("项目支出执行率", "annex2_funds.project.rate"),
        ("在职人员控制率", "staff.total.rate"),
        ("政府采购执行率", "base.procurement.rate"),
    ):
        assert label + show_percent(at(sheet, address)) in text
    for name, row in (("“三公经费”", "three_public.total"), ("公用经费", "base.public_funds")):
        budget, final, rate = (at(sheet, f"{row}.{column}") for column in ("budget", "final", "rate"))
        assert f"{name}预算数{show(budget)}万元，决算数{show(final)}万元，控制率{show_percent(rate)}" in text
    total = at(sheet, "annex2_funds.total.executed")
    for label in ("basic", "project"):
        amount = at(sheet, f"annex2_funds.{label}.executed")
        assert f"{show(amount)}万元，占{show_percent(amount / total)}" in text


def test_text_compares_rightly_with_last_year(sheet: FactSheet, text: str) -> None:
    for row in (
        "three_public.total",
        "three_public.reception",
        "three_public.vehicle_running",
        "base.public_funds",
        "base.project_spending",
        "function_class.total",
    ):
        assert change(at(sheet, f"{row}.final"), at(sheet, f"{row}.last_final")) in text, row


def test_enumerated_amounts_add_up(text: str) -> None:
    found = re.findall(r"([\d.]+)万元，其中：([^。]+)。", text.replace("（含上年结转18.60万元）", ""))
    assert len(found) >= 5
    for total, parts in found:
        assert sum(map(Decimal, re.findall(r"([\d.]+)万元", parts))) == Decimal(total), parts


def test_text_repeats_the_scores(report: Assessment, text: str) -> None:
    assert f"自评得分{report.main.total}分" in text
    for block, label in zip(
        report.main.blocks, ("预算执行", "产出指标", "效益指标", "满意度指标"), strict=True
    ):
        assert f"{label}{block.points}分" in text
    scores = [f"{report.project(p).total}分".replace("100.00", "100") for p in report.sheet.projects()]
    assert f"自评得分依次为{'、'.join(scores)}" in text
    rows = [i for i in report.main.indicators if i.id != "execution_rate"]
    met = sum(not i.lost for i in rows)
    assert f"{len(rows)}项绩效指标中，{met}项达到年度指标值，{len(rows) - met}项未完全达到" in text


def test_lost_points_are_taken_up_as_problems(report: Assessment) -> None:
    problems = report.sheet.get("narrative", "problems", "text")
    for indicator in report.main.losses:
        if indicator.id != "execution_rate":
            assert f"得{show(indicator.points)}分" in problems


def test_the_text_of_2023_fills_itself(samples: dict[int, SampleReport], templates: Templates) -> None:
    report = Assessment(templates, samples[2023].facts, 2023, samples[2023].system)
    for section in ("general_budget", "basic_spending", "project_spending", "performance"):
        parts = pieces(report, report.sheet.get("narrative", section, "text"))
        assert sum(bool(part.field) for part in parts) >= 7
        assert not any(part.frozen for part in parts)
        assert "⟦" not in "".join(part.text for part in parts)


def test_sampled_rates_are_right(sheet: FactSheet, text: str) -> None:
    for pattern in (
        r"检测(?P<whole>\d+)批次，合格(?P<part>\d+)批次，合格率(?P<rate>[\d.]+)%",
        r"耕地(?P<whole>\d+)亩，落实安全利用措施(?P<part>\d+)亩，安全利用率(?P<rate>[\d.]+)%",
        r"问卷(?P<whole>\d+)份，全部有效收回，表示满意的(?P<part>\d+)份，满意度(?P<rate>[\d.]+)%",
    ):
        match = re.search(pattern, text)
        assert match, pattern
        exact = Decimal(match["part"]) * 100 / Decimal(match["whole"])
        assert round_half_up(exact) == Decimal(match["rate"])
        actuals = [
            v for k, v in sheet.facts.items() if k.table == "annex2_indicators" and k.column == "actual"
        ]
        assert match["rate"] in actuals


def test_text_is_well_formed(report: Assessment, sheet: FactSheet, text: str) -> None:
    for opening, closing in ("（）", "“”", "《》"):
        assert text.count(opening) == text.count(closing)
    assert not re.search(r"我单位|本局|我办|[(),;]|\.\.\.|……", text)
    assert set(re.findall(r"(\d{4})年", text)) == {str(sheet.year)}
    for section in sheet.outline:
        lines = section_text(report, section).splitlines()
        assert all(line.endswith("。") for line in lines), section.id
        numbers = [int(m[1]) for line in lines if (m := re.match(r"(\d+)\. ", line))]
        assert numbers == list(range(1, len(numbers) + 1)), section.id
    assert 2500 < len(text) < 5000


def test_numbers_are_stored_in_their_one_form(samples: dict[int, SampleReport]) -> None:
    assert samples[2023].facts[FactKey("three_public", "vehicle_running", "last_final")] == "5.6"
