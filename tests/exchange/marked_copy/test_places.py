"""Spans of the text and the pieces of the file that they lie in."""

from __future__ import annotations

from desktop.audit.finding import Span
from desktop.exchange.marked_copy.places import Part, Places
from desktop.exchange.read_text.lines import DocumentLine, Piece


def test_blanks_count_nowhere_and_a_span_may_lie_in_several_pieces() -> None:
    one, two, three = Piece("支 出", 1, "a"), Piece("12 万", 2, "b"), Piece("元。", 2, "c")
    lines = [DocumentLine("支出12万", source=(one, two)), DocumentLine(" 元 。", source=(three,))]
    # 支出12万 / 元 。
    found = Places(lines, [Span(1, 5), Span(4, 8), Span(5, 6)])
    assert found.parts(Span(1, 5)) == [Part(one, 1, 1), Part(two, 0, 2)]
    assert found.parts(Span(4, 8)) == [Part(two, 2, 2), Part(three, 0, 0)]
    assert found.parts(Span(5, 6)) == []
    assert (found.page(Span(1, 5)), found.page(Span(4, 8))) == (1, 2)


def test_a_line_that_is_not_made_of_its_pieces_stands_nowhere() -> None:
    lines = [
        DocumentLine("甲乙", source=(Piece("甲", 1, "a"),)),
        DocumentLine("丙", source=(Piece("丙", 3, "c"),)),
    ]
    found = Places(lines, [Span(0, 2), Span(3, 4)])
    assert [part.piece.place for part in found.parts(Span(0, 2))] == [None]
    assert [part.piece.place for part in found.parts(Span(3, 4))] == ["c"]
