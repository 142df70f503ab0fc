"""How a sheet of facts is used: moving, typing, copying, pasting, adding and removing rows, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QRegion, QShowEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QMenu, QTableView, QWidget

from desktop.domain.keys import FactKey
from desktop.ui.dialogs import pop_up
from desktop.ui.grid.clipboard import Paste, plan_paste
from desktop.ui.grid.delegate import GridDelegate
from desktop.ui.grid.layout import GridRow
from desktop.ui.grid.model import GridModel
from desktop.ui.session import Session
from desktop.ui.widgets.cell_menu import add_history

_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
Key = Qt.Key
_NOTHING = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


class SheetView(QTableView):
    """A sheet of facts. Enter goes down, Tab goes right, Insert adds a row, Ctrl+Delete removes one.

    Whoever inherits says how it looks, and gives the model with `_use`.
    """

    said = Signal(str)
    """Something to tell in the status line."""
    grid: GridModel

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName(name)
        self._stale = False
        self.typing = False

    def _use(self, grid: GridModel, delegate: GridDelegate) -> None:
        session, self.grid = self._session, grid
        self.setModel(grid)
        self.setItemDelegate(delegate)
        self._style()
        session.changed.connect(self._follow)
        session.previewed.connect(self._repaint_computed)
        session.checked.connect(self._repaint)
        session.audited.connect(self._repaint)
        self.said.connect(session.said)
        self.selectionModel().currentChanged.connect(self._tell_focus)

    def _style(self) -> None:
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    # -- in step with the facts --------------------------------------------------------------------------

    def _follow(self) -> None:
        """Take over the facts at once where somebody looks, else when it is next looked at."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _repaint(self) -> None:
        """Without asking for the viewport, which the first time costs as much as all else that a pause does."""
        self.setDirtyRegion(QRegion(self.rect()))

    def _repaint_computed(self) -> None:
        """While a cell is being typed only computed cells can change."""
        raise NotImplementedError

    def refresh(self) -> None:
        if self._stale:
            self._stale = False
            self.grid.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    def show_key(self, key: FactKey) -> bool:
        """Bring a fact's cell into view and stand on it; False if it is not in this sheet."""
        self.refresh()
        index = self.grid.find(key)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.setFocus()
        return True

    # -- where the user stands ---------------------------------------------------------------------------

    def edit(self, *arguments: object) -> bool:  # type: ignore[override]
        """Remember whether typing opened the editor: then arrows leave it again, as in a spreadsheet."""
        if len(arguments) > 1:
            self.typing = arguments[1] == QAbstractItemView.EditTrigger.AnyKeyPressed
        return bool(super().edit(*arguments))  # type: ignore[call-overload]

    def finish_editing(self) -> None:
        """Take over what is being typed, for a button or key that leaves the focus in the editor."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def leave_editor(self, key: int) -> None:
        """Where the cursor goes when an editor is left by this key."""
        index = self.currentIndex()
        if key in (Key.Key_Tab, Key.Key_Backtab):
            self.step(1 if key == Key.Key_Tab else -1)
            return
        to = self.neighbour(index, *_ARROWS.get(Key(key), (1, 0)))
        if to.isValid():
            self.setCurrentIndex(to)

    def neighbour(self, index: QModelIndex, down: int, right: int) -> QModelIndex:
        """The cell beside one; of no sheet at its edges."""
        return self.grid.index(index.row() + down, index.column() + right)

    def _tell_focus(self, current: QModelIndex) -> None:
        self._session.focused.emit(self.grid.cell_at(current).key if current.isValid() else None)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid() and self.grid.rowCount():
            self._go_to_first()
        self._tell_focus(self.currentIndex())

    def _go_to_first(self) -> None:
        for r, row in enumerate(self.grid.layout_.rows):
            for c, cell in enumerate(row.cells):
                if cell.key is not None and not cell.shows:
                    self.setCurrentIndex(self.grid.index(r, c))
                    return

    def _row(self) -> GridRow | None:
        index = self.currentIndex()
        return self.grid.row_at(index) if index.isValid() else None

    # -- keys and mouse ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            self.clear_cells()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif not self._own_key(event):
            super().keyPressEvent(event)

    def _own_key(self, event: QKeyEvent) -> bool:
        """Keys with a meaning of their own; True if this was one."""
        actions: dict[tuple[Key, Qt.KeyboardModifier], Callable[[], object]] = {
            (Key.Key_Insert, _NOTHING): self.add_row,
            (Key.Key_Delete, _CTRL): self.remove_row,
            (Key.Key_Delete, _NOTHING): self.clear_cells,
            (Key.Key_Backspace, _NOTHING): self.clear_cells,
            (Key.Key_Up, _ALT): lambda: self.move_row(-1),
            (Key.Key_Down, _ALT): lambda: self.move_row(1),
            (Key.Key_Return, _NOTHING): self._enter,
            (Key.Key_Enter, _NOTHING): self._enter,
            (Key.Key_Tab, _NOTHING): lambda: self.step(1),
            (Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier): lambda: self.step(-1),
        }
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        action = actions.get((Key(event.key()), modifiers))
        if action is None:
            return False
        self.finish_editing()  # Insert comes through an editor, which has no use for it
        return action() is not False

    def event(self, event: QEvent) -> bool:
        # Tab is taken before Qt moves the focus out of the table; at its ends Qt goes on.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Key.Key_Tab, Key.Key_Backtab) and self.step(1 if key == Key.Key_Tab else -1):
                return True
        return super().event(event)

    def _enter(self) -> bool:
        row, index = self._row(), self.currentIndex()
        if row is not None and row.kind == "open" and self.grid.cell_at(index).key is None:
            self.add_row()
        elif index.isValid() and (below := self.neighbour(index, 1, 0)).isValid():
            self.setCurrentIndex(below)
        return True

    def step(self, direction: int) -> bool:
        """To the next cell that can be typed in; False at the end of the table."""
        index = self.currentIndex()
        columns, rows = self.grid.columnCount(), self.grid.rowCount()
        at = index.row() * columns + index.column() + direction if index.isValid() else 0
        while 0 <= at < rows * columns:
            cell = self.grid.layout_.rows[at // columns].cells[at % columns]
            if cell.key is not None and not cell.shows and not self._session.sheet.formula(cell.key):
                self.setCurrentIndex(self.grid.index(at // columns, at % columns))
                return True
            at += direction
        return False

    # -- rows --------------------------------------------------------------------------------------------

    def add_row(self) -> bool:
        row = self._row()
        if row is None or not row.adds:
            return False
        group = row.row.partition(":")[0]
        after = row.row if row.kind == "item" else None
        naming = self._session.add_row(row.table, group, after)
        if self.show_key(naming):
            self.edit(self.currentIndex())
        return True

    def remove_row(self) -> bool:
        row = self._row()
        if row is None or row.kind != "item":
            return False
        self._session.remove_row(row.table, row.row)
        self.said.emit("已删除一行，按 Ctrl+Z 可恢复")
        return True

    def move_row(self, step: int) -> bool:
        row, column = self._row(), self.currentIndex().column()
        if row is None or row.kind != "item":
            return False
        self._session.move_row(row.table, row.row, step)
        moved = next(
            (n for n, r in enumerate(self.grid.layout_.rows) if (r.table, r.row) == (row.table, row.row)), 0
        )
        self.setCurrentIndex(self.grid.index(moved, column))
        return True

    # -- blocks of cells ---------------------------------------------------------------------------------

    def _selected(self) -> list[list[QModelIndex]]:
        rows: dict[int, list[QModelIndex]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            rows.setdefault(index.row(), []).append(index)
        return list(rows.values())

    def _block(self) -> list[list[str]]:
        """What the selected cells show, line by line."""
        return [[str(index.data() or "") for index in line] for line in self._selected()]

    def copy(self) -> None:
        lines = ("\t".join(map(_for_clipboard, line)) for line in self._block())
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _plan(self, block: Sequence[Sequence[str]], index: QModelIndex) -> Paste:
        return plan_paste(self._session.sheet, self.grid.layout_, block, index.row(), index.column())

    def paste(self) -> None:
        from desktop.exchange.read_sheet.clipboard import parse_clipboard

        index = self.currentIndex()
        block = parse_clipboard(QGuiApplication.clipboard().text())
        if not index.isValid() or not block:
            return
        plan = self._plan(block, index)
        if self._session.write("粘贴", plan.wanted) or plan.skipped:
            skipped = f"，跳过{plan.skipped}格（自动计算或超出表格）" if plan.skipped else ""
            self.said.emit(f"已粘贴{len(block)}行{skipped}，按 Ctrl+Z 可撤销")

    def clear_cells(self) -> None:
        """Empty the selected cells; a number by hand goes back to the computed one."""
        cells = [self.grid.cell_at(index) for line in self._selected() for index in line]
        self._session.write("清除内容", [(key, None) for cell in cells for key in self.grid.keys_of(cell)])

    def _menu(self, at: QPoint) -> None:
        menu, row = QMenu(self), self._row()
        menu.addAction("复制\tCtrl+C", self.copy)
        menu.addAction("粘贴\tCtrl+V", self.paste)
        menu.addAction("清除内容\tDelete", self.clear_cells)
        if row is not None and row.adds:
            menu.addSeparator()
            menu.addAction(f"{row.adds}\tInsert", self.add_row)
        if row is not None and row.kind == "item":
            menu.addAction("删除本行\tCtrl+Delete", self.remove_row)
            menu.addAction("上移\tAlt+↑", lambda: self.move_row(-1))
            menu.addAction("下移\tAlt+↓", lambda: self.move_row(1))
        cell = self.grid.cell_at(self.currentIndex()) if self.currentIndex().isValid() else None
        if cell is not None and cell.key is not None and not cell.shows:
            add_history(menu, self._session, cell.key)
        pop_up(menu, self.viewport().mapToGlobal(at))


def _for_clipboard(text: str) -> str:
    """A cell with a line break or tab is quoted, as Excel does it."""
    text = text.strip("\u3000")
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in '\n\t"') else text
