"""Words of direction against the two figures they compare."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.audit.finding import ERROR, HINT
from tests.audit.rule_cases import findings_of, levels

WRONG = {
    "larger than the budget": "年初预算40.00万元，支出决算31.00万元，决算数大于预算数的主要原因是压减会议。",
    "by the rate": "完成年初预算的112.00%，决算数小于预算数，主要是新增任务。",
    "in the next sentence": "培训费预算9.00万元，决算7.00万元。决算数高于预算数，主要是次数减少。",
    "from and to": "印刷费由上年的8.20万元增加到7.50万元。",
    "rate after from and to": "印刷费由上年的8.00万元增加到10.00万元，下降25.00%。",
    "somewhat more": "2023年培训费3.20万元，比上年4.10万元有所增加。",
    "not over last year": "会议费决算6.00万元，上年决算5.00万元，没有超过上年决算。",
    "not over the budget": "会议费预算5.00万元，决算6.00万元，未超过预算。",
    "level": "2023年印刷费3.00万元，2022年2.50万元，与上年持平。",
    "beyond the aim": "开展巡查目标30次，实际26次，超额完成。",
    "the aim reached": "群众满意度目标90%，调查结果为86.5%，该指标达到预期目标。",
    "the aim told behind": "设施配套率86.5%，目标值90%，已达标。",
    "the aim not reached": "设施配套率目标90%，实际95.5%，未达标。",
    "a bar": "规范管理率57.00%，达到60%的目标。",
    "one of three under the bar": "甲类满意度92.4%，乙类满意度95.1%，丙类满意度84.6%，三项满意度均超过90%的目标值。",
    "a limit": "差错率0.70%，低于0.5%的控制目标，得分。",
    "a part of the plan": "全年计划修路20公里，完成计划的83.07%，指标超额完成。",
}
RIGHT = {
    "smaller than the budget": "年初预算40.00万元，支出决算31.00万元，决算数小于预算数的主要原因是压减会议。",
    "one of two pairs": "会议费预算9.00万元，决算7.00万元；培训费预算3.00万元，决算4.00万元。决算数大于预算数。",
    "from and to": "印刷费由上年的8.20万元减少到7.50万元，下降8.54%。",
    "a part before": "三项费用共30.00万元，其中印刷费3.00万元，比上年4.10万元有所增加。",
    "nearly level": "印刷费3.00万元，与上年2.98万元基本持平。",
    "over the budget": "会议费预算5.00万元，决算6.00万元，超过预算。",
    "beyond the aim": "开展巡查目标30次，实际36次，超额完成。",
    "the aim reached": "群众满意度目标90%，调查结果为96.5%，该指标达到预期目标。",
    "not yet": "设施配套率目标90%，实际86.5%仍未达标。",
    "less is better": "差错率目标不高于3%，实际2.1%，达标。",
    "far from the bar": "满意度85%，与不低于90%的目标相差5个百分点。满意度85%，距达到90%的目标有差距。",
    "one before a change": "满意度96%，比上年提高2个百分点，高于95%的目标。",
    "a rate of its own": "完成计划的98%，达标率95%。完成计划的95%，达到90%的目标。",
    "a rate that ought to be low": "药占比目标30%，实际28%，达标。药占比28%，达到30%的目标。",
    "days": "平均住院日目标8天，实际7.5天，达标。",
    "a smaller bar": "规范管理率62.00%，达到60%的目标。",
}


@pytest.mark.parametrize("raw", WRONG.values(), ids=WRONG)
def test_a_word_against_its_figures_is_wrong(raw: str) -> None:
    assert levels("R51", raw) == {ERROR}


@pytest.mark.parametrize("raw", RIGHT.values(), ids=RIGHT)
def test_a_word_that_fits_some_pair_is_right(raw: str) -> None:
    assert levels("R51", raw) == set()


def test_the_right_word_is_expected() -> None:
    assert findings_of("R51", WRONG["larger than the budget"])[0].expected == "小于"


def test_years_in_a_row_want_their_figures() -> None:
    assert levels("R51", "我局印刷费连续三年下降。") == {HINT}
    assert levels("R51", "2021年印刷费3.00万元，2022年2.00万元，2023年1.00万元，连续三年下降。") == set()


@pytest.mark.parametrize(
    "text",
    [
        "参训率82.5%，达到85%的年度目标。",
        "火灾受害率0.9‰，低于0.5‰的控制指标。",
        "学生满意度88.2%，高于90%的目标。",
        "门诊满意度92%，住院满意度95%，职工满意度86%，三项满意度均超过90%的目标值。",
    ],
)
def test_a_result_on_the_other_side_of_its_target_is_wrong(text: str) -> None:
    assert levels("R51", text) == {"错误"}


@pytest.mark.parametrize(
    "text",
    [
        "参训率92.5%，达到85%的年度目标。",
        "火灾受害率0.2‰，低于0.5‰的控制指标。",
        "重犯率0.3%，达到0.5%的控制目标。",
        "到会率80%，门诊满意度92%，住院满意度95%，两项满意度均超过90%的目标值。",
        "满意度88.2%，低于90%的目标。",
    ],
)
def test_a_result_on_the_right_side_of_its_target_is_silent(text: str) -> None:
    assert levels("R51", text) == set()


@pytest.mark.parametrize("said", ["决算数比预算数多55.93万元", "决算数大于预算数"])
def test_all_of_the_budget_and_more_than_the_budget_cannot_both_be(
    codes_on: Callable[..., list[str]], said: str
) -> None:
    assert "R51" in codes_on(f"支出1741.75万元，完成年初预算的100%，{said}。")
    assert "R51" not in codes_on(f"支出1741.75万元，完成年初预算的103.32%，{said}。")
