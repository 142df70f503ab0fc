"""The forms printed in a report's text, handed to the import as if each number stood in a cell."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.audit.forms_in_text.forms_in_text import AnnexReading
from desktop.audit.text.flat_text import Text
from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey, scoped
from desktop.domain.labels import signature
from desktop.domain.numbers import number_of
from desktop.domain.scoring.targets import parse_target
from desktop.domain.template import LABEL, ORDER
from desktop.exchange.import_forms.collected import CollectedCells, StatedTotal
from desktop.exchange.import_forms.confirmed_cells import confirmed_cells, contradicted
from desktop.exchange.import_forms.doubtful_rows import doubtful_rows
from desktop.exchange.import_forms.sheet_regions import Line, Place
from desktop.exchange.import_plan import Level
from desktop.exchange.read_sheet.grid import Cell

_LONGEST_QUOTE = 60
"""Characters of the file's words that a problem quotes: about a line of the list of problems."""
_GRID_IS_LOST = (
    "文件里附件的表格线已丢失，是按文字认出来的：有合计、比率等印证的已勾选，其余请核对后再勾选；"
    "手边有Excel或Word表格时，请导入那一份"
)
_GUESSED_NUMBER = "没有表格线，也没有合计、比率等印证"
_GUESSED_WORDS = "没有表格线，是按文字认出来的"
_NO_AMOUNT = re.compile(r"(?:19|20)\d{2}年|[mM][²2]|（[^（）]*）|(?<![\d.])\d{1,2}[、.](?!\d)")
"""Digits of labels: `2023年决算数`, `批复规模(m2)`, `（附后3页）`, `2、公务接待`."""
_AMOUNT = re.compile(r"\d+\.\d|\d{3,}|[1-9]\d*(?=[%万元])")
"""`83.40`, `1350`, `7万元`. Smaller whole numbers stand beside many labels and say nothing new: points, counts."""
_SENTENCE = re.compile(r"[，。；]")
"""Prose between the forms is read as text of the report, not as a row."""


@dataclass(frozen=True, slots=True)
class TextPlace(Place):
    """A stretch of text taken for a cell; it is found again by its line."""

    @property
    def where(self) -> str:
        return f"{self.sheet}（第{self.row}行）"


def collect_forms_in_text(collected: CollectedCells, reading: AnnexReading, text: Text) -> AnnexReading:
    """Add every cell of the forms; rows are found by name or made, unread words are listed. The reading, its cells
    called as they are in what was collected."""
    forms = _PrintedForms(collected, reading, text)
    forms.collect()
    return forms.renamed()


