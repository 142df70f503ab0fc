"""Words of completion: good news that begins with a no is no failure, and half is not all."""

from __future__ import annotations

import pytest

from desktop.domain.scoring.three_grades import GRADES, MISSED, PARTLY, REACHED, grade_of


@pytest.mark.parametrize(
    ("actual", "target", "grade"),
    [
        (GRADES[0], "≥95%", REACHED),
        (GRADES[1], "建立健全", PARTLY),
        (GRADES[2], "建立健全", MISSED),
        ("是", "是", REACHED),
        ("否", "是", MISSED),
        ("否", "否", REACHED),
        ("是", "否", MISSED),
        ("建立健全", "建立健全", REACHED),
        ("2023年已完成", "2023年", REACHED),
        ("√", "建立健全", REACHED),
        ("×", "建立健全", MISSED),
        ("未发生", "不发生重大事故", REACHED),
        ("全年未发生安全事故", "杜绝安全事故", REACHED),
        ("没有发生", "建立健全", None),
        ("未按期完成", "按期完成", MISSED),
        ("不合格", "合格", MISSED),
        ("逾期完成", "按期完成", MISSED),
        ("未全部完成", "全部完成", PARTLY),
        ("部分未完成", "全部完成", PARTLY),
        ("基本建成", "建成", PARTLY),
        ("验收合格", "质量达标", REACHED),
        ("良好", "明显提升", None),
    ],
)
def test_words_of_completion_are_graded_against_their_target(
    actual: str, target: str, grade: int | None
) -> None:
    assert grade_of(actual, target) == grade
