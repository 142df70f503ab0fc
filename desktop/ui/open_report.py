"""The open report: its facts and scores, and every way to change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain import rows
from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.edits import Change, Edit, edit_from
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.keys import UNIT_NAME, FactKey
from desktop.domain.template import LABEL, ORDER, THIS
from desktop.domain.text_blocks.marks import BLOCKS
from desktop.errors import UserError
from desktop.storage.catalog import Report
from desktop.workplace import Workplace

if TYPE_CHECKING:
    from collections.abc import Iterator


class NotSaved(UserError):
    """An edit that could not be saved; `typed` is what would be lost with it."""

    def __init__(self, cause: UserError, typed: str) -> None:
        super().__init__(cause.sentence, cause.hint)
        self.cause, self.typed = cause, typed


class OpenReport(QObject):
    """One report, or none: what is written here is saved when the call returns."""

    changed = Signal()
    """Facts have changed, and with them totals and scores."""
    previewed = Signal()
    """The scores are those of what is being typed."""
    catalog_changed = Signal()
    failed = Signal(UserError)
    """Something expected went wrong; the main window tells the user."""
    disk_failed = Signal(UserError)
    """A step is saved though the disk reported an error while it was; told within the step."""
    said = Signal(str)
    """Something to tell in the status line."""
    jump = Signal(object)
    """Somebody wants to see a FactKey, or Words of the report's text."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.store, self.catalog, self.settings = place.store, place.catalog, place.settings
        self.resources = place.resources
        self.report: Report | None = None
        self._facts: dict[FactKey, str] = {}
        place.hear_of_disk_errors(self.disk_failed.emit)

    # -- reading -----------------------------------------------------------------------------------------

    @property
    def templates(self) -> Templates:
        """As the forms of the open report have them."""
        return self.sheet.templates

    @property
    def sheet(self) -> FactSheet:
        return self.assessment.sheet

    @property
    def facts(self) -> Mapping[FactKey, str]:
        return self._facts

    @property
    def year(self) -> int:
        return self.report.id.year if self.report else 2023

    def _assess(self, facts: Mapping[FactKey, str]) -> None:
        system = self.report.system if self.report else self.place.default_system
        self.assessment = Assessment(self.place.templates, facts, self.year, system)

    # -- writing -----------------------------------------------------------------------------------------

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Expected failures are told to the user instead of being raised."""
        try:
            yield
        except UserError as error:
            self.failed.emit(error)

    def write(self, label: str, wanted: Iterable[tuple[FactKey, str | None]]) -> bool:
        """One step: saved when this returns. False where nothing changed or it could not be saved."""
        if self.report is None:
            return False
        edit = edit_from(self.report.id, label, self._facts, wanted)
        if not edit:
            self.end_preview()
            return False
        try:
            self.store.apply(edit)
        except UserError as error:
            self._tell_unsaved(error, edit)
            return False
        with self.reporting():
            self._take_over()
        return True

    def _tell_unsaved(self, error: UserError, edit: Edit) -> None:
        """Give back what was typed, then show what is stored: nobody is to think that the rest was saved."""
        changes = [change for change in edit.changes if change.after]
        typed_in = [change for change in changes if change.key.table != BLOCKS] or changes
        texts = [(self.sheet.label(c.key), _told(c)) for c in typed_in]
        typed = texts[0][1] if len(texts) == 1 else "\n".join(f"{label}：{text}" for label, text in texts)
        self.failed.emit(NotSaved(error, typed))
        with suppress(UserError):  # the disk that takes nothing may give nothing either
            self._facts = self.store.facts(edit.report)
        self._assess(self._facts)
        self.changed.emit()

    def set(self, key: FactKey, text: str) -> bool:
        """Fill one cell; a field that is left after its row was removed changes nothing."""
        if not self._exists(key):
            return False
        return self.write(f"修改 {self.sheet.label(key)}", [(key, text.strip("\n"))])

    def _exists(self, key: FactKey) -> bool:
        if key.scope.isdigit() and key.scope not in self.sheet.projects():
            return False
        return ":" not in key.row or key.row in self.sheet.rows(key.table, key.row.partition(":")[0])

    def preview(self, key: FactKey, text: str) -> None:
        """Show what the scores would be with a cell as it is being typed; nothing is written."""
        self.preview_all([(key, text)])

    def preview_all(self, wanted: Iterable[tuple[FactKey, str | None]]) -> None:
        """The same with a cell in which several facts are typed."""
        facts = dict(self._facts)
        for key, text in wanted:
            if text:
                facts[key] = text
            else:
                facts.pop(key, None)
        self._assess(facts)
        self.previewed.emit()

    def end_preview(self) -> None:
        if self.assessment.sheet.facts is not self._facts:
            self._assess(self._facts)
            self.changed.emit()

    def undo(self) -> None:
        self._turn(self.store.undo)

    def redo(self) -> None:
        self._turn(self.store.redo)

    def _turn(self, turn: object) -> None:
        if self.report is not None and callable(turn):
            with self.reporting():
                edit = turn(self.report.id)
                self._take_over()
                if edit is not None and edit.changes:
                    self.jump.emit(_place_of(edit))

    def undo_label(self) -> str | None:
        return self.store.undo_label(self.report.id) if self.report else None

    def redo_label(self) -> str | None:
        return self.store.redo_label(self.report.id) if self.report else None

    def _take_over(self) -> None:
        self._reload()
        named = self.report and next((r for r in self.catalog.reports() if r.id == self.report.id), None)
        if named and self.report and named.unit_name != self.report.unit_name:
            self.report = named
            self.catalog_changed.emit()

    def _reload(self) -> None:
        if self.report is not None:
            self._facts = self.store.facts(self.report.id)
            self._assess(self._facts)
            self.changed.emit()

    # -- open rows ---------------------------------------------------------------------------------------

    def add_row(
        self, table: str, group: str, after: str | None = None, cells: Mapping[str, str] | None = None
    ) -> FactKey:
        """A new open row behind `after`, with the cells of these columns filled; where its name is typed."""
        row = rows.new_row(self.sheet, table, group)
        template = self.templates.tables[FactKey(table, row, "").base]
        naming = FactKey(table, row, LABEL if template.kind == "grid" else template.columns[0].id)
        place = rows.place_after(self.sheet, table, group, after)
        given = [(FactKey(table, row, column), text) for column, text in (cells or {}).items()]
        wanted = [(FactKey(table, row, ORDER), place), *given]
        self.write(f"添加一行{template.row(row).item}", wanted)
        return naming

    def add_project(self) -> FactKey:
        """A new project, of the unit's own department; the cell in which to type its name."""
        department = self.sheet.get("unit", THIS, "department")
        cells = {"name": "新项目", "department": department, "implementer": self.sheet.text(UNIT_NAME)}
        return self.add_row(PROJECTS, "item", cells=cells)

    def remove_row(self, table: str, row: str) -> None:
        label = self.sheet.row_label(
            self.templates.tables[FactKey(table, row, "").base], FactKey(table, row, ORDER)
        )
        self.write(f"删除 {label}", rows.remove_row(self._facts, table, row))

    def move_row(self, table: str, row: str, step: int) -> None:
        """Up (-1) or down (+1) within its group."""
        group = self.sheet.rows(table, row.partition(":")[0])
        at = group.index(row) + step
        if 0 <= at < len(group):
            self.write("移动一行", rows.swap(self.sheet, table, row, group[at]))


def _told(change: Change) -> str:
    """What would be lost; nobody copies a table from what is stored of it."""
    if change.key.table != BLOCKS:
        return change.after or ""
    from desktop.domain.text_blocks.in_words import block_words

    return block_words(change.after or "")


def _place_of(edit: Edit) -> FactKey:
    """Where a step is seen: of a table that came with its text, in the text."""
    keys = [change.key for change in edit.changes]
    return next((key for key in keys if key.table != BLOCKS), keys[0])
