"""How Qt sees a form: what stands in each of its cells, and what typing into one writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from desktop.domain.forms.laid_out import LaidForm
from desktop.domain.keys import FactKey
from desktop.ui.form_view.places import Place, form_sheet, keys_of
from desktop.ui.grid.clipboard import Wanted, normalise, whole_target
from desktop.ui.grid.layout import Cell, GridRow
from desktop.ui.grid.model import GridModel, Index, Role
from desktop.ui.hints import paragraph
from desktop.ui.session import Session


class FormModel(GridModel):
    """`lay` lays the form out; it is asked again after every change and every key."""

    def __init__(self, session: Session, lay: Callable[[], LaidForm], parent: QObject) -> None:
        self._lay = lay
        self.form = form_sheet(lay(), session.sheet)
        super().__init__(session, lambda: self.form.layout, None, parent)

    def refresh(self) -> None:
        """Take over what changed: the same lines are only painted anew, other lines reset the sheet."""
        if self.reread() is None:
            self.use(self._lay)

    def reread(self) -> list[Place] | None:
        """Take over what the same lines say now; the cells that read otherwise. None where there are other lines."""
        found = self.form.reread(self._lay(), self._session.sheet)
        if found is None:
            return None
        self.form, changed = found
        return changed

    def use(self, lay: Callable[[], LaidForm]) -> None:
        """Show this form from now on."""
        self.beginResetModel()
        self._lay = lay
        self.form = form_sheet(lay(), self._session.sheet)
        self.layout_ = self.form.layout
        self.endResetModel()

    # -- cells -------------------------------------------------------------------------------------------

    def place_at(self, index: Index) -> Place | None:
        """The cell of the form that lies there; None beside the form."""
        return self.form.over(index.row(), index.column())

    def home(self, place: Place) -> QModelIndex:
        return self.index(place.row, place.column)

    def find(self, key: FactKey) -> QModelIndex:
        place = self.form.place_of(key)
        return self.home(place) if place is not None else QModelIndex()

    def keys_of(self, cell: Cell) -> tuple[FactKey, ...]:
        return keys_of(cell)

    def problem_of(self, place: Place) -> str:
        """How grave what is wrong with a cell is; '' where nothing is."""
        problem = self._problem(place.cell)
        return problem.level if problem is not None else ""

    def is_computed(self, place: Place) -> bool:
        """Reckoned from other cells, or fixed by the form."""
        return self.computed(place.cell) and not place.of_the_form

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.form.edges) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """What stands above a column is a cell of the form itself."""
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        place = self.place_at(index)
        if place is None or place.look in ("mark", "title", "note"):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(self.home(place))

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        place = self.place_at(index) if index.isValid() else None
        if place is None:
            return None
        if role == Role.DisplayRole:
            return place.words
        if role == Role.AccessibleTextRole:
            return self.said(place)
        if role == Role.EditRole and place.is_target:
            return place.laid.shown
        return super().data(self.home(place), role)

    def said(self, place: Place) -> str:
        """For who hears the form read out: what a cell is called, and what stands in it."""
        label = self._session.sheet.label(place.cell.key) if place.cell.key else ""
        return f"{label}：{place.laid.shown or '空'}" if label else place.words

    def tip(self, row: GridRow, cell: Cell) -> str:
        if cell.key is None:
            return ""
        back = super().tip(row, cell)
        return back or (paragraph(f"在空行里填写，即{row.adds}") if row.kind == "blank" else "")

    # -- writing -----------------------------------------------------------------------------------------

    def changes(self, index: Index, text: str) -> Wanted:
        """What a text typed into a cell says of facts; `≥95%` of three of them."""
        place = self.place_at(index)
        key = place.cell.key if place is not None else None
        if place is None or key is None:
            return []
        if place.is_target:
            return [] if text == place.laid.shown else whole_target(key, text)
        return [(key, normalise(place.cell.kind, text))]

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        cell, row, text = self.cell_at(index), self.row_at(index), str(value)
        if role != Role.EditRole or cell.key is None:
            return False
        place = self.place_at(index)
        if row.kind == "blank":
            return self._begin_row(row, self.changes(index, text))
        if place is not None and place.is_target:
            return self._session.write("修改 年度指标值", self.changes(index, text))
        return super().setData(index, value, role)

    def _begin_row(self, row: GridRow, changes: Wanted) -> bool:
        """What is typed into a blank line is the first cell of a new row."""
        cells = {key.column: text for key, text in changes if text}
        if cells:
            self._session.add_row(row.table, row.row, cells=cells)
        return bool(cells)
