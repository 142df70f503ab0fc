"""The scoring methods of fixed systems, with figures and boundaries of the field (domain 1.2, 2.1)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.keys import FactKey
from desktop.domain.scoring.scoring_method import SCORERS, Task, Verdict
from desktop.domain.template import Indicator, System
from tests.domain.conftest import MakeSheet, ScoreAs

FUNDS = ("annex2_funds.total.executed", "annex2_funds.total.adjusted")


@pytest.fixture
def judge(sheet: MakeSheet) -> Any:
    """A method's verdict for a rate `top / bottom`, or for answers to the indicator."""

    def make(
        method: str,
        rate: tuple[str, str] | None = None,
        answers: Mapping[str, str] | None = None,
        items: tuple[str, ...] = (),
        weight: str = "5",
        **params: Any,
    ) -> Verdict:
        facts = dict(zip(FUNDS, rate, strict=True)) if rate else {}
        facts = {name: text for name, text in facts.items() if text}
        given = sheet(
            {**facts, **{f"answers@s.i.{column}": text for column, text in (answers or {}).items()}}
        )
        formula = " / ".join(FUNDS) if rate else ""
        indicator = Indicator("i", "指标", Decimal(weight), method, formula, items=items, params=params)
        system = System("s", "体系", 2023, Decimal(100), (), {"percentage_points": "floor"}, ())
        return SCORERS[method](Task(given, system, indicator, "answers@s", "i"))

    return make


def of(score: ScoreAs, system: str, indicator: str, facts: Mapping[str, str]) -> Any:
    return next(i for i in score(system, facts).indicators if i.id == indicator)


@pytest.mark.parametrize(
    ("rate", "points"),
    [(("90", "100"), "4.5"), (("1818.34", "1818.34"), "5"), (("0", "10"), "0"), (("-5", "10"), "-2.5")],
)
def test_linear_gives_the_rate_of_the_weight(judge: Any, rate: tuple[str, str], points: str) -> None:
    assert judge("linear", rate).points == Decimal(points)


def test_linear_rate_above_100_percent_earns_full_points_and_a_warning(judge: Any) -> None:
    verdict = judge("linear", ("110", "100"))
    assert verdict.points == 5 and verdict.problems[0].warning


@pytest.mark.parametrize("method", ["linear", "step", "bands"])
def test_rate_without_a_value_is_unscored(judge: Any, method: str) -> None:
    assert judge(method, ("5", "0")).points is None
    assert "分母为0" in judge(method, ("5", "0")).how
    assert "未填全" in judge(method, ("5", "")).how


@pytest.mark.parametrize(
    ("rate", "rounding", "points"),
    [
        (("47", "49"), "floor", "5"),
        (("100", "100"), "ceil", "5"),
        (("101.4", "100"), "floor", "4.5"),
        (("101.4", "100"), "ceil", "4"),
        (("101.4", "100"), "proportional", "4.3"),
        (("102", "100"), "floor", "4"),
        (("102", "100"), "ceil", "4"),
        (("100004", "100000"), "ceil", "5"),
    ],
)
def test_step_deducts_for_each_point_over_the_limit(
    judge: Any, rate: tuple[str, str], rounding: str, points: str
) -> None:
    assert judge("step", rate, deduct=0.5, percentage_points=rounding).points == Decimal(points)


@pytest.mark.parametrize(
    ("rate", "side", "points"),
    [
        (("100", "100"), "under", "5"),
        (("95.01", "100"), "under", "5"),
        (("95", "100"), "under", "3"),
        (("110", "100"), "under", "5"),
        (("90", "100"), "both", "1"),
        (("105", "100"), "both", "3"),
        (("95", "100"), "over", "5"),
    ],
)
def test_step_on_both_sides_deducts_for_every_five_points(
    judge: Any, rate: tuple[str, str], side: str, points: str
) -> None:
    assert judge("step", rate, side=side, per=5, deduct=2).points == Decimal(points)


@pytest.mark.parametrize(
    ("added", "points"),
    [
        ("0", 5),
        ("0.01", 4),
        ("10", 4),
        ("10.01", 3),
        ("20", 3),
        ("20.01", 2),
        ("30", 2),
        ("30.01", 0),
        ("125.7", 0),
        ("-10", 4),
    ],
)
def test_bands_give_points_of_the_first_limit_not_exceeded(score: ScoreAs, added: str, points: int) -> None:
    facts = {"annex2_funds.total.initial": "100", "annex2_funds.total.adjusted": str(100 + Decimal(added))}
    assert of(score, "hunan-2023", "budget_control", facts).points == points


