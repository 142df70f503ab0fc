"""R11: gaps, repeats and mixed styles of headings and lists, read as a tree."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.audit.finding import Finding
from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n二、乙\n四、丁\n",
        "一、甲\n（一）子\n（二）丑\n（四）卯\n",
        "一、甲\n1、子。\n2、丑。\n4、卯。\n",
        "一、甲\n二、乙\n二、丙\n三、丁\n",
        "一、甲\n二、乙\n3、 丙\n四、丁\n",
        "1、 基本情况\n甲。\n二、支出情况\n乙。\n三、绩效\n丙。\n",
        "一、甲\n（一）子\n（2） 丑\n二、乙\n",
        "八、甲\n1、子。\n2、丑。\n9、 公开情况\n丙。\n",
        "一、甲\n（1）子\n（二）丑\n二、乙\n",
    ],
)
def test_gaps_and_repeats_of_numbers_are_found(text: str) -> None:
    assert "错误" in levels("R11", text)


def test_a_gap_is_shown_at_the_heading_behind_it() -> None:
    text = "一、甲\n二、乙\n四、丁\n"
    (finding,) = findings_of("R11", text)
    assert finding.message.startswith("编号不连续：“四、”之前缺少“三、”")
    assert [text[span.start : span.end] for span in finding.spans] == ["四、丁", "二、乙"]


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n（一）子\n1、寅。\n2、卯。\n（二）丑\n1、辰。\n2、巳。\n二、乙\n",
        "一、甲\n1、子。\n（1）寅。\n（2）卯。\n2、丑。\n二、乙\n",
        "一、甲\n1、子。 2、丑。 3、寅。\n二、乙\n",
        "一、甲\n1、子。 2、丑。\n3、寅。\n二、乙\n",
        "一、甲\n（一）子\n1、寅。\n2、卯。\n（二）丑\n3、辰。\n4、巳。\n",
        "目录\n一、甲\n二、乙\n三、丙\n一、甲\n二、乙\n三、丙\n",
        "一、甲\n1、子\n1.寅。\n2.卯。\n2、丑\n1.辰。\n2.巳。\n",
    ],
)
def test_unbroken_numbers_have_no_finding(text: str) -> None:
    assert not levels("R11", text) & {"错误", "核实"}


def test_a_misstyled_heading_names_the_right_form() -> None:
    text = "五、甲\n无。\n6、 绩效情况\n好。\n七、问题\n无。\n"
    (finding,) = [f for f in findings_of("R11", text) if f.level == "错误"]
    assert finding.expected == "六、"
    assert text[finding.spans[0].start :].startswith("6、")


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n（一）、子\n（二）、丑\n",
        "一、甲\n（一）子\n二、乙\n",
        "- 1、子。\n- 2、丑。\n3、寅。\n",
        "1、子。\n2.丑。\n",
    ],
)
def test_mixed_styles_and_lone_numbers_are_hints(text: str) -> None:
    assert levels("R11", text) == {"提示"}


@pytest.mark.parametrize(
    "text",
    [
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


@pytest.mark.parametrize(
    "text",
    [
        # A heading that lost its number, at the beginning of a part and in the middle.
        "一、甲\n（一）子\n无。\n（二）丑\n无。\n二、乙\n宣传培训工作\n办班3期。\n（三）卯\n无。\n三、丙\n",
        "一、甲\n（一）子\n无。\n固定资产情况\n原值10万元。\n（三）卯\n无。\n二、乙\n",
        # A list within itself.
        "一、甲\n（一）子\n1、寅\n（一）辰。\n（二）巳。\n（二）丑\n二、乙\n",
    ],
)
def test_lost_and_inverted_numbers_are_errors(text: str) -> None:
    assert "错误" in levels("R11", text)


def test_a_heading_without_its_number_is_marked() -> None:
    text = "一、甲\n（一）子\n无。\n固定资产情况\n原值10万元。\n（三）卯\n无。\n二、乙\n"
    (finding,) = findings_of("R11", text)
    assert "固定资产情况" in [text[span.start : span.end] for span in finding.spans]


def test_levels_the_other_way_round_than_elsewhere_are_a_hint() -> None:
    usual = "一、甲\n（一）子\n1.寅。\n2.卯。\n（二）丑\n"
    inverted = "二、乙\n1.辰\n（一）午。\n（二）未。\n2.巳\n"
    assert levels("R11", usual + inverted) == {"提示"}
    assert findings_of("R11", inverted.replace("二、", "一、")) == []


def test_headings_that_go_on_from_the_part_before_are_to_be_checked() -> None:
    text = "一、甲\n（一）子\n（二）丑\n二、乙\n（三）寅\n（四）卯\n三、丙\n"
    assert levels("R11", text) == {"核实"}
    numbered_through = text + "（五）辰\n四、丁\n（六）巳\n"
    assert findings_of("R11", numbered_through) == []


@pytest.mark.parametrize(
    "text",
    [
        "第一部分甲\n一、子\n二、丑\n第二部分乙\n一、寅\n二、卯\n",
        "目录\n第一部分甲\n一、子\n第二部分乙\n第一部分甲\n一、子\n第二部分乙\n",
        "一、甲\n1、子\n（1）寅。\n（2）卯。\n①辰。\n②巳。\n2、丑\n二、乙\n",
        "一、甲\n1.子\n1）寅。\n2）卯。\n2.丑\n二、乙\n",
    ],
)
def test_running_and_nested_lists_have_no_finding(text: str) -> None:
    assert findings_of("R11", text) == []


def test_half_and_full_brackets_in_one_list_are_a_hint() -> None:
    assert levels("R11", "(1)子。\n(2)丑。\n（3）寅。\n") == {"提示"}
    assert findings_of("R11", "(1)子。\n(2)丑。\n(3)寅。\n") == []


def test_a_heading_with_a_stop_among_others_without_is_a_hint() -> None:
    assert levels("R11", "一、甲\n无。\n二、下一步措施。\n无。\n三、其他\n无。\n") == {"提示"}
    assert findings_of("R11", "一、概况。\n无。\n二、措施。\n无。\n三、其他。\n无。\n") == []
    assert findings_of("R11", "一、概况\n无。\n二、本单位没有国有资本经营预算支出，已公开。\n") == []


def test_a_part_left_out_is_to_be_checked() -> None:
    assert levels("R11", "第一部分甲\n一、子\n二、丑\n第三部分丙\n一、寅\n") == {"核实"}


def test_headings_with_the_number_above_them_are_counted() -> None:
    text = "1 概况\n1.1 职能\n负责水利。\n1.2 人员\n在职20人。\n{}\n2.1 收入\n1.5万元为捐赠收入。\n"
    assert findings_of("R11", text.format("1.3 车辆\n无车。")) == []
    assert levels("R11", text.format("1.4 车辆\n无车。")) == {"错误"}
    assert levels("R11", text.format("1.2 车辆\n无车。")) == {"错误"}


def test_a_part_begins_every_list_anew() -> None:
    raw = "第一部分 概况\n一、职责\n甲。\n二、机构\n乙。\n第二部分 情况说明\n{}、收入\n丙。\n二、支出\n丁。\n"
    assert not findings_of("R11", raw.format("一"))
    assert {f.level for f in findings_of("R11", raw.format("三"))} == {"核实"}
