"""Parts larger than what they are a part of."""

from __future__ import annotations

import pytest

from desktop.audit.finding import CHECK
from tests.audit.rule_cases import levels

ASKED = (
    "住房保障支出21.00万元。人员经费中住房公积金25.00万元。",
    "社会保障和就业支出40.00万元。基本养老保险缴费30.00万元，职业年金缴费15.00万元。",
    "政府采购支出总额60.00万元，授予中小企业合同金额75.00万元。",
    "授予中小企业合同金额40.00万元，其中授予小微企业合同金额52.00万元。",
)


@pytest.mark.parametrize("raw", ASKED)
def test_a_part_larger_than_its_whole_is_asked(raw: str) -> None:
    assert levels("R54", raw) == {CHECK}


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
