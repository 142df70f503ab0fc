"""What of a report's file is its body: the printed forms taken out, and what every report prints around its text.

How reports are titled, addressed and signed: docs/domain.md 4 and 7.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from desktop.audit.forms_in_text.regions import annex_regions
from desktop.audit.text.flat_text import Text
from desktop.exchange.import_report.blocks_of_file import Block, blocks_in
from desktop.exchange.import_report.dates import date_in, with_arabic_dates
from desktop.exchange.import_report.headings import numbered_line
from desktop.exchange.import_report.own_annexes import OwnAnnex
from desktop.exchange.read_text.lines import DocumentLine, LineType, Note, marked

_TITLE = re.compile(
    r"(?:绩效|自评|评价)(?:自评|评价|工作|情况)*(?:的?报告|总结)(?:[（(][^（）()]{1,12}[)）])?$"
)
"""How a title ends: `整体支出绩效自评报告`, `绩效评价工作的报告（送审稿）`."""
_UNIT_ENDING = r"(?:[局委办院所站校部厅处会队社馆园镇乡]|中心|政府|街道|公司|集团)"
"""How the name of a unit ends."""
_TITLE_PART = re.compile(rf"(?:19|20)\d{{2}}年|整体支出|绩效|部门|单位|{_UNIT_ENDING}$")
"""`清河县水利局`, `2023年度`, `部门整体支出`: lines of a title that is set in several (docs/domain.md 7)."""
_SENTENCE = re.compile(r"[。；;，：:！？]")
"""Signs that no title has."""
_COVER_UNIT = re.compile(
    r"(?:部门|单位|预算单位|填报单位|部门[（(]单位[)）])(?:名称)?[（(]?(?:盖章|公章)?[)）]?[:：](.*)$"
)
"""`部门（单位）名称（盖章）：清河县水利局` on a cover."""
SEALED = re.compile(r"[（(](?:盖章|公章|章)[)）]")
"""`清河县水利局（盖章）`"""
_COVER_REMARK = re.compile(r"[（(]?此页为封面[)）]?$|封面$|目录$|[（(](?:盖章|公章)[)）]$")
"""Lines that only say what page they stand on: `（此页为封面）`, `目录`."""
_PAGE_NUMBER = re.compile(r"[-—–―－]\d{1,3}[-—–―－]$|第\d{1,3}页(?:[，,/]?共\d{1,3}页)?$")
"""`—3—`, `第4页共9页`, blanks taken out."""
_CONTENTS_LINE = re.compile(r"[^\d.．…·]{2,}.*?(?:[.．…·]{3,}|\t\s*)\s*\d{1,3}\s*$")
"""`一、基本情况……3`, or a tab before the page."""
_PAGE_BEHIND = re.compile(r"[.．…·]{2,}\d{0,3}$|(?<=[^\d.．])\d{1,3}$|^\d{1,3}$")
"""What stands behind an entry of the 目录."""
_ANNEX_LIST = re.compile(r"附件[:：]")
"""Begins the list of annexes below the text: `附件：1.基础数据表`."""
_ANNEX_MARK = re.compile(r"附件?表?[一二三四五\d]{0,2}(?:[-—]\d+)?[:：]?$")
"""`附件`, `附件3-1：`, `附表二`, alone on a line above its form."""
_ANNEX_NAME = re.compile(r"(?:附件)?\d{1,2}(?:[-—]\d+)?[.、．:：].{4,60}(?:表|报告)(?:[（(].{1,40}[)）])?$")
"""`2.部门整体支出绩效自评表` in that list."""
_SIGNER = re.compile(rf"[^。；，：、\d]{{3,29}}{_UNIT_ENDING}$")
"""A unit's name and nothing else: without figures or stops, of at most thirty-odd characters."""
_ADDRESSEE = re.compile(r"[^。；，]{2,40}[:：]$")
"""`清河县财政局：`"""
_TITLE_UNIT = (
    re.compile(r"(?:19|20)\d{2}年度?(.{2,40}?)(?:部门|预算单位|单位)?(?:[（(]单位[)）])?(?:预算)?整体支出"),
    re.compile(r"^(.{3,40}?)(?:关于)?(?:19|20)\d{2}年度?"),
    re.compile(
        rf"^([^。；，：\d]{{3,29}}?{_UNIT_ENDING})(?:关于)?(?:部门|预算单位|单位)?(?:预算)?(?:整体支出|绩效)"
    ),
)
"""Where a title names the unit, the surest wording first: `2023年度清河县水利局整体支出…`,
`清河县水利局关于2023年度…`, and without a year `清河县水利局部门整体支出…`."""
_TITLE_YEAR = re.compile(r"[（(]?(?:19|20)\d{2}年度?[)）]?$")
"""`（2023年度）` on the line below a title."""
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_LONGEST_TITLE, _LONGEST_TITLE_PART, _LONGEST_COVER_LINE, _LONGEST_PRINTED_LINE = 60, 40, 50, 80
"""Characters. What is printed around a text is short: a longer line is text, whatever it begins with."""
_PARTS_OF_A_REPORT, _PARTS_WITHOUT_TITLE = 3, 6
"""So many 一、 before a title mean that it begins a second report in the same file; more where the first has no
title, since it may be the first report's own, below a summary."""
_MOST_CELLS_SIGNED = 4
"""Unit, seal and date side by side; more cells in a row are a table."""
_MOST_DATE_WORDS = 6
"""`2025 年 4 月 1 日`: the pieces of a date that is typed with blanks."""
_FRONT_LINES = 60
"""Lines from the beginning among which a title or 目录 is looked for: cover, contents, preface."""


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

    @property
    def marked(self) -> str:
        """As the report's text keeps it, footnotes at their words."""
        return marked(self.text, self.notes).strip()

    @property
    def flat(self) -> str:
        return "".join(self.text.split())


