"""R39: counts against the items listed."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("存在以下四个方面的问题：一是计划不细；二是进度不快；三是资产不清。", "三个方面的问题"),
        ("主要采取三项措施：（1）加强培训。（2）强化考核。", "两项措施"),
        ("主要投向以下4个方面：\n（1）道路。\n（2）桥梁。\n（3）水渠。\n项目均已完工。", "3个方面"),
        ("全年实施重点项目3个：\n1.改厕。\n2.改水。", "2个"),
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
