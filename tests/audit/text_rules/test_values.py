"""One figure with two values."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "核定编制总数46人。经费由财政全额保障。核定编制总数48人。",
        "“三公经费”决算支出10.25万元。厉行节约。“三公经费”决算支出12.25万元。",
        "群众满意度95%。开展了调查。群众满意度90%。",
    ],
)
def test_two_values_of_one_figure_are_found(text: str, codes_on: Callable[..., list[str]]) -> None:
    assert "R7" in codes_on(text)


@pytest.mark.parametrize(
    "text",
    [
        "2022年公务接待费支出3.25万元，2021年公务接待费支出4.25万元。",
        "公务接待费预算4.5万元。公务接待费决算3.25万元。",
        "基本支出1500.50万元。全年基本支出1500.5万元。",
        "支出决算10万元。支出决算20万元。",
    ],
)
def test_other_years_stages_and_general_words_are_no_contradiction(
    text: str, codes_on: Callable[..., list[str]]
) -> None:
    assert "R7" not in codes_on(text)
