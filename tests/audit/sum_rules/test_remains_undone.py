"""R2u: what is not done or not spent."""

from __future__ import annotations

import pytest

from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import audit
from tests.audit.rule_cases import findings_of


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("全年受理举报120件，办结104件，办结率86.67%，未结{}件。", 16, 26),
        ("受理案件80件，其中旧存12件、新收68件；审执结70件，结案率87.5%，未结{}件。", 10, 20),
        ("设立绩效指标14项，其中数量指标6项、质量指标8项。截至年底完成12项，未完成{}项。", 2, 3),
        ("新建厕所目标18座，完成15座，{}座未完成。", 3, 5),
        ("送检样品90份，每点每次1份，合格83份，不合格{}份。", 7, 9),
        ("发放问卷180份，收回171份，未收回{}份。", 9, 12),
        ("收回问卷160份，满意120份、基本满意31份、不满意{}份。", 9, 7),
        ("签约企业目标30家，签约25家，未签约{}家。", 5, 8),
        ("整改问题30个，已整改26个，尚有{}个未整改。", 4, 7),
        ("受理投诉300件，办结285件，在办{}件。", 15, 27),
        ("渠道修复计划24公里，实际完成20公里，完成率83.33%。未完成的{}公里因汛期推迟。", 4, 6),
    ],
)
def test_what_is_not_done_is_the_whole_less_what_is(text: str, right: int, wrong: int) -> None:
    assert findings_of("R2u", text.format(right)) == []
    (finding,) = findings_of("R2u", text.format(wrong))
    assert (finding.level, finding.expected) == ("错误", "")


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("全年预算640.00万元。\n全年支出608.00万元，执行率95.00%，未支出{}万元。", "32.00", "47.00"),
        ("全年预算6.40亿元。\n全年支出6.08亿元，执行率95.00%，尚有{}亿元未执行。", "0.32", "0.47"),
        (
            "可用预算640.00万元。\n全年支出608.00万元，执行率95.00%。其中：\n人员支出500.00万元，占82.24%；\n"
            "未使用完的指标{}万元由财政收回。",
            "32.00",
            "47.00",
        ),
        ("道路维修预算96.40万元，支出82.15万元，未用{}万元。", "14.25", "19.78"),
        ("应付工程款96.40万元，已付82.15万元，未付{}万元。", "14.25", "19.78"),
        ("当年超支14.20万元，用结余弥补。年初结余60.50万元，弥补后剩余{}万元。", "46.30", "43.60"),
    ],
)
def test_what_is_not_spent_is_the_budget_less_the_spending(text: str, right: str, wrong: str) -> None:
    assert findings_of("R2u", text.format(right)) == []
    (finding,) = findings_of("R2u", text.format(wrong))
    assert finding.level == "错误"
    # Where a rate proves budget and spending, only what is left can be wrong.
    mended = "3200万元" if "亿元" in text else f"{float(right):g}万元"
    assert finding.expected == (mended if "执行率" in text else "")


def test_what_is_left_of_a_target_told_elsewhere() -> None:
    text = "计划整治背街小巷22条，实际完成18条。\n存在的问题：背街小巷整治尚有{}条未完成。"
    assert findings_of("R2u", text.format(4)) == []
    (finding,) = findings_of("R2u", text.format(9))
    assert finding.message.startswith("22－18＝4条")


@pytest.mark.parametrize(
    "text",
    [
        "上年结转10件，本年受理100件，办结95件，未办结15件。",
        "受理100件，办结90件（含上年旧存5件），未结15件。",
        "受理100件，办结80件，退回5件，未办结15件。",
        "计划新建20公里，完成15公里，未完成3公里，取消2公里。",
        "设置目标15个，其中产出目标10个，完成9个，未完成1个。",
        "养路目标15家，完成12家；养老院目标8家，3家未完成。",
        "新建厕所目标18座，完成15座，截至目前1座未完成。",
        "入户1000户，签约900户，未签约50户，拒签50户。",
        "全年预算640.00万元。全年支出608.00万元，执行率95.00%，财政收回20.00万元，剩余12.00万元。",
        "全年预算640.00万元。全年支出608.00万元，执行率95.00%，其中项目支出60.00万元，尚有7.00万元未支出。",
        "全年预算640.00万元。全年支出608.00万元，执行率95.00%。工会经费未支出5.00万元。",
        "全年预算759.30万元。全年支出741.05万元，执行率97.60%，未支出18万元。",
        "上年结转20.00万元，下达预算80.00万元，支出75.00万元，剩余25.00万元。",
        "计划改厕20户，实际完成22户，1户未完成。",
        "参保任务1000人，完成980人，其中新参保100人，未参保20人。",
    ],
)
def test_what_may_be_of_another_whole_is_left_alone(text: str) -> None:
    assert findings_of("R2u", text) == []


def test_a_split_that_holds_proves_its_numbers() -> None:
    reading = Reading("全年受理举报120件，办结104件，未结16件。")
    audit(reading)
    assert [len(held.proved) for held in reading.holding if held.code == "R2u"] == [3]


def test_nothing_found_and_nothing_mended_is_no_split() -> None:
    reading = Reading("自评发现问题0个，完成整改0个，未整改0个。")
    assert not [f for f in audit(reading) if f.code == "R2u"]
    assert not [held for held in reading.holding if held.code == "R2u"]
