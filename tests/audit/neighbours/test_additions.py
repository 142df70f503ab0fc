"""R2n: totals, differences and rests that only the numbers beside them explain."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.audit.rule_cases import findings_of

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("right", "slipped"),
    [
        ("本年政法编制72名、事业编制18名，编制总数90名。", "编制总数60名"),
        ("年初批复2684.50万元，年中追加办案费386.27万元，调整后为3070.77万元。", "调整后为3370.77万元"),
        ("固定资产原值986.24万元，累计折旧312.07万元，净值674.17万元。", "净值644.17万元"),
        ("目标修缮120户，完成112户，完成率93.33%，欠8户。", "欠5户"),
        ("拨款总额7985.40万元，来自县级6721.35万元、市级1264.05万元。", "拨款总额7685.40万元"),
        ("收入总计6873.05万元，支出总计6873.05万元。", "支出总计6573.05万元"),
    ],
)
def test_a_number_one_digit_off_what_its_words_say_is_wrong(
    codes_on: Codes, right: str, slipped: str
) -> None:
    words = slipped.rstrip("0123456789.万元名户")
    at = right.rfind(words)
    end = next(n for n in range(at, len(right)) if right[n] in "，。")
    assert codes_on(right) == []
    assert "R2n" in codes_on(right[:at] + slipped + right[end:])


def test_a_part_told_by_its_place_alone_is_asked_about(codes_on: Codes) -> None:
    text = "全年支出958.31万元，上半年{}万元，七月以后392.95万元，节奏偏快。"
    assert "R2n" not in codes_on(text.format("565.36"), "核实")
    assert "R2n" in codes_on(text.format("585.36"), "核实")


def test_short_numbers_that_chance_would_hit_are_left_alone(codes_on: Codes) -> None:
    assert codes_on("下设6个股室、3个中心，另有工作队8个。", "核实") == []


def test_the_finding_names_the_sum_and_marks_its_numbers() -> None:
    (finding,) = findings_of("R2n", "年初批复2684.50万元，年中追加386.27万元，调整后为3370.77万元。")
    assert "2684.5＋386.27＝3070.77万元" in finding.message
    assert len(finding.spans) == 3


def test_what_another_rule_has_asked_about_is_not_told_again(codes_on: Codes) -> None:
    told = codes_on("支出决算100.00万元。基本支出60.00万元，项目支出45.00万元。")
    assert told.count("R2") + told.count("R2n") == 1
