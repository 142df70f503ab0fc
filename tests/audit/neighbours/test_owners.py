"""R2p: a total and the parts right behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.audit.auditing import audit_text

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("核定编制20名（行政8名、事业{}名）；年末在职19人（行政7人、事业12人），上年末为18人。", "12", "15"),
        (
            "年末在册低保对象7,846人，其中城市1,204人、农村{}人；特困人员1,358人，集中供养321人。",
            "6,642",
            "6,942",
        ),
        (
            "机关运行经费56.44万元。政府采购支出62.10万元，其中货物13.70万元、服务{}万元；授予中小企业48.40万元。",
            "48.40",
            "41.40",
        ),
    ],
    ids=["in a bracket", "before a semicolon", "amounts"],
)
def test_parts_behind_their_total_that_one_digit_parts_from_it_are_wrong(
    codes_on: Codes, text: str, right: str, wrong: str
) -> None:
    assert "R2p" not in codes_on(text.format(right))
    assert "R2p" in codes_on(text.format(wrong))


@pytest.mark.parametrize(
    "text",
    [
        "核定编制20名，其中行政8名、事业12名，退休6名。",
        "项目支出268万元，主要包括管理费2.5万元、拨付资金235万元。",
        "编制20名，在职18名，退休6名。",
        "资产总额1246.13万元，包括固定资产1018.25万元、负债83.41万元等。",
    ],
    ids=["a further number behind the parts", "the main ones", "no list", "not all"],
)
def test_numbers_behind_a_total_that_need_not_make_it_are_no_finding(text: str) -> None:
    assert not [f for f in audit_text(text) if f.code == "R2p"]
