"""Blanks and options of a template that were left in."""

from __future__ import annotations

import pytest

from desktop.audit.finding import CHECK, ERROR
from tests.audit.rule_cases import levels, marked

WRONG = {
    "a rate": "2023年会议费5.20万元，比上年增长  %，主要是会议增多。",
    "an amount": "培训费比上年减少  万元，主要是培训改为线上。",
    "a figure": "本年收入合计为   万元。其他收入3.00万元。",
    "a share": "人员经费占基本支出的，公用经费占基本支出的20.10%。",
    "vehicles": "公务用车保有量   辆。",
    "a date": "截至2023年  月  日，资产总额为30.00万元。",
    "a count": "器材更新目标200件，实际    件。",
    "a target": "受益学生目标≥  人，实际520人。",
    "a grade": "自评得分92分，评价等次为“ ”。",
    "a sign for a number": "资金到位率达到X%，项目已完工。",
    "both options": "印刷费比上年增加（减少）1.20万元。",
    "both options run together": "决算数大小于预算数的主要原因是厉行节约。",
    "both options with a slash": "印刷费比上年下降/增长4.10%。",
    "a comparison": "2023年度支出与2022年度相比，主要是因为新增两个项目。",
}
RIGHT = {
    "head of a table": "比上年增长%",
    "unit of a table": "金额单位：万元，",
    "some": "节约经费数万元，处理垃圾上万元。",
    "formula": "预算完成率=（预算完成数/预算数）×100%，计5分。",
    "spread words": "总  数    300件，单  位：万元。",
    "in words": "满意度达百分之九十，合格率百分之百。",
    "told before": "支出比上年增加3.00万元。与上年相比，主要是新增两个项目。",
    "both move": "收入增加、支出减少，结余3.00万元。",
    "clause with 的": "占用财政资金的，应当退回。",
}


@pytest.mark.parametrize("raw", WRONG.values(), ids=WRONG)
def test_a_blank_left_in_is_wrong(raw: str) -> None:
    assert levels("R50", raw) == {ERROR}


@pytest.mark.parametrize("raw", RIGHT.values(), ids=RIGHT)
def test_words_that_need_no_number_are_no_blank(raw: str) -> None:
    assert levels("R50", raw) == set()


def test_a_rate_without_its_sign_is_to_be_checked() -> None:
    assert levels("R50", "印刷费比上年增长12.30。主要原因是印刷宣传册。") == {CHECK}


def test_the_mark_ends_with_the_blank() -> None:
    assert marked("R50", "培训费比上年减少 万元，主要是压减。").endswith("万元")
