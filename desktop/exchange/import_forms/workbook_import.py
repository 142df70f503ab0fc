"""Imports the tables of a workbook into a report: finds the forms, has them read, and makes the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.labels import after_label, is_residue, plain
from desktop.domain.template import THIS
from desktop.exchange.import_forms.annex1 import read_annex1
from desktop.exchange.import_forms.annex2_and_3 import read_annex2, read_annex3
from desktop.exchange.import_forms.cell_number import UNCACHED
from desktop.exchange.import_forms.collected import Claims, Intake
from desktop.exchange.import_forms.exported_workbook import Traces, read_traces
from desktop.exchange.import_forms.form_reader import UNIT_LABELS
from desktop.exchange.import_forms.other_tables import read_table, titles
from desktop.exchange.import_forms.reconcile import plan_from
from desktop.exchange.import_forms.regions import Form, Line, Region, lines_of, regions_of
from desktop.exchange.import_plan import ImportPlan
from desktop.exchange.read_sheet.workbook import Workbook

_UNIT_NAME = FactKey("unit", THIS, "name")
_TITLE_YEAR = re.compile(r"((?:19|20)\d{2})\s*年度?.{0,40}(?:基础数据表|自评表|自评报告|评价表)", re.DOTALL)
_HEAD_YEAR = re.compile(r"((?:19|20)\d{2})\s*年度?\s*(?:预算数?|决算数?|实际在职人数|年末)", re.DOTALL)
_READERS = {
    Form.ANNEX1: read_annex1,
    Form.ANNEX2: read_annex2,
    Form.ANNEX3: read_annex3,
    Form.OTHER: read_table,
}


def identify(workbook: Workbook) -> tuple[str | None, int | None]:
    """The unit and the year that a workbook names, None where it does not."""
    traces = read_traces(workbook)
    if traces is not None:
        return traces.unit or None, traces.year
    visible = [line for grid in workbook.sheets if not grid.hidden for line in lines_of(grid)]
    titled = (found for line in visible if (found := _TITLE_YEAR.search(line.text)))
    years = [int(found[1]) for found in titled][:1]
    headed = [
        int(found) for line in visible for place in line.texts for found in _HEAD_YEAR.findall(place.text)
    ]
    year = years[0] if years else max(headed, default=None)
    return next(_unit_names(visible), None), year


def _unit_names(lines: list[Line]) -> Iterator[str]:
    for line in lines:
        for place in line.texts:
            label, said = after_label(place.text)
            if plain(label) not in UNIT_LABELS:
                continue
            if not said:
                said = next((p.text for p in line.places if p.first > place.first), "")
            name = " ".join(re.split(r"(?:金额)?单位[:：]", said)[0].split())
            if name and not is_residue(name):
                yield name


def plan_import(
    workbook: Workbook,
    sheet: FactSheet,
    *,
    year: int | None = None,
    unit: str | None = None,
    source: str = "",
    system: str = "",
) -> ImportPlan:
    """What the workbook would change in the report of `sheet` (its facts may be empty). Writes nothing.

    A given `year` or `unit` decides, also against what the file says. `system` is the id of the report's
    indicator system; its points by rule are compared with the file's.
    """
    said_unit, said_year = identify(workbook)
    year = year or said_year or sheet.year
    if sheet.year != year:
        sheet = FactSheet(sheet.templates, sheet.facts, year)
    traces = read_traces(workbook)
    known = traces.renamed(sheet) if traces is not None else None
    intake = Intake(sheet, year, sheet.templates.form_system(system), known.claims() if known else Claims())
    seen = _read_sheets(intake, workbook, known)
    if known is not None:
        known.complete(intake, workbook)
    _list_unread(intake, seen, own=known is not None)
    _check_unit(intake, unit)
    if said_year and said_year != year:
        intake.problem(source or "文件", f"文件里写的是{said_year}年度，按{year}年度导入，请核对")
    return plan_from(intake, source, unit or said_unit)


def _read_sheets(intake: Intake, workbook: Workbook, own: Traces | None) -> list[Region]:
    """Read every sheet; the regions of all sheets on which something was known."""
    begin = titles(list(intake.templates.tables.values()))
    first: dict[Form, Region] = {}
    seen: list[Region] = []
    for grid in workbook.sheets:
        if not grid.cells or (own is not None and grid.name in own.sheets):
            continue
        if grid.hidden:
            intake.problem(grid.name, "这张工作表是隐藏的，没有导入")
            continue
        regions = regions_of(grid, begin)
        read = [_read_region(intake, region, first, own) for region in regions]
        if own is None and not any(read):
            intake.problem(grid.name, "未识别的工作表，没有导入")
        else:
            seen += regions
    return seen


def _list_unread(intake: Intake, regions: list[Region], *, own: bool) -> None:
    """Numbers that nobody took. In this program's own sheets only typed ones; its rules are no input."""
    for region in regions:
        if own and any(plain(p.text) == "评分规则" for line in region.lines[:3] for p in line.texts):
            continue
        for line in region.lines:
            for place in line.places:
                if not own and place.cell.uncached and place.where not in intake.used:
                    intake.problem(place.where, UNCACHED)
                typed = not own or (isinstance(place.cell.value, Decimal) and place.cell.formula is None)
                if place.numeric and typed and place.where not in intake.used:
                    label = line.texts[0].text if line.texts else "没有行名的数"
                    intake.problem(place.where, f"没有认出“{label[:20]}”，{place.text[:20]}没有导入")


def _read_region(intake: Intake, region: Region, first: dict[Form, Region], own: Traces | None) -> bool:
    """Read one form; a second 附件1 or 附件2 that says something else is listed and left alone."""
    if own is not None and not region.titled:
        region = replace(region, form=Form.OTHER)
    reader = _READERS[region.form]
    if region.form in (Form.ANNEX1, Form.ANNEX2, Form.ANNEX3) and own is None:
        trial = intake.fork()
        reader(trial, region)
        if region.form in first and _contradicts(intake, trial):
            where = first[region.form].where
            intake.problem(region.where, f"这里又有一张{region.form.value}，与{where}的不一致，没有导入")
            intake.skip(place for line in region.lines for place in line.places)
            return True
        first.setdefault(region.form, region)
    return reader(intake, region) is not False


def _contradicts(intake: Intake, trial: Intake) -> bool:
    mine = intake.found | intake.stated | intake.points
    theirs = trial.found | trial.stated | trial.points
    shared = [key for key in theirs if key in mine and key.base != "unit"]
    return any(mine[key].text != theirs[key].text for key in shared)


def _check_unit(intake: Intake, unit: str | None) -> None:
    """A file of another unit does not rename the unit the clerk chose."""
    found = intake.found.get(_UNIT_NAME)
    if unit and found is not None and plain(found.text) != plain(unit):
        message = f"文件里的单位是“{found.text}”，按“{unit}”导入"
        intake.found[_UNIT_NAME] = replace(found, problem=message, level="problem", ticked=False)
