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
