"""The forms: every figure is what the program shows, every grid is whole, no hint to the clerk is printed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.forms.laid_out import lay_out
from desktop.domain.keys import FactKey
from desktop.domain.template import parse_table
from desktop.exchange.document.annexes import annexes, tables_of
from desktop.exchange.document.blocks import (
    AnnexMark,
    Cell,
    Paragraph,
    SignLine,
    TableBlock,
    cells_in_place,
)
from desktop.exchange.document.score_table import score_table
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates
from tests.exchange.block_text import plain_text
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)
SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)


def assessment(facts: Mapping[FactKey, str], system: str = "form-2023") -> Assessment:
    return Assessment(TEMPLATES, facts, 2023, system)


FULL = assessment(SAMPLE.facts)


def form_tables(given: Assessment, form_id: str, scope: str = "") -> list[TableBlock]:
    form = TEMPLATES.edition.form(form_id)
    assert form is not None
    return tables_of(lay_out(form, given, scope))


def row_behind(tables: list[TableBlock], label: str) -> list[str]:
    """The texts behind the cell with this label."""
    for table in tables:
        for row in table.rows:
            texts = [cell.text for cell in row]
            if label in texts:
                return texts[texts.index(label) + 1 :]
    raise AssertionError(f"no row {label}")


def displayed(sheet: FactSheet, table: str, row: str, *columns: str) -> list[str]:
    return [sheet.display(FactKey(table, row, column)) for column in columns]


@pytest.mark.parametrize("system", ["form-2023", "hunan-2023", "blocks-2023"])
@pytest.mark.parametrize("facts", [SAMPLE.facts, {}], ids=["sample", "empty"])
def test_cells_of_every_form_cover_its_grid_once(system: str, facts: Mapping[FactKey, str]) -> None:
    for annex in annexes(assessment(facts, system), ""):
        for table in (block for block in annex.blocks if isinstance(block, TableBlock)):
            covered = [
                (row + down, column + right)
                for row, column, cell in cells_in_place(table)
                for down in range(cell.rows)
                for right in range(cell.cols)
            ]
            whole = {(row, column) for row in range(len(table.rows)) for column in range(len(table.widths))}
            assert len(covered) == len(set(covered))
            assert set(covered) == whole


def test_annex1_prints_the_displayed_figures() -> None:
    tables, sheet = form_tables(FULL, "annex1"), FULL.sheet
    three = ("last_final", "budget", "final")
    for table_id in ("three_public", "base"):
        for row in TEMPLATES.tables[table_id].rows:
            label = row.label.replace("{level}", sheet.level)
            assert row_behind(tables, label) == displayed(sheet, table_id, row.id, *three)
            for item in sheet.rows(table_id, row.id):
                assert row_behind(tables, sheet.get(table_id, item, "label")) == displayed(
                    sheet, table_id, item, *three
                )
    assert [c.text for c in tables[0].rows[2]] == displayed(
        sheet, "staff", "total", "authorised", "in_post", "rate"
    )
    assert row_behind(tables, "厉行节约保障措施") == [sheet.get("unit", "this", "economy_measures")]


def test_annex2_prints_the_displayed_figures() -> None:
    tables, sheet = form_tables(FULL, "annex2"), FULL.sheet
    amounts = displayed(sheet, "annex2_funds", "total", "initial", "adjusted", "executed")
    (rate,) = displayed(sheet, "annex2_funds", "total", "rate")
    execution = next(score for score in FULL.score("form-2023").indicators if score.formula)
    points = [str(execution.weight), rate, f"{execution.points}"]
    assert row_behind(tables, "年度资金总额") == [*amounts, *points]
    text = plain_text(tables)
    for row in ("general", "fund", "nontax", "other", "basic", "project"):
        label = TEMPLATES.tables["annex2_funds"].row(row).label
        assert f"{label}：{sheet.display(FactKey('annex2_funds', row, 'executed'))}" in text
    assert row_behind(tables, "总分")[:2] == ["100", str(FULL.score("form-2023").total)]


def test_annex3_prints_the_figures_of_its_project() -> None:
    for scope in FULL.sheet.projects():
        tables = form_tables(FULL, "annex3", scope)
        name = FULL.sheet.get("projects", f"item:{scope}", "name")
        assert row_behind(tables, "项目支出名称") == [name]
        funds = displayed(FULL.sheet, f"annex3_funds@{scope}", "fiscal", "initial", "adjusted", "executed")
        behind = row_behind(tables, "其中：当年财政拨款")
        assert behind[:3] == funds
        assert (behind[3], behind[5]) == ("/", "/")


def test_indicator_target_is_printed_in_one_cell() -> None:
    facts = {
        FactKey("annex2_indicators", "quantity:1", column): value
        for column, value in {
            "order": "1", "name": "排查隐患数", "operator": "≥", "target": "2399", "unit": "个",
            "actual": "2399", "weight": "10",
        }.items()
    }  # fmt: skip
    behind = row_behind(form_tables(assessment(facts), "annex2"), "排查隐患数")
    assert behind == ["≥2399个", "2399", "10", "10", ""]


def test_empty_groups_and_buildings_keep_a_blank_row() -> None:
    empty = assessment({})
    assert row_behind(form_tables(empty, "annex2"), "生态效益指标") == [""] * 6
    buildings = form_tables(empty, "annex1")[2]
    assert [len(row) for row in buildings.rows] == [7, 6]
    assert buildings.header_rows == 0


def test_each_building_has_a_row_and_several_a_total() -> None:
    facts = {}
    for number, (planned, actual) in enumerate((("1000", "900"), ("500", "600")), 1):
        row = f"item:{number}"
        facts |= {
            FactKey("buildings", row, "order"): str(number),
            FactKey("buildings", row, "label"): f"{number}号楼",
            FactKey("buildings", row, "approved_area"): planned,
            FactKey("buildings", row, "actual_area"): actual,
        }
    buildings = form_tables(assessment(facts), "annex1")[2:3]
    assert row_behind(buildings, "1号楼")[:3] == ["1000", "900", "90.00%"]
    assert row_behind(buildings, "合计")[:3] == ["1500", "1500", "100.00%"]


def test_empty_form_shows_no_rate_and_no_total() -> None:
    text = plain_text([*form_tables(assessment({}), "annex1"), *form_tables(assessment({}), "annex2")])
    assert "—" not in text
    assert row_behind(form_tables(assessment({}), "annex2"), "总分") == ["", "", ""]
    zero = assessment({FactKey("staff", "total", "authorised"): "0"})
    assert zero.sheet.display(FactKey("staff", "total", "rate")) == "—"
    assert "—" in plain_text(form_tables(zero, "annex1"))


def test_fixed_indicators_are_printed_on_a_landscape_page() -> None:
    hunan = assessment(SAMPLE.facts, "hunan-2023")
    last = annexes(hunan, "")[-1]
    mark = last.blocks[0]
    assert isinstance(mark, AnnexMark)
    assert (mark.mark, mark.landscape) == ("附件4", True)
    text = plain_text(last.blocks)
    for score in hunan.main.indicators:
        assert score.name in text
    without = annexes(assessment({}, "hunan-2023"), "")[-1].blocks[0]
    assert isinstance(without, AnnexMark)
    assert without.mark == "附件3"


def test_hints_to_the_clerk_are_not_printed() -> None:
    hunan = assessment({}, "hunan-2023")
    assert any(score.how.startswith("请") for score in hunan.main.indicators)
    assert "请" not in plain_text([score_table(hunan.system, hunan.main)])


def test_score_table_without_groups_has_no_group_column() -> None:
    blocks = assessment({}, "blocks-2023")
    table = score_table(blocks.system, blocks.main)
    assert [cell.text for cell in table.rows[0]][:3] == ["一级指标", "二级指标", "分值"]


def test_typed_points_are_printed_without_the_reason_of_the_rule() -> None:
    key = FactKey("answers@hunan-2023", "key_work", "points")
    hunan = assessment({key: "5", key._replace(column="value"): "90"}, "hunan-2023")
    behind = row_behind([score_table(hunan.system, hunan.main)], "重点工作实际完成率")
    assert (behind[2], behind[3]) == ("", "5")


def test_form_ends_with_note_and_signatures() -> None:
    note, sign = annexes(FULL, "2024年3月18日")[0].blocks[-2:]
    assert isinstance(note, Paragraph) and note.note and note.text.startswith("说明：“项目支出”")
    assert isinstance(sign, SignLine)
    assert [part.partition("：")[0] for part in sign.parts] == [
        "单位负责人签字",
        "填表人",
        "联系电话",
        "填报日期",
    ]
    assert sign.parts[-1] == "填报日期：2024年3月18日"


def test_cells_in_place_skip_covered_cells() -> None:
    table = TableBlock((1, 1, 1), ((Cell("a", rows=2), Cell("b", cols=2)), (Cell("c"), Cell("d"))))
    assert [(row, column, cell.text) for row, column, cell in cells_in_place(table)] == [
        (0, 0, "a"), (0, 1, "b"), (1, 1, "c"), (1, 2, "d"),
    ]  # fmt: skip


COLUMNS = [{"id": "amount", "label": "{year}年金额"}, {"id": "share", "label": "占比", "official": False}]
RENTS = {
    "id": "rents",
    "title": "出租收入",
    "annex": "{year}年度资产出租收入表",
    "unit": "万元",
    "column": COLUMNS,
    "row": [
        {"id": "shop", "label": "门面", "open": True},
        {"id": "total", "label": "合计", "formula": "sum(shop.*)"},
    ],
}


@pytest.mark.parametrize(("system", "mark"), [("form-2023", "附件4"), ("hunan-2023", "附件5")])
def test_a_table_that_is_called_an_annex_is_printed_behind_the_others(system: str, mark: str) -> None:
    templates = TEMPLATES._replace(tables={**TEMPLATES.tables, "rents": parse_table(RENTS)})
    facts = {FactKey("rents", "shop:1", name): text for name, text in (("order", "1"), ("label", "东街门面"))}
    facts = {**SAMPLE.facts, **facts, FactKey("rents", "shop:1", "amount"): "3.5"}
    own = annexes(Assessment(templates, facts, 2023, system), "")[-1]
    head, _, table, _ = own.blocks
    assert own.title == "2023年度资产出租收入表" and isinstance(head, AnnexMark) and head.mark == mark
    assert isinstance(table, TableBlock)
    said = [[cell.text for cell in row] for row in table.rows]
    assert said == [["项目(万元)", "2023年金额"], ["门面", ""], ["东街门面", "3.50"], ["合计", "3.50"]]


def test_a_form_that_is_called_an_annex_is_printed_field_by_field() -> None:
    form = {"id": "rents", "title": "出租", "annex": "出租情况", "kind": "form", "column": COLUMNS}
    templates = TEMPLATES._replace(tables={**TEMPLATES.tables, "rents": parse_table(form)})
    facts = {**SAMPLE.facts, FactKey("rents", "this", "amount"): "3.5"}
    table = annexes(Assessment(templates, facts, 2023, "form-2023"), "")[-1].blocks[2]
    assert isinstance(table, TableBlock)
    assert [[cell.text for cell in row] for row in table.rows] == [["2023年金额", "3.50"]]
