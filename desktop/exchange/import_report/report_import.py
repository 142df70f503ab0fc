"""A whole report read in: its text under the headings of the outline, its printed forms into the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.audit.forms_in_text.regions import annex_regions
from desktop.audit.text.flat_text import Text
from desktop.audit.text.reading import Reading
from desktop.domain.facts import FactSheet
from desktop.domain.keys import UNIT_NAME
from desktop.domain.labels import after_label, is_residue, plain
from desktop.errors import UserError
from desktop.exchange.file_kind import FileKind, open_source, sniff
from desktop.exchange.import_forms.collected import CollectedCells
from desktop.exchange.import_forms.form_reader import UNIT_LABELS
from desktop.exchange.import_forms.forms_in_report import collect_forms
from desktop.exchange.import_forms.forms_of_file import sheet_by_forms_of, tell_forms
from desktop.exchange.import_forms.reconcile import plan_from
from desktop.exchange.import_plan import ImportPlan, PlanItem, PlanProblem
from desktop.exchange.import_report.cover_and_date import REPORT_DATE, cover_items
from desktop.exchange.import_report.file_body.body import Body, body_of
from desktop.exchange.import_report.file_body.body_lines import LEFT_OUT
from desktop.exchange.import_report.file_body.own_annexes import collect_further, own_annexes
from desktop.exchange.import_report.file_body.printed_around import SEALED
from desktop.exchange.import_report.headings import is_phrase, numbered_line, title_splits
from desktop.exchange.import_report.narrative import narrative_plan
from desktop.exchange.import_report.read_as import with_unread
from desktop.exchange.read_text.any_file import lines_in, read_lines
from desktop.exchange.read_text.lines import DocumentLine, joined

_NO_CHOICES: Mapping[int, int] = {}
_LONGEST_NAME = 40
"""Characters of a unit's name; what is longer behind 预算单位名称 is a line of the next cells."""


def is_report_file(path: Path) -> bool:
    """Whether a file is a text by its first bytes; a web page is one unless it is nothing but tables."""
    kind = sniff(path)
    if kind is FileKind.HTML:
        return sum(not line.in_table and _is_heading(line) for line in read_lines(path)) > 1
    return kind in (FileKind.TEXT, FileKind.DOCX, FileKind.DOC, FileKind.PDF)


def read_report(path: Path) -> list[DocumentLine]:
    """The lines of a report's file. UserError where it cannot be read, or holds nothing that a report has."""
    lines = lines_in(open_source(path), whole=True)
    text = Text(joined(lines))
    if not (sum(map(_is_heading, lines)) > 1 or annex_regions(text) or body_of(lines, text).title):
        raise UserError(
            f"“{path.name}”里没有认出自评报告的标题，也没有附件1–3。",
            "请确认选对了文件；只想检查文字的，请用“核对一份报告文件”。",
        )
    return lines


def _is_heading(line: DocumentLine) -> bool:
    head = numbered_line(line.text, line.level)
    return head.marked and any(not split.tail and is_phrase(split.title) for split in title_splits(head))


def identify_document(lines: Sequence[DocumentLine]) -> tuple[str | None, int | None]:
    """The unit and the year that a report names, None where it does not."""
    text = Text(joined(lines))
    return _stated_unit_and_year(body_of(lines, text), text)


def _stated_unit_and_year(body: Body, text: Text) -> tuple[str | None, int | None]:
    """As title, cover or signature state them; else as a form does; else the year the text speaks of most."""
    unit = body.unit or next(_form_units(text), None)
    form_year = next((region.year for region in annex_regions(text) if region.year), None)
    return unit, body.year or form_year or Reading(text.raw).year


def _form_units(text: Text) -> Iterator[str]:
    """`预算单位名称`, and the name behind it or in the next cell."""
    texts = [text.flat[start:end] for start, end in text.lines]
    for line, following in zip(texts, [*texts[1:], ""], strict=True):
        label, name = after_label(line)
        unit = SEALED.sub("", name or following)  # `部门（单位）名称：（盖章）` names nobody
        named = plain(label) in UNIT_LABELS and not is_residue(unit)
        if named and 2 < len(unit) <= _LONGEST_NAME:
            yield unit


