"""Words found at every place where they stand."""

from __future__ import annotations

from desktop.audit.text.word_search import Words

WORDS = Words(("早灾", "水早灾害", "早灾区", "拔款", "核拔"))


def test_words_are_found_in_order_and_the_longest_first_at_one_place() -> None:
    assert list(WORDS.places("抗水早灾害，早灾区")) == [
        (1, "水早灾害"),
        (2, "早灾"),
        (6, "早灾区"),
        (6, "早灾"),
    ]


def test_words_that_overlap_are_both_found() -> None:
    assert list(WORDS.places("核拔款")) == [(0, "核拔"), (1, "拔款")]


def test_a_word_at_the_end_of_a_text_is_found_once() -> None:
    assert list(WORDS.places("受早灾")) == [(1, "早灾")]
    assert list(WORDS.places("受早")) == []
