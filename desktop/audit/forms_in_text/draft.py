"""What has been read from the printed forms so far: cells with their places, and what could not be placed."""

from __future__ import annotations

from decimal import Decimal

from desktop.audit.forms_in_text.cells import Cells, Value
from desktop.audit.text.flat_text import Text
from desktop.domain.all_templates import Templates
from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey, base_of
from desktop.domain.labels import is_residue, signature
from desktop.domain.numbers import canonical, number_of, parse_money
from desktop.domain.template import LABEL, ORDER, THIS, System

UNIT_LABELS = [
    "预算单位名称",
    "填报单位",
    "单位名称",
    "部门名称",
    "填报单位名称",
    "部门单位名称",
    "预算单位",
    "编报单位",
    "部门预算单位名称",
]
UNIT_NAME = FactKey("unit", THIS, "name")
_LONGEST_SIGNATURE = 20
"""Characters of a name, a phone number with extension or a date; more is the text behind the form."""
_SIGNATURE_STARTS = ("单位负责人", "部门负责人", "负责人", "填表人", "填报人", "单位领导")


class Draft:
    """The one place where facts of the printed forms are put; of two for one cell the first counts."""

    def __init__(self, text: Text, templates: Templates, form: System) -> None:
        self.text, self.templates, self.form = text, templates, form
        self.facts: dict[FactKey, str] = {}
        # What each attribute holds is told with `AnnexReading`, which is made of them.
        self.places: dict[FactKey, tuple[int, int]] = {}
        self.as_printed: dict[FactKey, str] = {}
        self.stated: dict[tuple[str, str], tuple[Decimal, tuple[int, int]]] = {}
        self.unread: list[tuple[int, int]] = []
        self.residue: list[tuple[int, int]] = []
        self.scopes: list[str] = []
        self._counts: dict[tuple[str, str], int] = {}

    def put(self, key: FactKey, text: str, start: int, end: int) -> None:
        """A cell of words; what the template's author left for others counts as empty."""
        words = text.strip()
        if is_residue(words):
            self.residue.append((start, end))
        elif words and key not in self.facts:
            self.facts[key] = words
            self.places[key] = (start, end)

    def number(self, key: FactKey, value: Value, unit: str = "万元") -> None:
        """A cell of a number, in the program's units; what is none is unread."""
        table = self.templates.tables[key.base]
        kind = table.column(key.column).kind
        if not value.text:
            return
        if kind == "percent":  # as written: `95.16%` and `0.9516` are told apart by whoever reads the cell
            stored: str | None = value.text
        else:
            amount = parse_money(value.text, unit) if kind == "money" else number_of(value.text)
            stored = None if amount is None else canonical(amount)
        if stored is None:
            self.unread.append((value.start, value.end))
        elif key not in self.facts:
            self.facts[key] = stored
            self.places[key] = (value.start, value.end)

    def state(self, scope: str, what: str, number: Decimal, start: int, end: int) -> None:
        self.stated.setdefault((scope, what), (number, (start, end)))

    def new_row(self, table: str, group: str, name: str, start: int, end: int) -> str:
        """An open row with its name."""
        count = self._counts[table, group] = self._counts.get((table, group), 0) + 1
        row = f"{group}:{count}"
        self.facts[FactKey(table, row, ORDER)] = str(count)
        template = self.templates.tables[base_of(table)]
        column = LABEL if template.kind == "grid" else template.columns[0].id
        self.put(FactKey(table, row, column), name, start, end)
        return row

    def new_project(self, name: str, start: int, end: int) -> str:
        row = self.new_row(PROJECTS, "item", name, start, end)
        self.scopes.append(row.partition(":")[2])
        return self.scopes[-1]

    def unit_name(self, cells: Cells, at: int) -> int:
        """Read `预算单位名称 | 名称`; the piece after it, or `at` where no such label stands there."""
        label = cells.match(at, dict.fromkeys(UNIT_LABELS, "name"))
        if label is None:
            return at
        at += label.count
        if label.value:
            # `填报单位：清溪县水利局 金额单位：万元` on one line, its blanks gone.
            name = label.value.partition("单位：")[0].removesuffix("金额")
            self.put(UNIT_NAME, name, label.end - len(label.value), label.end)
        elif at < len(cells) and not cells.number(at):
            piece = cells.pieces[at]
            self.put(UNIT_NAME, piece.text, piece.start, piece.end)
            at += 1
        return at

    def signature(self, cells: Cells, at: int) -> bool:
        """The closing line of signatures begins here; who signed is read from the rest of the form."""
        piece = cells.pieces[at]
        if not piece.text.startswith(_SIGNATURE_STARTS):
            return False
        start = piece.start
        parts = signature(cells.as_written(start, cells.end).replace("\n", " ")) or {}
        for column, words in parts.items():
            if words and len(words) <= _LONGEST_SIGNATURE:
                flat = "".join(words.split())
                at = self.text.flat.find(flat, start, cells.end)
                place = (at, at + len(flat)) if at >= 0 else (start, cells.end)
                self.put(FactKey("unit", THIS, column), words, *place)
            else:  # asked for by the form and left empty
                self.places.setdefault(FactKey("unit", THIS, column), (start, cells.end))
        return True
