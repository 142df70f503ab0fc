"""Sums: the same whatever the order, kept up by what changed, and no two reports alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.storage.checksums import fact_sum, heading_sum, part_sum, report_sum, step_sum, total

CELLS = st.tuples(*[st.text(max_size=3)] * 4)


@given(st.lists(CELLS))
def test_order_does_not_matter(cells: list[tuple[str, str, str, str]]) -> None:
    mixed = sorted(cells, reverse=True)
    assert report_sum(1, 2024, "s", cells) == report_sum(1, 2024, "s", mixed)


@given(CELLS, CELLS)
def test_no_letter_goes_over_to_the_neighbour(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert (part_sum(*one) == part_sum(*other)) == (one == other)
    assert fact_sum(*one) == part_sum(*one)  # type: ignore[call-arg]


@given(st.lists(CELLS), CELLS, CELLS)
def test_a_change_is_one_part_for_another(
    rest: list[tuple[str, str, str, str]], old: tuple[str, str, str, str], new: tuple[str, str, str, str]
) -> None:
    before = report_sum(1, 2024, "s", [*rest, old])
    assert total([-fact_sum(*old), fact_sum(*new)], before) == report_sum(1, 2024, "s", [*rest, new])
    assert -(1 << 63) <= before < 1 << 63


def test_whose_report_it_is_counts() -> None:
    assert len({heading_sum(1, 2024, "s"), heading_sum(2, 2024, "s"), heading_sum(1, 2023, "s")}) == 3


def test_what_is_no_text_has_no_texts_sum() -> None:
    values = ("5", 5, 5.0, b"5", None, "None", "b'5'")
    assert len({fact_sum("t", "r", "c", value) for value in values}) == len(values)  # type: ignore[arg-type]


def test_a_missing_step_is_not_step_zero() -> None:
    assert step_sum(1, "", "", "edit", 1, "[]", None, "") != step_sum(1, "", "", "edit", 1, "[]", 0, "")
