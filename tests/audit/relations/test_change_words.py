"""The word of a change told by its amount."""

from __future__ import annotations

import pytest

from desktop.audit.finding import ERROR
from tests.audit.rule_cases import findings_of, levels

WRONG = {
    "older figure inline": "会议费12.40万元，比上年15.10万元增加2.70万元。",
    "older figure first": "2022年收入总计为812.60万元，2023年收入总计为846.10万元，减少33.50万元。",
    "two years, newer first": "2023年度收支总计846.10万元，2022年度为812.60万元，收支总计各减少33.50万元。",
    "older figure elsewhere": "年初结转和结余52.31万元。\n年末结转和结余40.22万元，比上年增加12.09万元。",
}
RIGHT = {
    "older figure inline": "会议费12.40万元，比上年15.10万元减少2.70万元，下降17.88%。",
    "another amount": "会议费12.40万元，比上年15.10万元增加3.20万元。",
    "older figure elsewhere": "年初结转和结余52.31万元。\n年末结转和结余64.40万元，比上年增加12.09万元。",
}


@pytest.mark.parametrize("raw", WRONG.values(), ids=WRONG)
def test_a_change_the_other_way_is_wrong(raw: str) -> None:
    assert levels("R52", raw) == {ERROR}


@pytest.mark.parametrize("raw", RIGHT.values(), ids=RIGHT)
def test_a_change_that_fits_is_right(raw: str) -> None:
    assert levels("R52", raw) == set()


def test_amount_and_rate_go_the_same_way() -> None:
    sure = "维修费上年为20.00万元，本年增加3.00万元，下降15.00%。维修费23.00万元用于库房。"
    assert findings_of("R52", sure)[0].expected == "增长15.00%"
    assert levels("R52", "维修费23.00万元，比上年增加3.00万元，下降15.00%。") == {ERROR}
