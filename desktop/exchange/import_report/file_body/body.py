"""What of a report's file is its body: the printed forms taken out, and what every report prints around its text.

How reports are titled, addressed and signed: docs/domain.md 4 and 7.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.audit.text.flat_text import Text
from desktop.exchange.import_report.file_body.blocks_of_file import Block, blocks_in
from desktop.exchange.import_report.file_body.body_lines import (
    LEFT_OUT,
    BodyLine,
    joined_to_numbers,
    lines_outside_forms,
)
from desktop.exchange.import_report.file_body.dates import date_in, with_arabic_dates
from desktop.exchange.import_report.file_body.own_annexes import OwnAnnex
from desktop.exchange.import_report.file_body.printed_around import (
    ADDRESSEE,
    ANNEX_ALONE,
    ANNEX_LIST,
    ANNEX_MARK,
    ANNEX_NAME,
    CONTENTS_LINE,
    COVER_REMARK,
    COVER_UNIT,
    LONGEST_COVER_LINE,
    LONGEST_PRINTED_LINE,
    LONGEST_TITLE,
    LONGEST_TITLE_PART,
    PAGE_NUMBER,
    SEALED,
    SENTENCE,
    SIGN_LINE,
    SIGNER,
    TITLE,
    TITLE_PART,
    TITLE_YEAR,
    YEAR,
    signer_and_date,
    unit_in,
    without_page,
)
from desktop.exchange.import_report.file_body.signature import is_signature_cell, signatures
from desktop.exchange.import_report.headings import numbered_line
from desktop.exchange.read_text.lines import DocumentLine

_PARTS_OF_A_REPORT, _PARTS_WITHOUT_TITLE = 3, 6
"""So many 一、 before a title mean that it begins a second report in the same file; more where the first has no
title, since it may be the first report's own, below a summary."""
_ANNEX_ITEM = re.compile(r"(\d{1,2})[.．、].{2,40}$")
"""`2.重点项目清单` below `附件：1.自评表`: numbered on, whatever it is called."""
_DECIMAL = re.compile(r"\s*1(?:\.1)?\s+[\u4e00-\u9fff]")
"""`1  部门概况`, `1.1 主要职责`: how headings with decimal numbers begin."""
_LOOK_AHEAD, _FEWEST_AGAIN = 3, 2
"""Where two of the next three lines stand in the text again, a line of the 目录 is only worded otherwise there."""
_ENDS_IN_DATE = re.compile(r"[\d〇一二三四五六七八九]{4}年\d{1,2}月(?:\d{1,2}日)?$")
"""`单位名称：清河县水利局（盖章）2024年3月18日` of a cover that stands on one line."""
_NEAR_SIGNATURE = 12
"""So many lines below the date the first annex begins at most: who to call, and the list of annexes, stand between."""
_LONGEST_CONTENTS, _FEWEST_ENTRIES = 150, 3
"""Lines of a 目录: of three pages, and of one that is none by chance."""
_FRONT_LINES = 60
"""Lines from the beginning among which a title or 目录 is looked for: cover, contents, preface."""


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
    attached: list[BodyLine] = field(default_factory=list)
    """What stands behind the signature from `附件1` on, and is none of the forms."""
    blocks: dict[str, Block] = field(default_factory=dict)
    """Tables and pictures, by the number that lines name."""
    chosen: bool = False
    """The clerk said of some lines what they are."""
    title: str = ""
    unit: str = ""
    year: int | None = None
    date: str = ""
    addressee: str = ""


_NO_CHOICES: Mapping[int, int] = {}


def body_of(
    lines: Sequence[DocumentLine],
    text: Text,
    own: Sequence[OwnAnnex] = (),
    choices: Mapping[int, int] = _NO_CHOICES,
) -> Body:
    """`text` is made of the joined lines; what stands in the annexes `own` is left out with the other forms.

    `choices` are the clerk's, by the number of a line: LEFT_OUT, TEXT, or a heading's level.
    """
    body = Body()
    body.blocks, places = blocks_in(lines)
    rest = joined_to_numbers(lines_outside_forms(lines, text, own, places))
    reader = _BodyReader(body, rest, choices)
    reader.read()
    body.chosen = bool(choices)
    return body


