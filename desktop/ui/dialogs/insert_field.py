"""插入数据: every cell that has a value, to be found by name or value and put into the text as a field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.assessment import Assessment
from desktop.domain.fields import fields
from desktop.domain.keys import FactKey, base_of, scoped
from desktop.domain.labels import plain
from desktop.domain.template import THIS, Table
from desktop.ui.first_size import open_at
from desktop.ui.session import Session

_NOT_DATA = {"narrative", "headings", "paper", "explanations", "blocks"}
_WORDS = ("unit", "year", "last_year", "score", "grade", "system_name")
_LONGEST = 40
_MOVING = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class Offer(NamedTuple):
    """A field by its name, what it is called, and what it shows."""

    field: str
    label: str
    value: str


def offers(assessment: Assessment) -> list[Offer]:
    """Single words first, then all cells with a value, in the order of the tables."""
    sheet = assessment.sheet
    names = [*_WORDS]
    for table in sheet.templates.tables.values():
        if table.id not in _NOT_DATA:
            names += [".".join(key) for key in _cells(assessment, table)]
    found = []
    for name in names:
        value = fields.value_of(assessment, name)
        if value and not fields.UNFILLED.search(value):
            found.append(Offer(name, _label(assessment, name), value))
    return found


def _label(assessment: Assessment, name: str) -> str:
    """`三公经费 · 2023年决算数`: with the table's title before it, unless it begins with that."""
    label = " · ".join(fields.label_of(assessment, name).split("·"))
    table = assessment.sheet.templates.tables.get(base_of(name.partition(".")[0]))
    if table is None or label.startswith(table.title):
        return label
    return f"{table.title} · {label}"


def _cells(assessment: Assessment, table: Table) -> Iterator[FactKey]:
    sheet = assessment.sheet
    scopes = sheet.projects() if table.per == "project" else [""]
    for scope in scopes:
        table_id = scoped(table.id, scope)
        rows = [THIS] if table.kind == "form" else [row.id for row in table.rows]
        if table.free_rows:
            rows = list(dict.fromkeys(key.row for key in sheet.facts if key.table == table_id))
        for row in rows:
            for item in (row, *sheet.rows(table_id, row)):
                yield from (FactKey(table_id, item, column.id) for column in table.columns)


class InsertFieldDialog(QDialog):
    """Type a few words, choose with the arrows, Enter inserts."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insertField")
        self.setWindowTitle("插入数据")
        open_at(self, 560, 460)
        self._offers = offers(session.assessment)
        self._search, self._list, self._none = QLineEdit(), QListWidget(), QLabel("没有找到，请换个词。")
        self._arrange()
        self._search.textChanged.connect(self._filter)
        self._search.installEventFilter(self)
        self._list.itemDoubleClicked.connect(lambda _: self.accept())
        self._filter("")

    def _arrange(self) -> None:
        self._search.setObjectName("fieldSearch")
        self._search.setPlaceholderText("输入名称或数值查找，如：三公 决算")
        self._search.setClearButtonEnabled(True)
        self._list.setObjectName("fieldList")
        self._list.setAccessibleName("可插入的数据")
        self._list.setUniformItemSizes(True)
        self._none.setObjectName("quiet")
        note = QLabel("插入的数据随表格变化；在文中改动它即变为自定内容。")
        note.setObjectName("quiet")
        self._buttons = QDialogButtonBox()
        self._buttons.setObjectName("insertButtons")
        self._buttons.addButton("插入", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        for widget in (self._search, self._list, self._none, note, self._buttons):
            column.addWidget(widget, int(widget is self._list))

    def _filter(self, typed: str) -> None:
        words = [plain(word) or word for word in typed.split()]
        self._list.clear()
        for offer in self._offers:
            said = plain(offer.label) + offer.label + offer.value
            if all(word in said for word in words):
                value = " ".join(offer.value.split())
                short = value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
                item = QListWidgetItem(f"{offer.label}　{short}")
                item.setData(Qt.ItemDataRole.UserRole, offer.field)
                self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._none.setVisible(not self._list.count())
        self._buttons.buttons()[0].setEnabled(bool(self._list.count()))

    def chosen(self) -> str:
        """The name of the field, '' for none."""
        item = self._list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while one types."""
        if watched is self._search and isinstance(event, QKeyEvent) and event.key() in _MOVING:
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)
