"""The mean of several scores."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of


def test_a_mean_that_is_not_that_of_the_scores_before_it_is_wrong() -> None:
    text = "甲项目预算30万元，自评98.5分；乙项目自评96分；丙项目自评94分。三个项目自评平均97.2分。"
    (finding,) = findings_of("R36a", text)
    assert (finding.level, finding.expected) == ("错误", "96.2分")


@pytest.mark.parametrize(
    "text",
    [
        "得分分别为98.5分、96.0分和97.5分，三个项目平均97.33分。",
        "甲项目98分，乙项目96分。全县四个项目平均95分。",
        "甲项目自评得分95分，乙项目自评得分97分，高于全县平均93分。",
    ],
)
def test_means_that_hold_or_are_of_others_are_silent(text: str) -> None:
    assert findings_of("R36a", text) == []


def test_a_mean_of_the_scores_of_paragraphs_with_one_each_is_reckoned() -> None:
    text = "（一）农田建设。自评得分98分。\n（二）农机补贴。自评得分95分。\n（三）质量监测。自评得分92分。\n三个项目平均{}分。"
    assert findings_of("R36a", text.format("95")) == []
    (finding,) = findings_of("R36a", text.format("96"))
    assert (finding.level, finding.expected) == ("错误", "95分")
