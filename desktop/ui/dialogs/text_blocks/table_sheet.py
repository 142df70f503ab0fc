"""A table of the report's text as a small sheet: typing, merged cells, copying and pasting, its own undoing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QTableWidget,
    QTableWidgetItem,
    QTableWidgetSelectionRange,
    QWidget,
)

from desktop.domain.assessment import Assessment
from desktop.domain.fields import fields
from desktop.domain.fields.block_fields import stands_for_itself
from desktop.domain.fields.fields import Piece
from desktop.domain.text_blocks import table_edits
from desktop.domain.text_blocks.text_table import LONGEST_CELL, Area, TextTable, parse_table, stored_table
from desktop.ui import theme
from desktop.ui.dialogs.text_blocks.cell_editor import ENTER, STEPS, CellDelegate
from desktop.ui.hints import paragraph
from desktop.ui.text_editor.block_hints import html_of, is_figure
from desktop.ui.text_editor.copied_blocks import CELLS_MIME

_NARROWEST, _WIDEST, _WIDEST_OF_MANY = 72, 300, 180
_MANY = 5
_LEAST_HEIGHT = 30
_MOST_SPREAD = 2.5
"""A table of two short columns is not drawn out over the whole window."""
Key = Qt.Key
_NOTHING = Qt.KeyboardModifier.NoModifier


class TableSheet(QTableWidget):
    """`table` is what is stored; what is seen has its fields filled in, and tinted."""

    changed = Signal()
    said = Signal(str)
    """Something that could not be done, in a sentence."""
    typing = False

    def __init__(self, assessment: Assessment, table: TextTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assessment = assessment
        self.table = table
        self._past: list[TextTable] = []
        self._future: list[TextTable] = []
        self.setObjectName("tableSheet")
        self.setAccessibleName("表格内容")
        self.setItemDelegate(CellDelegate(self))
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().setMinimumSectionSize(_LEAST_HEIGHT)
        self._fill()
        self.stand_at(0, 0)

    # -- what is seen ------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """All cells anew; where one stood, one stands again."""
        place = self.currentRow(), self.currentColumn()
        table = self.table
        self.clearSpans()
        self.setRowCount(len(table.rows))
        self.setColumnCount(table.width)
        self.setHorizontalHeaderLabels([_letter(column) for column in range(table.width)])
        for area in table.merged:
            self.setSpan(*area)
        self._fill_cells()
        self.resizeRowsToContents()
        self.stand_at(min(max(place[0], 0), len(table.rows) - 1), min(max(place[1], 0), table.width - 1))

    def _fill_cells(self) -> None:
        head = self.table.head_rows
        for row in range(len(self.table.rows)):
            for column in range(self.table.width):
                self._fill_cell(row, column, row < head)

    def _fill_cell(self, row: int, column: int, head: bool) -> None:
        stored = self.table.rows[row][column]
        parts = fields.pieces(self._assessment, stored) if "⟦" in stored else [Piece(stored)]
        shown = "".join(part.text for part in parts)
        live = [part.field for part in parts if part.field and not stands_for_itself(part.field)]
        item = QTableWidgetItem(shown)
        across = Qt.AlignmentFlag.AlignHCenter if head else Qt.AlignmentFlag.AlignLeft
        across = Qt.AlignmentFlag.AlignRight if is_figure(shown) and not head else across
        item.setTextAlignment(across | Qt.AlignmentFlag.AlignVCenter)
        if live:
            item.setBackground(QColor(theme.FIELD))
            item.setForeground(QColor(theme.FIELD_INK))
            item.setToolTip(paragraph(self._hint(live)))
        elif head:
            item.setBackground(QColor(theme.HEADING))
        if head:
            font = QFont(self.font())
            font.setBold(True)
            item.setFont(font)
        self.setItem(row, column, item)

    def _hint(self, live: Iterable[str]) -> str:
        labels = (fields.label_of(self._assessment, name) for name in live)
        return f"{'、'.join(dict.fromkeys(labels))}：随数据变化，改动即变为普通文字"

    def _fit_columns(self) -> None:
        """As wide as their words; of a narrow table the columns share the room there is."""
        self.resizeColumnsToContents()
        columns = range(self.columnCount())
        widest = _WIDEST if len(columns) <= _MANY else _WIDEST_OF_MANY
        widths = [min(max(self.columnWidth(column) + 12, _NARROWEST), widest) for column in columns]
        room = self.viewport().width()
        scale = max(min(room / sum(widths), _MOST_SPREAD), 1.0)
        for column in columns:
            self.setColumnWidth(column, int(widths[column] * scale))
        self.resizeRowsToContents()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_columns()

    # -- changing ----------------------------------------------------------------------------------------

    def change(self, table: TextTable | None) -> bool:
        """One step; None is a table that would be too large."""
        if table is None:
            self.said.emit("放不下：一个表格最多500行、40列。")
            return False
        if table == self.table:
            return False
        grown = table.width != self.table.width
        self._past.append(self.table)
        self._future.clear()
        self._show(table, fit=grown)
        return True

    def _show(self, table: TextTable, *, fit: bool) -> None:
        self.table = table
        self._fill()
        if fit:
            self._fit_columns()
        self.changed.emit()

    def undo_step(self) -> None:
        if self._past:
            self._future.append(self.table)
            self._show(self._past.pop(), fit=False)

    def redo_step(self) -> None:
        if self._future:
            self._past.append(self.table)
            self._show(self._future.pop(), fit=False)

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    def type_in(self, row: int, column: int, shown: str) -> None:
        """What was typed over what a cell shows; a field outside of what was changed stays one."""
        stored = self.table.rows[row][column]
        if shown == fields.expanded(self._assessment, stored):
            return
        new = self._as_typed(fields.edited(self._assessment, stored, shown[:LONGEST_CELL]))
        area = Area(row, column, 1, 1)
        self._past.append(self.table)
        self._future.clear()
        heads = self.table.head_rows
        self.table = table_edits.with_text(self.table, area, new)
        if heads == self.table.head_rows:
            self._fill_cell(row, column, row < heads)
        else:
            self._fill_cells()
        self.resizeRowToContents(row)
        self.changed.emit()

    def _as_typed(self, stored: str) -> str:
        """A field that was typed over is the words that were typed: a cell has no menu that gives it back."""
        parts = fields.pieces(self._assessment, stored)
        typed = (p.frozen and not stands_for_itself(p.field) for p in parts)
        return fields.stored_of(Piece(p.text) if plain else p for p, plain in zip(parts, typed, strict=True))

    def put_field(self, name: str) -> None:
        """A live field behind what stands in the current cell."""
        self.finish_editing()
        area = self.area()
        cell = table_edits.area_at(self.table, area.row, area.column)
        stored = self.table.rows[cell.row][cell.column]
        self.change(table_edits.with_text(self.table, cell, f"{stored}⟦{name}⟧"))

    def area(self) -> Area:
        """What is selected, whole cells; without a selection the current one."""
        ranges = self.selectedRanges()
        if not ranges:
            return table_edits.area_at(self.table, max(self.currentRow(), 0), max(self.currentColumn(), 0))
        top, left = min(r.topRow() for r in ranges), min(r.leftColumn() for r in ranges)
        bottom, right = max(r.bottomRow() for r in ranges), max(r.rightColumn() for r in ranges)
        area = Area(top, left, bottom - top + 1, right - left + 1)  # Qt parts it where cells are merged
        return table_edits.whole_cells(self.table, area)

    def stand_at(self, row: int, column: int) -> None:
        """There alone, whatever keys are held: Ctrl+V is, when what was pasted is shown."""
        self.setCurrentCell(row, column, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def select(self, area: Area) -> None:
        self.stand_at(area.row, area.column)
        bottom, right = area.row + area.rows - 1, area.column + area.columns - 1
        self.setRangeSelected(QTableWidgetSelectionRange(area.row, area.column, bottom, right), True)

    def finish_editing(self) -> None:
        """Take over what is being typed, before something else is done."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    # -- clipboard ---------------------------------------------------------------------------------------

    def copy(self) -> None:
        """As text, as a table for Word, and with its fields for another table of the report."""
        part = table_edits.part_of(self.table, self.area())
        shown = part.mapped(lambda text: fields.expanded(self._assessment, text))
        data = self.model().mimeData(
            [self.currentIndex()]
        )  # Qt's own: one of Python's would outlive it there
        data.clear()
        data.setText(table_edits.lines_of(shown))
        data.setHtml(html_of(self._assessment, part, len(part.rows), part.width))
        data.setData(CELLS_MIME, stored_table(part).encode())
        QGuiApplication.clipboard().setMimeData(data)

    def cut(self) -> None:
        self.copy()
        self.clear_cells()

    def clear_cells(self) -> None:
        self.change(table_edits.with_text(self.table, self.area(), ""))

    def paste(self) -> None:
        """A block of cells from the selection's corner on; a single one into all that is selected."""
        block = _block_of(QGuiApplication.clipboard().mimeData())
        if block is None:
            return
        area = self.area()
        if len(block.rows) == block.width == 1:
            self.change(table_edits.with_text(self.table, area, block.rows[0][0]))
            return
        if self.change(table_edits.pasted(self.table, area.row, area.column, block)):
            self.clearSelection()
            self.stand_at(area.row, area.column)

    # -- keys --------------------------------------------------------------------------------------------

    def edit(self, *arguments: object) -> bool:  # type: ignore[override]
        """Remember whether typing opened the editor: then arrows leave it again, as in a spreadsheet."""
        if len(arguments) > 1:
            self.typing = arguments[1] == QAbstractItemView.EditTrigger.AnyKeyPressed
        return bool(super().edit(*arguments))  # type: ignore[call-overload]

    def event(self, event: QEvent) -> bool:
        # Tab is taken before Qt moves the focus out of the table.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Key.Key_Tab, Key.Key_Backtab) and self.step(key == Key.Key_Tab):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        standard = QKeySequence.StandardKey
        deeds = {
            standard.Copy: self.copy,
            standard.Cut: self.cut,
            standard.Paste: self.paste,
            standard.Undo: self.undo_step,
            standard.Redo: self.redo_step,
        }
        for keys, deed in deeds.items():
            if event.matches(keys):
                deed()
                return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Key.Key_Delete, Key.Key_Backspace) and held == _NOTHING:
            self.clear_cells()
        elif event.key() in ENTER and held == Qt.KeyboardModifier.AltModifier:
            self.edit(self.currentIndex())
        elif event.key() in ENTER:
            self.leave_editor(event.key())
        else:
            super().keyPressEvent(event)

    def leave_editor(self, key: int) -> None:
        """Where the cursor goes when a cell is left by this key."""
        if key in (Key.Key_Tab, Key.Key_Backtab):
            self.step(key == Key.Key_Tab)
            return
        down, right = STEPS.get(Key(key), (1, 0))
        cell = table_edits.area_at(self.table, self.currentRow(), self.currentColumn())
        row = cell.row + cell.rows if down > 0 else cell.row + down
        column = cell.column + cell.columns if right > 0 else cell.column + right
        if 0 <= row < len(self.table.rows) and 0 <= column < self.table.width:
            shown = table_edits.area_at(self.table, row, column)
            self.stand_at(shown.row, shown.column)

    def step(self, forward: bool) -> bool:
        """To the next cell; behind the last a new row begins, as in Word. False before the first."""
        cells = [(area.row, area.column) for area, _ in self.table.cells()]
        cell = table_edits.area_at(self.table, max(self.currentRow(), 0), max(self.currentColumn(), 0))
        at = cells.index((cell.row, cell.column)) + (1 if forward else -1)
        if at == len(cells):
            self.change(table_edits.insert_row(self.table, len(self.table.rows)))
            self.stand_at(len(self.table.rows) - 1, 0)
        elif at >= 0:
            self.stand_at(*cells[at])
        return at >= 0


def _block_of(data: QMimeData | None) -> TextTable | None:
    """The cells on the clipboard: of ours with their fields, of other programs' with what is merged."""
    if data is None:
        return None
    if data.hasFormat(CELLS_MIME):
        return parse_table(bytes(data.data(CELLS_MIME).data()).decode(errors="replace"))
    from desktop.exchange.import_report.pasted import pasted_cells

    return pasted_cells(data.html(), data.text())


def _letter(column: int) -> str:
    """`A` … `Z`, `AA`, as in a spreadsheet."""
    first, last = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)
