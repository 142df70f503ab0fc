"""How Qt sees a grid: display, colours, hints and editing of each cell, asked for one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from desktop.audit.finding import ERROR, Finding
from desktop.domain.keys import FactKey
from desktop.domain.numbers import show_short
from desktop.domain.scoring.scoring import BlockScore, IndicatorScore, ScoreSheet
from desktop.domain.template import NUMBER_KINDS
from desktop.ui import theme
from desktop.ui.grid.clipboard import normalise, target_changes
from desktop.ui.grid.layout import Cell, GridRow, Layout
from desktop.ui.hints import paragraph
from desktop.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
HAND_ROLE = Qt.ItemDataRole.UserRole + 1
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 2
Role = Qt.ItemDataRole

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_INDENT = "\u3000"


class GridModel(QAbstractTableModel):
    """A layout over the session's facts. `build` makes the layout; it is asked again after every change."""

    def __init__(
        self,
        session: Session,
        build: Callable[[], Layout],
        score: Callable[[], ScoreSheet] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._build = build
        self._score = score
        self.layout_ = build()
        self._computed: tuple[Layout, list[int]] | None = None

    def refresh(self) -> None:
        """Take over what changed: the same lines are only painted anew, other lines reset the grid."""
        fresh = self._build()
        if fresh == self.layout_:
            if self.layout_.rows:
                self.dataChanged.emit(
                    self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1)
                )
            return
        self.beginResetModel()
        self.layout_ = fresh
        self.endResetModel()

    def computed_columns(self) -> list[int]:
        """The columns in which something follows from other cells; looked for once in each layout."""
        if self._computed is None or self._computed[0] is not self.layout_:
            self._computed = self.layout_, [n for n in range(self.columnCount()) if self._follows(n)]
        return self._computed[1]

    def _follows(self, column: int) -> bool:
        sheet = self._session.sheet
        cells = (row.cells[column] for row in self.layout_.rows)
        return any(c.shows or c.kind == "points" or (c.key and sheet.formula(c.key)) for c in cells)

    def row_at(self, index: Index) -> GridRow:
        return self.layout_.rows[index.row()]

    def cell_at(self, index: Index) -> Cell:
        return self.layout_.rows[index.row()].cells[index.column()]

    def find(self, key: FactKey) -> QModelIndex:
        """The cell of a fact; for a key whose cell is not shown, the first cell of its row."""
        near = QModelIndex()
        for r, row in enumerate(self.layout_.rows):
            for c, cell in enumerate(row.cells):
                if cell.key == key and not cell.shows:
                    return self.index(r, c)
            if not near.isValid() and row.table == key.table and row.row == key.row:
                near = self.index(r, 0)
        return near

    # -- what Qt asks ----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.layout_.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.layout_.headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            header = self.layout_.headers[section]
            if role == Role.DisplayRole:
                return header.label
            if role == Role.TextAlignmentRole:
                return _LEFT if header.kind in ("text", "label") else _CENTRE
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        cell = self.cell_at(index)
        if cell.key is not None and not cell.shows:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        asked = _ANSWERS.get(role)
        return asked(self, self.row_at(index), self.cell_at(index)) if asked and index.isValid() else None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        cell = self.cell_at(index)
        if role != Role.EditRole or cell.key is None:
            return False
        if cell.key.column == "target":
            return self._session.write("修改 年度指标值", target_changes(cell.key, str(value)))
        return self._session.set(cell.key, normalise(cell.kind, str(value)) or "")

    # -- the answers -------------------------------------------------------------------------------------

    def keys_of(self, cell: Cell) -> tuple[FactKey, ...]:
        """The facts that are typed in a cell; none where it is only read."""
        return () if cell.key is None or cell.shows else (cell.key,)

    def _problem(self, cell: Cell) -> Finding | None:
        """What is wrong with a cell, if anything is."""
        found = map(self._session.problem_at, self.keys_of(cell))
        return next((problem for problem in found if problem is not None), None)

    def _indicator(self, cell: Cell) -> IndicatorScore | None:
        return None if cell.key is None else self._session.assessment.indicator_at(cell.key)

    def display(self, row: GridRow, cell: Cell) -> str:
        if cell.shows.startswith("block_"):
            return self._block_sum(cell)
        if cell.key is None:
            adds = f"　＋ {row.adds}" if row.kind == "open" and cell.kind == "label" else ""
            return _INDENT * (row.level if cell.kind == "label" else 0) + cell.text + adds
        if cell.shows or cell.kind == "points":
            return self._scored(cell)
        text = self._session.sheet.display(cell.key)
        if not text and cell.key.column == "label":
            return ""
        return (_INDENT * row.level + text) if cell.key.column == "label" else text

    def _scored(self, cell: Cell) -> str:
        score = self._indicator(cell)
        if score is None:
            return ""
        if cell.shows in ("value", "how"):
            return score.value if cell.shows == "value" else score.how
        return show_short(score.weight if cell.shows == "weight" else score.points, 3)

    def _block(self, cell: Cell) -> BlockScore | None:
        """The block whose sums a cell shows."""
        blocks = self._score().blocks if self._score and cell.shows.startswith("block_") else ()
        return next((b for b in blocks if b.id == cell.text), None)

    def _block_sum(self, cell: Cell) -> str:
        block = self._block(cell)
        if block is None:
            return ""
        return show_short(block.weight_sum if cell.shows == "block_weight" else block.points, 3)

    def edit_text(self, row: GridRow, cell: Cell) -> str:
        return "" if cell.key is None else self._session.sheet.text(cell.key)

    def align(self, row: GridRow, cell: Cell) -> Qt.AlignmentFlag:
        if cell.kind == "choice":
            return _CENTRE
        numeric = cell.kind in NUMBER_KINDS or cell.kind == "points" or cell.shows.startswith("block")
        return _RIGHT if numeric or cell.shows == "value" else _LEFT

    def computed(self, cell: Cell) -> bool:
        if cell.key is None or cell.shows:
            return True
        if cell.kind == "points":
            score = self._indicator(cell)
            return score is not None and not score.by_hand
        return bool(self._session.sheet.formula(cell.key)) and cell.key not in self._session.facts

    def background(self, row: GridRow, cell: Cell) -> QBrush:
        if row.kind == "heading":
            return QBrush(QColor(theme.HEADING))
        problem = self._problem(cell)
        if problem:
            return QBrush(QColor(theme.WRONG_SOFT if problem.level == ERROR else theme.WARN_SOFT))
        return QBrush(QColor(theme.COMPUTED if self.computed(cell) else theme.PAPER))

    def foreground(self, row: GridRow, cell: Cell) -> QBrush:
        problem = self._problem(cell)
        if problem:
            return QBrush(QColor(theme.WRONG if problem.level == ERROR else theme.WARN))
        block = self._block(cell)
        if block is not None and cell.shows == "block_weight" and not block.balanced:
            return QBrush(QColor(theme.WRONG))
        if row.kind == "open" and cell.kind == "label":
            return QBrush(QColor(theme.ACCENT))
        computed = cell.key is not None and self.computed(cell)
        return QBrush(QColor(theme.COMPUTED_INK if computed else theme.INK))

    def font(self, row: GridRow, cell: Cell) -> QFont | None:
        if not row.strong:
            return None
        font = QFont()
        font.setBold(True)
        return font

    def tip(self, row: GridRow, cell: Cell) -> str:
        """The problem first, then how the number came about; escaped, for Qt reads hints as rich text."""
        parts = []
        if cell.key is not None:
            problem = self._problem(cell) or self._session.problem_at(cell.key)
            parts += [problem.message] if problem else []
            parts += self._origin(cell)
        elif row.kind == "open":
            parts.append(f"单击或按 Insert 键{row.adds}")
        return "".join(map(paragraph, parts))

    def _origin(self, cell: Cell) -> list[str]:
        assert cell.key is not None
        score = self._indicator(cell) if cell.kind == "points" or cell.shows else None
        if score is not None:
            back = ["按 Delete 键恢复按规则计算"] if score.by_hand else []
            return [f"得分依据：{score.how}", *back]
        explained = self._session.sheet.explain(cell.key)
        if explained is None:
            return []
        return (
            [f"{explained.label} ＝ {explained.words}", explained.note]
            if explained.note
            else [f"{explained.label} ＝ {explained.words}"]
        )

    def by_hand(self, row: GridRow, cell: Cell) -> bool:
        if cell.key is None or cell.shows:
            return False
        if cell.kind == "points":
            score = self._indicator(cell)
            return score is not None and score.by_hand
        return self._session.sheet.by_hand(cell.key)

    def problem(self, row: GridRow, cell: Cell) -> str:
        found = self._problem(cell)
        return "" if found is None else "wrong" if found.level == ERROR else "warning"


_ANSWERS: dict[int, Callable[[GridModel, GridRow, Cell], Any]] = {
    Role.DisplayRole: GridModel.display,
    Role.EditRole: GridModel.edit_text,
    Role.TextAlignmentRole: GridModel.align,
    Role.BackgroundRole: GridModel.background,
    Role.ForegroundRole: GridModel.foreground,
    Role.FontRole: GridModel.font,
    Role.ToolTipRole: GridModel.tip,
    HAND_ROLE: GridModel.by_hand,
    PROBLEM_ROLE: GridModel.problem,
}
