"""Terms of the field with one slip, and what only looks like one."""

from __future__ import annotations

import pytest

from desktop.audit.text.term_slips import slips


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("全年公务接侍费3万元", "公务接待费"),
        ("加强绩郊评价", "绩效评价"),
        ("完善评佔办法", "评估"),
        ("各职能部部门配合", "职能部门"),
        ("下达财政政拨款", "财政拨款"),
        ("严格预执算行", "预算执行"),
        ("缴存住房积金", "住房公积金"),
        ("一般共预算支出", "一般公共预算"),
    ],
)
def test_a_term_with_one_slip_is_found(text: str, right: str) -> None:
    (slip,) = slips(text)
    assert slip.right == right
    assert text[slip.start : slip.start + len(slip.wrong)] == slip.wrong


@pytest.mark.parametrize(
    "text",
    [
        "财政部部门决算，外交部部长，工作作风，管理理念，资金金额。",
        "绩效评分、绩效评估、绩效考核、财政拨付、预算单位、公用车辆。",
        "周边制造企业，为护航发展，应该算清，面积效益，不予算入，承接代办，亲近度，按规定交纳，向办公倾斜，直播款项。",
        "保持稳定势头，机关运行费，公务车购置，满意指标，社会保障就业。",
        "一般公共预算财政拨款基本支出，年初结转和结余，公务用车运行维护费。",
    ],
)
def test_other_words_are_no_slips(text: str) -> None:
    assert list(slips(text)) == []
