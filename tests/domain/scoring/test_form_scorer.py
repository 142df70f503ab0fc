"""附件2 indicators: targets of every kind against what was reached (docs/domain.md 1.3 to 1.5)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.domain.scoring.scoring import IndicatorScore
from desktop.domain.scoring.three_grades import GRADES
from tests.domain.conftest import ScoreLine


def warnings(scored: IndicatorScore) -> list[str]:
    return [problem.message for problem in scored.problems if problem.warning]


@pytest.mark.parametrize(
    ("operator", "target", "actual", "points"),
    [
        ("≥", "95", "95", "10"),
        ("≥", "98", "98", "10"),
        ("≥", "120", "112", "9.33"),
        ("", "4947", "4947", "10"),
        ("", "100", "99.83", "9.98"),
        (">", "5", "6", "10"),
        ("≤", "15", "12", "10"),
        ("≤", "15", "20", "7.5"),
        ("<", "5", "10", "5"),
        ("=", "10", "10", "10"),
        ("=", "10", "12", "8"),
        ("=", "10", "8", "8"),
        ("=", "10", "30", "0"),
        ("=", "0", "0", "10"),
        ("=", "0", "1", "0"),
        ("≤", "0", "0", "10"),
        ("≤", "0", "2", "0"),
        ("", "0", "0", "10"),
        ("", "0", "1", "0"),
        ("≥", "5", "-3", "0"),
        ("≤", "-5", "-4", "8"),
        ("≥", "100", "0", "0"),
        ("", "150~200", "180", "10"),
        ("介于", "150~200", "200", "10"),
        ("介于", "150~200", "75", "5"),
        ("", "150~200", "400", "5"),
        ("", "0~5", "-1", "0"),
        ("≥", "1,020.00", "１，０２０", "10"),
        ("≥", "95", "95.2%", "10"),
        ("≥", "95", "已达95%", "10"),
    ],
)
def test_number_earns_its_share_by_the_operator(
    line: ScoreLine, operator: str, target: str, actual: str, points: str
) -> None:
    scored = line(operator=operator, target=target, actual=actual)
    assert scored.points == Decimal(points)
    assert scored.how


@pytest.mark.parametrize("actual", ["0", "0起", "无", "零", "未发生", "没有发生"])
def test_words_for_none_count_as_zero(line: ScoreLine, actual: str) -> None:
    assert line(operator="=", target="0", unit="起", actual=actual).points == 10
    assert line(target="0起", actual=actual).points == 10


@pytest.mark.parametrize(("operator", "target", "actual"), [("<", "5", "5"), (">", "5", "5")])
def test_value_equal_to_a_strict_limit_is_warned_about(
    line: ScoreLine, operator: str, target: str, actual: str
) -> None:
    scored = line(operator=operator, target=target, actual=actual)
    assert scored.points == 10
    assert warnings(scored) == ["实际完成值恰好等于指标值，而符号不含等于，请核对符号"]


def test_cost_without_operator_is_an_upper_limit(line: ScoreLine) -> None:
    assert line("cost", target="1800", unit="万元", actual="1900").points == Decimal("9.47")
    assert line("cost", target="1800", unit="万元", actual="1700").points == 10
    assert line("cost", name="成本节约率", target="5", unit="%", actual="4").points == 8
    assert "指标≤1800" in line("cost", target="1800", actual="1900").how


def test_money_of_different_units_is_converted(line: ScoreLine) -> None:
    scored = line(operator="≤", target="1818.34", unit="万元", actual="18183400元")
    assert scored.points == 10 and not warnings(scored)
    assert line(operator="≤", target="3000", unit="元", actual="0.6万元").points == 5


def test_differing_units_are_warned_about(line: ScoreLine) -> None:
    assert "单位" in warnings(line(operator="≥", target="5", unit="场", actual="5人"))[0]
    assert not warnings(line(operator="≥", target="5", unit="次/年", actual="5次"))


def test_operator_in_the_actual_value_is_warned_about(line: ScoreLine) -> None:
    scored = line(operator="≤", target="1818.34", unit="万元", actual="≤1818.34万元")
    assert scored.points == 10
    assert warnings(scored) == ["实际完成值应是一个数，不带比较符号"]


def test_approximate_actual_value_is_warned_about(line: ScoreLine) -> None:
    assert warnings(line(operator="≥", target="20", unit="次", actual="20余次")) == ["实际完成值应是确切的数"]


def test_repeated_operator_in_the_target_is_an_error(line: ScoreLine) -> None:
    scored = line(operator="≤", target="≤15轮", actual="15")
    assert scored.points == 10
    assert [p.message for p in scored.problems if not p.warning] == ["指标值里比较符号重复"]


def test_ratio_against_a_percent_target_is_warned_about(line: ScoreLine) -> None:
    scored = line(target="100%", actual="1")
    assert scored.points == Decimal("0.1")
    assert warnings(scored) == ["指标值是百分数，实际完成值1像是小数，是否应为100%"]
    assert not warnings(line(target="100%", actual="1%"))


@pytest.mark.parametrize("operator", ["≥", ""])
def test_value_far_above_the_target_is_warned_about(line: ScoreLine, operator: str) -> None:
    assert not warnings(line(operator=operator, target="100", actual="130"))
    scored = line(operator=operator, target="100", actual="130.01")
    assert scored.points == 10 and "偏低" in warnings(scored)[0]


@pytest.mark.parametrize("target", ["2023年", "=2023年", "2022~2023年"])
def test_year_as_a_target_is_warned_about(line: ScoreLine, target: str) -> None:
    scored = line(target=target, actual="2023年已完成")
    assert scored.points == 10
    assert warnings(scored) == ["指标值只写了年份，无法衡量，请写成可衡量的内容"]


def test_bare_year_is_a_year_only_where_answered_in_words(line: ScoreLine) -> None:
    assert "年份" in warnings(line(target="2023", actual="已完成"))[0]
    assert line(target="2023", actual="2000").points == Decimal("9.89")
    assert line(target="2023", unit="人", actual="2023").points == 10


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("12月31日前", "12月31日", "10"),
        ("12月31日前", "12月", "10"),
        ("5月31日前", "5月24日", "10"),
        ("5月底前", "于5月24日全部完成", "10"),
        ("5月", "6月", "0"),
        ("5月底前", "6月1日", "0"),
        ("2023-05-31", "5.31", "10"),
        ("12月31日前完成验收", "2024年1月5日完成", "0"),
        ("年底前", "12月20日", "10"),
        ("第二季度", "6月", "10"),
        ("12月31日前", "按时完成", "10"),
        ("12月31日前", "截至12月31日尚未完成", "3"),
        ("12月31日前", GRADES[1], "7"),
    ],
)
def test_date_in_time_earns_full_points_and_late_none(
    line: ScoreLine, target: str, actual: str, points: str
) -> None:
    assert line(target=target, actual=actual).points == Decimal(points)


def test_month_against_a_day_of_that_month_is_unscored(line: ScoreLine) -> None:
    scored = line(target="5月20日前", actual="5月")
    assert scored.points is None and "写明完成的日期" in scored.how


def test_month_spread_over_target_and_unit_is_a_date(line: ScoreLine) -> None:
    assert line(target="5", unit="月底前", actual="6月").points == 0


@pytest.mark.parametrize(
    ("actual", "points"), [(GRADES[0], "10"), (GRADES[1], "7"), (GRADES[2], "3"), ("效果良好", None)]
)
def test_grades_of_completion_earn_the_middle_of_their_band(
    line: ScoreLine, actual: str, points: str | None
) -> None:
    assert line(target="建立健全", actual=actual).points == (None if points is None else Decimal(points))


def test_grade_against_a_numeric_target_is_warned_about(line: ScoreLine) -> None:
    scored = line(operator="≥", target="95", unit="%", actual=GRADES[0])
    assert scored.points == 10 and warnings(scored) == ["指标值是数字，实际完成值宜填实际的数"]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"target": "95%"}, "还没有填实际完成值"),
        ({"actual": "95%"}, "还没有填年度指标值"),
        ({"operator": "≥", "target": "95", "actual": "很好"}, "不是数字"),
        ({"operator": "介于", "target": "5", "actual": "5"}, "两个数"),
        ({"target": "≥90%≤100%", "actual": "95%"}, "读不成一个数"),
        ({"target": "明显提升", "actual": "良好"}, "请选完成等次"),
    ],
)
def test_unscorable_indicator_says_why(line: ScoreLine, cells: dict[str, str], why: str) -> None:
    scored = line(**cells)
    assert scored.points is None and why in scored.how
