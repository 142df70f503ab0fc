"""R36n: full points against targets told elsewhere."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of

DONE = "1.护栏安装。目标120处，完成112处，欠8处。\n2.清淤。目标20公里，实际完成21公里。\n3.村民满意度90.6%，未达到92%的目标。\n"


@pytest.mark.parametrize(
    ("text", "level", "right"),
    [
        (DONE + "得分：护栏安装指标6分得6分。", "错误", ""),
        (DONE + "得分：“护栏安装数量”6分，得6分。", "错误", ""),
        (DONE + "满意度10分，未达目标的按实际值与目标值之比计分，得10分。", "错误", "9.85分"),
        ("改灶计划240户，实际完成228户。\n其中改灶一项未达标，该项10分按满分计。", "核实", ""),
        ("修缮祠堂6座，完工5座。\n祠堂修缮指标5分得满分。", "错误", ""),
        # The names agree only in part, and full points that begin below the target.
        ("镇级物资采购执行率目标100%，实际92%。\n执行率指标5分得5分。", "核实", ""),
        ("管护渠道目标240公里，实际228公里。\n渠道10分，得10分。", "核实", ""),
        (DONE + "完成90%以上得满分。护栏安装指标6分得6分。", "核实", ""),
        # All of them are said to be reached.
        ("夜诊目标20期，实际22期；到诊率目标98%，实际97.2%。上述两项指标均已完成。", "错误", ""),
        ("清淤计划30处，实际28处。\n产出因年度目标全部完成，得满分40分。", "核实", ""),
        (
            "（一）目标。村级入托率达到92%以上，镇级入托率达到93%以上。\n（二）结果。村级入托率93.1%，镇级入托率92.4%，两项均达到年度目标。",
            "错误",
            "",
        ),
    ],
)
def test_full_points_for_a_target_missed_elsewhere_are_found(text: str, level: str, right: str) -> None:
    (finding,) = findings_of("R36n", text)
    assert (finding.level, finding.expected) == (level, right)


@pytest.mark.parametrize(
    "text",
    [
        DONE + "护栏安装指标6分得5.6分，清淤5分得5分。",
        DONE + "产出指标50分得50分。",
        "改灶合格率98%，高于95%的目标。改灶计划500户，实际420户。\n改灶5分得5分。",
        "山火受害率0.06‰，低于0.8‰的控制目标。山火受害率5分得5分。",
        # One of that name was reached.
        "甲镇改灶目标24户，实际22户。乙镇改灶目标20户，实际20户。\n改灶10分，得10分。",
        "夜诊目标20期，实际22期；到诊率目标98%，实际97.2%。除到诊率外，各项指标均已完成。",
        "夜诊目标20期，实际18期；巡诊目标5期，实际5期；到诊率目标98%，实际98.2%。后两项指标均已完成。",
        "清淤计划30处，实际28处。\n年度目标全部完成的单位有5家。",
        "（一）目标。村级入托率达到92%以上。\n（二）结果。村级入托率93.1%，镇级入托率92.4%，两项均达到年度目标。",
    ],
)
def test_full_points_and_claims_that_hold_are_silent(text: str) -> None:
    assert findings_of("R36n", text) == []


EACH = "护栏安装目标120处，完成{}处。\n两项指标各10分，未达到的按完成率乘以分值计分。护栏安装得{}分，清淤得10分。"
BOTH = "夜诊目标20期，实际22期；到诊率目标98%，实际{}%。上述两项指标均达到或超过目标值。"


def test_full_points_of_several_items_of_one_weight_are_held_against_their_targets() -> None:
    (finding,) = findings_of("R36n", EACH.format(112, 10))
    assert (finding.level, finding.expected) == ("错误", "9.33分")
    assert findings_of("R36n", EACH.format(112, "9.33")) == []
    assert findings_of("R36n", EACH.format(122, 10)) == []


def test_all_reached_or_exceeded_is_all_reached() -> None:
    (finding,) = findings_of("R36n", BOTH.format("97.2"))
    assert finding.level == "错误"
    assert findings_of("R36n", BOTH.format("98.2")) == []
