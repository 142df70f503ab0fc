"""When a number is one slip of a hand from what others make, and when that would be chance."""

from __future__ import annotations

from desktop.audit.guesses import SUM, Guess, is_no_chance, near_miss


def _guess(value: int, *, worded: bool = True, adjacent: bool = False) -> Guess:
    return Guess(value, (), SUM, worded, adjacent)


def test_one_digit_changed_is_a_near_miss_and_two_are_none() -> None:
    assert near_miss(337077, [_guess(307077)], 2, 100) is not None
    assert near_miss(337977, [_guess(307077)], 2, 100) is None


def test_a_short_number_needs_a_guess_that_nothing_else_can_be_meant_by() -> None:
    assert near_miss(30, [_guess(20)], 0, 1) is None
    assert near_miss(30, [_guess(20, adjacent=True)], 0, 1) is not None


def test_the_more_guesses_were_tried_the_more_digits_are_needed() -> None:
    others = [_guess(value, worded=False) for value in range(5000, 5400, 7)]
    wanted = _guess(9312, worded=False)
    assert near_miss(9512, [wanted, *others], 2, 100) is wanted
    assert near_miss(9512, [*others, wanted], 2, 100) is None


def test_noughts_at_the_end_prove_nothing_of_an_amount() -> None:
    assert not is_no_chance(930000, 930000, 4)
    assert is_no_chance(931247, 931247, 4)
