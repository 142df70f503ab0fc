"""Whole tables scored: points by hand and by rule, sums against titles, grades, and what costs points."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.domain.all_templates import Templates
from desktop.domain.scoring.scoring import IndicatorScore, rates, score_project
from desktop.domain.scoring.three_grades import GRADES
from tests.domain.conftest import MakeSheet, ScoreAs, ScoreLine

NO_REASON = "得分低于分值，须填写偏差原因分析及改进措施"
FULL = {"target": "5", "operator": "≥", "actual": "5"}


def errors(scored: IndicatorScore) -> list[str]:
    return [problem.message for problem in scored.problems if not problem.warning]


def form(**weights: str) -> dict[str, str]:
    """A 附件2 in which everything is reached; one indicator per group, with these weights."""
    facts = {"annex2_funds.general.adjusted": "100", "annex2_funds.general.executed": "100"}
    for group, weight in weights.items():
        cells = FULL | {"order": "1", "name": group, "weight": weight}
        facts |= {f"annex2_indicators.{group}:1.{column}": text for column, text in cells.items()}
    return facts


USUAL = form(quantity="22.5", quality="27.5", social="30", satisfaction="10")


def test_form_with_all_targets_reached_has_full_points(score: ScoreAs) -> None:
    scored = score("form-2023", USUAL)
    assert (scored.total, scored.weight_sum, scored.grade) == (100, 100, "优")
    assert all(block.balanced for block in scored.blocks)
    assert not scored.losses and not scored.unscored


def test_weights_beyond_the_full_points_give_no_grade(score: ScoreAs) -> None:
    scored = score("form-2023", USUAL | form(quantity="27.5"))
    assert scored.weight_sum == 105 and scored.grade == ""
    assert [block.name for block in scored.blocks if not block.balanced] == ["产出指标"]


def test_unscored_indicator_gives_no_grade(score: ScoreAs) -> None:
    scored = score("form-2023", USUAL | {"annex2_indicators.quantity:1.actual": ""})
    assert [i.name for i in scored.unscored] == ["quantity"] and scored.grade == ""


@pytest.mark.parametrize(
    ("points", "total", "grade"),
    [
        ("30", "100", "优"),
        ("20", "90", "优"),
        ("19.99", "89.99", "良"),
        ("19.5", "89.5", "良"),
        ("10", "80", "良"),
        ("9.99", "79.99", "中"),
    ],
)
def test_grade_follows_its_lower_bound(score: ScoreAs, points: str, total: str, grade: str) -> None:
    scored = score("form-2023", USUAL | {"annex2_indicators.social:1.points": points})
    assert (scored.total, scored.grade) == (Decimal(total), grade)


def test_grade_of_few_points(score: ScoreAs) -> None:
    found = {}
    for quantity, quality in (("2.5", "27.5"), ("2.49", "27.5"), ("0", "0")):
        by_hand = {
            "annex2_indicators.quantity:1.points": quantity,
            "annex2_indicators.quality:1.points": quality,
            "annex2_indicators.social:1.points": "10",
        }
        scored = score("form-2023", USUAL | by_hand)
        found[scored.total] = scored.grade
    assert found == {Decimal("60.0"): "中", Decimal("59.99"): "差", Decimal(30): "差"}


def test_grade_of_a_30_point_system_is_on_the_scale_of_100(score: ScoreAs, templates: Templates) -> None:
    weights = {i.id: i.weight for i in templates.systems["blocks-2023"].indicators()}
    facts = {f"answers@blocks-2023.{name}.points": str(weight) for name, weight in weights.items()}
    assert score("blocks-2023", facts).grade == "优"
    lower = facts | {
        "answers@blocks-2023.compliance.points": "0",
        "answers@blocks-2023.completion.points": "0.99",
    }
    scored = score("blocks-2023", lower)
    assert (scored.total, scored.grade) == (Decimal("26.99"), "良")


@pytest.mark.parametrize("points", ["31", "-1"])
def test_impossible_points_give_no_grade(score: ScoreAs, points: str) -> None:
    assert score("form-2023", USUAL | {"annex2_indicators.social:1.points": points}).grade == ""


@pytest.mark.parametrize(
    ("actual", "points"),
    [("117", "22.5"), ("100", "19.23"), ("0", "0"), ("58.5", "11.25"), ("58.526", "11.26")],
)
def test_points_are_rounded_to_two_decimals(line: ScoreLine, actual: str, points: str) -> None:
    scored = line(operator="≥", target="117", actual=actual, weight="22.5")
    assert scored.points == Decimal(points)


def test_points_round_half_a_hundredth_up(line: ScoreLine) -> None:
    assert line(operator="≥", target="1000", actual="100.5", weight="1").points == Decimal("0.10")
    assert line(operator="≥", target="1000", actual="105", weight="1").points == Decimal("0.11")


def test_lost_points_without_a_reason_are_a_problem(line: ScoreLine) -> None:
    short = {"operator": "≥", "target": "120", "actual": "112"}
    assert errors(line(**short)) == [NO_REASON]
    assert errors(line(**short, reason="  ")) == [NO_REASON]
    assert errors(line(**short, reason="入网推迟")) == []


@pytest.mark.parametrize(
    ("points", "said", "warning"),
    [
        ("10.5", "大于分值10", False),
        ("-1", "不能为负数", False),
        ("10", "按规则应得9.33", False),
        ("9.34", "按规则应得9.33", False),
        ("9", "按规则应得9.33", True),
        ("9.3", None, False),
        ("9.33", None, False),
        ("9.333", None, False),
        ("9.3333", "最多3位小数", True),
        ("满分", "不是数字", False),
    ],
)
def test_typed_points_are_held_against_the_rule(
    line: ScoreLine, points: str, said: str | None, warning: bool
) -> None:
    scored = line(operator="≥", target="120", actual="112", reason="入网推迟", points=points)
    about = [problem for problem in scored.problems if problem.key.column == "points"]
    if said is None:
        assert about == []
    else:
        assert len(about) == 1 and said in about[0].message and about[0].warning == warning
    assert scored.by_hand == (points != "满分")
    assert scored.rule_points == Decimal("9.33")


def test_full_points_for_a_missed_target_are_not_excused_by_rounding(line: ScoreLine) -> None:
    scored = line(operator="≥", target="100", actual="99.99", points="10")
    assert scored.rule_points == Decimal("9.99")
    assert "按规则应得" in errors(scored)[0]
    assert errors(line(operator="≥", target="100", actual="100", points="10")) == []


@pytest.mark.parametrize(
    ("points", "fits"),
    [("7.5", True), ("6", True), ("8", True), ("8.5", False), ("5.99", False), ("0", False)],
)
def test_typed_points_outside_the_band_of_the_grade_are_a_problem(
    line: ScoreLine, points: str, fits: bool
) -> None:
    scored = line(target="建立健全", actual=GRADES[1], reason="资金未落实", points=points)
    assert (errors(scored) == []) == fits
    assert scored.points == Decimal(points)


def test_typed_points_count_where_the_rule_gives_none(line: ScoreLine) -> None:
    scored = line(target="明显提升", actual="良好", points="8", reason="尚有差距")
    assert (scored.points, scored.rule_points, scored.problems) == (8, None, ())


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"actual": GRADES[1], "points": ""}, f"{GRADES[1]}，6～8分之间由单位判断，先取中间"),
        ({"actual": GRADES[1], "points": "7.5"}, "手工打分7.5，在该等次的6～8分之内"),
        ({"actual": GRADES[1], "points": "9"}, "手工打分9，不在该等次的6～8分之内"),
        (
            {"target": "120", "operator": "≥", "actual": "90", "points": "7"},
            "手工打分7，按规则应得7.5（实际90，指标≥120，未达到，10分 × 75%）",
        ),
        (
            {"actual": "良好", "points": "8"},
            "手工打分8；按规则暂不能判定：定性指标：请选完成等次，或手工打分",
        ),
    ],
)
def test_points_are_explained_by_whoever_gave_them(line: ScoreLine, cells: dict[str, str], told: str) -> None:
    assert line(**({"target": "建立健全"} | cells)).how == told


def test_missing_or_negative_weight_is_a_problem(line: ScoreLine) -> None:
    assert line(**FULL, weight="").how == "还没有填分值"
    assert errors(line(**FULL, weight="", points="5")) == ["打了分而没有填分值"]
    assert errors(line(**FULL, weight="-5")) == ["分值不能为负数"]
    assert line(**FULL, weight="10分").weight == 10


def test_losses_are_ordered_by_points_lost(score: ScoreAs) -> None:
    by_hand = {"annex2_indicators.quantity:1.points": "20", "annex2_indicators.social:1.points": "10"}
    scored = score("form-2023", USUAL | by_hand)
    assert [(i.name, i.lost) for i in scored.losses] == [("social", 20), ("quantity", Decimal("2.5"))]


def test_project_is_scored_from_its_own_tables(sheet: MakeSheet, templates: Templates) -> None:
    cells = FULL | {"order": "1", "name": "面积", "weight": "50"}
    facts = {f"annex3_indicators@3.quantity:1.{column}": text for column, text in cells.items()}
    facts |= {
        "projects.item:3.order": "1",
        "projects.item:3.name": "农田建设",
        "annex3_funds@3.fiscal.adjusted": "83",
        "annex3_funds@3.fiscal.executed": "74.99",
        "annex2_funds.general.adjusted": "1",
        "annex2_funds.general.executed": "1",
    }
    scored = score_project(sheet(facts), templates.systems["form-2023"], "3")
    assert (scored.id, scored.name) == ("3", "农田建设")
    assert [(i.name, i.points, i.value) for i in scored.indicators] == [
        ("预算执行率", Decimal("9.03"), "90.35%"),
        ("面积", 50, ""),
    ]


def test_rates_are_found_by_indicator_name(sheet: MakeSheet, templates: Templates) -> None:
    found = rates(
        sheet({"staff.total.authorised": "49", "staff.total.in_post": "47"}), templates.systems.values()
    )
    assert found["在职人员控制率"] == Decimal(47) / 49
    assert found["三公经费控制率"] is None
