"""R39: counts against the items listed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("存在以下四个方面的问题：一是计划不细；二是进度不快；三是资产不清。", "三个方面的问题"),
        ("主要采取三项措施：（1）加强培训。（2）强化考核。", "两项措施"),
        ("主要投向以下4个方面：\n（1）道路。\n（2）桥梁。\n（3）水渠。\n项目均已完工。", "3个方面"),
        ("全年实施重点项目3个：\n1.改厕。\n2.改水。", "2个"),
        (
            "支出主要用于以下2个方面：教育支出20.00万元，占40%；农林水支出20.00万元，占40%；住房保障支出10.00万元，占20%。",
            "3个方面",
        ),
        (
            "重点抓好三项工作：春耕生产、动物防疫、农机安全。\n年初确定的四项重点工作中，动物防疫进度慢。",
            "三项重点工作",
        ),
        ("对5个项目开展自评，其中“优”2个、“良”2个，没有“中”“差”等次。", ""),
        ("对6个项目进行了自评，其中优秀4个、良好3个。", ""),
    ],
)
def test_a_count_unlike_its_items_is_found(text: str, right: str) -> None:
    (finding,) = findings_of("R39", text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        "存在以下三方面问题：一是计划不细。\n二是进度不快。\n三是资产不清。",
        "支出主要用于以下2个方面：教育支出20.00万元，其中学前教育10.00万元、普通教育10.00万元；农林水支出30.00万元。",
        "支出主要用于以下2个方面：教育支出20.00万元，占40%；农林水支出30.00万元，占60%。",
        "重点抓好三项工作：春耕生产、动物防疫、农机安全。年初确定的三项重点工作均已完成。上级下达四项工作。",
        "重点抓好三项工作：春耕生产、动物防疫、农机安全等。年初确定的四项重点工作均已完成。",
        "围绕三大任务，一是抓生产，二是抓安全，三是抓民生，四是抓作风。",
        "涉及12个部门，主要做法：一是建制度；二是抓培训。",
        "项目包括以下两个：①改厕，共3个村；②改水。",
        "全年实施重点项目3个：\n1.改厕。\n3.改水。",
        "主要有两项工作：\n1.改厕。\n（1）入户。\n（2）验收。\n2.改水。",
        "12个项目全部开展自评，评为优的11个、良的1个。",
        "（二）产出，50分，共两项，每项25分。\n1.道路，得25分；\n2.桥梁，得20分。",
    ],
)
def test_a_count_of_its_items_or_of_something_else_is_right(text: str) -> None:
    assert findings_of("R39", text) == []


def test_grades_of_fewer_projects_are_a_question() -> None:
    assert levels("R39", "对9个项目开展自评，其中优6个、良2个。") == {"核实"}


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            "项目支出中：补贴44.00万元；救助98.60万元；培训72.40万元；改造61.20万元。上述{}类项目均已完成。",
            "四",
            "三",
        ),
        (
            "A. 清淤，支出10.00万元；\nB. 绿化，支出20.00万元；\nC. 路灯，支出30.00万元。\n上述{}个项目中，绿化最慢。",
            "3",
            "4",
        ),
        (
            "教育支出10.00万元，用于学校；\n农林水支出20.00万元，用于水渠；\n"
            "住房保障支出3.00万元，用于公积金。\n以上{}类支出合计即为全部。",
            "三",
            "四",
        ),
    ],
)
def test_what_is_summed_up_behind_a_list_is_as_many_as_it_has(
    codes_on: Callable[..., list[str]], text: str, right: str, wrong: str
) -> None:
    assert "R39" not in codes_on(text.format(right))
    assert "R39" in codes_on(text.format(wrong), "错误")


def test_a_count_at_the_end_of_its_list_is_as_many_as_it_has(codes_on: Callable[..., list[str]]) -> None:
    text = (
        "按功能分类：教育支出10.00万元；农林水支出20.00万元；住房保障支出3.00万元；其他支出1.00万元，共{}类。"
    )
    assert "R39" not in codes_on(text.format("4"))
    assert "R39" in codes_on(text.format("3"), "错误")


def test_what_money_went_to_is_counted_without_its_total() -> None:
    text = "资金主要投向{}个方面：人居环境286.40万元，村组道路312.75万元，防汛救灾96.44万元，其余专项85.00万元，合起来780.59万元。"
    assert levels("R39", text.format("四")) == set()
    assert levels("R39", text.format("五")) == {"错误"}


def test_lines_without_marks_are_counted_where_each_tells_a_figure() -> None:
    text = "年内共实施{}个项目：\n尾气净化，预算310.00万元；\n惠民补助，预算150.00万元；\n运行维护，预算139.30万元。"
    assert levels("R39", text.format(3)) == set()
    assert levels("R39", text.format(2)) == {"错误"}
