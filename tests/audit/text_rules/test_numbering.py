"""R11: gaps, repeats and mixed styles of headings and lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.audit.finding import Finding
from tests.audit.rule_cases import findings_of, levels, marked


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n二、乙\n四、丁\n",
        "一、甲\n（一）子\n（二）丑\n（四）卯\n",
        "一、甲\n1、子。\n2、丑。\n4、卯。\n",
        "一、甲\n二、乙\n二、丙\n三、丁\n",
        "一是抓学习。二是抓落实。四是抓督查。",
        "一是抓学习。二是抓落实。二是抓督查。",
        "一要抓早；二要抓小；四要抓实。",
        "一、甲\n二、乙\n3、 丙\n四、丁\n",
        "1、 基本情况\n甲。\n二、支出情况\n乙。\n三、绩效\n丙。\n",
        "一、甲\n（一）子\n（2） 丑\n二、乙\n",
        "八、甲\n1、子。\n2、丑。\n9、 公开情况\n丙。\n",
        "一、甲\n（1）子\n（二）丑\n二、乙\n",
    ],
)
def test_gaps_and_repeats_of_numbers_are_found(text: str) -> None:
    assert "错误" in levels("R11", text)


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n（一）子\n1、寅。\n2、卯。\n（二）丑\n1、辰。\n2、巳。\n二、乙\n",
        "一、甲\n1、子。\n（1）寅。\n（2）卯。\n2、丑。\n二、乙\n",
        "一、甲\n1、子。 2、丑。 3、寅。\n二、乙\n",
        "一、甲\n1、子。 2、丑。\n3、寅。\n二、乙\n",
        "一、甲\n（一）子\n1、寅。\n2、卯。\n（二）丑\n3、辰。\n4、巳。\n",
        "一是抓学习，其中：一是集中学，二是自学。二是抓落实。三是抓督查。",
        "一是抓学习。\n二是抓落实。\n三是抓督查。\n",
        "一、甲\n一是抓学习。二是抓落实。\n二、乙\n一是抓早。二是抓小。\n",
        "目录\n一、甲\n二、乙\n三、丙\n一、甲\n二、乙\n三、丙\n",
        "一、甲\n1、子\n1.寅。\n2.卯。\n2、丑\n1.辰。\n2.巳。\n",
        "统一是基础，第二是关键，之四是保障。",
    ],
)
def test_unbroken_numbers_have_no_finding(text: str) -> None:
    assert not levels("R11", text) & {"错误", "核实"}


def test_a_misstyled_heading_names_the_right_form() -> None:
    text = "五、甲\n无。\n6、 绩效情况\n好。\n七、问题\n无。\n"
    findings = [f for f in findings_of("R11", text) if f.level == "错误"]
    assert [f.expected for f in findings] == ["六、"]
    assert marked("R11", text).startswith("6、")


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n（一）、子\n（二）、丑\n",
        "一、甲\n（一）子\n二、乙\n",
        "- 1、子。\n- 2、丑。\n3、寅。\n",
        "1、子。\n2.丑。\n",
        "其中：水费10万元，占总支出10%；电费20万元，占总支出20%。邮费30万元，占总支出30%。",
    ],
)
def test_mixed_styles_and_lone_numbers_are_hints(text: str) -> None:
    assert levels("R11", text) == {"提示"}


@pytest.mark.parametrize(
    "text",
    [
        "其中：水费10万元，占总支出10%；电费20万元，占总支出20%；邮费30万元，占总支出30%。",
        "水费10万元，占总支出10%。电费20万元，占总支出20%。",
        "一、甲\n（一）子\n（二）丑\n二、乙\n",
        "- 1、子。\n- 2、丑。\n",
        "1.子。\n2.丑。\n3.寅。\n",
    ],
)
def test_uniform_lists_have_no_hint(text: str) -> None:
    assert findings_of("R11", text) == []


def test_a_number_that_comes_too_early_is_told_its_own(findings_on: Callable[[str], list[Finding]]) -> None:
    text = "一、情况\n无。\n二、支出\n无。\n四、基金\n无。\n四、绩效\n无。\n五、问题\n无。"
    (finding,) = [f for f in findings_on(text) if f.code == "R11" and f.level == "错误"]
    assert finding.expected == "三、"


def test_a_part_begins_every_list_anew() -> None:
    raw = "第一部分 概况\n一、职责\n甲。\n二、机构\n乙。\n第二部分 情况说明\n{}、收入\n丙。\n二、支出\n丁。\n"
    assert not findings_of("R11", raw.format("一"))
    assert [f.level for f in findings_of("R11", raw.format("三"))] == ["核实"]
