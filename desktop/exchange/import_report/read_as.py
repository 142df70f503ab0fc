"""What each line of a report's file was read as, for the clerk to see and to change before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from desktop.domain.fields.block_fields import shown_block
from desktop.exchange.import_plan import ReadLine
from desktop.exchange.import_report.file_body.body import Body
from desktop.exchange.import_report.file_body.body_lines import LEFT_OUT, BodyLine
from desktop.exchange.import_report.file_body.dates import date_in
from desktop.exchange.import_report.file_body.printed_around import (
    CONTENTS_LINE,
    PAGE_NUMBER,
    signer_and_date,
)
from desktop.exchange.import_report.sections import Part
from desktop.exchange.read_text.lines import DocumentLine

_FORM = "（附件里的表，数据读入表格）"
OF_FORM = "附件表格"


UNREAD = "读不了"


def with_unread(read: Iterable[ReadLine], lines: Sequence[DocumentLine]) -> tuple[ReadLine, ...]:
    """And what of the file could not be read, such as a picture, where it stands; `lines` are those of the file."""
    begins = accumulate((line.text.count("\n") + 1 for line in lines), initial=1)
    told = (
        ReadLine(number, line.note, "left_out", why=UNREAD)
        for line, number in zip(lines, begins, strict=False)
        if line.note
    )
    return tuple(sorted([*read, *told], key=lambda each: each.number))


def read_as(body: Body, parts: Sequence[Part]) -> tuple[ReadLine, ...]:
    """In the order of the file; `parts` are those with the headings that were found."""
    levels = {part.number: part.depth for part in parts if not part.unassigned}
    return tuple(_Lines(body, levels).read())


class _Lines:
    def __init__(self, body: Body, levels: dict[int, int]) -> None:
        self.body, self.levels = body, levels
        self.kept = {line.number for line in body.lines}
        self.contents = {line.number for line in body.contents}
        self.attached = {line.number for line in body.attached}
        self.second_report = {line.number for line in body.second_report}
        self.first = body.lines[0].number if body.lines else 0
        """The first line of the text: what is left out before it belongs to the cover and the head."""

    def read(self) -> Iterator[ReadLine]:
        body = self.body
        order = [*body.lines, *body.auto_printed, *body.attached, *body.second_report]
        block, cell = "", False
        for line in sorted(order, key=lambda each: each.number):
            if line.after_form:
                yield ReadLine(line.number, _FORM, "left_out", why=OF_FORM)
            goes_on = line.block == block if line.block else line.cell and cell
            block, cell = line.block, line.cell and not line.block
            if not goes_on:
                yield self._line(line)

    def _line(self, line: BodyLine) -> ReadLine:
        text = self._block_text(line) or line.text.strip()
        if line.number not in self.kept:
            return ReadLine(line.number, text, "left_out", why=self._why(line))
        if line.block or line.cell:
            return ReadLine(line.number, text, "block")
        level = self.levels.get(line.number, 0)
        return ReadLine(line.number, text, "heading" if level else "text", level)

    def _block_text(self, line: BodyLine) -> str:
        block = self.body.blocks.get(line.block)
        return shown_block(block) if block is not None else ""

    def _why(self, line: BodyLine) -> str:
        body = self.body
        if line.chosen == LEFT_OUT:
            return "您选择不读入"
        if line.number in self.second_report:
            return "第二份报告，存为“未归入提纲的内容”"
        if line.number in self.attached:
            return "附件，存为“未归入提纲的内容”"
        if line.number in self.contents or line.flat == "目录" or CONTENTS_LINE.match(line.text):
            return "目录"
        if PAGE_NUMBER.match(line.flat):
            return "页码"
        if body.addressee and line.flat.rstrip("：:") == body.addressee:
            return "主送机关"
        if line.number > self.first:
            signer, date = signer_and_date(line.text)
            return "落款" if date or date_in(line.flat) or signer == body.unit else "由程序印出"
        return "标题" if body.title and line.flat in body.title else "封面"
