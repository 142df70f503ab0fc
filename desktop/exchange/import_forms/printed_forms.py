"""The forms printed in a report's text, handed to the import as if each number stood in a cell."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.audit.printed_forms.forms_in_text import AnnexReading
from desktop.audit.printed_forms.regions import Region
from desktop.audit.text.flat_text import Text
from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey, scoped
from desktop.domain.labels import signature
from desktop.domain.numbers import canonical, number_of, show_short
from desktop.domain.scoring.targets import parse_target
from desktop.domain.template import LABEL, ORDER
from desktop.exchange.import_forms.collected import Intake, Total
from desktop.exchange.import_forms.doubtful_rows import doubtful_rows
from desktop.exchange.import_forms.regions import Line, Place
from desktop.exchange.import_plan import Level
from desktop.exchange.read_sheet.grid import Cell

_LONGEST = 60
_NO_GRID = "文件里附件的表格线已丢失，是按文字认出来的，请逐项核对；手边有Excel或Word表格时，请导入那一份"
_NO_AMOUNT = re.compile(r"(?:19|20)\d{2}年|[mM][²2]|（[^（）]*）|(?<![\d.])\d{1,2}[、.](?!\d)")
_AMOUNT = re.compile(r"\d+\.\d|\d{3,}|[1-9]\d*(?=[%万元])")
"""Smaller whole numbers stand beside many labels and say nothing new: points, counts of lines."""
_SENTENCE = re.compile(r"[，。；]")


@dataclass(frozen=True, slots=True)
class TextPlace(Place):
    """A stretch of text taken for a cell; it is found again by its line."""

    @property
    def where(self) -> str:
        return f"{self.sheet}（第{self.row}行）"


def take_annexes(intake: Intake, reading: AnnexReading, text: Text) -> None:
    """Every cell of the forms into the intake; rows are found by name or made, unread words are listed."""
    _Annexes(intake, reading, text).take()


class _Annexes:
    def __init__(self, intake: Intake, reading: AnnexReading, text: Text) -> None:
        self.intake, self.reading, self.text = intake, reading, text
        self.rows: dict[tuple[str, str], str] = {}
        """Open rows of the reading -> rows of the report."""
        self.scopes: dict[str, str] = {"": ""}
        self._breaks = [at for at, char in enumerate(text.raw) if char == "\n"]

    def take(self) -> None:
        reading = self.reading
        for key, said in reading.facts.items():
            if key.column == ORDER:
                self._row(key)
            else:
                cell = self._place(said, reading.places[key])
                self._fact(self._mapped(key), said, cell, self._remark(key))
        for (scope, what), (value, place) in reading.stated.items():
            self._state(self._scope(scope), what, value, self._place("", place).where)
        for place in (*reading.unread, *unclaimed(reading, self.text)):
            self._unread(place)
        self._check_twice()
        if not reading.has_grid:
            self.intake.problem("附件", _NO_GRID)
            self._doubt()

    # -- where -------------------------------------------------------------------------------------------

    def _region(self, start: int) -> Region | None:
        return next((r for r in self.reading.regions if r.start <= start < r.end), None)

    def _place(self, said: str, place: tuple[int, int]) -> TextPlace:
        region = self._region(place[0])
        line = bisect_right(self._breaks, self.text.span(*place).start) + 1
        return TextPlace(line, 0, 0, Cell(said, str(line)), region.form if region else "文件")

    def _mapped(self, key: FactKey) -> FactKey:
        """The cell in the report: projects and open rows have ids of their own there."""
        table = scoped(key.base, self._scope(key.scope)) if key.scope else key.table
        return FactKey(table, self.rows.get((key.table, key.row), key.row), key.column)

    def _scope(self, scope: str) -> str:
        """Systems keep their names, projects have those of the report."""
        return self.scopes.get(scope, scope)

    def _doubt(self) -> None:
        """Rows that look misread are offered, and not ticked: all of their cells, since words slip along a row."""
        doubts = {
            (key.table, key.row): reason
            for (table, row), reason in doubtful_rows(self.reading, self.text).items()
            for key in [self._mapped(FactKey(table, row, ""))]
        }
        for shelf in (self.intake.found, self.intake.points):
            for key, found in shelf.items():
                reason = doubts.get((key.table, key.row))
                if reason:
                    said = found.problem or f"{reason}，请核对"
                    level: Level = "problem" if found.level == "problem" else "note"
                    shelf[key] = replace(found, problem=said, level=level, ticked=False)

    # -- rows and cells ----------------------------------------------------------------------------------

    def _row(self, key: FactKey) -> None:
        """An open row by its name. Indicators of one name are different rows; so are rows without one."""
        table = scoped(key.base, self._scope(key.scope)) if key.scope else key.table
        template = self.intake.templates.tables[key.base]
        naming = key._replace(column=LABEL if template.kind == "grid" else template.columns[0].id)
        name = self.reading.facts.get(naming, "")
        place = self._place(name, self.reading.places.get(naming) or self._begins(key))
        again = not name or template.id.endswith("_indicators")
        row = self.intake.row_for(
            table, key.row.partition(":")[0], name, Line(place.row, (place,)), again=again
        )
        self.rows[key.table, key.row] = row
        if key.table == PROJECTS:
            self.scopes[key.row.partition(":")[2]] = row.partition(":")[2]
            self.intake.project_names.append(name)
            if not name:
                self.intake.problem(place.where, "这张附件3没有填项目支出名称，请导入后补填")

    def _begins(self, key: FactKey) -> tuple[int, int]:
        """Where the first cell of a nameless row stands."""
        places = (
            place for k, place in self.reading.places.items() if k.table == key.table and k.row == key.row
        )
        return min(places, default=(self.reading.regions[0].start, self.reading.regions[0].end))

    def _remark(self, key: FactKey) -> str:
        """What is wrong with an indicator's value as it was printed."""
        if key.column == "operator":
            written = self.reading.as_printed.get(key._replace(column="target"), "")
            return "指标值里比较符号重复，已只留一个" if parse_target(written).repeated else ""
        written = self.reading.as_printed.get(key, "") if key.column == "actual" else ""
        target = parse_target(written)
        compared = target.operator and number_of(target.number) is not None
        if compared and self.reading.facts[key].startswith(target.operator):
            return f"实际完成值带有比较符号“{target.operator}”，应是一个数"
        return ""

    def _fact(self, key: FactKey, said: str, place: TextPlace, remark: str) -> None:
        new = self.intake.new_rows.get((key.table, key.row))
        if new is not None and (key, said) in new.facts:
            return  # its name, which came with the row
        if key.base == "buildings" and number_of(said) == 0:
            self.intake.agreed += 1  # zeros of who built nothing
            return
        column = None if key.column == LABEL else self.intake.templates.tables[key.base].column(key.column)
        if column is not None and (column.numeric or key.column == "points"):
            self.intake.number(key, place, "万元" if column.kind == "money" else "")
        else:
            self.intake.text(key, said, place.where, remark)

    # -- what belongs to no cell -------------------------------------------------------------------------

    def _state(self, scope: str, what: str, number: Decimal, where: str) -> None:
        """Sums as the forms state them are compared with what follows from their rows."""
        if what == "execution_weight":
            indicator = next((i for i in self.intake.form.indicators() if i.formula), None)
            if indicator is not None and number != indicator.weight:
                expected = show_short(indicator.weight)
                said = f"{indicator.name}的分值为{canonical(number)}，应为{expected}"
                self.intake.problem(where, said)
        elif what.startswith("block:"):
            self.intake.total(Total(scope, "weight", number, where, what.partition(":")[2]))
        else:
            self.intake.total(Total(scope, what, number, where))

    def _unread(self, stretch: tuple[int, int]) -> None:
        place = self._place("", stretch)
        said = " ".join(self._words(stretch).split())
        short = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
        self.intake.problem(place.where, f"没有认出“{short}”，没有导入")

    def _words(self, stretch: tuple[int, int]) -> str:
        span = self.text.span(*stretch)
        return self.text.raw[span.start : span.end]

    def _check_twice(self) -> None:
        """附件1 and 附件2 stand once in a report; a second one is told."""
        forms = [region.form for region in self.reading.regions]
        for form in ("附件1", "附件2"):
            if forms.count(form) > 1:
                self.intake.problem(
                    form, f"文件里有{forms.count(form)}张{form}，同一格以先出现的为准，请核对"
                )


def unclaimed(reading: AnnexReading, text: Text) -> Iterator[tuple[int, int]]:
    """Lines of a form with an amount of which nothing was taken: a row that no label claims."""
    taken = [*reading.places.values(), *(place for _, place in reading.stated.values())]
    taken += [*reading.unread, *reading.residue]
    marks = bytearray(len(text.flat) + 1)
    for start, end in taken:
        marks[start:end] = b"\1" * (end - start)
    starts = [start for start, _ in text.lines]
    for region in reading.regions:
        first, last = bisect_left(starts, region.body), bisect_left(starts, region.end)
        for start, end in text.lines[first:last]:
            if 1 not in marks[start:end]:
                said = _NO_AMOUNT.sub("", text.flat[start:end])
                if _AMOUNT.search(said) and not _SENTENCE.search(said) and signature(said) is None:
                    yield start, end
