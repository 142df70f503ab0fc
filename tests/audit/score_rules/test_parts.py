"""R36p: the total against its named parts."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("自评得分90.5分，投入9.5分、产出46分、效果26分、满意度8分，等级为优。", "89.5分"),
        ("本院自评90分，系由资金执行9分、产出52分、效益20分、满意度8分相加而来。", "89分"),
        (
            "自评总分96.4分，其中预算管理20分、履职产出40分、社会效益35.4分。产出因进度正常，得满分40分。",
            "95.4分",
        ),
        # Items behind a total, whose weights make 100; scores by the names of the weights.
        (
            "本局自评96分。具体是：执行满分10分，得9分；产出满分60分，得57分；效益满分30分，得29分，宣传少扣1分。",
            "95分",
        ),
        (
            "打分表分三块：资金管理30分、项目产出40分、效益30分，满分100分。我村资金管理得27分；项目产出得40分；效益得28分，总得分96分。",
            "95分",
        ),
        # Paragraph by paragraph.
        (
            "（一）预算执行（10分）。得9分。\n（二）产出（60分）。数量40分得38分，质量20分得20分，小计58分。\n（三）效益（30分）。得29分。\n总分95分。",
            "96分",
        ),
        # The row before its total, and a block's items behind its score.
        ("自评得分：投入9分、过程19分、产出38分、效益29分，合计96分。", "95分"),
        ("产出50分，扣2分，得48分。其中：数量20分，得19分；质量20分，得20分；时效10分，得8分。", "47分"),
        # Weights.
        ("综合得分94分。其中，投入指标（18分）得14分，产出指标（50分）得48分，效果指标（35分）得32分。", ""),
        ("指标分值100分，其中预算执行10分、产出50分、效益30分、满意度15分。预算执行得9分。", ""),
        ("预算执行10分、产出50分、效益30分、满意度10分，满分110分。", ""),
    ],
)
def test_a_total_unlike_its_named_parts_is_wrong(text: str, right: str) -> None:
    (finding,) = findings_of("R36p", text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        "自评得分90.5分，投入9.5分、产出46分、效果26分、满意度9分，等级为优。",
        "指标分值100分，其中预算执行10分、产出50分、效益30分、满意度10分。",
        "预算执行10分、产出50分、效益30分、满意度10分，满分100分。",
        "自评得分：投入9分、过程19分、产出38分、效益29分，合计95分。",
        "产出50分，扣2分，得48分。其中：数量20分，得20分；质量20分，得20分；时效10分，得8分。",
        "综合得分94分。其中，投入指标（15分）得14分，产出指标（50分）得48分，效果指标（35分）得32分。",
        # No row of parts: other words between, one part without a score, projects.
        "自评得分90.5分，比上年提高，投入9.5分，其余各项见附表，产出46分，效果26分。",
        "（一）预算执行（10分）。得9分。\n（二）产出（60分）。见附表。\n（三）效益（30分）。得29分。\n总分95分。",
        "综合得分95分，甲镇94分、乙镇96分、丙镇93分。",
    ],
)
def test_parts_that_agree_or_are_not_all_told_are_silent(text: str) -> None:
    assert findings_of("R36p", text) == []
