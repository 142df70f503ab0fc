"""R36s: the total told twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.audit.finding import ERROR
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import audit
from tests.audit.rule_cases import findings_of

PARTS = "投入9分，产出48分，效益29分，满意度9.5分，总分95.5分。"


def test_a_total_that_differs_from_the_sum_of_the_parts_told_elsewhere_is_wrong() -> None:
    reading = Reading(f"我局对全年工作进行了自评，自评得分96.5分。\n五、评价结论\n{PARTS}", year=2023)
    (finding,) = (f for f in audit(reading) if f.code.startswith("R36"))
    assert (finding.level, finding.expected) == (ERROR, "95.5分")


def test_of_two_totals_without_parts_none_is_said_to_be_right() -> None:
    (finding,) = findings_of("R36s", "部门整体自评得分92.5分。\n五、结论\n综合得分88分，等级为良。")
    assert (finding.level, finding.expected, len(finding.spans)) == (ERROR, "", 2)


@pytest.mark.parametrize(
    "text",
    [
        f"自评得分95.5分。\n五、结论\n{PARTS}",
        f"其中道路养护项目自评得分92分。\n五、结论\n{PARTS}",
        f"上年度综合得分91分。\n五、结论\n{PARTS}",
        f"财政局复核后综合得分93分。\n五、结论\n{PARTS}",
    ],
)
def test_the_same_total_and_the_points_of_others_are_right(text: str) -> None:
    assert findings_of("R36s", text) == []


def test_points_that_can_be_got_are_no_total(codes_on: Callable[..., list[str]]) -> None:
    assert "R36s" not in codes_on("投入20分，得19分；其余各项合计80分，得76.3分。总得分95.3分。")
