"""R36g: the grade of a total."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("综合得分86.5分，评定等级为“优”。", "良"),
        ("总得分91分，评价结果为良好。", "优"),
        ("95分（含）以上为优，85分（含）至95分为良。综合得分93分，等级为“优”。", "良"),
        ("以上三部分总计92分。90分及以上为优，80分（含）至90分为良，故自评等级为“良”。", "优"),
    ],
)
def test_a_grade_unlike_its_total_is_found(text: str, right: str) -> None:
    (finding,) = findings_of("R36g", text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        "综合得分93.2分，等级为“优”（90分及以上为优）。",
        "部门自评得分86分，上年评价等级为“优”。",
        "得分≥90为优秀，75≤得分<90为良好。我单位综合得分78分，评价等级为良好。",
        "综合得分90分，评为优。",
    ],
)
def test_a_grade_by_the_bands_told_is_right(text: str) -> None:
    assert findings_of("R36g", text) == []
