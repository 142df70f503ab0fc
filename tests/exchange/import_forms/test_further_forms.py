"""附件4 of a county, filled in in Excel by somebody who has not this program."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FORMS, FactKey
from desktop.exchange.cell_address import address_of
from desktop.exchange.file_kind import FileKind
from desktop.exchange.import_forms.workbook_import import plan_import
from desktop.exchange.import_plan import ImportPlan
from desktop.exchange.read_sheet.grid import Cell, grid_of
from desktop.exchange.read_sheet.workbook import Workbook
from tests.exchange.planning import after
from tests.forms import templates_with

TEMPLATES = templates_with("rents-2026")
FILLED = (
    ("附件4",),
    ("2026年度资产出租收入表",),
    ("预算单位名称", "清河县水利局"),
    ("出租收入（万元）", "2025年收入", "2026年收入", "比上年"),
    ("门面出租", 3, 3.6, "20%"),
    ("其他出租",),
    ("食堂承包", "", 1.2),
    ("仓库", "", 0.4),
    ("合计", 3, 5.2, "73.33%"),
    ("合同份数", 4),
    ("上缴国库情况", "全部上缴县级国库。"),
)


def plan_of(*rows: tuple[object, ...]) -> ImportPlan:
    cells = {
        (row, column): Cell(
            Decimal(str(value)) if isinstance(value, int | float) else str(value), address_of(row, column)
        )
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value != ""
    }
    workbook = Workbook((grid_of("Sheet1", cells, ()),), (), FileKind.XLSX)
    return plan_import(workbook, FactSheet(TEMPLATES, {FORMS: "rents-2026"}, 2026))


def test_tables_and_labelled_cells_of_the_layout_are_read() -> None:
    plan = plan_of(*FILLED)
    facts = after(plan)
    assert {
        key: text for key, text in facts.items() if key.base.startswith("rent") and key.column != "order"
    } == {
        FactKey("rents", "shops", "last_year"): "3",
        FactKey("rents", "shops", "this_year"): "3.6",
        FactKey("rents", "other:1", "label"): "食堂承包",
        FactKey("rents", "other:1", "this_year"): "1.2",
        FactKey("rents", "other:2", "label"): "仓库",
        FactKey("rents", "other:2", "this_year"): "0.4",
        FactKey("rent_remarks", "this", "contracts"): "4",
        FactKey("rent_remarks", "this", "paid_in"): "全部上缴县级国库。",
    }
    assert plan.problems == ()


def test_a_total_that_does_not_add_up_is_told() -> None:
    wrong = [(*row[:2], 6.2) if row[0] == "合计" else row for row in FILLED]
    item = next(item for item in plan_of(*wrong).items if item.key == FactKey("rents", "total", "this_year"))
    assert item.problem and not item.ticked


def test_a_row_that_the_form_has_not_is_told() -> None:
    plan = plan_of(*FILLED[:5], ("广告位", 1, 2), *FILLED[5:])
    assert [problem.message for problem in plan.problems] == [
        "没有认出“广告位”，1没有导入",
        "没有认出“广告位”，2没有导入",
    ]


@pytest.mark.parametrize("title", ["2025年度资产出租收入表", "2026年 度资产出租收入表"])
def test_the_form_of_any_year_is_known(title: str) -> None:
    assert FactKey("rents", "shops", "this_year") in after(plan_of(FILLED[0], (title,), *FILLED[2:]))
