"""Fields in a document of Qt's: how they look, where they stand, and how pieces of text go in and come out.

A field never crosses a paragraph: its own line breaks are soft ones. A number in its format tells it from a
field beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from PySide6.QtGui import QColor, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from desktop.domain.fields.block_fields import stands_for_itself
from desktop.domain.fields.fields import UNFILLED, Piece
from desktop.domain.text_blocks.marks import NOTE, block_number
from desktop.ui import theme

_NAME = int(QTextFormat.Property.UserProperty.value) + 1
_FROZEN, _SERIAL = _NAME + 1, _NAME + 2
_FEW = 64
_BREAK, _PARAGRAPH = "\u2028", "\u2029"
_serials = count(1)
PLAIN = QTextCharFormat()


class Run(NamedTuple):
    """A field where it stands; `start` and `end` count as Qt does."""

    start: int
    end: int
    text: str
    field: str
    frozen: bool
    serial: int

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end

    @property
    def block(self) -> str:
        """The number of the table or picture that this stands for; '' for a field of words."""
        return block_number(self.field)

    @property
    def is_note(self) -> bool:
        return self.field == NOTE


def look(field: str, text: str, frozen: bool, serial: int = 0) -> QTextCharFormat:
    """The format of a field, which is also what the document knows of it."""
    made = QTextCharFormat()
    made.setProperty(_NAME, field)
    made.setProperty(_FROZEN, frozen)
    made.setProperty(_SERIAL, serial or next(_serials))
    if stands_for_itself(field):
        is_note = field == NOTE
        made.setBackground(QColor(theme.NOTE if is_note else theme.BLOCK))
        made.setForeground(QColor(theme.NOTE_INK if is_note else theme.BLOCK_INK))
        return made
    made.setBackground(QColor(theme.FROZEN if frozen else theme.FIELD))
    unfilled = not frozen and UNFILLED.search(text)
    made.setForeground(QColor(theme.WARN if unfilled else theme.FROZEN_INK if frozen else theme.FIELD_INK))
    return made


def look_of(run: Run, frozen: bool) -> QTextCharFormat:
    return look(run.field, run.text, frozen, run.serial)


def runs(document: QTextDocument, first: int = 0, last: int | None = None) -> list[Run]:
    """The fields of the paragraphs from one place to another, in order."""
    block = document.findBlock(first)
    end = document.characterCount() if last is None else last
    found: list[Run] = []
    while block.isValid() and block.position() <= end:
        found += runs_in(block)
        block = block.next()
    return found


def touching(document: QTextDocument, first: int, last: int) -> list[Run]:
    """The fields that a stretch holds a part of or ends at."""
    if _is_plain(document, first, last):
        return []
    return [run for run in runs(document, first, last) if run.start <= last and first <= run.end]


def _is_plain(document: QTextDocument, first: int, last: int) -> bool:
    """A quick look at a few characters; to go through a long paragraph costs more than a key may."""
    if last - first > _FEW:
        return False
    cursor = QTextCursor(document)
    for place in range(first, min(last + 2, document.characterCount())):
        cursor.setPosition(place)  # its format is that of the character before
        if cursor.charFormat().property(_NAME):
            return False
    return True


def _fragments(block: QTextBlock) -> Iterator[tuple[int, int, str, QTextCharFormat]]:
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        start = fragment.position()
        yield start, start + fragment.length(), fragment.text(), fragment.charFormat()
        place += 1


def runs_in(block: QTextBlock) -> list[Run]:
    """The fields of one paragraph."""
    found: list[Run] = []
    for start, end, text, made in _fragments(block):
        name = made.property(_NAME)
        if not name:
            continue
        run = Run(start, end, _said(text), name, bool(made.property(_FROZEN)), int(made.property(_SERIAL)))
        last = found[-1] if found else None
        if last is not None and last.serial == run.serial and last.end == start:
            whole, frozen = last.text + run.text, last.frozen and run.frozen
            run = run._replace(start=last.start, text=whole, frozen=frozen)
            found.pop()
        found.append(run)
    return found


def pieces_of(document: QTextDocument) -> list[Piece]:
    """The whole document, its fields as fields."""
    found: list[Piece] = []
    block = document.begin()
    while block.isValid():
        if block.position():
            found.append(Piece("\n"))
        serial = 0
        for _, _, text, made in _fragments(block):
            name = made.property(_NAME)
            if not name:
                found.append(Piece(_said(text)))
            elif made.property(_SERIAL) == serial:  # a field whose look changes within it
                found[-1] = found[-1]._replace(text=found[-1].text + _said(text))
            else:
                found.append(Piece(_said(text), name, bool(made.property(_FROZEN))))
            serial = int(made.property(_SERIAL) or 0)
        block = block.next()
    return found


def selected_pieces(cursor: QTextCursor) -> list[Piece]:
    """What is selected; a field of which only a part is selected becomes plain text."""
    document, at, end = cursor.document(), cursor.selectionStart(), cursor.selectionEnd()
    found: list[Piece] = []
    for run in runs(document, at, end):
        if at <= run.start and run.end <= end:
            found += [Piece(between(document, at, run.start)), Piece(run.text, run.field, run.frozen)]
            at = run.end
    return [*found, Piece(between(document, at, end))]


def between(document: QTextDocument, start: int, end: int) -> str:
    return _said(cursor_over(document, start, end).selectedText())


def cursor_over(document: QTextDocument, start: int, end: int) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def text_of(document: QTextDocument) -> str:
    """All that is seen; unlike Qt's own, with no-break blanks as they are."""
    return _said(document.toRawText())


def is_written_in(document: QTextDocument, start: int, end: int, pen: QTextCharFormat) -> bool:
    """Whether a stretch is plain where the pen is, or in the pen's field where that is one."""
    serial = pen.property(_SERIAL)
    over = [run for run in touching(document, start, end) if run.start < end and start < run.end]
    if not serial:
        return not over
    return len(over) == 1 and over[0].serial == serial and over[0].holds(start, end)


def put(cursor: QTextCursor, parts: Iterable[Piece], pen: QTextCharFormat = PLAIN) -> None:
    """Write pieces in place of what is selected. Where `pen` is a field's, all of it goes into that field."""
    inside = bool(pen.property(_NAME))
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    for piece in parts:
        if inside or (piece.field and piece.text):
            made = pen if inside else look(piece.field, piece.text, piece.frozen)
            cursor.insertText(piece.text.replace("\n", _BREAK), made)
        else:
            cursor.insertText(piece.text, PLAIN)
    cursor.endEditBlock()


def _said(raw: str) -> str:
    return raw.replace(_PARAGRAPH, "\n").replace(_BREAK, "\n")


def carried(old: str, new: str, place: int) -> int:
    """Where a place of the old text is in the new one, reckoned from the end that stayed as it was."""
    if old[:place] == new[:place]:
        return place
    behind = len(old) - place
    return len(new) - behind if behind <= len(new) and old[place:] == new[len(new) - behind :] else place


def shifted(place: int, moved: Iterable[tuple[Run, int]]) -> int:
    """Where a place is after the fields before it have become longer or shorter."""
    before = [(run, length) for run, length in moved if run.start < place]
    shift = sum(length - (run.end - run.start) for run, length in before if run.end <= place)
    inside = next(((run, length) for run, length in before if run.end > place), None)
    return min(place, inside[0].start + inside[1]) + shift if inside else place + shift
