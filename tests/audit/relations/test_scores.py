"""R36: points of the parts against their total."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("预算执行得9.5分，产出得47分，效益得28分，满意度得9分，总得分94.5分。", "93.5分"),
        ("自评得分92.4分，其中决策18.5分、过程19分、产出28分、效益27.9分。", "93.4分"),
        # The total stands in another paragraph; weights that make 100 leave nothing out.
        ("一、自评结论\n部门整体自评得分96分。\n二、得分\n投入（20分）得19分，过程（80分）得75分。", "94分"),
        # A subtotal behind numbered paragraphs.
        (
            "（1）质量（10分），得9分。\n（2）时效（10分），得8分。\n（3）成本（10分），得10分。\n本项共得28分。",
            "27分",
        ),
        # Weights told once for all, by name.
        (
            "一、概况\n自评得分97分。\n二、得分\n满分100分，其中决策40分、成效60分。决策部分扣2分，得38分；成效部分得58分。",
            "96分",
        ),
    ],
)
def test_points_that_do_not_make_their_total_are_found(text: str, right: str) -> None:
    (finding,) = findings_of("R36", text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        "预算执行9.59分（满分10分），产出49分（满分50分），效益29分（满分40分），综合得分87.59分。",
        "投入15分，得14分；过程30分，其中预算执行10分、按执行率计得9.5分，管理20分、得18分，小计27.5分；总得分41.5分。",
        "（一）产出，满分35分，得33分：数量20分、质量13分，相加为33分。\n（二）效益，满分65分，得60分。\n以上两部分总计93分。",
        "总分100分，自评得分96分。",
        "养护项目自评得分95分，绿化项目自评得分86分。",
        "部门自评得分95分，比上年的93分提高2分。",
        "90分以上为优，80—90分为良。部门自评得分95分。",
    ],
)
def test_totals_weights_and_bands_that_agree_are_right(text: str) -> None:
    assert findings_of("R36", text) == []


def test_a_sum_that_no_word_announces_is_a_question() -> None:
    assert levels("R36", "（一）效益指标。环境改善得14分，收入增长得9分，效益指标得25分。") == {"核实"}


def test_two_totals_of_the_unit_are_a_question() -> None:
    assert levels("R36", "部门整体自评得分95分。\n经自评，综合得分93分。") == {"核实"}


def test_a_subtotal_told_wrong_is_told_once() -> None:
    text = "决策得9分，过程得8分，小计18分；产出得60分，总得分77分。"
    assert len(findings_of("R36", text)) == 1
