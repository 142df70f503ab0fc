"""Who signs a report, in several manners."""

from __future__ import annotations

import pytest

from desktop.exchange.import_report.file_body.body_lines import BodyLine
from desktop.exchange.import_report.file_body.signature import is_signature_cell, signatures

UNIT = "清溪县水利局"


def signed(*texts: str, title: str = "") -> tuple[list[str], str, str]:
    """What is left, the unit and the date; `|` parts the cells of a row."""
    lines = []
    for text in texts:
        cells = text.split("|")
        for number, cell in enumerate(cells):
            lines.append(BodyLine(cell, len(lines) + 1, cell=len(cells) > 1, begins_row=not number))
    taken: set[int] = set()
    unit = date = ""
    for found in signatures(lines, taken, 0, len(lines), title):
        taken.update(found.places)
        unit, date = unit or found.unit, found.date or date
    left = [line.text for at, line in enumerate(lines) if at not in taken]
    return left, unit, date


@pytest.mark.parametrize("between", [(), ("（公章）",), ("单位负责人（签字）：张三",)])
def test_a_unit_stands_above_its_date_whatever_is_between(between: tuple[str, ...]) -> None:
    left, unit, _ = signed("没有别的。", UNIT, *between, "2024年4月1日")
    assert UNIT not in left and unit == UNIT


def test_a_labelled_table_signs() -> None:
    left, unit, date = signed(
        "没有别的。", f"填报单位（盖章）：|{UNIT}", "单位负责人：|张三", "填报日期：|二〇二四年四月一日"
    )
    assert (left, unit, date) == (["没有别的。"], UNIT, "2024年4月1日")


def test_a_table_within_the_text_signs_nothing() -> None:
    rows = (f"单位名称|{UNIT}", "联系人|张三")
    assert signed(*rows, "没有别的。")[0] == [
        *(cell for row in rows for cell in row.split("|")),
        "没有别的。",
    ]


def test_a_name_that_the_title_has_signs_without_ending_as_units_do() -> None:
    assert (
        signed("没有别的。", "清溪县科协", "2024年4月1日", title="清溪县科协2023年度自评报告")[1]
        == "清溪县科协"
    )
    assert signed("没有别的。", "清溪县科协", "2024年4月1日")[1] == ""


def test_who_to_call_stands_at_the_very_end() -> None:
    left, _, _ = signed("联系人：李四", "没有别的。", "（联系人：李四，电话：0731-1234567）")
    assert left == ["联系人：李四", "没有别的。"]


def test_a_row_of_a_table_is_no_signature() -> None:
    row = [BodyLine(text, 1, cell=True) for text in ("水库加固", "120", "118")]
    assert not is_signature_cell(row, 0)


@pytest.mark.parametrize("below", [(), ("　　年　月　日",), ("联系人：李四",)])
def test_a_unit_without_a_date_signs_at_the_very_end(below: tuple[str, ...]) -> None:
    left, unit, date = signed("有6人。", f"{UNIT}（盖章）", *below, title=f"{UNIT}自评报告")
    assert (left, unit, date) == (["有6人。"], UNIT, "")
