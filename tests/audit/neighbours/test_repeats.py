"""R7n, R7u: one figure written in two ways."""

from __future__ import annotations

from collections.abc import Callable

from tests.audit.rule_cases import findings_of

Codes = Callable[..., list[str]]


def test_two_digits_swapped_between_two_tellings_are_wrong(codes_on: Codes) -> None:
    text = "饮水养护资金215.90万元已拨付到站。检查发现，饮水养护经费{}万元全部到账。"
    assert "R7n" not in codes_on(text.format("215.90"))
    assert "R7n" in codes_on(text.format("251.90"))


def test_amounts_of_few_digits_and_other_names_are_no_repeats(codes_on: Codes) -> None:
    text = "办公费12.00万元，差旅费21.00万元。"
    assert "R7n" not in codes_on(text) + codes_on(text, "核实")


def test_a_conversion_with_the_point_moved_is_wrong_and_says_what_is_right() -> None:
    (finding,) = findings_of("R7u", "五个项目合计7,753,000元，折合77.53万元。")
    assert finding.expected == "775.3万元"


def test_a_conversion_to_the_digits_shown_is_silent() -> None:
    assert (
        findings_of("R7u", "五个项目合计7,753,000元，折合775.30万元；全年支出9,312.00万元，约0.93亿元。")
        == []
    )