@dataclass
class Body:
    """The report without its forms: `lines` are text and headings, `auto_printed` is what this program prints by
    itself, `second_report` what stands from where another report begins.
    """

    lines: list[BodyLine] = field(default_factory=list)
    auto_printed: list[BodyLine] = field(default_factory=list)
    contents: list[BodyLine] = field(default_factory=list)
    """The lines of the 目录, which are among `auto_printed`: they name the headings."""
    second_report: list[BodyLine] = field(default_factory=list)
    blocks: dict[str, Block] = field(default_factory=dict)
    """Tables and pictures, by the number that lines name."""
    title: str = ""
    unit: str = ""
    year: int | None = None
    date: str = ""
    addressee: str = ""


def without_page(text: str) -> str:
    """`一、部门概况……3` -> `一、部门概况`, blanks taken out; '' for dots and pages alone."""
    return _PAGE_BEHIND.sub("", "".join(text.split()))


def body_of(lines: Sequence[DocumentLine], text: Text, own: Sequence[OwnAnnex] = ()) -> Body:
    """`text` is made of the joined lines; what stands in the annexes `own` is left out with the other forms."""
    body = Body()
    body.blocks, places = blocks_in(lines)
    rest = _joined_to_numbers(_lines_outside_forms(lines, text, own, places))
    reader = _BodyReader(body, rest)
    reader.read()
    return body


