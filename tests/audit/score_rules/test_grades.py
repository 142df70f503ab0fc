"""R36g: the grade of a total."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("综合得分86.5分，评定等级为“优”。", "良"),
        ("总得分91分，评价结果为良好。", "优"),
        ("95分（含）以上为优，85分（含）至95分为良。综合得分93分，等级为“优”。", "良"),
        ("以上三部分总计92分。90分及以上为优，80分（含）至90分为良，故自评等级为“良”。", "优"),
        # The parts, or another paragraph, between; a total in few words; the unit's own words for grades.
        (
            "本院自评90分，由执行9分、产出52分、效益29分相加而来。90（含）至100分为优，80（含）至90分为良，本院等级为良。",
            "优",
        ),
        (
            "按小计合计得分96.6分。按“90分以上为优、80至90分为良、60至80分为中、60分以下为差”的标准，评定为“良”。",
            "优",
        ),
        ("综合得分84分。\n评价等级：优（90分以上）。", "良"),
        ("总得分95分。按“95分以上为好、85分至95分（不含）为较好”的规定，本村评为较好。", "好"),
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
        "90分以上为优，75—89分为良，60—74.9分为合格，60分以下为不合格。综合得分90分，评为优。",
        "综合得分92分，其中产出52分、效益40分，效益评价为良，等级为优。",
        "总得分95分。按“95分以上为好、85分至95分为较好”的规定，本村评为较好。",
        "自评项目15个，优（12）、良（3），自评得分最高96分。",
        "合计扣4.5分，等级为优。",
        "自评95分，部门评价92分，财政重点评价88分，评价等级为良。",
    ],
)
def test_a_grade_by_the_bands_told_is_right(text: str) -> None:
    assert findings_of("R36g", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "综合得分96.5分，等级为“优”（93分及以上）。",
        "综合得分96.5分，等级为“优”（90—130分）。",
        "90分以上为优，75分至85分为良，75分以下为差。综合得分96.5分，等级为“优”。",
        # By the usual bands, with the parts in between.
        "自评得分96.50分，其中投入10分、过程38.50分、产出28分、效果20分，等次为良。",
    ],
)
def test_bands_that_begin_at_no_round_number_and_grades_behind_the_parts_are_questions(text: str) -> None:
    assert levels("R36g", text) == {"核实"}


def test_bands_that_end_in_a_decimal_are_read(codes_on: Callable[..., list[str]]) -> None:
    text = "按评分标准（90分及以上为优，80—89.9分为良，60—79.9分为中），总分88.6分，评定等级为{}。"
    assert "R36g" in codes_on(text.format("优"))
    assert "R36g" not in codes_on(text.format("良"))
