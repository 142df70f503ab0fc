"""The templates' row arithmetic, written as Excel formulas that never show an error value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain import formula
from desktop.domain.facts import FactSheet
from desktop.domain.formula import Call, Node, Number, Operation, Reference
from desktop.domain.keys import FactKey
from desktop.domain.numbers import UNDEFINED, canonical
from desktop.domain.template import resolve_names
from desktop.exchange.excel_out.addresses import Place, Span

Spans = Mapping[tuple[str, str, str], Span]
"""Where the rows of an open group stand: by table, group and column."""


def excel_formula(
    sheet: FactSheet, places: Mapping[FactKey, Place], spans: Spans, home: str, key: FactKey
) -> str:
    """The formula of a computed cell, without `=`, as seen from the sheet `home`.

    Empty operands count as `desktop.domain.formula.evaluate` counts them: a sum of nothing is empty; a
    rate that lacks one of its numbers, or is divided by zero, is `—`.
    """
    part = _Writer(sheet, places, spans, home, key).part(formula.parse(sheet.formula(key)))
    column = sheet.column(key)
    undefined = UNDEFINED if column is not None and column.kind == "percent" else ""
    return f'IF({part.empty},"{undefined}",{part.text})' if part.empty else part.text


def sum_formula(home: str, cells: Sequence[Place | Span]) -> str:
    """A total of numbers that stays empty as long as none is there."""
    joined = ",".join(_addresses(home, cells))
    return f'IF(COUNT({joined})=0,"",SUM({joined}))'


def rate_formula(home: str, share: Place, whole: Place) -> str:
    """A rate in a blank input row: empty until both numbers are typed."""
    upper, lower = share.seen_from(home), whole.seen_from(home)
    return f'IF(OR(COUNT({upper})=0,N({lower})=0),"",{upper}/{lower})'


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a formula and the condition under which it has no value ('' where it always has one)."""

    text: str
    empty: str = ""
    cells: tuple[Place | Span, ...] = ()
    """Filled where the piece is nothing but a sum of cells; such a piece is 0 when empty, never an error."""

    @property
    def as_term(self) -> str:
        return self.text if self.cells or not self.empty else f"IF({self.empty},0,{self.text})"

    @property
    def as_factor(self) -> str:
        return self.text if self.cells or self.text.isdigit() else f"({self.text})"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the formula of one cell, as seen from the sheet `home`."""

    sheet: FactSheet
    places: Mapping[FactKey, Place]
    spans: Spans
    home: str
    key: FactKey

    def part(self, node: Node) -> _Part:
        match node:
            case Number(value):
                return _Part(canonical(value))
            case Reference(name) | Call("sum", (Reference(name),)):
                return self._sum(self._cells(name))
            case Operation(sign, left, right):
                return self._operation(sign, self.part(left), self.part(right))
            case Call(function, arguments):
                return self._call(function, [self.part(argument) for argument in arguments])

    def _sum(self, cells: Sequence[Place | Span]) -> _Part:
        if not cells:
            return _Part("0", "TRUE")
        runs = _addresses(self.home, cells)
        joined = ",".join(runs)
        single = len(runs) == 1 and ":" not in joined
        return _Part(f"N({joined})" if single else f"SUM({joined})", f"COUNT({joined})=0", tuple(cells))

    def _operation(self, sign: str, left: _Part, right: _Part) -> _Part:
        if sign == "+" and left.cells and right.cells:
            return self._sum([*left.cells, *right.cells])
        if sign in "+-":
            empty = _all(left.empty, right.empty)
            return _Part(f"{left.as_term}{sign}{right.as_term if right.cells else right.as_factor}", empty)
        if sign == "*":
            return _Part(f"{left.as_factor}*{right.as_factor}", _any(left.empty, right.empty))
        return _Part(f"{left.as_factor}/{right.as_factor}", _any(left.empty, f"{right.text}=0"))

    def _call(self, function: str, parts: Sequence[_Part]) -> _Part:
        first = parts[0]
        if function == "sum":
            return _Part("+".join(part.as_term for part in parts), _all(*(part.empty for part in parts)))
        if function == "round":
            return _Part(f"ROUND({first.text},{parts[1].text if len(parts) > 1 else 0})", first.empty)
        return _Part(f"ABS({first.text})" if function == "abs" else f"MAX(0,{first.text})", first.empty)

    def _cells(self, name: str) -> list[Place | Span]:
        """Where the operands of a reference stand; an open group with its blank input rows."""
        table = self.sheet.templates.tables[self.key.base]
        table_id, row, column = resolve_names(table, self.key.row, self.key.column, name)
        named = self.key.table if table_id == self.key.base else table_id
        every = row.endswith(":*")
        span = self.spans.get((named, row.removesuffix(":*"), column)) if every else None
        if span is not None:
            return [span]
        return [self.places[cell] for cell in self.sheet.cells(self.key, name) if cell in self.places]


def _any(*conditions: str) -> str:
    given = [condition for condition in conditions if condition]
    return given[0] if len(given) == 1 else f"OR({','.join(given)})" if given else ""


def _all(*conditions: str) -> str:
    """'' as soon as one piece always has a value."""
    return "" if not all(conditions) else f"AND({','.join(conditions)})"


def _addresses(home: str, cells: Sequence[Place | Span]) -> list[str]:
    """`C7:C9`, `C12`: neighbours in one column are drawn together."""
    return [(Span(run[0], run[-1]) if len(run) > 1 else run[0]).seen_from(home) for run in _adjacent(cells)]


def _adjacent(cells: Sequence[Place | Span]) -> Iterator[list[Place]]:
    run: list[Place] = []
    for cell in cells:
        ends = [cell] if isinstance(cell, Place) else [cell.first, cell.last]
        if run and not run[-1].just_above(ends[0]):
            yield run
            run = []
        run = [*run, *ends]
    if run:
        yield run
