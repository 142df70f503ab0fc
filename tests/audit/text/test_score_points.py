"""Scores told in the words of a total."""

from __future__ import annotations

import pytest

from desktop.audit.text.score_points import SCORE, TOTAL, points


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("（一）投入（15分），自评得分14分，扣1分。", SCORE),
        ("投入15分，自评得分15分。", SCORE),
        ("满分100分，自评得分96分。", TOTAL),
        ("投入15分。全年自评得分96分。", TOTAL),
        ("投入（15分），综合得分14分。", TOTAL),
    ],
)
def test_a_total_behind_a_weight_is_the_items_score_if_it_can_be(text: str, kind: str) -> None:
    assert points(text, 0)[1].kind == kind
