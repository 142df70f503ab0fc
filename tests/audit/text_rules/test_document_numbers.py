"""R71: how numbers of documents are written."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels, marked


@pytest.mark.parametrize(
    "text",
    [
        "根据通知（清财绩[2023]8号）",
        "清财绩（2023）8号",
        "清政办发(2022)12号",
        "清财绩〔2023〕第8号",
        "清财绩〔2023〕08号",
    ],
)
def test_other_brackets_ordinals_and_zeros_are_hints(text: str) -> None:
    assert levels("R71", text) == {"提示"}


def test_many_of_one_kind_are_told_once() -> None:
    text = "清财绩[2023]8号、清财绩[2022]3号、清财绩[2021]5号、清财绩[2020]6号"
    (finding,) = findings_of("R71", text)
    assert "共4处" in finding.message and len(finding.spans) == 3
    assert marked("R71", text) == "[2023]"


@pytest.mark.parametrize("text", ["清财绩〔2023〕8号", "财政部令第12号", "图[2023]所示", "2023年第8号公告"])
def test_right_and_other_numbers_have_no_finding(text: str) -> None:
    assert findings_of("R71", text) == []
