"""One report read through its templates: sums, overrides, rates, words, and texts nobody expects."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.forms.edition import NO_FORMS
from desktop.domain.keys import FactKey
from desktop.domain.scoring.scoring import score_project, score_system
from desktop.domain.template import parse_table
from tests.domain.conftest import YEAR, MakeSheet

SPENDING = {
    "base.business.final": "74.99",
    "base.operation.final": "2.94",
    "base.special:1.order": "1",
    "base.special:1.label": "安全隐患整治",
    "base.special:1.final": "616.67",
    "base.special:2.order": "2",
    "base.special:2.final": "500",
}
TOTAL = FactKey("base", "project_spending", "final")
CONTROL = FactKey("staff", "total", "rate")


def test_total_adds_fixed_and_open_rows(sheet: MakeSheet) -> None:
    given = sheet(SPENDING)
    assert given.number(TOTAL) == Decimal("1194.60")
    assert given.display(TOTAL) == "1194.60"
    assert given.display(TOTAL._replace(column="budget")) == ""


def test_typed_total_counts_and_is_explained(sheet: MakeSheet) -> None:
    notes = {}
    for typed in ("1194.6", "1194.61", "1200"):
        given = sheet(SPENDING | {"base.project_spending.final": typed})
        assert given.by_hand(TOTAL) and given.number(TOTAL) == Decimal(typed)
        assert given.computed(TOTAL) == Decimal("1194.60")
        explained = given.explain(TOTAL)
        assert explained is not None
        notes[typed] = explained.note
    assert "一致" in notes["1194.6"] and "不一致" not in notes["1194.6"]
    assert "尾差" in notes["1194.61"]
    assert "不一致" in notes["1200"]


def test_typed_rate_may_differ_by_rounding_only(sheet: MakeSheet) -> None:
    staff = {"staff.total.authorised": "49", "staff.total.in_post": "47"}
    notes = {}
    for typed in ("95.92%", "95.91%", "95.9%", "96%", "95.92", "0.9592", "95.8%", "100%", "100"):
        explained = sheet(staff | {"staff.total.rate": typed}).explain(CONTROL)
        assert explained is not None and explained.result == "95.92%"
        notes[typed] = "尾差" in explained.note
    assert {typed for typed, close in notes.items() if not close} == {"95.8%", "100%", "100"}


def test_typed_sum_of_people_must_be_exact(sheet: MakeSheet) -> None:
    parts = {"staff.administrative.in_post": "21", "staff.institution.in_post": "26"}
    explained = sheet(parts | {"staff.total.in_post": "48"}).explain(CONTROL._replace(column="in_post"))
    assert explained is not None and "不一致" in explained.note


def test_explanation_has_words_and_operand_cells(sheet: MakeSheet) -> None:
    explained = sheet(SPENDING).explain(TOTAL)
    assert explained is not None
    assert explained.label == "项目支出 · 2023年决算数"
    assert explained.words == "业务工作经费 ＋ 运行维护经费 ＋ 区级专项资金各行 ＋ 上级转移支付各行"
    assert [operand.label.partition(" · ")[0] for operand in explained.operands] == [
        "业务工作经费",
        "运行维护经费",
        "安全隐患整治",
        "未命名专项",
    ]
    assert sheet({}).explain(FactKey("base", "business", "final")) is None


@pytest.mark.parametrize(("authorised", "in_post"), [("0", "0"), ("0", "3"), ("", "3"), ("49", "")])
def test_rate_without_a_base_is_shown_as_dash(sheet: MakeSheet, authorised: str, in_post: str) -> None:
    cells = {"staff.total.authorised": authorised, "staff.total.in_post": in_post}
    given = sheet({name: text for name, text in cells.items() if text})
    assert given.number(CONTROL) is None
    assert given.display(CONTROL) == "—"


def test_division_by_zero_is_told_from_a_missing_base(sheet: MakeSheet) -> None:
    formula = "annex2_funds.total.executed / annex2_funds.total.adjusted"
    assert sheet({"annex2_funds.total.adjusted": "0"}).divides_by_zero(formula)
    assert not sheet({}).divides_by_zero(formula)
    assert not sheet({}).divides_by_zero("annex2_funds.total.executed")


def test_formulas_of_a_project_use_its_own_tables(sheet: MakeSheet) -> None:
    given = sheet(
        {
            "projects.item:1.order": "2",
            "projects.item:4.order": "1",
            "annex3_funds@1.fiscal.executed": "70",
            "annex3_funds@1.fiscal.adjusted": "80",
            "annex3_funds@4.fiscal.executed": "5",
        }
    )
    assert given.projects() == ["4", "1"]
    assert given.display(FactKey("annex3_funds@1", "total", "rate")) == "87.50%"
    assert given.number(FactKey("annex3_funds@4", "total", "executed")) == 5
    assert given.evaluate("sum(annex3_funds@*.total.executed)") == 75


def test_money_is_read_in_its_unit_and_shown_with_two_decimals(sheet: MakeSheet) -> None:
    given = sheet({"three_public.reception.final": "50000元", "three_public.abroad.final": "无"})
    assert given.display(FactKey("three_public", "reception", "final")) == "5.00"
    assert given.display(FactKey("three_public", "abroad", "final")) == "无"
    assert given.number(FactKey("three_public", "total", "final")) == 5


def test_cell_label_names_row_and_column(sheet: MakeSheet) -> None:
    given = sheet({"unit.this.level": "县"})
    labels = [
        given.label(FactKey(*name.split(".")))
        for name in (
            "three_public.vehicle_purchase.last_final",
            "unit.this.name",
            "base.special.final",
            "base.special:9.final",
            "nothing.x.y",
        )
    ]
    assert labels == [
        "公车购置 · 2022年决算数",
        "预算单位名称",
        "县级专项资金 · 2023年决算数",
        "未命名专项 · 2023年决算数",
        "x",
    ]


def test_cell_whose_formula_needs_itself_is_empty() -> None:
    rows = [{"id": "a", "label": "甲", "formula": "b * 1"}, {"id": "b", "label": "乙", "formula": "a * 1"}]
    column = [{"id": "x", "label": "数"}]
    table = parse_table({"id": "t", "title": "表", "column": column, "row": rows})
    given = FactSheet(Templates({"t": table}, {}, {}, {}, NO_FORMS, {}), {}, YEAR)
    assert given.number(FactKey("t", "a", "x")) is None
    assert given.number(FactKey("t", "b", "x")) is None


NASTY = (
    "NaN",
    "-0",
    "1e18",
    "1e-60",
    "-5",
    "0",
    "9" * 70,
    "（12）",
    "≥≥9",
    "9999年99月",
    "2月30日",
    "12月",
    "\x00",
)
texts = st.sampled_from((*NASTY, "100%", "是", "达成预期指标", "5~10", "介于", "2023年", "—")) | st.text(
    max_size=12
)


def _cells(templates: Templates) -> list[FactKey]:
    """Every cell there is, with two open rows in each group and two projects."""
    found = []
    for table in templates.tables.values():
        if table.free_rows:
            rows = [i.id for system in templates.systems.values() for i in system.indicators()]
            scopes = [*(f"@{system}" for system in templates.systems), "@1"]
        else:
            rows = [name for row in table.rows for name in _row_ids(row.id, row.open)]
            scopes = ["@1", "@2"] if table.per == "project" else [""]
        columns = [*(column.id for column in table.columns), "order", "label"]
        found += [
            FactKey(table.id + scope, row, column) for scope in scopes for row in rows for column in columns
        ]
    return found


def _row_ids(row: str, is_open: bool) -> list[str]:
    return [row, f"{row}:1", f"{row}:2"] if is_open else [row]


@settings(max_examples=20)
@given(pool=st.lists(texts, min_size=1, max_size=12), seed=st.integers(0, 9999))
def test_any_facts_are_displayed_labelled_and_explained(
    templates: Templates, pool: list[str], seed: int
) -> None:
    cells, random = _cells(templates), Random(seed)
    facts = {key: random.choice(pool) for key in cells if random.random() < 0.8}
    facts |= {key: "1" for key in cells if key.column == "order" and random.random() < 0.5}
    given = FactSheet(templates, facts, YEAR)
    for key in cells:
        given.display(key)
        given.label(key)
        given.explain(key)
    for system in templates.systems.values():
        for scored in (score_system(given, system), score_project(given, system, "1")):
            assert sum(i.rule_points or 0 for i in scored.indicators) >= 0
            assert isinstance(scored.grade, str)
            assert all(
                i.rule_points is None or i.rule_points <= max(i.weight or 0, 0) for i in scored.indicators
            )


def test_narrative_cell_is_labelled_by_its_heading(sheet: MakeSheet) -> None:
    changed = sheet({"headings.duties.title": "主要职责", "headings.own:1.title": "党建工作"})
    labels = {row: changed.label(FactKey("narrative", row, "text")) for row in ("duties", "own:1", "own:2")}
    assert labels == {"duties": "主要职责 · 正文", "own:1": "党建工作 · 正文", "own:2": "自评报告 · 正文"}
    assert (
        changed.label(FactKey("headings", "publication", "hidden")) == "绩效自评结果拟应用和公开情况 · 不印"
    )
    assert changed.label(FactKey("narrative", "block_assets", "text")) == "资产管理 · 正文"
