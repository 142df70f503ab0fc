"""R36f: points taken for each percentage point."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of

TAKEN = (
    "案件办结率7分。目标95%，办结率92.98%；规则为每低1个百分点扣1分，不足1个百分点按1个计，扣{}分，得{}分。"
)
GOT = "预算执行率10分，执行率达到95%及以上得10分，每低1个百分点扣0.5分（不足1个百分点按1个计）。实际执行率93.16%，该项得{}分。"
FLOOR = "案件办结率7分。目标95%，办结率92.98%；每低1个百分点扣1分，不足1个百分点不扣，扣{}分，得{}分。"


@pytest.mark.parametrize(
    ("text", "right"),
    [(TAKEN.format("2", "5"), "3分"), (FLOOR.format("3", "4"), "2分")],
    ids=["a begun point counts", "it does not"],
)
def test_points_taken_otherwise_than_the_rule_says_are_wrong(text: str, right: str) -> None:
    (finding,) = findings_of("R36f", text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        TAKEN.format("3", "4"),
        FLOOR.format("2", "5"),
        TAKEN.format("2", "5").replace("，不足1个百分点按1个计", ""),
        TAKEN.format("2", "5").replace("92.98%", "97.98%"),
    ],
    ids=["as the rule says", "begun points left out", "nobody says", "above the bar"],
)
def test_points_that_follow_or_cannot_be_known_are_silent(text: str) -> None:
    assert findings_of("R36f", text) == []