def _lines_outside_forms(
    lines: Sequence[DocumentLine], text: Text, own: Sequence[OwnAnnex], blocks: Mapping[int, str]
) -> Iterator[BodyLine]:
    """The lines that are in no form, as `Text` cuts them."""
    forms = [(region.start, region.end) for region in annex_regions(text)]
    regions = sorted([*forms, *((annex.region.start, annex.region.end) for annex in own)])
    begins = list(accumulate((len(line.text) + 1 for line in lines), initial=0))
    breaks = [at for at, char in enumerate(text.raw) if char == "\n"]
    wrapped = not any(line.level or line.in_table for line in lines)
    paragraphs = {start for start, _ in text.paragraphs} if wrapped else set()
    ends, number, skipped, last = 0, 0, False, -1
    for start, end in text.lines:
        while number < len(regions) and regions[number][1] <= start:
            number += 1
        span = text.span(start, end)
        if number < len(regions) and regions[number][0] <= start:
            skipped, ends, last = True, span.end, bisect_right(begins, span.start) - 1
            continue
        at = bisect_right(begins, span.start) - 1
        source, before = lines[at], text.raw[ends : span.start]
        yield BodyLine(
            text.raw[span.start : span.end],
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


def _joined_to_numbers(lines: Iterable[BodyLine]) -> list[BodyLine]:
    """A number alone on its line belongs to the words below it: `第一部分`, `单位概况`."""
    joined: list[BodyLine] = []
    for line in lines:
        head = numbered_line(joined[-1].text) if joined and not (joined[-1].cell or line.cell) else None
        number_alone = head is not None and head.style and not head.words
        if head and number_alone and not (numbered_line(line.text).style or line.flat[0].isdigit()):
            gap = " " if head.number.startswith("第") else ""
            last = joined[-1]
            text = last.text + gap + line.text
            notes = tuple(note._replace(at=note.at + len(last.text + gap)) for note in line.notes)
            joined[-1] = last._replace(text=text, level=max(last.level, line.level), notes=last.notes + notes)
        else:
            joined.append(line)
    return joined


class _BodyReader:
    """Takes out line after line what this program prints by itself; `taken` are the places of such lines."""

    def __init__(self, body: Body, lines: list[BodyLine]) -> None:
        self.body, self.lines = body, lines
        self.taken: set[int] = set()
        self.contents: set[int] = set()
        self.titles: list[tuple[str, int]] = []

    def read(self) -> None:
        body, lines = self.body, self.lines
        self._take_contents()
        heads = (i for i, line in enumerate(lines) if i not in self.taken and self._is_heading(line))
        first = next(heads, len(lines))
        first_number = lines[first].number if first < len(lines) else None
        second_report = self._find_second_report(first)
        for at in range(second_report):
            self._read_line(at, first)
        self._take_cover_unit(first)
        self._take_signature(second_report)
        self._take_annex_list(second_report)
        self._choose_title()
        for at, line in enumerate(lines):
            if at in self.contents:
                body.contents.append(line)
            part = body.auto_printed if at in self.taken else body.lines
            (body.second_report if at >= second_report else part).append(line)
        if first_number is not None:
            before = next((i for i, line in enumerate(body.lines) if line.number >= first_number), 0)
            self._take_addressee(before)

    @staticmethod
    def _is_heading(line: BodyLine) -> bool:
        """Whether a line may head the first part: 一、 or, where Word's style or the author has it, 1."""
        head = numbered_line(line.text, line.level)
        return (
            not line.cell
            and not _CONTENTS_LINE.match(line.text)
            and (head.style in (1, 3) or line.level == 1)
        )

    def _ends_title(self, at: int) -> bool:
        """Whether a title ends in a line; up to two of the lines above may belong to it."""
        line = self.lines[at]
        if line.cell or len(line.flat) > _LONGEST_TITLE or _SENTENCE.search(line.flat):
            return False
        return bool(_TITLE.search(line.flat)) and not numbered_line(line.text).style

    def _find_second_report(self, first: int) -> int:
        """Where another report's title stands, after headings of the first; else the number of lines."""
        titled = any(self._ends_title(at) for at in range(min(first, _FRONT_LINES)))
        enough = _PARTS_OF_A_REPORT if titled else _PARTS_WITHOUT_TITLE
        parts = 0
        for at in range(first, len(self.lines)):
            parts += numbered_line(self.lines[at].text).style == 1
            if parts >= enough and self._ends_title(at):
                return at - len(self._title_lines_above(at))
        return len(self.lines)

    def _title_lines_above(self, at: int) -> list[int]:
        """The lines above that belong to a title."""
        above: list[int] = []
        for before in (at - 1, at - 2):
            if before < 0 or before in self.taken:
                break
            line = self.lines[before]
            text = line.flat
            part = _TITLE_PART.search(with_arabic_dates(text)) and len(text) <= _LONGEST_TITLE_PART
            if not part or line.cell or numbered_line(line.text).style or _SENTENCE.search(text):
                break
            if _TITLE.search(text) or date_in(text):
                break  # another title, as on a cover, or the cover's date
            if "整体支出" in text and any("整体支出" in self.lines[i].flat for i in (*above, at)):
                break
            above.append(before)
        return above

    def _read_line(self, at: int, first: int) -> None:
        """Take a line that is printed anyway; `first` is the place of the first heading."""
        line = self.lines[at]
        text = line.flat
        if at in self.taken or len(text) > _LONGEST_PRINTED_LINE:
            return
        if line.cell and not self._is_signature_cell(at):
            return
        cover = _COVER_UNIT.match(text)
        if at < first and self._ends_title(at):
            parts = [*reversed(self._title_lines_above(at)), at]
            if at + 1 < len(self.lines) and _TITLE_YEAR.match(with_arabic_dates(self.lines[at + 1].flat)):
                parts.append(at + 1)
            self.titles.append(("".join(self.lines[i].flat for i in parts), at))
            self.taken.update(parts)
        elif cover and len(text) <= _LONGEST_COVER_LINE and (at < first or SEALED.search(text)):
            self.body.unit = self.body.unit or SEALED.sub("", cover[1])
            self.taken.add(at)
        elif _COVER_REMARK.match(text) or _PAGE_NUMBER.match(text):
            self.taken.add(at)
        elif _CONTENTS_LINE.match(line.text):
            self.taken.add(at)
            self.contents.add(at)
        elif _ANNEX_MARK.match(text) and not any(near.cell for near in self.lines[at + 1 : at + 4]):
            self.taken.add(at)  # above a table that is none of the forms, it is the table's title
        elif date := date_in(text):
            self.body.date = date
            self.taken.add(at)

    def _take_contents(self) -> None:
        """The lines under 目录 that stand in the text again, with or without dots and pages behind them."""
        begin = next((i for i, line in enumerate(self.lines[:_FRONT_LINES]) if line.flat == "目录"), None)
        if begin is None:
            return
        entries = [without_page(line.text) for line in self.lines]
        last = {entry: i for i, entry in enumerate(entries)}
        for at in range(begin + 1, len(self.lines)):
            if entries[at] and last[entries[at]] == at:
                break
            self.taken.add(at)
            self.contents.add(at)

    def _take_cover_unit(self, first: int) -> None:
        """The unit's name alone on a line of the cover, without any label before it."""
        before = self.titles[-1][1] if self.titles else 0
        for at in range(min(before, first)):
            line = self.lines[at]
            if at not in self.taken and not line.cell and _SIGNER.match(line.flat):
                self.taken.add(at)
                self.body.unit = self.body.unit or line.flat

    def _take_signature(self, end: int) -> None:
        """Who hands it in, above or below the date at the end of the text or on the cover."""
        for at in range(end):
            line = self.lines[at]
            signer, date = _signer_and_date(line)
            if at in self.taken or line.level or not _SIGNER.match(signer):
                continue
            if line.cell and not self._is_signature_cell(at):
                continue
            beside = any(0 <= i < end and date_in(self.lines[i].flat) for i in (at + 1, at - 1))
            if (beside or date) and not numbered_line(line.text).style:
                self.taken.add(at)
                self.body.unit = self.body.unit or signer
                self.body.date = date or self.body.date

    def _is_signature_cell(self, at: int) -> bool:
        """Whether a cell is a signature put to its place by tabs or a small table: a date, and who signs."""
        begin, end = at, at + 1
        while begin > 0 and self.lines[begin - 1].cell and at - begin < _MOST_CELLS_SIGNED - 1:
            begin -= 1
        while end < len(self.lines) and self.lines[end].cell and end - begin < _MOST_CELLS_SIGNED:
            end += 1
        run = [line for line in self.lines[begin:end] if not _COVER_REMARK.match(line.flat)]
        signs = [bool(date_in(line.flat)) or bool(_SIGNER.match(_signer_and_date(line)[0])) for line in run]
        return len(run) <= 2 and all(signs)

    def _take_annex_list(self, end: int) -> None:
        """`附件：1.…`, and each further annex on a line below."""
        for at in range(end):
            line = self.lines[at]
            begins = _ANNEX_LIST.match(line.flat) and len(line.flat) <= _LONGEST_PRINTED_LINE
            behind = at > 0 and at - 1 in self.taken and _ANNEX_NAME.match(line.flat)
            follows = behind and re.match(r"附件|\d", self.lines[at - 1].flat)
            if not line.cell and ((begins and _ANNEX_NAME.search(line.flat[len("附件：") :])) or follows):
                self.taken.add(at)

    def _choose_title(self) -> None:
        """The fullest of the titles; unit and year as it says them."""
        body = self.body
        if self.titles:
            body.title = max((title for title, _ in self.titles), key=len)
        for title in sorted((with_arabic_dates(title) for title, _ in self.titles), key=len, reverse=True):
            year = _YEAR.search(title)
            body.year = body.year or (int(year[1]) if year else None)
            unit = unit_in(title)
            body.unit = unit or body.unit

    def _take_addressee(self, before: int) -> None:
        """`清河县财政局：` between the title and the first heading."""
        body = self.body
        for at in range(before):
            line = body.lines[at]
            if line.cell or not _ADDRESSEE.match(line.flat) or numbered_line(line.text).style:
                continue
            if self.titles and line.number > self.lines[self.titles[-1][1]].number:
                body.addressee = line.flat[:-1]
                body.auto_printed.append(body.lines.pop(at))
                return


def _signer_and_date(line: BodyLine) -> tuple[str, str]:
    """Who signs, and the date where it stands on the same line: `（盖章）清河县水利局    2025年4月1日`."""
    words = SEALED.sub(" ", line.text).split()
    for begin in range(max(len(words) - _MOST_DATE_WORDS, 0), len(words)):
        if date := date_in("".join(words[begin:])):
            return "".join(words[:begin]), date
    signer = "".join(words)
    label = _COVER_UNIT.match(signer)
    return (label[1] if label else signer), ""


def unit_in(title: str) -> str:
    """The unit that a title names: `2023年度清河县水利局整体支出绩效自评报告`."""
    for wording in _TITLE_UNIT:
        unit = wording.search(title)
        name = unit[1].strip("的关于") if unit else ""
        if len(name) > 2 and not re.search(r"绩效|支出|部门|单位|报告", name):
            return name
    return ""
