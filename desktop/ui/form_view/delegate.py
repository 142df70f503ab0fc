"""How a form's cells are painted, as on paper, and what one types into: lines, choices, texts in place."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QTextCursor
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionViewItem, QWidget

from desktop.audit.finding import ERROR
from desktop.ui import theme
from desktop.ui.form_view.editors import CellText
from desktop.ui.form_view.measuring import PAD_X, Measure, wrap
from desktop.ui.form_view.model import FormModel
from desktop.ui.form_view.places import Place
from desktop.ui.grid.delegate import ENTER, GridDelegate
from desktop.ui.grid.model import Index
from desktop.ui.session import Session
from desktop.ui.widgets.form import TextField

_RULE = "#6B7684"
_WORDS_GROUND = "#F3F5F8"
_SELECTED = "#CFE0F3"
_HINT = "#98A2AF"
_FOCUS = 2
"""Pixels of the frame around the cell one stands in."""
_ALIGN = {"left": Qt.AlignmentFlag.AlignLeft, "center": Qt.AlignmentFlag.AlignHCenter}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_TYPED_WORDS = ("text", "longtext")


def align_of(place: Place) -> Qt.AlignmentFlag:
    return _ALIGN[place.laid.align] | _MIDDLE


class FormDelegate(GridDelegate):
    """`measure` is that of the type in which the form is shown."""

    growing = Signal(int, int, str)
    """A long text is being written in the cell of this row and column."""
    ended = Signal()
    """An editor is gone."""

    def __init__(self, session: Session, grid: FormModel, measure: Measure, parent: QObject) -> None:
        super().__init__(session, parent)
        self._model, self.measure = grid, measure

    # -- painting ----------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = self._model.place_at(index)
        if place is None:
            return
        rect = QRect(option.rect)
        state = option.state
        problem = self._model.problem_of(place)
        painter.save()
        if place.look == "cell":
            # Rules are what the grounds leave: at 125 % lines of their own would have gaps where they meet.
            painter.fillRect(rect, QColor(_RULE))
            rect.adjust(place.column == 1, place.first, -1, -1)
        if place.look in ("cell", "sign"):
            selected = bool(state & QStyle.StateFlag.State_Selected)
            painter.fillRect(rect, QColor(_SELECTED if selected else self._ground(place, problem)))
        self._words(painter, rect, place, problem)
        if place.cell.key is not None:
            self.mark(painter, rect, index)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.ACCENT), _FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _ground(self, place: Place, problem: str) -> str:
        if problem:
            return theme.WRONG_SOFT if problem == ERROR else theme.WARN_SOFT
        if place.of_the_form:
            return _WORDS_GROUND if place.look == "cell" else theme.PAPER
        return theme.COMPUTED if self._model.is_computed(place) else theme.PAPER

    def _words(self, painter: QPainter, rect: QRect, place: Place, problem: str) -> None:
        measure = self.measure
        text, ink = place.words, theme.INK
        if problem:
            ink = theme.WRONG if problem == ERROR else theme.WARN
        elif self._model.is_computed(place):
            ink = theme.COMPUTED_INK
        if not place.laid.shown and place.hint:
            text, ink = place.lead + place.hint, _HINT
        if not text:
            return
        painter.setPen(QColor(ink))
        painter.setFont(measure.font_of(place))
        room = QRectF(rect.adjusted(PAD_X + measure.indent(place), 0, 1 - PAD_X, 0))
        painter.drawText(room, text, wrap(align_of(place)))

    # -- editors -----------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        place = self._model.place_at(index)
        assert place is not None, "only a cell of the form is edited"
        if place.laid.spec.prose and place.cell.key is not None:
            return self._prose(parent, place)
        if place.cell.choices or place.cell.kind not in _TYPED_WORDS or place.is_target:
            editor = super().createEditor(parent, option, index)
            if isinstance(editor, QLineEdit):
                editor.setAlignment(align_of(place))
            return editor
        text = CellText(parent, align_of(place))
        held = QPersistentModelIndex(index)
        text.typed.connect(lambda words: self.preview(held, words))
        return text

    def _prose(self, parent: QWidget, place: Place) -> TextField:
        """The field of a long text, as the other tabs have it: saved at each pause."""
        assert place.cell.key is not None
        field = TextField(self._session, place.cell.key, parent)
        field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        field.setProperty("inCell", True)
        field.moveCursor(QTextCursor.MoveOperation.End)  # a key that opened it writes on, and nothing is lost
        field.textChanged.connect(lambda: self.growing.emit(place.row, place.column, field.toPlainText()))
        return field

    def preview(self, index: Index, text: str) -> None:
        """Of a blank line nothing can be shown before there is a row."""
        model = self._model
        if model.row_at(index).kind != "blank":
            self._session.preview_all(model.changes(index, text.strip()))

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellText):
            typing = bool(getattr(self.parent(), "typing", False))
            editor.load(str(index.data(Qt.ItemDataRole.EditRole) or ""), replace=typing)
        elif not isinstance(editor, TextField):  # that one follows the facts itself
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, TextField):
            editor.save()
        elif isinstance(editor, CellText):
            self._model.setData(index, editor.toPlainText().strip())
        else:
            super().setModelData(editor, model, index)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self.ended.emit()
        super().destroyEditor(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Behind the words that the form itself says in the cell."""
        place, rect = self._model.place_at(index), QRect(option.rect)
        if place is not None and place.lead:
            lead = self.measure.metrics.horizontalAdvance(place.lead)
            rect.setLeft(rect.left() + min(round(lead) + PAD_X, rect.width() // 2))
        if isinstance(editor, CellText):
            editor.stand_in(rect)
        else:
            editor.setGeometry(rect)

    @staticmethod
    def leaves(editor: QWidget, event: QKeyEvent, typing: bool) -> bool:
        """Enter makes a new line in prose, which Tab and Ctrl+Enter leave."""
        if isinstance(editor, TextField):
            ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            return event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) or (ctrl and event.key() in ENTER)
        return GridDelegate.leaves(editor, event, typing)

    def helpEvent(self, event: QEvent, view: object, option: QStyleOptionViewItem, index: Index) -> bool:
        place = self._model.place_at(index)
        home = index if place is None else self._model.home(place)
        return super().helpEvent(cast("object", event), view, option, home)  # type: ignore[arg-type]