class _BodyReader:
    """Takes out line after line what this program prints by itself; `taken` are the places of such lines."""

    def __init__(self, body: Body, lines: list[BodyLine], choices: Mapping[int, int]) -> None:
        self.body, self.lines, self.choices = body, lines, choices
        self.taken: set[int] = set()
        self.contents: set[int] = set()
        self.titles: list[tuple[str, int]] = []

    def read(self) -> None:
        body, lines = self.body, self.lines
        self._take_contents()
        first = self._first_of_text()
        first_number = lines[first].number if first < len(lines) else len(self.lines)
        second_report = self._find_second_report(first)
        end = self._find_attached(first, second_report)
        for at in range(end):
            self._read_line(at, first)
        self._take_cover_unit(first)
        self._take_annex_list(end)
        self._take_signatures(first, end)
        self._choose_title()
        left_out = {line.block for line in lines if self.choices.get(line.number) == LEFT_OUT} - {""}
        for at, line in enumerate(lines):
            if at in self.contents:
                body.contents.append(line)
            choice = LEFT_OUT if line.block in left_out else self.choices.get(line.number)
            if choice is not None and choice != LEFT_OUT:
                body.lines.append(line._replace(chosen=choice))
            elif choice == LEFT_OUT or at in self.taken:
                body.auto_printed.append(line._replace(chosen=choice))
            else:
                after = body.second_report if at >= second_report else body.attached
                (after if at >= end else body.lines).append(line)
        self._take_addressee(first_number)

    def _first_of_text(self) -> int:
        """The place of the first heading; in a report whose headings have neither numbers nor styles, of the first
        line with a sentence in it."""
        free = [(at, line) for at, line in enumerate(self.lines) if at not in self.taken]
        headings = (at for at, _ in free if self._is_heading(at))
        sentences = (at for at, line in free if "。" in line.flat and not line.cell)
        return next(headings, next(sentences, len(self.lines)))

    def _is_heading(self, at: int) -> bool:
        """Whether a line may head the first part: 一、 or, where Word's style or the author has it, 1. or `1 概况`. A
        title in the style 标题1, with the chapters in 标题2, heads none."""
        line = self.lines[at]
        head = numbered_line(line.text, line.level)
        return (
            not line.cell
            and not self._begins_title(at)
            and not CONTENTS_LINE.match(line.text)
            and (head.style in (1, 3) or line.level == 1 or _DECIMAL.match(line.text) is not None)
        )

    def _ends_title(self, at: int) -> bool:
        """Whether a title ends in a line; up to two of the lines above may belong to it."""
        line = self.lines[at]
        if line.cell or len(line.flat) > LONGEST_TITLE or SENTENCE.search(line.flat):
            return False
        return bool(TITLE.search(line.flat)) and not numbered_line(line.text).style

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

    def _find_attached(self, first: int, end: int) -> int:
        """Where `附件1` stands behind the date below the text: what follows is attached to the report, in forms that
        nobody knows; else `end`."""
        signed = -_NEAR_SIGNATURE
        for at in range(first, end):
            line = self.lines[at]
            if not line.cell and (date_in(line.flat) or signer_and_date(line.text)[1]):
                signed = at
            elif not line.cell and ANNEX_MARK.match(line.flat) and at - signed < _NEAR_SIGNATURE:
                return at
        return end

    def _title_lines_above(self, at: int) -> list[int]:
        """The lines above that belong to a title; a text box may be drawn between them."""
        above: list[int] = []
        typed = self.lines[at].type is not None
        near = [i for i in range(at - 1, at - 4, -1) if i >= 0 and not (typed and self.lines[i].type is None)]
        for before in near[:2]:
            if before in self.taken:
                break
            line = self.lines[before]
            text = line.flat
            subtitled = before == at - 1 and self.lines[at].flat.startswith("——")
            alike = line.type is not None and line.type.centred and line.type == self.lines[at].type
            fits = len(text) <= LONGEST_TITLE_PART
            part = fits and (alike or subtitled or TITLE_PART.search(with_arabic_dates(text)))
            if not part or line.cell or numbered_line(line.text).style or SENTENCE.search(text):
                break
            if TITLE.search(text) or date_in(text):
                break  # another title, as on a cover, or the cover's date
            if "整体支出" in text and any("整体支出" in self.lines[i].flat for i in (*above, at)):
                break
            above.append(before)
        return above

    def _read_line(self, at: int, first: int) -> None:
        """Take a line that is printed anyway; `first` is the place of the first heading."""
        line = self.lines[at]
        text = line.flat
        if at in self.taken or len(text) > LONGEST_PRINTED_LINE:
            return
        if line.cell and not is_signature_cell(self.lines, at):
            return
        cover = COVER_UNIT.match(text)
        if at < first and self._ends_title(at):
            parts = [*reversed(self._title_lines_above(at)), at]
            if at + 1 < len(self.lines) and TITLE_YEAR.match(with_arabic_dates(self.lines[at + 1].flat)):
                parts.append(at + 1)
            self.titles.append(("".join(self.lines[i].flat for i in parts), at))
            self.taken.update(parts)
        elif cover and len(text) <= LONGEST_COVER_LINE and (at < first or SEALED.search(text)):
            self.body.unit = self.body.unit or _ENDS_IN_DATE.sub("", SEALED.sub("", cover[1]))
            self.taken.add(at)
        elif COVER_REMARK.match(text) or PAGE_NUMBER.match(text) or (at < first and SIGN_LINE.match(text)):
            self.taken.add(at)
        elif CONTENTS_LINE.match(line.text):
            self.taken.add(at)
            self.contents.add(at)
        elif ANNEX_MARK.match(text) and not any(near.cell for near in self.lines[at + 1 : at + 4]):
            self.taken.add(at)  # above a table that is none of the forms, it is the table's title
        elif date := date_in(text):
            self.body.date = date
            self.taken.add(at)

    def _take_contents(self) -> None:
        """The lines under 目录: those up to where its first entry stands again, which begins the text; else those that
        stand in the text again, with or without dots and pages behind them."""
        begin = next((i for i, line in enumerate(self.lines[:_FRONT_LINES]) if line.flat == "目录"), None)
        if begin is None:
            return
        entries = [without_page(line.text) for line in self.lines]
        last = {entry: i for i, entry in enumerate(entries)}
        again = [last[entry] > i for i, entry in enumerate(entries)]
        end = self._second_of_first(begin + 1, entries)
        for at in range(begin + 1, len(self.lines)):
            paged = CONTENTS_LINE.match(self.lines[at].text) or not entries[at]
            among = again[at] or sum(again[at + 1 : at + 1 + _LOOK_AHEAD]) >= _FEWEST_AGAIN
            listed = among if end is None else at < end and not self._speaks(at, again[at])
            if not paged and (not listed or self._begins_title(at)):
                break
            self.taken.add(at)
            self.contents.add(at)

    def _speaks(self, at: int, again: bool) -> bool:
        """`县财政局：` and `根据…，现将有关情况报告如下：` between the last entry and the first heading."""
        return not again and self.lines[at].flat.endswith(("：", ":"))

    def _second_of_first(self, first: int, entries: Sequence[str]) -> int | None:
        """Where the first entry of the 目录 stands again, if nothing but entries stands before."""
        for at in range(first + 1, min(first + _LONGEST_CONTENTS, len(self.lines))):
            if entries[at] and entries[at] == entries[first]:
                return at if at - first >= _FEWEST_ENTRIES else None
            if self.lines[at].cell or "。" in self.lines[at].flat:
                return None
        return None

    def _begins_title(self, at: int) -> bool:
        """Whether a title begins here: `清河县水利局`, which stands again at the end, and `2023年度自评报告` below it."""
        below = range(at, min(at + 3, len(self.lines)))
        return any(self._ends_title(i) and at in (i, *self._title_lines_above(i)) for i in below)

    def _take_cover_unit(self, first: int) -> None:
        """The unit's name alone on a line of the cover, without any label before it."""
        before = self.titles[-1][1] if self.titles else 0
        for at in range(min(before, first)):
            line = self.lines[at]
            if at not in self.taken and not line.cell and SIGNER.match(line.flat):
                self.taken.add(at)
                self.body.unit = self.body.unit or line.flat

    def _take_signatures(self, first: int, end: int) -> None:
        """Who hands it in and when, in their several manners; the date of the last one is the report's."""
        titles = [title for title, _ in self.titles]
        for signed in signatures(self.lines, self.taken, first, end, " ".join([*titles, self.body.unit])):
            self.taken.update(signed.places)
            self.body.unit = self.body.unit or signed.unit
            self.body.date = signed.date or self.body.date

    def _take_annex_list(self, end: int) -> None:
        """`附件：1.…`, and each further annex on a line below, numbered on or named as forms are."""
        number = 0
        for at in range(end):
            line = self.lines[at]
            begins = ANNEX_LIST.match(line.flat) and len(line.flat) <= LONGEST_PRINTED_LINE
            behind = at > 0 and at - 1 in self.taken and ANNEX_NAME.match(line.flat)
            follows = behind and re.match(r"附件|\d", self.lines[at - 1].flat)
            item = _ANNEX_ITEM.match(line.flat)
            next_one = number > 0 and item is not None and int(item[1]) == number + 1
            above_table = any(near.cell for near in self.lines[at + 1 : at + 4])
            listed = begins and (
                ANNEX_NAME.search(line.flat[len("附件：") :])
                or (not above_table and ANNEX_ALONE.search(line.flat))
            )
            if not line.cell and (listed or follows or next_one):
                self.taken.add(at)
                found = _ANNEX_ITEM.match(line.flat.removeprefix("附件：").removeprefix("附件:"))
                number = int(found[1]) if found else number
            else:
                number = 0

    def _choose_title(self) -> None:
        """The fullest of the titles; unit and year as it says them."""
        body = self.body
        if self.titles:
            body.title = max((title for title, _ in self.titles), key=len)
        for title in sorted((with_arabic_dates(title) for title, _ in self.titles), key=len, reverse=True):
            year = YEAR.search(title)
            body.year = body.year or (int(year[1]) if year else None)
            unit = unit_in(title)
            whole = len(unit) < len(body.unit) and body.unit.startswith(unit)
            if not whole:  # `清河县` in the title, `清河县水利局` on the cover
                body.unit = unit or body.unit

    def _take_addressee(self, first_number: int) -> None:
        """`清河县财政局：` between the title and the first heading, before any sentence."""
        body = self.body
        title = self.lines[self.titles[-1][1]].number if self.titles else first_number
        for at, line in enumerate(body.lines):
            if line.number >= first_number:
                return
            if line.cell or line.number <= title or numbered_line(line.text).style:
                continue
            if ADDRESSEE.match(line.flat):
                body.addressee = line.flat[:-1]
                body.auto_printed.append(body.lines.pop(at))
                return
            if "。" in line.flat:
                return
