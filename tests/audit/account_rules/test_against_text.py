"""R62: the explanation against the tables."""

from __future__ import annotations

import re

import pytest

from tests.audit.account_documents import cells, document, strokes
from tests.audit.rule_cases import findings_of

_AMOUNT = re.compile(r"[\d.]{4,}")


@pytest.mark.parametrize("way", [cells, strokes], ids=["cells", "strokes"])
def test_an_explanation_that_says_what_the_tables_say_is_right(way: object) -> None:
    assert not findings_of("R62", document(way=way))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("收入支出总计842.40", "收入支出总计824.40"),
        ("年末结转和结余10.00万", "年末结转和结余12.00万"),
        ("本年收入合计832.40万", "本年收入合计882.40万"),
        ("项目支出300.00万", "项目支出280.00万"),
        ("支出决算为812.40", "支出决算为832.40"),
        ("支出决算为280.00", "支出决算为250.00"),
        ("基本支出532.40万元。", "基本支出523.40万元。"),
        ("公用经费100.00", "公用经费110.00"),
        ("支出决算为40.00", "支出决算为45.00"),
        ("公务接待费支出决算为4.00", "公务接待费支出决算为5.00"),
    ],
)
def test_a_figure_unlike_the_table_is_wrong(right: str, wrong: str) -> None:
    raw = document((right, wrong))
    (finding,) = findings_of("R62", raw)
    marked = raw[finding.spans[0].start : finding.spans[0].end]
    assert finding.level == "错误" and _AMOUNT.findall(marked)[-1] == _AMOUNT.findall(wrong)[-1]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("年初预算为800.00", "年初预算为812.00"),
        (
            "2023年度收入支出总计842.40万元。",
            "2023年度收入支出总计842.40万元。2022年度收入支出总计800.00万元。",
        ),
        ("本年收入合计832.40万元。", "本年收入合计832.40万元。财政拨款收入比上年增加20.00万元。"),
    ],
)
def test_budgets_other_years_and_differences_are_not_compared(right: str, wrong: str) -> None:
    assert not findings_of("R62", document((right, wrong)))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("防汛（项）", "水利工程运行（项）"),
        ("经费财政拨款支出预算为45.00", "经费财政拨款支出预算为54.00"),
        ("\t合计\n\t\n\t\n\t合计", "\t合计\n\t5.00\n\t\n\t合计"),
    ],
)
def test_what_may_be_meant_otherwise_is_to_be_checked(right: str, wrong: str) -> None:
    assert {f.level for f in findings_of("R62", document((right, wrong)))} == {"核实"}


def test_a_table_of_the_contents_that_is_nowhere_is_told() -> None:
    contents = "目录\n第二部分 部门决算表\n一、收入支出决算总表\n二、收入决算表\n三、支出决算表\n第三部分 决算情况说明\n"
    raw = document(("青石县水务局2023年度部门决算\n", f"青石县水务局2023年度部门决算\n{contents}"))
    (finding,) = findings_of("R62", raw)
    assert "收入决算表" in finding.message and finding.level == "核实"


def test_two_sets_of_tables_are_not_compared_with_the_text() -> None:
    one = document()
    assert not findings_of("R62", one + one.replace("832.40", "932.40").replace("842.40", "942.40"))
