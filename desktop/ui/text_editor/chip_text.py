"""Tables and pictures as chips in the editor: each is one thing, which is selected, left or deleted as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlock,
)

from desktop.domain.fields.fields import Piece
from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.marks import block_number, note_shown
from desktop.ui import theme
from desktop.ui.session import Session
from desktop.ui.text_editor import field_document as doc
from desktop.ui.text_editor.field_document import Run
from desktop.ui.text_editor.field_text import FieldText

Key = Qt.Key
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_DELETING = (Key.Key_Backspace, Key.Key_Delete)
_ENTER = (Key.Key_Return, Key.Key_Enter)
NOTE_HEAD = len(note_shown("")) - 1
"""Signs of a footnote before its words: `〔注：`."""
_NOTE_TAIL = 1


class ChipText(FieldText):
    """Words go beside a chip, never into it: onto a line of their own."""

    opened = Signal(str)
    """Somebody wants to see into a block, by its number."""

    def __init__(self, session: Session, key: FactKey) -> None:
        self._was = 0
        """Where the cursor stood before: it tells from which side it comes to a chip."""
        self._pressed = False
        super().__init__(session, key)
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(self._snap)
        self.selectionChanged.connect(self._snap)

    # -- which chip --------------------------------------------------------------------------------------

    def chip_at_cursor(self) -> Run | None:
        """The chip, or footnote, that is selected whole."""
        cursor = self.textCursor()
        span = cursor.selectionStart(), cursor.selectionEnd()
        return next((r for r in self._near() if (r.block or r.is_note) and (r.start, r.end) == span), None)

    def chip_under(self, point: QPoint) -> Run | None:
        """The table or picture whose chip is at a point of the viewport."""
        run = self.field_at(self.cursorForPosition(point).position())
        on_it = run is not None and run.block and any(r.contains(QPointF(point)) for r in self._rects(run))
        return run if on_it else None

    def _snap(self) -> None:
        """A cursor that comes into a chip selects it, or with it selects on to its other side."""
        if self._busy or self._typing or self._composing:
            return
        cursor = self.textCursor()
        place, anchor = cursor.position(), cursor.anchor()
        chips = [r for r in self._near() if r.block]
        run = next((r for r in chips if r.start < place < r.end), None)
        if run is None:
            self._was = place
            begun = next((r for r in chips if r.start < anchor < r.end), None)
            if begun is not None:  # a selection that begins in a chip holds all of it
                self._select(begun.start if place >= begun.end else begun.end, place)
            return
        forward = anchor <= run.start if self._pressed else self._was <= run.start
        if not cursor.hasSelection() or run.start < anchor < run.end:
            anchor = run.start if forward or self._was < run.end else run.end
            forward = anchor == run.start
        self._was = run.end if forward else run.start
        self._select(anchor, self._was)

    def select_run(self, run: Run) -> None:
        self._was = run.end
        self._select(run.start, run.end)

    # -- keys --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._chip_key(event):
            words = event.text()
            control_alone = event.modifiers() & _HELD not in (Qt.KeyboardModifier.NoModifier, _HELD)
            if (words and words.isprintable() and not control_alone) or event.matches(
                QKeySequence.StandardKey.InsertParagraphSeparator
            ):
                self._step_outside(line=bool(words) and words.isprintable())
            super().keyPressEvent(event)
            self._snap()  # while a key does its work, nothing is

    def _chip_key(self, event: QKeyEvent) -> bool:
        """What a key does at a chip or footnote; False where it does what it always does."""
        key, chip = event.key(), self.chip_at_cursor()
        if chip is not None and event.matches(QKeySequence.StandardKey.Cut):
            self.cut()
            return True
        if key in _DELETING:
            return self._delete_at(chip, back=key == Key.Key_Backspace)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and plain:
            return self._enter_at(chip)
        if chip is not None and chip.block and plain and key in (Key.Key_Left, Key.Key_Right):
            place = chip.start if key == Key.Key_Left else chip.end
            self._select(place, place)
            return True
        return False

    def _enter_at(self, chip: Run | None) -> bool:
        """Into a table or picture; out of a footnote, which is one paragraph."""
        if chip is not None and chip.block:
            self.opened.emit(chip.block)
            return True
        place = self.textCursor().position()
        note = next((r for r in self._near() if r.is_note and r.start < place < r.end), None)
        if note is None or self.textCursor().hasSelection():
            return False
        self._active = 0
        self._select(note.end, note.end)
        return True

    def _delete_at(self, chip: Run | None, back: bool) -> bool:
        """The first press selects the whole, the second deletes it."""
        if self.textCursor().hasSelection():
            if chip is not None:
                self.delete_run(chip)
            return chip is not None
        run = self._beside(back)
        if run is None:
            return False
        self.select_run(run)
        return True

    def _beside(self, back: bool) -> Run | None:
        """What would be torn by deleting one sign backwards or forwards from the cursor."""
        cursor = self.textCursor()
        place, block = cursor.position(), cursor.block()
        for run in doc.touching(self.document(), place, place):
            if run.block and place == (run.end if back else run.start):
                return run
            edges = (run.end, run.start + NOTE_HEAD) if back else (run.start, run.end - _NOTE_TAIL)
            if run.is_note and place in edges:
                return run
        at_edge = cursor.atBlockStart() if back else cursor.atBlockEnd()
        other = block.previous() if back else block.next()
        if not at_edge or not block.text() or not other.isValid():
            return None  # an empty line beside a chip goes like any other
        border = place - 1 if back else place + 1
        runs = doc.touching(self.document(), border, border)
        return next((r for r in runs if r.block and border == (r.end if back else r.start)), None)

    def cut(self) -> None:
        """A table or picture goes with its line."""
        chip = self.chip_at_cursor()
        if chip is None or not chip.block:
            super().cut()
            return
        self.copy()
        self.delete_run(chip)

    def delete_run(self, run: Run) -> None:
        """The mark, and the line that it had to itself; what it stands for comes back with Ctrl+Z."""
        cursor = doc.cursor_over(self.document(), run.start, run.end)
        block = cursor.block()
        alone = (
            bool(run.block) and block.text().strip() == run.text and block.length() - 1 == len(block.text())
        )
        with self._one_step(joined=False):
            cursor.removeSelectedText()
            if alone and not block.text():
                cursor.deleteChar() if block.next().isValid() else cursor.deletePreviousChar()
        self.setTextCursor(cursor)

    def _step_outside(self, *, line: bool) -> None:
        """Before words are put in: from a chip onto a line of its own, behind it or, at its beginning, before it."""
        cursor = self.textCursor()
        chip = self.chip_at_cursor()
        if chip is not None and chip.block:
            self._select(chip.end, chip.end)
        elif cursor.hasSelection():
            return
        place, block = self.textCursor().position(), self.textCursor().block()
        runs = [r for r in doc.touching(self.document(), place, place) if r.block]
        behind = any(r.end == place for r in runs) and self.textCursor().atBlockEnd()
        before = any(r.start == place for r in runs) and place == block.position()
        if line and (behind or before):
            cursor = self.textCursor()
            doc.put(cursor, [Piece("\n")])
            to = cursor.position() if behind else place
            self._select(to, to)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() or event.preeditString():
            self._step_outside(line=True)
        super().inputMethodEvent(event)

    def insert_pieces(self, parts: Iterable[Piece]) -> None:
        """Nothing that is put in takes the place of a chip, or goes into one; blocks stand on lines of their own."""
        parts = list(parts)
        has_blocks = any(block_number(piece.field) for piece in parts)
        cursor = self.textCursor()
        whole = self.chip_at_cursor()
        self._active = 0 if has_blocks else self._active
        inside = [r for r in self._near() if r.block or (has_blocks and r.field)]
        for run in inside:
            if run == whole or run.start < cursor.position() < run.end:
                self._select(run.end, run.end)
        if has_blocks:
            cursor = self.textCursor()
            line = cursor.block()
            first = doc.between(self.document(), line.position(), cursor.selectionStart())
            end = self.document().findBlock(cursor.selectionEnd())
            rest = doc.between(self.document(), cursor.selectionEnd(), end.position() + end.length() - 1)
            parts = on_lines_of_their_own(parts, bool(first.strip()), bool(rest.strip()))
        elif parts and parts[0].text != "\n":
            self._step_outside(line=True)
        super().insert_pieces(parts)

    # -- mouse -------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = True
        super().mousePressEvent(event)
        chip = self.chip_under(event.position().toPoint())
        if chip is not None and not event.modifiers() and not self.textCursor().hasSelection():
            self.select_run(chip)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what opens."""
        super().mouseMoveEvent(event)
        chip = None if self._pressed else self.chip_under(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if chip is not None else Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._pressed = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        chip = self.chip_under(event.position().toPoint())
        if chip is None:
            super().mouseDoubleClickEvent(event)
            return
        self.select_run(chip)
        self.opened.emit(chip.block)

    # -- look --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame around each chip: it is no text."""
        super().paintEvent(event)
        chips = [rect for run in self._visible_chips() for rect in self._rects(run)]
        if not chips:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.BLOCK_LINE), 1))
        for rect in chips:
            painter.drawRoundedRect(rect, 3, 3)

    def _visible_chips(self) -> Iterator[Run]:
        block, bottom = self.firstVisibleBlock(), self.viewport().height()
        while block.isValid() and self._top_left(block).y() < bottom:
            if block.isVisible() and "［" in block.text():
                yield from (run for run in doc.runs_in(block) if run.block)
            block = block.next()

    def _top_left(self, block: QTextBlock) -> QPointF:
        return self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()

    def _rects(self, run: Run) -> Iterator[QRectF]:
        """Where a chip is seen, line by line."""
        block = self.document().findBlock(run.start)
        layout, corner = block.layout(), self._top_left(block)
        first, end = run.start - block.position(), run.end - block.position()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            begin, stop = max(first, line.textStart()), min(end, line.textStart() + line.textLength())
            if begin < stop:
                left, right = _x(line.cursorToX(begin)), _x(line.cursorToX(stop))
                top = corner.y() + line.y()
                yield QRectF(corner.x() + left + 0.5, top + 0.5, right - left - 1, line.height() - 1)


def _x(told: object) -> float:
    """PySide gives the place together with the cursor it was asked for."""
    return float(told[0] if isinstance(told, tuple) else told)  # type: ignore[arg-type]


def on_lines_of_their_own(parts: Iterable[Piece], before: bool, behind: bool) -> list[Piece]:
    """The same with line breaks around each block; `before` and `behind` say whether other words stand there."""
    found: list[Piece] = []
    waiting = False  # a block was the last: what follows it begins a line
    ended = not before
    for piece in parts:
        if not piece.text:
            continue
        block = bool(block_number(piece.field))
        if (block and not ended) or (waiting and not piece.text.startswith("\n")):
            found.append(Piece("\n"))
        found.append(piece)
        waiting, ended = block, not block and piece.text.endswith("\n") and not piece.field
    if waiting and behind:
        found.append(Piece("\n"))
    return found
