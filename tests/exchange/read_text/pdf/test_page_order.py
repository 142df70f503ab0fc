"""Pages are read from the top down, also where a line was drawn anew."""

from __future__ import annotations

from desktop.exchange.read_text.pdf.page_order import as_seen, drawn_as_read
from tests.exchange.pdf_files import run

LINES = [run(70, 700 - 20 * n, f"第{n}行的文字") for n in range(6)]


def test_a_page_drawn_from_the_top_keeps_its_order() -> None:
    assert drawn_as_read(LINES)


def test_a_line_mended_last_is_read_in_its_place() -> None:
    mended = [*LINES[:2], *LINES[3:], LINES[2]]
    assert not drawn_as_read(mended)
    assert as_seen(mended) == LINES


def test_what_was_added_to_a_line_is_read_with_it() -> None:
    stop = run(LINES[0].right, 700.5, "。")
    assert as_seen([*LINES, stop])[:2] == [LINES[0], stop]


def test_columns_keep_the_order_in_which_they_were_drawn() -> None:
    right = [run(350, 700 - 20 * n, f"右栏第{n}行") for n in range(6)]
    assert drawn_as_read([*LINES, *right])
