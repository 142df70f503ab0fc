"""What of a report's file is its body: the printed forms taken out, and what every report prints around its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from desktop.audit.printed_forms.regions import annex_regions
from desktop.audit.text.flat_text import Text
from desktop.exchange.import_report.dates import date_in, western
from desktop.exchange.import_report.headings import head_of
from desktop.exchange.import_report.own_annexes import OwnAnnex
from desktop.exchange.read_text.lines import DocumentLine

_TITLE = re.compile(
    r"(?:绩效|自评|评价)(?:自评|评价|工作|情况)*(?:的?报告|总结)(?:[（(][^（）()]{1,12}[)）])?$"
)
_ORGAN = r"(?:[局委办院所站校部厅处会队社馆园镇乡]|中心|政府|街道|公司|集团)"
"""How the name of a unit ends."""
_TITLE_PART = re.compile(rf"(?:19|20)\d{{2}}年|整体支出|绩效|部门|单位|{_ORGAN}$")
_SENTENCE = re.compile(r"[。；;，：:！？]")
_COVER = re.compile(
    r"(?:部门|单位|预算单位|填报单位|部门[（(]单位[)）])(?:名称)?[（(]?(?:盖章|公章)?[)）]?[:：](.*)$"
)
_SEALED = re.compile(r"[（(](?:盖章|公章|章)[)）]")
_COVER_ALSO = re.compile(r"[（(]?此页为封面[)）]?$|封面$|目录$|[（(](?:盖章|公章)[)）]$")
_PAGE = re.compile(r"[-—–―－]\d{1,3}[-—–―－]$|第\d{1,3}页(?:[，,/]?共\d{1,3}页)?$")
_LEADER = re.compile(r"[^\d.．…·]{2,}.*?(?:[.．…·]{3,}|\t\s*)\s*\d{1,3}\s*$")
_ANNEX_LIST = re.compile(r"附件[:：]")
_ANNEX_MARK = re.compile(r"附件?表?[一二三四五\d]{0,2}(?:[-—]\d+)?[:：]?$")
_ANNEX_NAME = re.compile(r"(?:附件)?\d{1,2}(?:[-—]\d+)?[.、．:：].{4,60}(?:表|报告)(?:[（(].{1,40}[)）])?$")
_SIGNER = re.compile(rf"[^。；，：、\d]{{3,29}}{_ORGAN}$")
_ADDRESSEE = re.compile(r"[^。；，]{2,40}[:：]$")
_TITLE_UNIT = (
    re.compile(r"(?:19|20)\d{2}年度?(.{2,40}?)(?:部门|预算单位|单位)?(?:[（(]单位[)）])?(?:预算)?整体支出"),
    re.compile(r"^(.{3,40}?)(?:关于)?(?:19|20)\d{2}年度?"),
    re.compile(
        rf"^([^。；，：\d]{{3,29}}?{_ORGAN})(?:关于)?(?:部门|预算单位|单位)?(?:预算)?(?:整体支出|绩效)"
    ),
)
_TITLE_YEAR = re.compile(r"[（(]?(?:19|20)\d{2}年度?[)）]?$")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_FRONT = 60
"""Lines from the beginning among which a title is looked for before any heading."""


class BodyLine(NamedTuple):
    """A line outside the forms. `number` counts the file's lines from 1; `goes_on`: it was only wrapped, or
    stands in the cell of the line before.

    `after_form`: one of the forms stands between it and the line before; `row`: it begins a table's row.
    """

    text: str
    number: int
    level: int = 0
    cell: bool = False
    row: bool = False
    goes_on: bool = False
    after_form: bool = False

    @property
    def flat(self) -> str:
        return "".join(self.text.split())


@dataclass
class Body:
    """The report without its forms: `lines` are text and headings, `furniture` is what gets printed anyway.

    `second` are lines from where another report begins.
    """

    lines: list[BodyLine] = field(default_factory=list)
    furniture: list[BodyLine] = field(default_factory=list)
    second: list[BodyLine] = field(default_factory=list)
    title: str = ""
    unit: str = ""
    year: int | None = None
    date: str = ""
    addressee: str = ""


def body_of(lines: Sequence[DocumentLine], text: Text, own: Sequence[OwnAnnex] = ()) -> Body:
    """`text` is made of the joined lines; what stands in the annexes `own` is left out with the other forms."""
    body = Body()
    rest = _with_numbers(_outside(lines, text, own))
    reader = _Furniture(body, rest)
    reader.read()
    return body


def _outside(lines: Sequence[DocumentLine], text: Text, own: Sequence[OwnAnnex]) -> Iterator[BodyLine]:
    """The lines that are in no form, as `Text` cuts them."""
    forms = [(region.start, region.end) for region in annex_regions(text)]
    regions = sorted([*forms, *((annex.start, annex.end) for annex in own)])
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
        )
        ends, skipped, last = span.end, False, at


def _with_numbers(lines: Iterable[BodyLine]) -> list[BodyLine]:
    """A number alone on its line belongs to the words below it: `第一部分`, `单位概况`."""
    found: list[BodyLine] = []
    for line in lines:
        head = head_of(found[-1].text) if found and not (found[-1].cell or line.cell) else None
        if head and head.style and not head.rest and not (head_of(line.text).style or line.flat[0].isdigit()):
            gap = " " if head.number.startswith("第") else ""
            last = found[-1]
            found[-1] = last._replace(text=last.text + gap + line.text, level=max(last.level, line.level))
        else:
            found.append(line)
    return found


class _Furniture:
    def __init__(self, body: Body, lines: list[BodyLine]) -> None:
        self.body, self.lines = body, lines
        self.taken: set[int] = set()
        self.titles: list[tuple[str, int]] = []

    def read(self) -> None:
        body, lines = self.body, self.lines
        self._contents()
        heads = (i for i, line in enumerate(lines) if i not in self.taken and self._heads(line))
        first = next(heads, len(lines))
        second = self._second(first)
        for at in range(second):
            self._line(at, first)
        self._cover(first)
        self._sign(second)
        self._annex_list(second)
        self._name_title()
        for at, line in enumerate(lines):
            part = body.second if at >= second else body.furniture if at in self.taken else body.lines
            part.append(line)
        after = next((i for i, line in enumerate(body.lines) if line.number >= self._number(first)), 0)
        self._address(after)

    def _number(self, at: int) -> int:
        return self.lines[at].number if at < len(self.lines) else 1 << 30

    @staticmethod
    def _heads(line: BodyLine) -> bool:
        head = head_of(line.text, line.level)
        return not line.cell and not _LEADER.match(line.text) and (head.style in (1, 3) or line.level == 1)

    def _title_at(self, at: int) -> str:
        """The title that ends in a line, of up to three lines; '' if none does."""
        line = self.lines[at]
        if line.cell or len(line.flat) > 60 or _SENTENCE.search(line.flat) or not _TITLE.search(line.flat):
            return ""
        if head_of(line.text).style:
            return ""
        return line.flat

    def _second(self, first: int) -> int:
        """Where another report's title stands, after headings of the first; else the number of lines."""
        titled = next((i for i in range(min(first, _FRONT)) if self._title_at(i)), None)
        heads = 0
        for at in range(first, len(self.lines)):
            heads += head_of(self.lines[at].text).style == 1
            if heads >= 3 and self._title_at(at) and (titled is not None or heads > 5):
                return at - len(self._parts_before(at))
        return len(self.lines)

    def _parts_before(self, at: int) -> list[int]:
        """The lines above that belong to a title."""
        found: list[int] = []
        for before in (at - 1, at - 2):
            if before < 0 or before in self.taken:
                break
            line = self.lines[before]
            said = line.flat
            part = _TITLE_PART.search(western(said)) and len(said) <= 40 and not _SENTENCE.search(said)
            if not part or line.cell or head_of(line.text).style or _TITLE.search(said) or date_in(said):
                break
            if "整体支出" in said and any("整体支出" in self.lines[i].flat for i in (*found, at)):
                break
            found.append(before)
        return found

    def _line(self, at: int, first: int) -> None:
        line = self.lines[at]
        said = line.flat
        if at in self.taken or len(said) > 80 or (line.cell and not self._signs(at)):
            return
        cover = _COVER.match(said)
        if at < first and self._title_at(at):
            parts = [*reversed(self._parts_before(at)), at]
            if at + 1 < len(self.lines) and _TITLE_YEAR.match(western(self.lines[at + 1].flat)):
                parts.append(at + 1)
            self.titles.append(("".join(self.lines[i].flat for i in parts), at))
            self.taken.update(parts)
        elif cover and len(said) <= 50 and (at < first or _SEALED.search(said)):
            name = _SEALED.sub("", cover[1])
            self.body.unit = self.body.unit or name
            self.taken.add(at)
        elif _COVER_ALSO.match(said) or _PAGE.match(said):
            self.taken.add(at)
        elif _ANNEX_MARK.match(said) and not any(near.cell for near in self.lines[at + 1 : at + 4]):
            self.taken.add(at)  # above a table that is none of the forms, it is the table's title
        elif date := date_in(said):
            self.body.date = date
            self.taken.add(at)
        elif _LEADER.match(line.text):
            self.taken.add(at)

    def _contents(self) -> None:
        """A table of contents without page numbers: the lines under 目录 that stand in the text again."""
        begin = next((i for i, line in enumerate(self.lines[:_FRONT]) if line.flat == "目录"), None)
        if begin is None:
            return
        last = {line.flat: i for i, line in enumerate(self.lines)}
        for at in range(begin + 1, len(self.lines)):
            if last[self.lines[at].flat] == at:
                break
            self.taken.add(at)

    def _cover(self, first: int) -> None:
        """The unit's name alone on a line of the cover, without any label before it."""
        before = self.titles[-1][1] if self.titles else 0
        for at in range(min(before, first)):
            line = self.lines[at]
            if at not in self.taken and not line.cell and _SIGNER.match(line.flat):
                self.taken.add(at)
                self.body.unit = self.body.unit or line.flat

    def _sign(self, end: int) -> None:
        """Who hands it in, above or below the date at the end of the text or on the cover."""
        for at in range(end):
            line = self.lines[at]
            said, date = _signed(line)
            if at in self.taken or line.level or not _SIGNER.match(said):
                continue
            if line.cell and not self._signs(at):
                continue
            beside = any(0 <= i < end and date_in(self.lines[i].flat) for i in (at + 1, at - 1))
            if (beside or date) and not head_of(line.text).style:
                self.taken.add(at)
                self.body.unit = self.body.unit or said
                self.body.date = date or self.body.date

    def _signs(self, at: int) -> bool:
        """Whether a cell is a signature put to its place by tabs or a small table: a date, and who signs."""
        begin, end = at, at + 1
        while begin > 0 and self.lines[begin - 1].cell and at - begin < 3:
            begin -= 1
        while end < len(self.lines) and self.lines[end].cell and end - begin < 4:
            end += 1
        run = [line for line in self.lines[begin:end] if not _COVER_ALSO.match(line.flat)]
        signs = [bool(date_in(line.flat)) or bool(_SIGNER.match(_signed(line)[0])) for line in run]
        return len(run) < 3 and all(signs)

    def _annex_list(self, end: int) -> None:
        for at in range(end):
            line = self.lines[at]
            listed = _ANNEX_LIST.match(line.flat) and len(line.flat) <= 80
            behind = at > 0 and at - 1 in self.taken and _ANNEX_NAME.match(line.flat)
            follows = behind and re.match(r"附件|\d", self.lines[at - 1].flat)
            if not line.cell and ((listed and _ANNEX_NAME.search(line.flat[3:])) or follows):
                self.taken.add(at)

    def _name_title(self) -> None:
        """The fullest of the titles; unit and year as it says them."""
        body = self.body
        if self.titles:
            body.title = max((title for title, _ in self.titles), key=len)
        for title in sorted((western(title) for title, _ in self.titles), key=len, reverse=True):
            year = _YEAR.search(title)
            body.year = body.year or (int(year[1]) if year else None)
            unit = unit_in(title)
            body.unit = unit or body.unit

    def _address(self, before: int) -> None:
        """`清河县财政局：` between the title and the first heading."""
        body = self.body
        for at in range(before):
            line = body.lines[at]
            if line.cell or not _ADDRESSEE.match(line.flat) or head_of(line.text).style:
                continue
            if self.titles and line.number > self.lines[self.titles[-1][1]].number:
                body.addressee = line.flat[:-1]
                body.furniture.append(body.lines.pop(at))
                return


def _signed(line: BodyLine) -> tuple[str, str]:
    """Who signs, and the date where it stands on the same line: `（盖章）清河县水利局    2025年4月1日`."""
    words = _SEALED.sub(" ", line.text).split()
    for last in range(max(len(words) - 6, 0), len(words)):
        if date := date_in("".join(words[last:])):
            return "".join(words[:last]), date
    signer = "".join(words)
    label = _COVER.match(signer)
    return (label[1] if label else signer), ""


def unit_in(title: str) -> str:
    """The unit that a title names: `2023年度清河县水利局整体支出绩效自评报告`."""
    for words in _TITLE_UNIT:
        found = words.search(title)
        name = found[1].strip("的关于") if found else ""
        if len(name) > 2 and not re.search(r"绩效|支出|部门|单位|报告", name):
            return name
    return ""
