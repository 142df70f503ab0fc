"""R36t: what is said of a target against its two numbers."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of


@pytest.mark.parametrize(
    "text",
    [
        "巩固率目标99%，实际98.5%，超额完成目标。",
        "毕业率目标70%，实际毕业率66.5%，该项指标已完成年度目标。",
        "居民满意度目标90%，调查结果为87.5%，该指标达到预期目标。",
        "讲座目标20期，实际22期，未完成年度目标。",
        "补贴机具620台，完成计划的77.5%，指标超额完成。",
        # With a reason in between, a bound behind the number, the result first, and 人均 before it.
        "签约率目标65%，实际61.5%，因已达到年度目标得满分5分。",
        "来访满意率91%，目标为95%以上，该指标已达标。",
        "重复投诉率控制在2%以内，实际2.6%，达到目标。",
        "教师培训目标人均40学时，实际人均36学时，超额完成。",
        "文明测评目标全省前3名，实际第5名，达到目标。",
        "患者满意度91%，目标93%，完成。",
        "体检率目标62%，实际65.3%，超目标3.6个百分点。",
        "护栏安装目标120处，完成112处，欠6处，原因是征地。",
        "重复投诉率控制在3%以内，实际3.6%，得满分4分。",
        "安全事故目标0起，实际1起，得满分5分。",
        "文明测评目标全省前三名，实际第五名，达到目标。",
        "管护目标1200亩，实际1080亩，完成90%，超额完成任务。",
        "办件满意率99.2%，目标98%，低于目标1.2个百分点。",
    ],
)
def test_what_is_said_of_a_target_against_its_numbers_is_wrong(text: str) -> None:
    (finding,) = findings_of("R36t", text)
    assert finding.level == "错误"


@pytest.mark.parametrize(
    "text",
    [
        "毕业率目标70%，实际毕业率66.5%，该项指标未完成年度目标。",
        "办理时限目标10天，实际8天，未达到目标。",
        "补贴机具620台，完成计划的102.5%，指标超额完成。",
        "重复投诉率控制在2%以内，实际1.6%，达到目标。",
        "文明测评目标全省前3名，实际第2名，达到目标。",
        "患者满意度93.5%，目标93%，完成。",
        "体检率目标62%，实际65.3%，超目标3.3个百分点。",
        "护栏安装目标120处，完成112处，欠8处，原因是征地。",
        "护栏安装目标120处，完成132处，超额10%。",
        "护栏安装目标120处，完成112处，少3处是因征地。",
        "安全事故目标0起，实际0起，得满分5分。",
        "文明测评目标全省前三名，实际第二名，达到目标。",
        "重复投诉率控制在3%以内，实际2.4%，低于目标0.6个百分点，得满分4分。",
        "办结时限目标15天，实际12天，达到目标。",
        "资金目标100万元，实际98万元，达到目标。",
    ],
)
def test_what_a_target_bears_out_is_right(text: str) -> None:
    assert findings_of("R36t", text) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong", "expected"),
    [
        ("签约率目标65%，因人手不足，实际61.5%，{}。", "未完成目标", "超额完成目标", ""),
        ("栽植目标120亩，受旱情影响，实际112亩，{}。", "欠8亩", "欠6亩", "8亩"),
    ],
)
def test_a_reason_may_stand_between_a_target_and_its_result(
    text: str, right: str, wrong: str, expected: str
) -> None:
    assert findings_of("R36t", text.format(right)) == []
    (finding,) = findings_of("R36t", text.format(wrong))
    assert (finding.level, finding.expected) == ("错误", expected)