@pytest.mark.parametrize(
    ("answer", "points"), [("90", 6), ("89.99", 4), ("80", 4), ("70%", 2), ("69.99", 0), ("100", 6)]
)
def test_bands_give_points_of_the_first_limit_reached(score: ScoreAs, answer: str, points: int) -> None:
    facts = {"answers@hunan-2023.satisfaction.value": answer}
    assert of(score, "hunan-2023", "satisfaction", facts).points == points


def test_bands_without_an_answer_are_unscored(score: ScoreAs) -> None:
    scored = of(score, "hunan-2023", "satisfaction", {})
    assert (scored.points, scored.how) == (None, "请填满意度（%）")


@pytest.mark.parametrize(
    ("last", "now", "points"),
    [
        ("3.3", "3.3", "5"),
        ("4.8", "2.98", "5"),
        ("100", "101", "4.5"),
        ("100", "101.9", "4.5"),
        ("100", "120", "0"),
    ],
)
def test_step_scores_the_change_of_three_public(score: ScoreAs, last: str, now: str, points: str) -> None:
    facts = {"three_public.reception.last_budget": last, "three_public.reception.budget": now}
    assert of(score, "hunan-2023", "three_public_change", facts).points == Decimal(points)


def test_change_rate_from_zero_is_undefined(score: ScoreAs) -> None:
    facts = {"three_public.reception.last_budget": "0", "three_public.reception.budget": "3"}
    scored = of(score, "hunan-2023", "three_public_change", facts)
    assert scored.points is None and "分母为0" in scored.how


def test_rates_agree_with_a_published_report(score: ScoreAs) -> None:
    facts = {
        "base.procurement.budget": "678.99",
        "base.procurement.final": "208.64",
        "three_public.reception.budget": "3.3",
        "three_public.reception.final": "2.98",
        "base.public_funds.budget": "81",
        "base.public_funds.final": "77.23",
        "staff.total.authorised": "49",
        "staff.total.in_post": "47",
    }
    found = {
        name: (scored.value, scored.points)
        for name in ("procurement_execution", "three_public_control", "public_funds_control", "staff_control")
        for scored in [of(score, "hunan-2023", name, facts)]
    }
    assert found == {
        "procurement_execution": ("30.73%", 0),
        "three_public_control": ("90.30%", 7),
        "public_funds_control": ("95.35%", 8),
        "staff_control": ("95.92%", 5),
    }


def test_no_buildings_earn_full_points_but_an_unfinished_row_does_not(score: ScoreAs) -> None:
    for name in ("building_area", "building_cost"):
        assert of(score, "hunan-2023", name, {}).points == 5
        assert of(score, "hunan-2023", name, {"buildings.item:1.order": "1"}).points is None
    row = {"order": "1", "approved_area": "1000", "actual_area": "1120"}
    facts = {f"buildings.item:1.{column}": text for column, text in row.items()}
    assert of(score, "hunan-2023", "building_area", facts).points == 1


def test_checklist_gives_each_item_its_share(judge: Any) -> None:
    items = ("甲", "乙", "丙")
    assert judge("checklist", items=items, answers={"item1": "是", "item2": "否"}).points is None
    half = judge(
        "checklist", items=items, weight="1.5", answers={"item1": "是", "item2": "否", "item3": "是"}
    )
    assert half.points == 1


@pytest.mark.parametrize(("count", "points"), [("0", 5), ("2", 3), ("9", -4), ("-1", None), ("", None)])
def test_cases_deduct_for_each_case(judge: Any, count: str, points: int | None) -> None:
    assert judge("cases", answers={"value": count}, deduct=1).points == points


@pytest.mark.parametrize(
    ("answer", "points"), [("好", 6), ("一般", 3), ("无", 0), ("", None), ("很好", None)]
)
def test_choice_gives_the_points_of_its_word(judge: Any, answer: str, points: int | None) -> None:
    choices = [["好", 6], ["一般", 3], ["无", 0]]
    assert judge("choice", answers={"value": answer}, choices=choices).points == points


def test_completion_and_converted_give_their_share_of_the_weight(judge: Any) -> None:
    assert judge("completion", answers={"value": "95"}, weight="10").points == Decimal("9.5")
    assert judge("converted", answers={"value": "94"}, weight="8").points == Decimal("7.52")
    assert judge("completion", value_label="完成比例（%）").how == "请填完成比例（%）"
    assert judge("converted").points is None


@pytest.mark.parametrize("method", ["completion", "bands"])
def test_ratio_typed_as_percent_is_warned_about(judge: Any, method: str) -> None:
    verdict = judge(method, answers={"value": "0.95"}, atleast=[[90, 5]])
    assert verdict.problems[0].key == FactKey("answers@s", "i", "value")
    assert "是否应为95" in verdict.problems[0].message
    assert not judge(method, answers={"value": "0.95%"}, atleast=[[90, 5]]).problems
