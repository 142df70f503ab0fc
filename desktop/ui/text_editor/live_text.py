"""A text with fields that follow the data: what it shows, what is stored, and how the values stay right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtGui import QTextCursor

from desktop.domain.fields import fields
from desktop.domain.fields.fields import Piece
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline_edits import title_of
from desktop.ui.session import Session
from desktop.ui.text_editor import field_document as doc
from desktop.ui.text_editor.field_document import Run
from desktop.ui.widgets.form import TextField


class LiveText(TextField):
    """What stands here reads as it is printed; what is stored has marks for the fields."""

    _stored: str | None = None
    """The stored text this was last told; None before the first time."""
    _clean = ""
    """What would be stored if nothing had been typed since."""
    _busy = _composing = _saving = False

    def __init__(self, session: Session, key: FactKey) -> None:
        self._shown: dict[str, str] = {}
        super().__init__(session, key)

    # -- what is shown, and what is stored ---------------------------------------------------------------

    def toPlainText(self) -> str:
        return doc.text_of(self.document())

    def stored(self) -> str:
        return fields.stored_of(doc.pieces_of(self.document()))

    def show_fact(self, key: FactKey) -> None:
        self.save()
        if key != self.key:
            self._stored, self.key = None, key
        self.load()

    def load(self) -> None:
        """Take over the stored text, unless it is the one this was told, and the values of its fields."""
        stored = self._session.sheet.text(self.key)
        known = stored == self._stored
        if not (known and self._follow_values()):
            self._show(stored, same_section=self._stored is not None)
            self._stored, self._clean = stored, self.stored()
        self._pause.stop()
        self._mark()

    def changed_elsewhere(self) -> None:
        if self._pause.isActive() or self._saving:
            self._follow_values()
        else:
            self.load()

    @property
    def unsaved(self) -> bool:
        return self.stored().strip("\n") != self._clean.strip("\n")

    def save(self) -> None:
        """One step of the session; what is undone after it, the session undoes."""
        self._pause.stop()
        if self.unsaved:
            title = title_of(self._session.sheet, self.key.row) or "未归入提纲的内容"
            self.save_as(f"修改“{title}”", ())

    def save_as(self, label: str, facts: Iterable[tuple[FactKey, str | None]]) -> None:
        """The text, and the facts of what stands in it, as one step."""
        self._pause.stop()
        wanted = self.stored()
        text = wanted.strip("\n") if wanted.strip() else ""
        self._saving = True
        self._session.write(label, [(self.key, text), *facts])
        self._saving = False
        self._stored = self._session.sheet.text(self.key)
        if self._stored == text:  # else it could not be saved, and stays here to be saved again
            self._clean = wanted
            self.document().clearUndoRedoStacks()

    def _show(self, stored: str, *, same_section: bool) -> None:
        old, places = self.toPlainText(), (self.textCursor().anchor(), self.textCursor().position())
        scroll = self.verticalScrollBar().value()
        parts = fields.pieces(self._session.assessment, stored)
        self._shown = {p.field: p.text for p in parts if p.field and not p.frozen}
        with self._quietly():
            self.document().setUndoRedoEnabled(False)
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            doc.put(cursor, parts)
            self.document().setUndoRedoEnabled(True)
        if same_section:
            new = self.toPlainText()
            self._select(*(doc.carried(old, new, place) for place in places))
            self.verticalScrollBar().setValue(scroll)
        else:
            self._select(0, 0)
            self.verticalScrollBar().setValue(0)

    def _follow_values(self) -> bool:
        """Let the fields show what the data are now. False where a field is none any more."""
        assessment = self._session.assessment
        now = {name: fields.value_of(assessment, name) for name in self._shown}
        if None in now.values():
            return False
        if not self._composing and any(value != self._shown[name] for name, value in now.items()):
            self._shown = {name: value or "" for name, value in now.items()}
            self._match()
            self._mark()
        return True

    def _match(self) -> None:
        """Put the values into the fields; cursor, selection and scroll stay.

        What was typed and not yet saved is undone by the session from now on: a step of Qt's would undo
        the values too.
        """
        document, moved = self.document(), list[tuple[Run, int]]()
        scroll = self.verticalScrollBar().value()
        place, anchor = self.textCursor().position(), self.textCursor().anchor()
        with self._quietly(), self._one_step(joined=False):
            for run in reversed(doc.runs(document)):
                value = self._shown.get(run.field, run.text)
                if not run.frozen and run.text != value:
                    piece = Piece(value, run.field)
                    cursor = doc.cursor_over(document, run.start, run.end)
                    doc.put(cursor, [piece], doc.look(run.field, value, False, run.serial))
                    moved.append((run, cursor.position() - run.start))
        document.clearUndoRedoStacks()
        self._select(doc.shifted(anchor, moved), doc.shifted(place, moved))
        self.verticalScrollBar().setValue(scroll)

    def _select(self, anchor: int, place: int) -> None:
        last = self.document().characterCount() - 1
        self.setTextCursor(doc.cursor_over(self.document(), min(anchor, last), min(place, last)))

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """Changes of ours: nobody typed them."""
        self.blockSignals(True)
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
            self.blockSignals(False)

    @contextmanager
    def _one_step(self, joined: bool) -> Iterator[None]:
        cursor = QTextCursor(self.document())
        if joined:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        try:
            yield
        finally:
            cursor.endEditBlock()