def plan_document(
    lines: Sequence[DocumentLine],
    sheet: FactSheet,
    *,
    year: int | None = None,
    unit: str | None = None,
    source: str = "",
    system: str = "",
    choices: Mapping[int, int] = _NO_CHOICES,
    as_file: bool = False,
) -> ImportPlan:
    """What a report's file would change in the report of `sheet` (its facts may be empty). Writes nothing.

    A given `year` or `unit` decides, also against what the file says; `system` is the id of the report's
    indicator system. Text comes as it stands in the file, whatever year it speaks of. `choices` are the clerk's, as
    `body_of` takes them; `as_file`: the file's headings replace those of a report that has other ones.
    """
    text = Text(joined(lines))
    own = own_annexes(text, sheet.templates, sheet.level)
    body = body_of(lines, text, own, choices)
    stated_unit, stated_year = _stated_unit_and_year(body, text)
    year = year or stated_year or sheet.year
    if sheet.year != year:
        sheet = FactSheet(sheet.templates, sheet.facts, year)
    report, texts = sheet, [line.text for line in lines]
    sheet = sheet_by_forms_of(texts, report)
    collected = CollectedCells(sheet, year, sheet.templates.form_system())
    tell_forms(collected, texts, report, source or "文件")
    collect_forms(collected, lines, text, stated_year or year)
    unread = collect_further(collected, lines, text, own)
    _name_unit(collected, unit, stated_unit)
    if body.date:  # the forms behind it may have been filled in on other days
        collected.values.pop(REPORT_DATE, None)
    tables = plan_from(collected, source, unit or stated_unit)
    narrative = narrative_plan(body, sheet, system, dict(tables.wanted()), as_file=as_file)
    cover, agreed = cover_items(body, sheet, unit or stated_unit or "", stated_year)
    cover = [item for item in cover if item.key not in collected.values]
    problems: list[PlanProblem] = []
    if stated_year and stated_year != year:
        message = f"文件里写的是{stated_year}年度，按{year}年度导入，请核对文字里的年份和数字"
        problems.append(PlanProblem(source or "文件", message))
    problems += (PlanProblem(source or "文件", line.note) for line in lines if line.note)
    problems += (
        PlanProblem("附件", f"“{annex.title}”请从导出的Excel导入，从这里没有读入") for annex in unread
    )
    problems += (*narrative.problems, *tables.problems)
    if printed := [line.text for line in body.auto_printed if line.chosen != LEFT_OUT]:
        words = "｜".join(printed)
        message = f"这些由程序自动印出，不作为正文导入：{words}"
        problems.append(PlanProblem("封面、标题、落款", message))
    figures = _of_year(tables.items, stated_year, year)
    return replace(
        tables,
        items=(*narrative.outline, *narrative.items, *cover, *figures),
        problems=tuple(problems),
        rows=(*narrative.rows, *tables.rows),
        agreed=tables.agreed + narrative.agreed + agreed,
        other_headings=narrative.other_headings,
        read_as=with_unread(narrative.read_as, lines) if narrative.read_as else (),
    )


def _name_unit(collected: CollectedCells, unit: str | None, stated: str | None) -> None:
    """The unit's name where no form says it; a file of another unit does not rename the one that was chosen."""
    named = stated if not unit or plain(stated or "") == plain(unit) else None
    if named and UNIT_NAME not in collected.values:
        collected.add_text(UNIT_NAME, unit or named, "封面和标题")
    collected_name = collected.values.get(UNIT_NAME)
    name = collected_name.text if collected_name is not None else stated
    if not unit or not name or plain(name) == plain(unit):
        return
    message = f"文件里的单位是“{name}”，按“{unit}”导入"
    if collected_name is not None:
        collected.values[UNIT_NAME] = replace(collected_name, problem=message, level="problem", ticked=False)
    else:
        collected.add_problem("封面和标题", message)


def _of_year(items: Sequence[PlanItem], stated_year: int | None, year: int) -> Iterator[PlanItem]:
    """Figures of another year are offered and not ticked: they would stand in for this year's."""
    for item in items:
        # Names, people and duties of the unit hold from year to year.
        of_any_year = item.key.base == "unit" and item.key.column != "report_date"
        if stated_year is None or stated_year == year or of_any_year:
            yield item
        else:
            problem = item.problem or f"是{stated_year}年度的，没有勾选"
            yield replace(item, problem=problem, level="note", ticked=False)
