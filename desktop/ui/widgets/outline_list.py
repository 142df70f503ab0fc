"""The headings of the report as a list: numbered, with what is written under each; titles are edited in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.assessment import Assessment
from desktop.domain.fields.fields import section_text
from desktop.domain.outline import outline_edits
from desktop.domain.outline.outline import OWN, Section, numbered
from desktop.domain.template import fill
from desktop.ui import theme
from desktop.ui.hints import paragraph
from desktop.ui.text_editor.marked_text import ink_of

STRAYS = "未归入提纲的内容"
_LINE_HEIGHT = 30
_DOT = 11
_GAP = 6
_ROLE = Qt.ItemDataRole.UserRole
_COUNT = _ROLE + 1

WRITTEN, OF_ITSELF, PARENT, EMPTY = (
    "已填写",
    "未填写，自动印出已有内容或建议文字",
    "内容写在下级标题里",
    "尚未填写",
)
_INKS = {WRITTEN: theme.ACCENT, OF_ITSELF: theme.ACCENT, EMPTY: "#98A2AF"}


class Line(NamedTuple):
    """One section as the list shows it."""

    section: Section
    title: str
    number: str = ""
    state: str = EMPTY
    hidden: bool = False
    stray: bool = False

    @property
    def id(self) -> str:
        return self.section.id

    @property
    def own(self) -> bool:
        return self.id.startswith(OWN)

    @property
    def words(self) -> str:
        return f"{self.number}{self.title}"


def lines_of(assessment: Assessment) -> list[Line]:
    """All headings in their order, then the texts that have none in the chosen outline."""
    sheet = assessment.sheet
    numbers = {section.id: number for number, section in numbered(sheet.outline)}
    headings = outline_edits.headings(sheet)
    found = []
    for place, (section, hidden) in enumerate(headings):
        after = headings[place + 1].section if place + 1 < len(headings) else section
        parent = 0 < section.level < after.level
        title = fill(section.title, sheet.year, sheet.level)
        state = _state(assessment, section, parent)
        found.append(Line(section, title, numbers.get(section.id, ""), state, hidden))
    known = {line.id for line in found}
    for row in outline_edits.texts_without_heading(sheet):
        if row not in known:
            title = outline_edits.title_of(sheet, row) or "导入时未能归入的内容"
            found.append(Line(Section(row, title, 1), title, state=WRITTEN, stray=True))
    return found


def _state(assessment: Assessment, section: Section, parent: bool) -> str:
    if assessment.sheet.get("narrative", section.id, "text").strip():
        return WRITTEN
    return PARENT if parent else OF_ITSELF if section_text(assessment, section) else EMPTY


def completeness(lines: Sequence[Line]) -> str:
    """`已写 9 / 14 节`, of those that are printed and have a text of their own."""
    wanted = [line for line in lines if not (line.hidden or line.stray or line.state == PARENT)]
    said = f"已写 {sum(line.state == WRITTEN for line in wanted)} / {len(wanted)} 节"
    filled = sum(line.state == OF_ITSELF for line in wanted)
    return f"{said}，另{filled}节自动印出" if filled else said


class OutlineList(QListWidget):
    """`chosen` tells a section's id, `renamed` what somebody typed for a title."""

    chosen = Signal(str)
    renamed = Signal(str, str)
    asked_for_text = Signal()
    """Enter: on to the text."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("outline")
        self.setAccessibleName("报告标题")
        self.setIconSize(QSize(_DOT, _DOT))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setItemDelegate(_TitleDelegate(self))
        self.lines: list[Line] = []
        self.currentItemChanged.connect(lambda *_: self.chosen.emit(self.current_id()))

    def current_id(self) -> str:
        item = self.currentItem()
        return str(item.data(_ROLE) or "") if item is not None else ""

    def current_line(self) -> Line | None:
        return self.line(self.current_id())

    def line(self, section_id: str) -> Line | None:
        return next((line for line in self.lines if line.id == section_id), None)

    def choose(self, section_id: str) -> bool:
        found = next((item for item in self._items() if item.data(_ROLE) == section_id), None)
        if found is not None:
            self.setCurrentItem(found)
        return found is not None

    def _items(self) -> list[QListWidgetItem]:
        items = (self.item(number) for number in range(self.count()))
        return [item for item in items if item.data(_ROLE) is not None]

    def show_lines(self, lines: Sequence[Line], counts: Mapping[str, tuple[int, str]]) -> None:
        """Items are made anew only where headings came, went or changed places."""
        shown, self.lines = self.lines, list(lines)
        if [(line.id, line.stray) for line in lines] != [(line.id, line.stray) for line in shown]:
            before, row = self.current_id(), max(self.currentRow(), 0)
            with QSignalBlocker(self):
                self._make(lines)
                if not self.choose(before):
                    self.setCurrentItem(self._items()[min(row, len(lines) - 1)])
            self.chosen.emit(self.current_id())
        for item, line in zip(self._items(), lines, strict=True):
            _dress(item, line, counts.get(line.id, (0, "")))

    def _make(self, lines: Sequence[Line]) -> None:
        self.clear()
        stray = False
        for line in lines:
            if line.stray and not stray:
                heading = QListWidgetItem(STRAYS)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setSizeHint(QSize(0, _LINE_HEIGHT))
                heading.setForeground(QColor(theme.INK_SOFT))
                self.addItem(heading)
            stray = line.stray
            item = QListWidgetItem()
            item.setData(_ROLE, line.id)
            item.setSizeHint(QSize(0, _LINE_HEIGHT))
            if not line.stray and line.section.level:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.addItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.asked_for_text.emit()
        else:
            super().keyPressEvent(event)

    def edit_title(self) -> None:
        item = self.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setFocus()
            self.editItem(item)


def _dress(item: QListWidgetItem, line: Line, found: tuple[int, str]) -> None:
    count, level = found
    text = "　" * (max(line.section.level, 1) - 1) + line.words + ("（不印）" if line.hidden else "")
    item.setText(text)
    item.setData(_COUNT, f"{count}处" if count else "")
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}，{count}处要核对" if count else text)
    item.setIcon(_dot(line.state))
    quiet = line.hidden or line.state == EMPTY
    item.setForeground(QColor(ink_of(level) if count else theme.INK_SOFT if quiet else theme.INK))
    font = item.font()
    font.setItalic(line.hidden)
    item.setFont(font)
    state = f"不印；{line.state}" if line.hidden else line.state
    item.setToolTip(paragraph(line.words) + paragraph(f"{state}，需要核对{count}处" if count else state))


@cache
def _dot(state: str) -> QIcon:
    """Full where something is written, half where suggested words are printed, a ring where nothing is."""
    picture = QPixmap(_DOT * 2, _DOT * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    if state in _INKS:
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(_INKS[state]), 1.2))
        if state == WRITTEN:
            painter.setBrush(QColor(_INKS[state]))
        painter.drawEllipse(2, 2, _DOT - 4, _DOT - 4)
        if state == OF_ITSELF:
            painter.setBrush(QColor(_INKS[state]))
            painter.drawPie(2, 2, _DOT - 4, _DOT - 4, 90 * 16, 180 * 16)
        painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class _TitleDelegate(QStyledItemDelegate):
    """What is to be checked stands at the right edge; the editor holds the title alone, without number."""

    def __init__(self, owner: OutlineList) -> None:
        super().__init__(owner)
        self._owner = owner

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        taken = self._count_width(option, index)
        if taken:
            room = option.rect.width() - taken - _DOT - 3 * _GAP
            option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)

    @staticmethod
    def _count_width(option: QStyleOptionViewItem, index: _Index) -> int:
        count = index.data(_COUNT)
        return option.fontMetrics.horizontalAdvance(count) + _GAP if count else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        if index.data(_COUNT):
            painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole).color())
            place = option.rect.adjusted(0, 0, -_GAP, 0)
            painter.drawText(place, _RIGHT, index.data(_COUNT))

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        assert isinstance(editor, QLineEdit)
        if editor.objectName():
            return  # Qt asks again when the item's marks change; what is being typed stays
        editor.setObjectName("titleEditor")
        line = self._owner.line(index.data(_ROLE))
        editor.setText(line.title if line is not None else "")
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        assert isinstance(editor, QLineEdit)
        line = self._owner.line(index.data(_ROLE))
        if line is not None and editor.text().strip() != line.title:
            self._owner.renamed.emit(line.id, editor.text())
