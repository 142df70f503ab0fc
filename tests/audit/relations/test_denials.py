"""What there is said to be none of, and an amount of it."""

from __future__ import annotations

import pytest

from desktop.audit.finding import CHECK, ERROR
from tests.audit.rule_cases import findings_of, levels

WRONG = {
    "fund": "我单位无政府性基金预算支出。政府性基金预算支出35万元。",
    "state capital": "没有国有资本经营预算支出。2023年国有资本经营预算财政拨款支出3.5万元。",
    "one of two": "全年未发生因公出国（境）费用、公务接待费。公务接待费2.10万元，接待来访人员。",
    "guests at all": "本年未发生公务接待。公务接待5批次。",
    "a reception": "本年未发生公务接待。全年支出接待费1.20万元。",
    "a purchase": "公务用车购置18.00万元。本年度公务用车均未购置。",
    "carried over": "年末结余25.40万元。\n八、其他\n本年度无结转结余资金，进度均衡。",
    "kept twice": "公务用车保有量5辆。\n公务用车运行维护费12.00万元，年末保有6辆。",
    "vehicles there": "单位共有公务用车2辆。\n年末本部门无公务用车，无大型设备。",
    "vehicles kept": "本单位无公务用车。年末公务用车保有量2辆。",
    "behind its name": "公务用车购置及运行维护费全年没有产生。公务用车运行维护费2.10万元。",
    "behind its name, of all the year": "公务接待费全年未发生。公务接待费2.10万元。",
    "bought by tender": "本年度没有政府采购支出。大门修缮通过公开招标实施，支出46.80万元。",
    "tender, denied behind": "政府采购未实施。修缮经公开招标确定施工方，支出46.80万元。",
    "bought by purchase": "无政府采购事项。通过政府采购购置设备支出38.60万元。",
    "a mark before its label": "未发生公务接待费。\n3.公务接待费支出2.10万元。",
    "a bracket before its label": "未发生公务接待费。\n（三）公务接待费支出2.10万元。",
}
ASKED = {
    "running costs": "我单位没有公务用车。公务用车运行维护费3.5万元。",
    "a vehicle bought": "未发生公务用车购置费。当年新购工程车1辆。",
    "a vehicle for nothing": "公务用车购置费0万元。全年新购防汛车1辆。",
    "vehicles of another kind": "共有公务用车4辆，全部为执法执勤用车。共有车辆4辆，其中应急保障用车1辆。",
    "all for office": "公务用车保有量为6辆。共有车辆8辆，均为一般公务用车。",
    "guests": "全年未发生公务接待费。国内公务接待5批次。",
    "another item": "没有职工培训经费。职工培训经费2.00万元。",
}
RIGHT = {
    "last year": "我单位无政府性基金预算支出。2022年政府性基金预算支出35万元。",
    "planned": "全年未发生公务接待费。公务接待费年初预算2.00万元，决算0万元。",
    "nothing": "未发生公务接待费。公务接待费0万元。",
    "nothing bought": "公务用车购置费0万元，全年购置公务用车0辆。",
    "carried over of a part": "年末结余25.40万元。\n（二）政府性基金\n本年度无结转结余资金。",
    "one of two things": "年末结转25.40万元。本年度无结余资金。",
    "carried over of last year": "2022年年末结余25.40万元。本年度无结转结余资金。",
    "kept by two": "局机关及所属单位公务用车保有量5辆。年末公务用车保有量6辆。",
    "all of the kind": "共有公务用车4辆，全部为执法执勤用车。其中执法执勤用车4辆。",
    "no guests of a kind": "未发生公务接待费。接待游客12.00万人次。",
    "income only": "没有政府性基金预算支出。政府性基金收入12.00万元。",
    "purchase and running": "未发生公务用车购置费。公务用车购置及运行维护费3.00万元。",
    "worse only": "没有违规支出。支出30.00万元。",
    "a part": "项目支出中没有公务接待费。公务接待费2.00万元。",
    "behind its name, of last year": "上年公务用车购置及运行维护费全年没有产生。公务用车运行维护费2.10万元。",
    "behind its name, of another thing": "公务用车购置及运行维护费全年没有产生。公务接待费2.10万元。",
    "behind its name, nothing": "公务用车购置及运行维护费全年没有产生。公务用车购置费0万元，公务用车运行维护费0万元。",
    "bought without tender": "本年度没有政府采购支出。大门修缮自行比价实施，支出46.80万元。",
    "tender to come": "本年度没有政府采购支出。大门修缮拟通过公开招标实施，预算46.80万元。",
    "bought otherwise": "无政府采购事项。设备购置支出38.60万元。",
    "a mark before nothing": "未发生公务接待费。\n3.公务接待费支出0万元。",
    "vehicles of last year": "本单位无公务用车。上年公务用车保有量2辆。",
}


@pytest.mark.parametrize("raw", WRONG.values(), ids=WRONG)
def test_an_amount_of_what_is_denied_is_wrong(raw: str) -> None:
    assert levels("R53", raw) == {ERROR}


@pytest.mark.parametrize("raw", ASKED.values(), ids=ASKED)
def test_what_other_money_may_have_paid_is_asked(raw: str) -> None:
    assert levels("R53", raw) == {CHECK}


@pytest.mark.parametrize("raw", RIGHT.values(), ids=RIGHT)
def test_another_year_stage_or_part_is_no_contradiction(raw: str) -> None:
    assert levels("R53", raw) == set()


def test_what_was_not_bought_by_tender_contradicts_nothing() -> None:
    text = "本年度没有政府采购支出。大门修缮未通过公开招标实施，支出46.80万元。"
    assert findings_of("R53", text) == []
