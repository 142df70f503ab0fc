"""The editor of a section: a text with fields that follow the data, and are overwritten where one types in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QTextEdit

from desktop.domain.fields import fields
from desktop.domain.fields.fields import Piece
from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.marks import PLAIN_BRACKETS
from desktop.ui.dialogs import pop_up
from desktop.ui.hints import paragraph
from desktop.ui.session import Session
from desktop.ui.text_editor import field_document as doc
from desktop.ui.text_editor.field_document import PLAIN, Run
from desktop.ui.text_editor.live_text import LiveText
from desktop.ui.text_editor.marked_text import background_of
from desktop.ui.widgets.cell_menu import add_history

MIME = "application/x-report-text"
"""A text with its fields, for copying from section to section."""
_NONE = Qt.KeyboardModifier.NoModifier
LIVE_HINT = "随数据变化；改动即变为自定内容"


class FieldText(LiveText):
    """Typing in a field overwrites it; typing beside it does not."""

    _typing = _turning = _placed = False
    _active = 0
    """The field in which one types just now: it grows at its end, others do not."""
    _touched: tuple[int, int] | None = None

    def __init__(self, session: Session, key: FactKey) -> None:
        super().__init__(session, key)
        self.document().contentsChange.connect(self._note_touched)
        self.textChanged.connect(self._settle)

    # -- typing ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_step()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_step()
        elif event.matches(QKeySequence.StandardKey.InsertParagraphSeparator) and self._pen() != PLAIN:
            self.insert_pieces([Piece("\n")])
        else:
            self._type(self._deed_at_field(event) or (lambda: super(FieldText, self).keyPressEvent(event)))

    def _deed_at_field(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What a key does at a field, as one step to undo: Qt's own does not join with what follows from it."""
        if not self._near():
            return None
        cursor, words, held = self.textCursor(), event.text(), event.modifiers()
        control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
        deeds = {Qt.Key.Key_Backspace: cursor.deletePreviousChar, Qt.Key.Key_Delete: cursor.deleteChar}
        deed = deeds.get(Qt.Key(event.key())) if not held else None
        if (
            deed is None
            and words.isprintable()
            and words
            and held & (control | alt) in (_NONE, control | alt)
        ):
            deed = partial(doc.put, cursor, [Piece(words)], self._pen())
        return partial(self._as_one_step, deed, cursor) if deed else None

    def _as_one_step(self, deed: Callable[[], None], cursor: QTextCursor) -> None:
        with self._one_step(joined=False):
            deed()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        back = -event.replacementStart() if event.replacementLength() else 0
        self._type(lambda: super(FieldText, self).inputMethodEvent(event), max(back, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._active = 0
        super().mousePressEvent(event)

    def _type(self, act: Callable[[], None], back: int = 0) -> None:
        """Text goes into a field only where one types within it, not at its edges."""
        pen, start = self._pen(), self.textCursor().selectionStart() - back
        revision, near = self.document().revision(), self._near()
        self._typing, self._placed = True, False
        act()
        self._typing = False
        end = self.textCursor().position()
        if self.document().revision() == revision:
            self._active = 0
            return
        if end > start and not self._placed and not doc.is_written_in(self.document(), start, end, pen):
            with self._quietly(), self._one_step(joined=True):
                doc.cursor_over(self.document(), start, end).setCharFormat(pen)
        before = {run.serial: run.text for run in near}
        changed = (r.serial for r in self._near() if before.get(r.serial, r.text) != r.text)
        self._active = next(changed, 0)
        self._settle()

    def _near(self) -> list[Run]:
        """The fields that the selection touches."""
        start, end = self.textCursor().selectionStart(), self.textCursor().selectionEnd()
        return doc.touching(self.document(), start, end)

    def _pen(self) -> QTextCharFormat:
        """In what format text would go in here: that of a field one stands in or has selected whole."""
        start, end = self.textCursor().selectionStart(), self.textCursor().selectionEnd()
        for run in self._near():
            at_edge = start == end and start in (run.start, run.end)
            if not run.block and run.holds(start, end) and (not at_edge or run.serial == self._active):
                return doc.look_of(run, frozen=True)
        return PLAIN

    def _note_touched(self, place: int, _removed: int, added: int) -> None:
        if not self._busy:
            first, last = self._touched or (place, place)
            self._touched = min(first, place), max(last, place + added)

    def _settle(self) -> None:
        """After a change: a field with another text is overwritten, one that was torn apart is no field."""
        if self._busy or self._typing or self._touched is None:
            return
        (first, last), self._touched = self._touched, None
        if self._turning:
            self._match()
            return
        touched = doc.touching(self.document(), first, last)
        torn = [run.serial for run in touched]
        with self._quietly():
            for run in touched:
                if torn.count(run.serial) > 1:
                    self._give(run, PLAIN)
                elif run.block:
                    self._restore(run)
                elif not run.frozen and run.text != self._shown.get(run.field, run.text):
                    self._give(run, doc.look_of(run, frozen=True))

    def _give(self, run: Run, made: QTextCharFormat) -> None:
        with self._one_step(joined=True):
            doc.cursor_over(self.document(), run.start, run.end).setCharFormat(made)

    def _restore(self, run: Run) -> None:
        """A table or picture is called what it is, whatever was done to its name."""
        said = self._shown.get(run.field, run.text)
        if said != run.text:
            with self._one_step(joined=True):
                cursor = doc.cursor_over(self.document(), run.start, run.end)
                doc.put(cursor, [Piece(said, run.field)], doc.look(run.field, said, False, run.serial))

    def undo_step(self) -> None:
        """What was typed since the last save, then the steps of the report."""
        if self.document().isUndoAvailable():
            self._turn(self.undo)
        else:
            self.save()
            self._session.undo()

    def redo_step(self) -> None:
        if self.document().isRedoAvailable():
            self._turn(self.redo)
        else:
            self._session.redo()

    def _turn(self, turn: Callable[[], None]) -> None:
        self._turning = True
        turn()
        self._turning = False

    # -- copying -----------------------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:
        """Qt's own object, our contents: one made here would outlive Python on the clipboard, and crash."""
        parts = doc.selected_pieces(self.textCursor())
        data = super().createMimeDataFromSelection()
        data.text()  # Qt fills it when it is first read, and would then write over ours
        data.clear()
        data.setText("".join(piece.text for piece in parts))
        data.setData(MIME, fields.stored_of(parts).encode())
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return super().canInsertFromMimeData(source) and (source.hasText() or source.hasFormat(MIME))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Fields come only from a text of ours; anything else is plain, its brackets round."""
        if source.hasFormat(MIME):
            stored = bytes(source.data(MIME).data()).decode(errors="replace")
            parts = fields.pieces(self._session.assessment, stored)
        else:
            said = source.text().replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
            parts = [Piece(said.translate(PLAIN_BRACKETS))]
        self.insert_pieces(parts)

    def insert_pieces(self, parts: Iterable[Piece]) -> None:
        """Put text in at the cursor; within a field it becomes part of that."""
        parts, pen, cursor = list(parts), self._pen(), self.textCursor()
        self._shown |= {p.field: p.text for p in parts if p.field and not p.frozen}
        self._placed = True
        doc.put(cursor, parts, pen)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def insert_stored(self, stored: str) -> None:
        """Put in a text with marks, and save."""
        self.insert_pieces(fields.pieces(self._session.assessment, stored))
        self.save()

    def append_stored(self, stored: str, *, at_end: bool) -> None:
        """The same as paragraphs of their own, behind the one the cursor is in or behind all."""
        ends = QTextCursor.MoveOperation
        self.moveCursor(ends.End if at_end else ends.EndOfBlock)
        first = not self.textCursor().block().text()
        self.insert_stored(stored if first else "\n" + stored)

    # -- fields one by one -------------------------------------------------------------------------------

    def field_at(self, place: int) -> Run | None:
        """The field at a place, which counts as Qt does."""
        found = doc.runs(self.document(), place, place)
        return next((run for run in found if run.start <= place <= run.end), None)

    def change_field(self, run: Run, *, frozen: bool = False, plain: bool = False) -> None:
        """Keep the text a field has, let it follow the data again, or make it plain text; saved at once."""
        if plain or frozen:
            with self._quietly():
                self._give(run, PLAIN if plain else doc.look_of(run, frozen=True))
        else:
            value = fields.value_of(self._session.assessment, run.field) or run.text
            self._shown[run.field] = value
            cursor = doc.cursor_over(self.document(), run.start, run.end)
            doc.put(cursor, [Piece(value)], doc.look(run.field, value, False))
        self.save()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        cursor = self.cursorForPosition(event.pos()) if by_mouse else self.textCursor()
        at = event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        pop_up(add_history(self.menu_at(cursor.position()), self._session, self.key), at)

    def menu_at(self, place: int) -> QMenu:
        """What can be done with the text, and with the field at a place."""
        from desktop.ui.text_editor.field_menu import field_menu

        run = self.field_at(place)
        own = self.own_deeds(run) if run is not None else None
        return field_menu(self, self._session, run, self.undo_step, self.change_field, own)

    def own_deeds(self, run: Run) -> list[tuple[str, Callable[[], object]]] | None:
        """What can be done with a field of another kind than one that follows the data; None for one that does."""
        return None

    def hint_at(self, position: int) -> str:
        run = self.field_at(position)
        said = super().hint_at(position) + self.number_hint(position)
        return said + (paragraph(self.field_hint(run)) if run else "")

    def number_hint(self, position: int) -> str:
        """What is known of the number there, unless the text has gone on since it was audited."""
        from desktop.ui.number_words import hint_of, numbers_in

        text, session = self.toPlainText(), self._session
        if text.rstrip() != (session.narrative_text(self.key) or "").rstrip():
            return ""
        at = self.place_in(text, position)
        for span, number in numbers_in(self.key.row, session.numbers, session.narrative):
            if span.start <= at <= span.end:
                read, pages = session.narrative.text, session.place.rule_pages
                return "".join(map(paragraph, hint_of(number, read, session.sheet, pages)))
        return ""

    def field_hint(self, run: Run) -> str:
        assessment = self._session.assessment
        label = fields.label_of(assessment, run.field)
        if not run.frozen:
            return f"{label}\n{LIVE_HINT}"
        return f"{label}\n自定内容；数据现为：{fields.value_of(assessment, run.field) or '无'}"

    def _underlined(self, cursor: QTextCursor, level: str) -> list[QTextEdit.ExtraSelection]:
        """The background of a mark leaves out the fields, so that both are seen."""
        whole = super()._underlined(cursor, level)
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        inside = [r for r in doc.runs(self.document(), start, end) if r.start < end and start < r.end]
        if inside:
            for selection in whole:
                selection.format.clearBackground()
            edges = [start, *(place for run in inside for place in (run.start, run.end)), end]
            gaps = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
            whole += [background_of(doc.cursor_over(self.document(), a, b), level) for a, b in gaps]
        return whole
