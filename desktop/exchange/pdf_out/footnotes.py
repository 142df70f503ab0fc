"""Footnotes at the foot of the page on which their marks stand; the text above leaves them room.

Needs reportlab at import: import this module inside the functions that use it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Frame

from desktop.exchange.pdf_out.paragraphs import RAISED, STYLES, Faces, GovParagraph

_RULE_WIDTH, _RULE_ROOM = 40 * mm, 10.0
"""The short line above the notes, and the room it takes."""
_ENDLESS = 1e6
_HAIR = 1e-6


class Note(NamedTuple):
    """The mark as it stands in the text, and the words as they stand below."""

    mark: str
    words: GovParagraph


class NotedParagraph(GovParagraph):
    """A paragraph with footnotes: where it is parted, each goes to the page of its mark."""

    def __init__(self, runs: Any, faces: Faces, notes: Sequence[Note]) -> None:
        super().__init__(runs, STYLES["body"], faces)
        self.notes = tuple(notes)

    def notes_in(self, count: int) -> list[Note]:
        """Those whose marks stand in the first `count` lines as last set."""
        raised = {place for place, face in enumerate(self._setter.run_faces) if face.startswith(RAISED)}
        marks = {token.text for line in self._lines[:count] for token in line.tokens if token.run in raised}
        return [note for note in self.notes if note.mark in marks]

    def split(self, width: float, height: float) -> list[Flowable]:
        lines = self.lines_for(width)
        fit = len(lines)
        while fit and fit * self.style.leading + notes_height(self.notes_in(fit), width) > height + _HAIR:
            fit -= 1
        return super().split(width, (fit + 0.1) * self.style.leading)

    def _part(self, start: int, end: int) -> NotedParagraph:
        part = super()._part(start, end)
        noted = NotedParagraph(self.runs, self.faces, self.notes)
        noted.__dict__.update(part.__dict__, notes=self.notes)
        return noted


class NotesFrame(Frame):  # type: ignore[misc]
    """The room for text of a page, which ends above the footnotes of what stands in it."""

    def _reset(self) -> None:
        super()._reset()
        self._y1p = self._y1 + self._bottomPadding
        self.notes: list[Note] = []

    def add(self, flowable: Flowable, canv: Any, trySplit: int = 0) -> int:
        if not isinstance(flowable, NotedParagraph):
            return int(self._add(flowable, canv, trySplit))
        lines = flowable.lines_for(self._aW)
        notes = flowable.notes_in(len(lines))
        before = self._y1p
        self._y1p += notes_height(notes, self._aW) - (_RULE_ROOM if self.notes else 0)
        if not notes:
            self._y1p = before
        if self._add(flowable, canv, trySplit):
            self.notes += notes
            return 1
        self._y1p = before
        return 0


def notes_height(notes: Sequence[Note], width: float) -> float:
    """With the line above them; of none nothing."""
    return sum(note.words.wrap(width, _ENDLESS)[1] for note in notes) + _RULE_ROOM if notes else 0.0


def draw_notes(canvas: Any, document: Any) -> None:
    """Called at the end of a page."""
    frame = document.pageTemplate.frames[0]
    notes = getattr(frame, "notes", ())
    if not notes:
        return
    y = frame._y1 + notes_height(notes, frame._aW)
    canvas.saveState()
    canvas.setLineWidth(0.5)
    canvas.line(frame._x1, y - _RULE_ROOM / 2, frame._x1 + _RULE_WIDTH, y - _RULE_ROOM / 2)
    canvas.restoreState()
    y -= _RULE_ROOM
    for note in notes:
        y -= note.words.height
        note.words.drawOn(canvas, frame._x1, y)
