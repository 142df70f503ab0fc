"""Title, addressee and date of a file as cells of the report."""

from __future__ import annotations

import pytest

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.exchange.import_report.cover_and_date import cover_items, is_standard_title
from desktop.exchange.import_report.file_body.body import Body
from tests.exchange.made_reports import TEMPLATES, UNIT


@pytest.mark.parametrize(
    ("title", "usual"),
    [
        (f"2023年度{UNIT}整体支出绩效自评报告", True),
        (f"二〇二三年度{UNIT} 整体支出绩效自评报告", True),
        (f"2023年度{UNIT}部门整体支出绩效自评报告", False),
        (f"{UNIT}2023年度整体支出绩效自评报告", False),
        ("2023年度部门（单位）整体支出绩效自评报告", False),
        (f"2023年度{UNIT}整体支出绩效评价报告", False),
        (f"{UNIT}关于2023年度整体支出绩效自评的报告", False),
    ],
)
def test_title_is_taken_only_where_it_differs_from_the_standard_one(title: str, usual: bool) -> None:
    assert is_standard_title(title, UNIT) is usual


def items(body: Body, year: int, facts: dict[FactKey, str] | None = None) -> dict[str, tuple[str, bool]]:
    items, _ = cover_items(body, FactSheet(TEMPLATES, facts or {}, year), UNIT, 2023)
    return {item.key.column: (item.new, item.ticked) for item in items}


def test_title_and_date_of_another_year_are_offered_unticked() -> None:
    body = Body(title=f"2023年度{UNIT}绩效评价报告", date="2024年4月2日", addressee="清溪县财政局")
    assert items(body, 2023) == {
        "title": (body.title, True),
        "addressee": ("清溪县财政局", True),
        "report_date": ("2024年4月2日", True),
    }
    assert [ticked for _, ticked in items(body, 2024).values()] == [False, True, False]


def test_cover_that_changes_nothing_is_only_counted() -> None:
    body = Body(addressee="清溪县财政局")
    sheet = FactSheet(TEMPLATES, {FactKey("paper", "this", "addressee"): "清溪县财政局"}, 2023)
    assert cover_items(body, sheet, UNIT, 2023) == ([], 1)
