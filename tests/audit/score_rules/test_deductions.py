"""R36d: deductions told for parts and for the whole."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of

SCORES = "决策15分得13分，产出40分得36分，效果45分得43分，总分92分。"


@pytest.mark.parametrize(
    ("text", "level", "right"),
    [
        ("总得分95分，合计扣6分，等级为优。", "错误", "5分"),
        ("六项累计98.2分，失分1.4分。", "错误", "1.8分"),
        ("全部加总为96分，丢掉的5分都在质量项。", "错误", "4分"),
        ("决策扣2分，过程扣3分，产出扣2分。三项共扣8分。", "错误", ""),
        ("1、决策扣2分，指标偏粗。\n2、过程扣3分。\n3、产出扣1分。三项共扣8分。", "错误", ""),
        ("合计得分94.1分，累计扣分5.2分。扣分点：甲项目扣2分，执行不均衡。", "错误", "5.9分"),
        ("合计扣3分：决策扣2分，过程扣3分。", "错误", ""),
        # A block's deduction: the whole of it, more than it lost, and one of a list that agrees.
        (SCORES + "产出扣掉的3分，主要是进度慢。", "错误", ""),
        (SCORES + "产出扣5分。", "错误", ""),
        (SCORES + "扣分原因：决策扣2分，产出扣1分，效果扣2分。", "核实", ""),
    ],
)
def test_deductions_unlike_the_scores_are_found(text: str, level: str, right: str) -> None:
    (finding,) = findings_of("R36d", text)
    assert (finding.level, finding.expected) == (level, right)


@pytest.mark.parametrize(
    "text",
    [
        "总得分95分，合计扣5分，等级为优。",
        "决策扣2分，过程扣3分，产出扣2分。三项共扣7分。",
        "合计扣9分：决策扣2分，其余为产出扣分，效益扣3分。",
        SCORES + "产出扣4分，其中一处进度滞后，扣2分。",
        SCORES + "产出扣1分是因为资料不全，另外3分是进度慢。",
        # Of one block, between others and the total.
        "综合得分95分。产出指标50分，共扣3分，得47分；效益50分，共扣2分，得48分。",
        "产出50分，共扣3分，得47分。效益50分，得48分，总分95分。",
        "附加项加分3分，总得分98分，合计扣5分。",
        "1、决策扣2分，指标偏粗。\n2、过程扣3分。\n3、产出扣1分。三项共扣6分。",
        "总得分95分。产出共扣3分，效益共扣2分。",
        "每超1%扣1分，超过3%的扣3分。",
    ],
)
def test_deductions_that_agree_or_are_some_of_several_are_silent(text: str) -> None:
    assert findings_of("R36d", text) == []
