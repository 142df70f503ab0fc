"""Shares: of which part and whole they are, and which of the three is wrong where they do not agree."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.audit.finding import CHECK, ERROR, Finding

OnText = Callable[[str], list[Finding]]


def of_shares(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.code == "R1"]


@pytest.mark.parametrize(
    "text",
    [
        # One whole each: the second list is of another total than the first.
        "本年收入合计500万元，其中：拨款450万元，占90%；其他收入50万元，占10%。本年支出合计400万元，其中：基本支出300万元，占75%；项目支出100万元，占25%。",
        # The bracket belongs to the amount before it.
        "收入400万元。拨款380万元（其中基金80万元），占总收入的95%。",
        # Purchases, not the whole budget.
        "支出合计900万元。政府采购支出总额50万元，授予中小企业合同金额40万元，占80%。",
        # In order, and of all three.
        "甲类20万元、乙类30万元、丙类50万元，三者占比分别为20%、30%和50%。",
        "全年预算（含结转）800万元，支出合计600万元。公务接待费预算2万元，决算1.5万元，完成预算的75%。",
    ],
)
def test_shares_of_their_own_whole_are_left_in_peace(text: str, findings_on: OnText) -> None:
    assert of_shares(findings_on(text)) == []


def test_a_share_unlike_its_neighbours_is_wrong(findings_on: OnText) -> None:
    text = (
        "支出合计400万元，其中：甲类200万元，占50%；乙类120万元，占30%；丙类60万元，占18%；丁类20万元，占5%。"
    )
    (finding,) = of_shares(findings_on(text))
    assert (finding.level, finding.expected) == (ERROR, "15.00%")


def test_the_amount_is_wrong_where_the_rest_of_the_total_fits_its_share(findings_on: OnText) -> None:
    text = "支出合计400万元，其中：甲类200万元，占50%；乙类120万元，占30%；丙类62.5万元，占16.25%；丁类15万元，占3.75%。"
    (finding,) = of_shares(findings_on(text))
    assert (finding.level, finding.expected) == (ERROR, "65.00万元")


def test_a_lone_share_of_a_whole_that_is_not_named_is_no_error(findings_on: OnText) -> None:
    text = "支出合计400万元。专项工作经费62万元，占18%。"
    assert [f.level for f in of_shares(findings_on(text))] in ([], [CHECK])


def test_a_share_above_all_is_never_called_for(findings_on: OnText) -> None:
    assert of_shares(findings_on("基本支出20万元。项目支出400万元，占基本支出的18.53%。")) == []


@pytest.mark.parametrize(
    "text",
    [
        # The amount that is parted, whose parts stand between.
        "支出合计402.60万元，其中：基本支出241.56万元，其中人员206.40万元，公用35.16万元，占{}%；项目支出161.04万元，占40.00%。",
        "支出合计402.60万元，其中：基本支出241.56万元，包括人员206.40万元，公用35.16万元，占{}%；项目支出161.04万元，占40.00%。",
    ],
)
def test_a_share_behind_the_parts_of_an_amount_may_be_of_that_amount(text: str, findings_on: OnText) -> None:
    assert of_shares(findings_on(text.format("60.00"))) == []
    assert of_shares(findings_on(text.format("66.00")))


def test_what_is_itself_a_part_of_the_whole_is_not_the_whole(findings_on: OnText) -> None:
    text = "支出402.60万元。道路支出382.47万元，占支出的95.00%；桥梁支出20.13万元，占支出的{}%。"
    assert of_shares(findings_on(text.format("5.00"))) == []
    # 20.13 ÷ 382.47, which is a part beside it.
    (finding,) = of_shares(findings_on(text.format("5.26")))
    assert (finding.level, finding.expected) == (ERROR, "5.00%")


def test_what_is_left_of_a_hundred_told_for_the_share_is_certain(findings_on: OnText) -> None:
    text = "支出合计402.60万元，其中：道路148.20万元，占{}%；桥梁120.40万元，占29.91%。"
    assert of_shares(findings_on(text.format("36.81"))) == []
    (swapped,) = of_shares(findings_on(text.format("63.19")))
    assert (swapped.level, swapped.expected) == (ERROR, "36.81%")
    # Another number than that may be of another whole.
    (other,) = of_shares(findings_on(text.format("62.19")))
    assert other.level == CHECK


def test_a_share_in_a_bracket_behind_parts_is_of_what_stands_before_it(
    codes_on: Callable[..., list[str]],
) -> None:
    text = "全年支出462.80万元，其中：基本支出371.60万元（工资346.30万元、补贴25.30万元，占80.29%），项目支出91.20万元（占19.71%）。"
    assert codes_on(text) == []


def test_shares_of_three_in_a_row_are_of_the_amounts_in_their_order(
    codes_on: Callable[..., list[str]],
) -> None:
    text = "收入400.00万元，其中财政拨款300.00万元、事业收入80.00万元、其他收入20.00万元，三者比重为75.00%、20.00%和{}%。"
    assert "R1" not in codes_on(text.format("5.00"))
    assert "R1" in codes_on(text.format("8.00"))


def test_a_share_tells_that_the_unit_of_its_amount_is_wrong(
    findings_on: Callable[[str], list[Finding]],
) -> None:
    text = "支出合计1119.70万元，其中：教育支出1022.48万元，占91.32%；农林水支出11.00元，占0.98%；住房保障支出86.22万元，占7.70%。"
    found = [f for f in findings_on(text) if f.code == "R1"]
    assert [(f.level, f.expected) for f in found] == [("错误", "11万元")]


@pytest.mark.parametrize(
    "text",
    [
        "一般公共预算财政拨款支出2940.05万元，占本年支出合计的100.00%。\n财政拨款收入支出总计2961.68万元。",
        "2024年总支出12,598.42亿元。总收入12,684.35万元。基本支出4,386.72万元，占34.82%；项目支出8,211.70万元，占65.18%。",
        "调整预算数21,545.50万元。全年支出19,872.36万元，约1.99亿元，占调整预算的92.23%。",
    ],
    ids=["another total", "its unit is wrong", "told again and rounded"],
)
def test_a_share_of_a_whole_told_otherwise_is_right(
    findings_on: Callable[[str], list[Finding]], text: str
) -> None:
    assert not [f for f in findings_on(text) if f.code == "R1"]


def test_a_part_told_again_as_the_owner_of_the_next_list_is_not_its_own_whole(
    findings_on: Callable[[str], list[Finding]],
) -> None:
    text = (
        "2023年总支出1635.53万元，其中基本支出930.34万元，占总支出的58.68%。\n"
        "2023年基本支出930.34万元，其中：人员经费815.72万元，占87.68%；公用经费114.62万元，占12.32%。"
    )
    assert [f.expected for f in findings_on(text) if f.code == "R1"] == ["56.88%"]
