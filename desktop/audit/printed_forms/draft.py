"""What has been read from the printed forms so far: cells with their places, and what could not be placed."""

from __future__ import annotations

from decimal import Decimal

from desktop.audit.printed_forms.cells import Cells, Value
from desktop.audit.text.flat_text import Text
from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey
from desktop.domain.labels import is_residue, signature
from desktop.domain.numbers import canonical, number_of, parse_money
from desktop.domain.template import LABEL, ORDER, THIS, System, Templates

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
_SIGNATURE_STARTS = ("单位负责人", "部门负责人", "负责人", "填表人", "填报人", "单位领导")


class Draft:
    """The one place where facts of the printed forms are put; of two for one cell the first counts."""

    def __init__(self, text: Text, templates: Templates, form: System) -> None:
        self.text, self.templates, self.form = text, templates, form
        self.facts: dict[FactKey, str] = {}
        self.places: dict[FactKey, tuple[int, int]] = {}
        self.written: dict[FactKey, str] = {}
        self.stated: dict[tuple[str, str], tuple[Decimal, tuple[int, int]]] = {}
        self.unread: list[tuple[int, int]] = []
        self.residue: list[tuple[int, int]] = []
        self.scopes: list[str] = []
        self._counts: dict[tuple[str, str], int] = {}

    def put(self, key: FactKey, text: str, start: int, end: int) -> None:
        """A cell of words; what the template's author left for others counts as empty."""
        said = text.strip()
        if is_residue(said):
            self.residue.append((start, end))
        elif said and key not in self.facts:
            self.facts[key] = said
            self.places[key] = (start, end)

    def number(self, key: FactKey, value: Value, unit: str = "万元") -> None:
        """A cell of a number, in the program's units; what is none is unread."""
        table = self.templates.tables[key.base]
        kind = table.column(key.column).kind
        if not value.text:
            return
        if kind == "percent":
            said: str | None = value.text
        else:
            read = parse_money(value.text, unit) if kind == "money" else number_of(value.text)
            said = None if read is None else canonical(read)
        if said is None:
            self.unread.append((value.start, value.end))
        elif key not in self.facts:
            self.facts[key] = said
            self.places[key] = (value.start, value.end)

    def state(self, scope: str, what: str, number: Decimal, start: int, end: int) -> None:
        self.stated.setdefault((scope, what), (number, (start, end)))

    def new_row(self, table: str, group: str, name: str, start: int, end: int) -> str:
        """An open row with its name."""
        count = self._counts[table, group] = self._counts.get((table, group), 0) + 1
        row = f"{group}:{count}"
        self.facts[FactKey(table, row, ORDER)] = str(count)
        template = self.templates.tables[table.partition("@")[0]]
        column = LABEL if template.kind == "grid" else template.columns[0].id
        self.put(FactKey(table, row, column), name, start, end)
        return row

    def new_project(self, name: str, start: int, end: int) -> str:
        row = self.new_row(PROJECTS, "item", name, start, end)
        self.scopes.append(row.partition(":")[2])
        return self.scopes[-1]

    def unit_name(self, cells: Cells, at: int) -> int:
        """Read `预算单位名称 | 名称`; the piece after it, or `at` where no such label stands there."""
        found = cells.match(at, dict.fromkeys(UNIT_LABELS, "name"))
        if found is None:
            return at
        at += found.count
        if found.value:
            name = found.value.partition("单位：")[0].removesuffix("金额")
            self.put(UNIT_NAME, name, found.end - len(found.value), found.end)
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
        parts = signature(cells.said(start, cells.end).replace("\n", " ")) or {}
        for column, said in parts.items():
            if said and len(said) <= 20:
                flat = "".join(said.split())
                place = self.text.flat.find(flat, start, cells.end)
                key = FactKey("unit", THIS, column)
                self.put(
                    key, said, place if place >= 0 else start, place + len(flat) if place >= 0 else cells.end
                )
            else:
                self.places.setdefault(FactKey("unit", THIS, column), (start, cells.end))
        return True
