"""Parts larger than what they are a part of."""

from __future__ import annotations

import pytest

from desktop.audit.finding import CHECK, ERROR
from tests.audit.rule_cases import levels

WRONG = (
    "住房保障支出21.00万元。人员经费中住房公积金25.00万元。",
    "社会保障和就业支出40.00万元。基本养老保险缴费30.00万元，职业年金缴费15.00万元。",
    "政府采购支出总额60.00万元，授予中小企业合同金额75.00万元。",
    "授予中小企业合同金额40.00万元，其中授予小微企业合同金额52.00万元。",
)


@pytest.mark.parametrize("raw", WRONG)
def test_a_part_larger_than_its_whole_is_wrong(raw: str) -> None:
    assert levels("R54", raw) == {ERROR}


def test_a_part_told_far_from_its_whole_is_asked_about() -> None:
    between = "办公室负责文秘。财务股负责账目。业务股负责审批。"
    assert levels("R54", f"住房保障支出21.00万元。{between}住房公积金25.00万元。") == {CHECK}


def test_a_part_of_the_three_public_expenses_is_within_them() -> None:
    assert levels("R54", "“三公”经费支出9.40万元。公务用车购置费18.00万元。") == {ERROR}
    assert levels("R54", "“三公”经费支出9.40万元。公务用车购置及运行维护费18.00万元。") == {ERROR}
    assert levels("R54", "“三公”经费支出9.40万元。公务接待费3.00万元。") == set()


def test_a_budget_is_not_held_against_what_was_spent() -> None:
    assert levels("R54", "“三公”经费预算2.00万元。公务接待费3.00万元。") == set()
    assert levels("R54", "批复“三公”经费2.00万元。公务接待费3.00万元。") == set()
    assert levels("R54", "一般公共预算住房保障支出21.00万元。住房公积金25.00万元。") == {ERROR}


def test_more_cannot_pass_than_took_part() -> None:
    assert levels("R54", "实训271人次，培训合格273人。") == {ERROR}
    assert levels("R54", "实训271人次，培训合格270人。") == set()
    assert levels("R54", "召开会议12次，排查隐患140处，整改140处。") == set()


@pytest.mark.parametrize(
    "raw",
    [
        "其他卫生健康支出1.20万元，基本医疗保险缴费9.00万元。",
        "住房保障支出25.00万元。人员经费中住房公积金25.00万元。",
        "社会保障和就业支出40.00万元，上年职业年金缴费55.00万元。",
        "授予中小企业合同金额40.00万元，其中授予小微企业合同金额12.00万元。",
    ],
)
def test_a_part_within_its_whole_is_right(raw: str) -> None:
    assert levels("R54", raw) == set()


@pytest.mark.parametrize("raw", ["群众满意度{}%。", "项目支出占比为{}%。", "问题整改率达到{}%。"])
def test_a_share_of_all_is_at_most_all(raw: str) -> None:
    assert levels("R54", raw.format("104.50")) == {ERROR}
    assert levels("R54", raw.format("100.00")) == set()


@pytest.mark.parametrize("raw", ["任务完成率104.50%。", "预算执行率102.00%。", "收入比上年增长104.50%。"])
def test_what_may_be_more_than_planned_may_be_more_than_all(raw: str) -> None:
    assert levels("R54", raw) == set()
