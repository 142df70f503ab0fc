"""The lines of a report's file that are in none of its forms, each with what the file tells of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from desktop.audit.forms_in_text.regions import annex_regions
from desktop.audit.text.flat_text import Text
from desktop.domain.text_blocks.marks import PLAIN_BRACKETS
from desktop.exchange.import_report.file_body.forms_in_body import forms_outside_text
from desktop.exchange.import_report.file_body.own_annexes import OwnAnnex
from desktop.exchange.import_report.file_body.printed_around import YEAR
from desktop.exchange.import_report.file_body.spread_blanks import closed_up
from desktop.exchange.import_report.headings import numbered_line
from desktop.exchange.read_text.lines import DocumentLine, LineType, Note, marked

LEFT_OUT, TEXT = -1, 0
"""What a line may be made in the preview, besides a heading of a level from 1 on."""


class BodyLine(NamedTuple):
    """A line outside the forms. `number` counts the file's lines from 1; `continues`: it was only wrapped, or
    stands in the cell of the line before.

    `after_form`: one of the forms stands between it and the line before; `begins_row`: it begins a table's row.
    """

    text: str
    number: int
    level: int = 0
    cell: bool = False
    begins_row: bool = False
    continues: bool = False
    after_form: bool = False
    type: LineType | None = None
    """What it is set in."""
    block: str = ""
    """The number of the table or picture that it is part of."""
    notes: tuple[Note, ...] = ()
    chosen: int | None = None
    """What the clerk made of it in the preview: LEFT_OUT, TEXT, or the level of a heading."""

    @property
    def marked(self) -> str:
        """As the report's text keeps it, footnotes at their words."""
        return marked(self.text, self.notes).strip()

    @property
    def flat(self) -> str:
        return "".join(self.text.split())


def lines_outside_forms(
    lines: Sequence[DocumentLine], text: Text, own: Sequence[OwnAnnex], blocks: Mapping[int, str]
) -> Iterator[BodyLine]:
    """The lines that are in no form, as `Text` cuts them."""
    forms = [(region.start, region.end) for region in annex_regions(text)]
    begins = list(accumulate((len(line.text) + 1 for line in lines), initial=0))
    all_forms = sorted([*forms, *((annex.region.start, annex.region.end) for annex in own)])
    regions = forms_outside_text(lines, begins, text, all_forms)
    breaks = [at for at, char in enumerate(text.raw) if char == "\n"]
    wrapped = not any(line.level or line.in_table or (line.type and line.type.size) for line in lines)
    paragraphs = {start for start, _ in text.paragraphs} if wrapped else set()
    ends, number, skipped, last = 0, 0, False, -1
    for start, end in text.lines:
        span = text.span(start, end)
        while number < len(regions) and regions[number][1] <= span.start:
            number += 1
        if number < len(regions) and regions[number][0] <= span.start:
            skipped, ends, last = True, span.end, bisect_right(begins, span.start) - 1
            continue
        at = bisect_right(begins, span.start) - 1
        source, before = lines[at], text.raw[ends : span.start]
        words = text.raw[span.start : span.end].translate(PLAIN_BRACKETS)
        yield BodyLine(
            words if source.in_table or source.notes else closed_up(words),
            bisect_right(breaks, span.start) + 1,
            source.level,
            source.in_table or before.rpartition("\n")[2].startswith("\t"),
            any(not line.text.strip(" \r\u3000") for line in lines[last + 1 : at]),
            at == last if source.in_table else wrapped and start not in paragraphs,
            skipped,
            source.type,
            blocks.get(at, ""),
            tuple(
                note._replace(at=note.at - span.start + begins[at])
                for note in source.notes
                if span.start <= begins[at] + note.at <= span.end
            ),
        )
        ends, skipped, last = span.end, False, at


def joined_to_numbers(lines: Iterable[BodyLine]) -> list[BodyLine]:
    """A number alone on its line belongs to the words below it: `第一部分`, `单位概况`."""
    joined: list[BodyLine] = []
    for line in lines:
        head = numbered_line(joined[-1].text) if joined and not (joined[-1].cell or line.cell) else None
        number_alone = head is not None and head.style and not head.words
        number_again = numbered_line(line.text).style or (
            line.flat[0].isdigit() and not YEAR.match(line.flat)
        )  # `2023年度部门决算情况说明` are words, though they begin with a figure
        if head and number_alone and not number_again:
            gap = " " if head.number.startswith("第") else ""
            last = joined[-1]
            text = last.text + gap + line.text
            notes = tuple(note._replace(at=note.at + len(last.text + gap)) for note in line.notes)
            joined[-1] = last._replace(text=text, level=max(last.level, line.level), notes=last.notes + notes)
        else:
            joined.append(line)
    return joined
