"""From a report's facts to the document that is printed: cover, body after the outline, annexes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.fields.fields import expanded, section_text, unfilled
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import NARRATIVE, numbered
from desktop.domain.outline.outline_edits import title_of, unplaced
from desktop.domain.outline.print_options import PrintOptions, print_options_of, report_title
from desktop.domain.template import THIS, fill
from desktop.exchange.document.annexes import annexes
from desktop.exchange.document.audit_page import AuditLine, audit_page
from desktop.exchange.document.blocks import (
    Addressee,
    AnnexList,
    Block,
    ChartBlock,
    Cover,
    Heading,
    PageBreak,
    Signature,
    Title,
    width_em,
)
from desktop.exchange.document.chart_data import execution_data, three_public_data
from desktop.exchange.document.section_blocks import section_blocks

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?")
"""`2024-05-06`, `2024. 5. 6`, `2024年5月6日`, and `2024-05-06 00:00:00`, as a date pasted from Excel may read."""
_TITLE_EM = 20
"""Characters of 2号 (22 pt) in a line of 156 mm; a longer title is parted behind the unit's name."""


@dataclass(frozen=True, slots=True)
class ComposeOptions:
    """What is chosen anew for each export. How the report is printed otherwise is kept with it: see PrintOptions.

    `audited` are the findings for the page 核对情况 at the end; None: no such page.
    """

    audited: tuple[AuditLine, ...] | None = None


class Gap(NamedTuple):
    """Something the clerk should still see to: its name for people, and where it is written."""

    name: str
    key: FactKey


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks, the file's properties, and what is still to be written."""

    blocks: tuple[Block, ...]
    title: str
    author: str
    gaps: tuple[Gap, ...]
    unplaced: tuple[Gap, ...] = ()
    """What was written and is not printed, since the outline has no heading for it: `机构设置（120字）`."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of what is still to be written."""
        return tuple(gap.name for gap in self.gaps)


def compose(assessment: Assessment, options: ComposeOptions | None = None) -> Document:
    """The whole report as it is handed in. Nothing that is not filled in leaves a trace but `gaps`."""
    chosen = options or ComposeOptions()
    sheet, gaps = assessment.sheet, list[Gap]()
    name = sheet.get("unit", THIS, "name").strip()
    date = chinese_date(sheet.get("unit", THIS, "report_date"))
    for label, column, text in (("单位名称", "name", name), ("填报日期", "report_date", date)):
        if not text:
            gaps.append(Gap(label, FactKey("unit", THIS, column)))
    printed, title = print_options_of(sheet), report_title(sheet)
    forms = annexes(assessment, date)
    attached = [block for form in forms for block in form.blocks]
    report: list[Block] = [_cover(printed, sheet.year, name, date)] if printed.cover else []
    if report or (printed.annexes_first and attached):
        report.append(PageBreak())
    report.append(Title(_on_two_lines(title, name)))
    if printed.addressee:
        report.append(Addressee(f"{printed.addressee}："))
    report += _sections(assessment, printed, gaps)
    if not printed.annexes_first:
        report.append(AnnexList(tuple(dict.fromkeys(form.title for form in forms))))
    report.append(Signature(name, date))
    order = [*attached, *report] if printed.annexes_first else [*report, *attached]
    order += audit_page(chosen.audited) if chosen.audited is not None else []
    return Document(tuple(order), title, name, tuple(gaps), tuple(_unplaced(assessment)))


def _unplaced(assessment: Assessment) -> Iterator[Gap]:
    sheet = assessment.sheet
    for row in unplaced(sheet):
        key = FactKey(NARRATIVE, row, "text")
        length = len("".join(expanded(assessment, sheet.text(key)).split()))
        yield Gap(f"{title_of(sheet, row) or '没有标题的文字'}（{length}字）", key)


def chinese_date(text: str) -> str:
    """`2024-05-06` -> `2024年5月6日`; whatever is no full date stays as it was typed."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return text.strip()
    year, month, day = map(int, match.groups())
    try:
        dt.date(year, month, day)
    except ValueError:
        return text.strip()
    return f"{year}年{month}月{day}日"


def _on_two_lines(title: str, name: str) -> str:
    """A title too long for one line is parted behind the unit's name."""
    start = title.find(name) + len(name)
    fits = not name or name not in title or width_em(title) <= _TITLE_EM
    return title if fits or start == len(title) else f"{title[:start]}\n{title[start:]}"


def _cover(printed: PrintOptions, year: int, name: str, date: str) -> Cover:
    own_title = tuple(_on_two_lines(printed.title, name).split("\n"))
    title = own_title if printed.title else (f"{year}年度", "部门整体支出绩效自评报告")
    return Cover(title, (f"部门（单位）名称：{name}（盖章）", date))


def _sections(assessment: Assessment, printed: PrintOptions, gaps: list[Gap]) -> Iterator[Block]:
    sheet = assessment.sheet
    outline = sheet.outline
    for place, (number, section) in enumerate(numbered(outline)):
        title = fill(section.title, sheet.year, sheet.level)
        if section.level:
            yield Heading(section.level, number, title)
        text = section_text(assessment, section)
        has_parts = section.level and place + 1 < len(outline) and outline[place + 1].level > section.level
        if not text and not has_parts:
            gaps.append(Gap(f"{number}{title}", FactKey("narrative", section.id, "text")))
        lacking = dict.fromkeys(what for _, _, what in unfilled(text))
        gaps += (Gap(f"{title}：{what}", FactKey("narrative", section.id, "text")) for what in lacking)
        yield from section_blocks(assessment, section, text)
        if printed.charts and section.chart:
            yield from _chart(sheet, section.chart)


def _chart(sheet: FactSheet, kind: str) -> Iterator[Block]:
    """Only what is filled in is drawn; nothing where there are no figures."""
    data = three_public_data(sheet) if kind == "three_public" else execution_data(sheet)
    groups = tuple(group for group in data.groups if None not in group.values)
    if any(value for group in groups for value in group.values):
        yield ChartBlock(
            "three_public" if kind == "three_public" else "execution", replace(data, groups=groups)
        )
