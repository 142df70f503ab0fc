"""R36i: the points of one indicator."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("产出指标（30分）因进度滞后扣2分，得29分。", "28分"),
        ("设备采购共20分，延期扣1分，资料不全扣0.5分，得19分。", "18.5分"),
        ("公开及时性5分，扣3分，得3分。", "2分"),
        ("满分100分，其中决策40分、成效60分。决策部分扣2分，得39分。", "38分"),
        ("满意度（10分），得11分。", ""),
        ("目标值：95%，完成值：93.2%，分值：10分，得分：10分。", ""),
        ("决策指标得分18分（满分20分），扣5分；过程指标得分19分（满分20分），扣1分。", "15分"),
        ("巡诊（10分），比计划增加14场，得12分。", ""),
        ("走访（20分），超目标，得满分23分。", ""),
        ("全年开展培训目标12次，实际10次，得6分（满分6分）。", ""),
        ("任务完成率（5分）：任务完成率83%，目标值为100%，得5分。", ""),
        ("新建水渠目标40公里，实际完成36公里，分值10分，按完成比例计分，得9.5分。", "9分"),
        ("预算执行率92.50%，该项满分10分，按执行率折算得9.52分。", "9.25分"),
        ("公用经费控制率（5分），控制率103%，每超1个百分点扣1分，计满分。", "2分"),
        ("执行率（8分），98%及以上得8分，95%（含）至98%得6分，95%以下不得分。执行率96.2%，得8分。", "6分"),
    ],
)
def test_points_that_the_words_beside_them_refute_are_found(text: str, right: str) -> None:
    (finding,) = findings_of("R36i", text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        "产出（50分）除检测外扣0.6分，验收再扣1分，得48.4分。",
        "控制率（5分）。控制率104.44%，每超过1%扣0.5分，得2.78分。",
        "信息公开（5分）。按时公开的得5分，未公开的扣5分。我单位按时公开，得5分。",
        "决策指标得分18分（满分20分），扣2分；过程指标得分19分（满分20分），扣1分。",
        "过程指标得分19分（满分20分），扣1分；共扣6分。",
        "目标值：95%，完成值：96.2%，分值：10分，得分：10分。",
        "接待目标100人次，实际92人次，受汛期影响酌情不扣分，得5分（满分5分）。",
        "办理时限目标5天，实际3天，得4分（满分4分）。",
        "资金计划100万元，实际98万元，得5分（满分5分）。",
        "三公经费控制率目标100%，实际82%，得5分（满分5分）。",
        "执行率（10分），按执行率折算，执行率96.11%，得9.61分。",
        "两处资料不全，各扣1分，扣0.5分为迟报，资料管理（10分）得7.5分。",
    ],
)
def test_points_that_follow_from_the_words_beside_them_are_right(text: str) -> None:
    assert findings_of("R36i", text) == []


def test_a_deduction_that_may_not_be_the_only_one_is_a_question() -> None:
    text = "社会效益（20分）：访问量不足扣1分，宣传尚有差距，得18分。"
    assert levels("R36i", text) == {"核实"}


def test_a_last_digit_is_a_hint() -> None:
    assert levels("R36i", "执行率93.26%，该项10分，按执行率计得9.32分。") == {"提示"}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("预算执行（10分）。规则为执行率每低于100%一个百分点扣0.5分。执行率97%，得9.7分。", "8.5分"),
        (
            "接种率98.5%，目标值为95%；监测计划点位80个，实际监测76个，本指标5分，按完成率同比例计分，得5分。",
            "4.75分",
        ),
        ("治理水土流失22.5公顷，完成率90%，满分10分，按完成率得10分。", "9分"),
        ("除治完成率95%，此项满分8分，指标未完成不得满分，得8分。", ""),
        ("低于100%按完成率×分值得分。\n护理站（20分）：计划8个，建成7个，完成率87.5%，得18.5分。", "17.5分"),
        ("文明测评位次（15分）。目标全省前3名，实际第5名，得15分。", ""),
        ("数量指标未达标的，按完成比例计分。\n数量指标：传承点目标5个，实际4个，10分，得9分。", "8分"),
    ],
)
def test_targets_and_rules_told_in_other_manners_are_reckoned(text: str, right: str) -> None:
    (finding,) = findings_of("R36i", text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        "预算执行（10分）。规则为执行率每低于100%一个百分点扣0.5分。执行率97%，得8.5分。",
        "计划建成1.50万亩，实际建成1.38万亩。\n评分：农田8分，按完成比例得7.36分。",
    ],
)
def test_targets_and_rules_that_hold_are_silent(text: str) -> None:
    assert findings_of("R36i", text) == []


def test_a_general_rule_is_a_question_for_kinds_it_does_not_name() -> None:
    text = "数量指标未达标的，按完成比例计分。\n满意度：满意度目标95%，调查结果为90%，10分，得8.4分。"
    assert levels("R36i", text) == {"核实"}


def test_points_one_slip_from_the_share_done_are_a_question() -> None:
    assert levels("R36i", "护林目标100户，实际98户，分值10分，得9.1分。") == {"核实"}
    assert levels("R36i", "护林目标100户，实际98户，分值10分，得9.8分。") == set()


def test_points_missing_for_no_reason_are_a_question() -> None:
    assert levels("R36i", "护林目标100户，实际102户，分值10分，得7分。") == {"核实"}
    assert levels("R36i", "护林目标100户，实际102户，分值10分，因资料不全得7分。") == set()
    assert levels("R36i", "数量指标20分：护林目标100户，实际102户，得7分。") == set()


def test_points_by_a_rate_that_stands_nowhere_are_a_question() -> None:
    text = "计划建成1.50万亩，实际建成1.38万亩。\n评分：农田8分，按完成比例得7.66分。"
    assert levels("R36i", text) == {"核实"}
