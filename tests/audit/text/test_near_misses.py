"""Which numbers one slip of a hand parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.audit.text.near_misses import is_near_miss, swapped


@pytest.mark.parametrize("other", ["45.38", "45.86", "4.68", "455.68", "4568"])
def test_one_slip_of_a_hand_is_a_near_miss(other: str) -> None:
    assert is_near_miss(Decimal("45.68"), Decimal(other), 2)


@pytest.mark.parametrize("other", ["45.68", "47.92", "54.86", "446.78"])
def test_the_same_number_and_two_slips_are_none(other: str) -> None:
    assert not is_near_miss(Decimal("45.68"), Decimal(other), 2)


def test_nobody_writes_a_sign_by_a_slip() -> None:
    assert not is_near_miss(Decimal("45.68"), Decimal("-45.68"), 2)
    assert not is_near_miss(Decimal("-45.68"), Decimal("-45.86"), 2)


def test_two_neighbours_that_are_alike_are_not_swapped() -> None:
    assert [str(n) for n in swapped(Decimal("44.5"), 1)] == ["45.4"]