class _PrintedForms:
    def __init__(self, collected: CollectedCells, reading: AnnexReading, text: Text) -> None:
        self.collected, self.reading, self.text = collected, reading, text
        self.sheet = reading.assessment().sheet
        self.rows: dict[tuple[str, str], str] = {}
        """Open rows of the reading -> rows of the report."""
        self.scopes: dict[str, str] = {"": ""}
        self._breaks = [at for at, char in enumerate(text.raw) if char == "\n"]

    def collect(self) -> None:
        reading = self.reading
        for key, value in reading.facts.items():
            if key.column == ORDER:
                self._row(key)
            else:
                place = self._place(value, reading.places[key])
                self._fact(self._mapped(key), value, place, self._value_remark(key))
        for (scope, what), (number, stretch) in reading.stated.items():
            self._stated_sum(self._scope(scope), what, number, self._place("", stretch).where)
        for stretch in (*reading.unread, *unclaimed_lines(reading, self.text)):
            span = self.text.span(*stretch)
            words = " ".join(self.text.raw[span.start : span.end].split())
            quote = words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]}…"
            self.collected.add_problem(self._place("", stretch).where, f"没有认出“{quote}”，没有导入")
        forms = [region.form for region in reading.regions]
        for form in ("附件1", "附件2"):  # these stand once in a report, 附件3 once for each project
            if forms.count(form) > 1:
                self.collected.add_problem(
                    form, f"文件里有{forms.count(form)}张{form}，同一格以先出现的为准，请核对"
                )
        self.collected.add_problem("附件", _GRID_IS_LOST)
        self._untick_guesses()

    def renamed(self) -> AnnexReading:
        reading = self.reading
        return replace(
            reading,
            facts={self._mapped(key): text for key, text in reading.facts.items()},
            places={self._mapped(key): place for key, place in reading.places.items()},
            as_printed={self._mapped(key): text for key, text in reading.as_printed.items()},
            stated={(self._scope(scope), what): told for (scope, what), told in reading.stated.items()},
            scopes=tuple(map(self._scope, reading.scopes)),
        )

    # -- where -------------------------------------------------------------------------------------------

    def _place(self, value: str, stretch: tuple[int, int]) -> TextPlace:
        """A value at its stretch of the flat text, as a cell that is named by form and line."""
        form = next((r.form for r in self.reading.regions if r.start <= stretch[0] < r.end), "文件")
        line = bisect_right(self._breaks, self.text.span(*stretch).start) + 1
        return TextPlace(line, 0, 0, Cell(value, str(line)), form)

    def _mapped(self, key: FactKey) -> FactKey:
        """The cell in the report: projects and open rows have ids of their own there."""
        table = scoped(key.base, self._scope(key.scope)) if key.scope else key.table
        return FactKey(table, self.rows.get((key.table, key.row), key.row), key.column)

    def _scope(self, scope: str) -> str:
        """Systems keep their names, projects have those of the report."""
        return self.scopes.get(scope, scope)

    def _untick_guesses(self) -> None:
        """What nothing confirms is offered, and not ticked; of rows that look misread all cells, since words slip
        along a row."""
        confirmed = confirmed_cells(self.reading, self.text)
        doubts = doubtful_rows(self.reading, self.text)
        for key, place in self.reading.places.items():
            reason = doubts.get((key.table, key.row), "" if key in confirmed else self._guessed(key))
            mapped = self._mapped(key)
            for values in (self.collected.values, self.collected.points, self.collected.stated):
                value = values.get(mapped)
                if reason and value is not None and value.where == self._place("", place).where:
                    problem = value.problem or f"{reason}，请核对"
                    level: Level = "problem" if value.level == "problem" else "note"
                    values[mapped] = replace(value, problem=problem, level=level, ticked=False)

    def _guessed(self, key: FactKey) -> str:
        """Why a cell that nothing confirms is not ticked."""
        sheet = self.sheet
        column = sheet.column(key)
        follows = contradicted(sheet, key)
        if column is not None and follows is not None:
            return f"按读到的数算为{sheet.show(follows, column.kind)}"
        return _GUESSED_WORDS if sheet.typed(key) is None else _GUESSED_NUMBER

    # -- rows and cells ----------------------------------------------------------------------------------

    def _row(self, key: FactKey) -> None:
        """An open row by its name. Indicators of one name are different rows; so are rows without one."""
        table = scoped(key.base, self._scope(key.scope)) if key.scope else key.table
        template = self.collected.templates.tables[key.base]
        naming = key._replace(column=LABEL if template.kind == "grid" else template.columns[0].id)
        name = self.reading.facts.get(naming, "")
        stretch = self.reading.places.get(naming)
        if stretch is None:  # a nameless row stands where the first of its cells does
            region = self.reading.regions[0]
            cells = (at for k, at in self.reading.places.items() if k[:2] == key[:2])
            stretch = min(cells, default=(region.start, region.end))
        place = self._place(name, stretch)
        again = not name or template.id.endswith("_indicators")
        group, line = key.row.partition(":")[0], Line(place.row, (place,))
        row = self.collected.row_for(table, group, name, line, again=again)
        self.rows[key.table, key.row] = row
        if key.table == PROJECTS:
            self.scopes[key.row.partition(":")[2]] = row.partition(":")[2]
            self.collected.project_names.append(name)
            if not name:
                self.collected.add_problem(place.where, "这张附件3没有填项目支出名称，请导入后补填")

    def _value_remark(self, key: FactKey) -> str:
        """What is wrong with an indicator's value as it was printed (docs/domain.md 5, R9)."""
        if key.column == "operator":
            written = self.reading.as_printed.get(key._replace(column="target"), "")
            return "指标值里比较符号重复，已只留一个" if parse_target(written).repeated else ""
        written = self.reading.as_printed.get(key, "") if key.column == "actual" else ""
        target = parse_target(written)
        compared = target.operator and number_of(target.number) is not None
        if compared and self.reading.facts[key].startswith(target.operator):
            return f"实际完成值带有比较符号“{target.operator}”，应是一个数"
        return ""

    def _fact(self, key: FactKey, value: str, place: TextPlace, remark: str) -> None:
        new = self.collected.new_rows.get((key.table, key.row))
        if new is not None and (key, value) in new.facts:
            return  # its name, which came with the row
        if key.base == "buildings" and number_of(value) == 0:
            self.collected.agreed += 1  # zeros of who built nothing (docs/domain.md 3.2, J6)
            return
        column = None if key.column == LABEL else self.collected.templates.tables[key.base].column(key.column)
        if column is not None and (column.numeric or key.column == "points"):
            self.collected.add_number(key, place, "万元" if column.kind == "money" else "")
        else:
            self.collected.add_text(key, value, place.where, remark)

    # -- what belongs to no cell -------------------------------------------------------------------------

    def _stated_sum(self, scope: str, what: str, number: Decimal, where: str) -> None:
        """Sums as the forms state them are compared with what follows from their rows."""
        column, _, block = what.partition(":")
        self.collected.add_total(StatedTotal(scope, column, number, where, block))


def unclaimed_lines(reading: AnnexReading, text: Text) -> Iterator[tuple[int, int]]:
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
                words = _NO_AMOUNT.sub("", text.flat[start:end])
                if _AMOUNT.search(words) and not _SENTENCE.search(words) and signature(words) is None:
                    yield start, end
