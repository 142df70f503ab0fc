"""What a text is about: its year, its body."""

from __future__ import annotations

import pytest

from desktop.audit.text.reading import Reading

BUDGET = "2024年部门预算\n2024年预算安排9万元。2023年执行数8万元，比2023年预算增加1万元，2023年结转2万元。\n"


@pytest.mark.parametrize(
    ("raw", "year"),
    [
        (BUDGET, 2024),
        ("青石县水务局2023年度部门决算\n比2022年增加1万元。与2022年相比，支出减少。\n", 2023),
        ("2021年度整体支出绩效自评报告\n" + "2022年支出9万元。" * 9, 2022),
        ("支出情况\n2022年支出9万元。\n", 2022),
        ("支出9万元。\n2024年3月1日\n", 2023),
        ("82023年度报告\n", 2023),
    ],
    ids=[
        "a budget compares",
        "accounts compare",
        "a title left over",
        "no title",
        "the day alone",
        "a title behind a page number",
    ],
)
def test_the_year_is_that_of_the_title_unless_the_text_speaks_of_another(raw: str, year: int) -> None:
    assert Reading(raw).year == year


def test_the_year_in_brackets_behind_the_title_is_the_report_s() -> None:
    assert Reading("清河县档案馆自评报告（2023年度）\n2024年起改进。2024年预算申请改造。").year == 2023


def test_an_amount_without_a_unit_has_the_one_that_was_declared() -> None:
    told = Reading(
        "二、预算执行（万元）\n决算收入3133.20，其中财政拨款2720.52；事业收入（培训）412.68，得分9.50。"
    ).entries
    assert [e.with_unit for e in told] == ["3133.2万元", "2720.52万元", "412.68万元", "9.5"]
    assert [e.with_unit for e in Reading("决算收入3133.20。").entries] == ["3133.2"]


def test_posts_and_staff_are_known_by_their_usual_names() -> None:
    reading = Reading("2023年末实有人数45人，其中女干部职工20人。核定编制50名。")
    assert {noun: [q.value for q in told] for noun, told in reading.headcounts.items()} == {
        "在职人员": [45],
        "编制": [50],
    }
