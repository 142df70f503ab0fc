"""A table of the report's text, to be written like a small spreadsheet; 确定 takes it over, 取消 leaves all as it was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.text_blocks import table_edits
from desktop.domain.text_blocks.text_table import TextTable
from desktop.ui import messages
from desktop.ui.dialogs import answered, pop_up
from desktop.ui.dialogs.text_blocks.table_sheet import TableSheet
from desktop.ui.first_size import open_at
from desktop.ui.hints import paragraph
from desktop.ui.session import Session

_HELP = (
    "从 Excel、WPS、Word 复制的表格可直接粘贴（Ctrl+V）。Alt+Enter 格内换行，Tab 到下一格，Ctrl+Z 撤销。"
    "蓝底的格随数据变化。"
)


class TextTableDialog(QDialog):
    """`sheet.table` is what it became."""

    def __init__(self, session: Session, table: TextTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("textTableDialog")
        self.setWindowTitle("编辑表格")
        open_at(self, 860, 560)
        self._session, self._before = session, table
        self.sheet = TableSheet(session.assessment, table, self)
        self._said = QLabel()
        self._buttons: dict[str, QToolButton] = {}
        self._arrange()
        self.sheet.changed.connect(self._tell)
        self.sheet.itemSelectionChanged.connect(self._enable)
        self.sheet.said.connect(lambda words: messages.tell(self, words))
        self.sheet.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sheet.customContextMenuRequested.connect(self._menu)
        self._tell()
        self.sheet.setFocus()

    def _arrange(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(6)
        for name, words, hint, deed in self._deeds():
            if not name:
                tools.addWidget(_line())
                continue
            button = QToolButton()
            button.setObjectName(name)
            button.setText(words)
            button.setToolTip(paragraph(hint))
            button.setProperty("tableTool", True)
            button.clicked.connect(lambda _=False, deed=deed: self._do(deed))
            if name == "insertCellField":
                button.setShortcut("Ctrl+J")
            self._buttons[name] = button
            tools.addWidget(button)
        tools.addStretch(1)
        self._said.setObjectName("quiet")
        tools.addWidget(self._said)
        note = QLabel(_HELP)
        note.setObjectName("quiet")
        note.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(note, 1)
        for name, words, leave in (("takeTable", "确定", self.accept), ("leaveTable", "取消", self.reject)):
            end = QPushButton(words)
            end.setObjectName(name)
            end.setAutoDefault(False)
            end.setDefault(name == "takeTable")  # by its look; Enter is the sheet's
            end.clicked.connect(lambda _=False, leave=leave: leave())
            foot.addWidget(end)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addLayout(tools)
        column.addWidget(self.sheet, 1)
        column.addLayout(foot)

    def _deeds(self) -> list[tuple[str, str, str, Callable[[], object]]]:
        return [
            ("insertRow", "插入行", "在当前行下方插入一行", lambda: self._insert_row(below=True)),
            ("insertColumn", "插入列", "在当前列右侧插入一列", lambda: self._insert_column(right=True)),
            ("deleteRow", "删除行", "删除所选的行", self._delete_rows),
            ("deleteColumn", "删除列", "删除所选的列", self._delete_columns),
            ("", "", "", lambda: None),
            ("mergeCells", "合并单元格", "把所选的格合成一格", self._merge),
            ("splitCell", "拆分", "把合并的格拆开", self._split),
            ("", "", "", lambda: None),
            (
                "insertCellField",
                "插入数据…",
                "在当前格里插入一项随数据变化的内容（Ctrl+J）",
                self._insert_field,
            ),
        ]

    def _do(self, deed: Callable[[], object]) -> None:
        self.sheet.finish_editing()
        deed()
        self.sheet.setFocus()

    # -- state -------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        table = self.sheet.table
        self._said.setText(f"{len(table.rows)}行{table.width}列")
        self._enable()

    def _enable(self) -> None:
        table, area = self.sheet.table, self.sheet.area()
        one = area == table_edits.area_at(table, area.row, area.column)
        self._buttons["deleteRow"].setEnabled(area.rows < len(table.rows))
        self._buttons["deleteColumn"].setEnabled(area.columns < table.width)
        self._buttons["mergeCells"].setEnabled(not one)
        self._buttons["splitCell"].setEnabled(table_edits.split(table, area) != table)

    # -- deeds -------------------------------------------------------------------------------------------

    def _insert_row(self, *, below: bool) -> None:
        area = self.sheet.area()
        at = area.row + area.rows if below else area.row
        if self.sheet.change(table_edits.insert_row(self.sheet.table, at)):
            self.sheet.stand_at(at, area.column)

    def _insert_column(self, *, right: bool) -> None:
        area = self.sheet.area()
        at = area.column + area.columns if right else area.column
        if self.sheet.change(table_edits.insert_column(self.sheet.table, at)):
            self.sheet.stand_at(area.row, at)

    def _delete_rows(self) -> None:
        area = self.sheet.area()
        self.sheet.change(table_edits.delete_rows(self.sheet.table, area.row, area.rows))

    def _delete_columns(self) -> None:
        area = self.sheet.area()
        self.sheet.change(table_edits.delete_columns(self.sheet.table, area.column, area.columns))

    def _merge(self) -> None:
        area = self.sheet.area()
        if self.sheet.change(table_edits.merge(self.sheet.table, area)):
            self.sheet.stand_at(area.row, area.column)

    def _split(self) -> None:
        self.sheet.change(table_edits.split(self.sheet.table, self.sheet.area()))

    def _insert_field(self) -> None:
        from desktop.ui.dialogs.insert_field import InsertFieldDialog

        dialog = InsertFieldDialog(self._session, self)
        with answered(dialog) as agreed:
            if agreed and dialog.chosen():
                self.sheet.put_field(dialog.chosen())

    def _menu(self, place: QPoint) -> None:
        pop_up(self.cell_menu(), self.sheet.viewport().mapToGlobal(place))

    def cell_menu(self) -> QMenu:
        """What the buttons do, and the other sides."""
        menu = QMenu(self)
        menu.setObjectName("tableMenu")
        offers: list[tuple[str, Callable[[], object], bool]] = [
            ("复制\tCtrl+C", self.sheet.copy, True),
            ("粘贴\tCtrl+V", self.sheet.paste, True),
            ("清空\tDelete", self.sheet.clear_cells, True),
            ("", lambda: None, True),
            ("在上方插入行", lambda: self._insert_row(below=False), True),
            ("在下方插入行", lambda: self._insert_row(below=True), True),
            ("在左侧插入列", lambda: self._insert_column(right=False), True),
            ("在右侧插入列", lambda: self._insert_column(right=True), True),
            ("删除行", self._delete_rows, self._buttons["deleteRow"].isEnabled()),
            ("删除列", self._delete_columns, self._buttons["deleteColumn"].isEnabled()),
            ("", lambda: None, True),
            ("合并单元格", self._merge, self._buttons["mergeCells"].isEnabled()),
            ("拆分", self._split, self._buttons["splitCell"].isEnabled()),
            ("插入数据…", self._insert_field, True),
        ]
        for words, deed, able in offers:
            if not words:
                menu.addSeparator()
                continue
            action = menu.addAction(words)
            action.setEnabled(able)
            action.triggered.connect(lambda _=False, deed=deed: self._do(deed))
        return menu

    # -- leaving -----------------------------------------------------------------------------------------

    def accept(self) -> None:
        self.sheet.finish_editing()
        super().accept()

    def reject(self) -> None:
        """Esc is near; what was typed for an hour is not lost by it."""
        self.sheet.finish_editing()
        hint = "选“不保存”，表格保持打开以前的样子。"
        if self.sheet.table == self._before or messages.confirm(
            self, "表格改过，不保存就关闭吗？", hint, "不保存"
        ):
            super().reject()


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine)
    line.setObjectName("toolLine")
    return line
