"""A form of labelled fields: short ones in two columns, long texts over the whole width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QFocusEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QMenu, QWidget

from desktop.audit.finding import ERROR, Finding
from desktop.domain.keys import FactKey, scoped
from desktop.domain.template import THIS, Column, Table, fill
from desktop.ui.audit_runner import marks_in
from desktop.ui.dialogs import pop_up
from desktop.ui.hints import paragraph
from desktop.ui.session import Session
from desktop.ui.text_editor.marked_text import MarkedText
from desktop.ui.widgets.cell_menu import add_history

SAVE_AFTER_MS = 600
"""A pause in typing after which a long text is saved."""


class TextField(MarkedText):
    """A long text of a fact, saved when one pauses or leaves; Tab goes on to the next field."""

    def __init__(self, session: Session, key: FactKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self.key = session, key
        self.setTabChangesFocus(True)
        self.setObjectName(f"text_{key.table}_{key.row}_{key.column}")
        self._pause = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._pause.timeout.connect(self.save)
        self.textChanged.connect(self._pause.start)
        session.audited.connect(self._mark)
        self.load()

    def _mark(self) -> None:
        """Underline what the audit complains of, unless the text has gone on since it was read."""
        read = self._session.narrative_text(self.key)
        if read is not None and self.toPlainText().rstrip() == read.rstrip():
            self.show_marks(marks_in(self.key.row, self._session.entries, self._session.narrative))

    def show_fact(self, key: FactKey) -> None:
        """Stand for another fact from now on."""
        self.save()
        self.key = key
        self.load()

    def load(self) -> None:
        """Take over the stored text, unless just that stands here."""
        stored = self._session.sheet.text(self.key)
        if stored != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(stored)
            self.blockSignals(False)
        self._pause.stop()
        self._mark()

    def save(self) -> None:
        self._pause.stop()
        if self.toPlainText().strip() != self._session.sheet.text(self.key).strip():
            self._session.set(self.key, self.toPlainText())

    def changed_elsewhere(self) -> None:
        """The facts changed; what is being typed here and not yet saved is kept."""
        if not self._pause.isActive():
            self.load()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        pop_up(add_history(self.createStandardContextMenu(), self._session, self.key), event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._session.focused.emit(self.key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.save()


class LineField(QLineEdit):
    """A short text of a fact, saved on Enter or when it is left."""

    def __init__(self, session: Session, key: FactKey, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self.key = session, key
        self.setObjectName(f"field_{key.table}_{key.column}")
        self.setPlaceholderText(column.hint)
        self.editingFinished.connect(self.save)
        self.changed_elsewhere()

    def save(self) -> None:
        self._session.set(self.key, self.text().strip())

    def changed_elsewhere(self) -> None:
        stored = self._session.sheet.text(self.key)
        if not (self.hasFocus() and self.isModified()) and stored != self.text():
            self.setText(stored)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        pop_up(add_history(self.createStandardContextMenu(), self._session, self.key), event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._session.focused.emit(self.key)


class ChoiceField(QComboBox):
    """One of a few words; the wheel does not change it."""

    def __init__(self, session: Session, key: FactKey, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self.key = session, key
        self.setObjectName(f"field_{key.table}_{key.column}")
        self.addItems(["", *column.choices])
        self.activated.connect(lambda _: session.set(key, self.currentText()))
        self.installEventFilter(self)
        self.changed_elsewhere()

    def changed_elsewhere(self) -> None:
        self.setCurrentText(self._session.sheet.text(self.key))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        pop_up(add_history(QMenu(self), self._session, self.key), event.globalPos())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def mark_problem(field: QWidget, problem: Finding | None, hint: str) -> None:
    """The look of a cell in a grid: coloured where something is wrong with it, which the hint tells."""
    level = "" if problem is None else "wrong" if problem.level == ERROR else "warn"
    if (field.property("problem") or "") != level:
        field.setProperty("problem", level)
        field.style().polish(field)
    field.setToolTip(paragraph(problem.message) if problem is not None else paragraph(hint) if hint else "")


Field = TextField | LineField | ChoiceField


class Form(QWidget):
    """All fields of a form table, in the order of the template."""

    def __init__(self, session: Session, table: Table, scope: str = "", text_height: int = 96) -> None:
        super().__init__()
        self._session, self._table = session, table
        self.fields: dict[FactKey, Field] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self._place(scope, text_height)
        session.changed.connect(self._reload)
        session.checked.connect(self._mark)
        session.audited.connect(self._mark)
        self._mark()

    def _place(self, scope: str, text_height: int) -> None:
        row, half = 0, 0
        for column in self._table.columns:
            key = FactKey(scoped(self._table.id, scope), THIS, column.id)
            field = self._field(key, column)
            label = QLabel(fill(column.label, self._session.year) + ("　*" if column.required else ""))
            label.setBuddy(field)
            label.setObjectName("fieldLabel")
            if isinstance(field, TextField):
                row, half = row + (half > 0), 0
                field.setFixedHeight(text_height)
                self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(field, row, 1, 1, 3)
                row += 1
            else:
                self._grid.addWidget(label, row, half)
                self._grid.addWidget(field, row, half + 1)
                row, half = (row + 1, 0) if half else (row, 2)
            self.fields[key] = field

    def _field(self, key: FactKey, column: Column) -> Field:
        if column.kind == "longtext":
            field = TextField(self._session, key)
            field.setPlaceholderText(column.hint)
            return field
        return (ChoiceField if column.choices else LineField)(self._session, key, column)

    def _reload(self) -> None:
        for field in self.fields.values():
            field.changed_elsewhere()

    def save(self) -> None:
        """Save what is being typed; for a form that is closed."""
        for field in self.fields.values():
            if not isinstance(field, ChoiceField):
                field.save()

    def _mark(self) -> None:
        for key, field in self.fields.items():
            hint = self._table.column(key.column).hint
            mark_problem(field, self._session.problem_at(key), hint)

    def show_key(self, key: FactKey) -> bool:
        field = self.fields.get(key)
        if field is not None:
            field.setFocus()
        return field is not None
