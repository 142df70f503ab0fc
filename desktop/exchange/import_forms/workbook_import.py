"""Imports the tables of a workbook into a report: finds the forms, has them read, and makes the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop.domain.facts import FactSheet
from desktop.domain.keys import UNIT_NAME
from desktop.domain.labels import after_label, is_residue, plain
from desktop.exchange.import_forms.annex1_import import read_annex1
from desktop.exchange.import_forms.annex2_and_3_import import read_annex2, read_annex3
from desktop.exchange.import_forms.cell_number import UNCACHED
from desktop.exchange.import_forms.collected import QUOTED, CollectedCells
from desktop.exchange.import_forms.exported_workbook import ExportedCells, read_exported_cells
from desktop.exchange.import_forms.form_reader import UNIT_LABELS
from desktop.exchange.import_forms.forms_of_file import sheet_by_forms_of, tell_forms, texts_in
from desktop.exchange.import_forms.further_forms import form_titles, read_further_form
from desktop.exchange.import_forms.other_tables import titles
from desktop.exchange.import_forms.reconcile import plan_from
from desktop.exchange.import_forms.sheet_regions import HEAD_YEAR, Form, Line, Region, lines_of, regions_of
from desktop.exchange.import_plan import ImportPlan
from desktop.exchange.read_sheet.grid import Grid
from desktop.exchange.read_sheet.workbook import Workbook

_TITLE_YEAR = re.compile(r"((?:19|20)\d{2})\s*年度?.{0,40}(?:基础数据表|自评表|自评报告|评价表)", re.DOTALL)
"""`2023年度预算单位整体支出绩效评价基础数据表`: the year of the report; at most a unit's name stands between."""
_READERS = {
    Form.ANNEX1: read_annex1,
    Form.ANNEX2: read_annex2,
    Form.ANNEX3: read_annex3,
    Form.OTHER: read_further_form,
}


def identify(workbook: Workbook) -> tuple[str | None, int | None]:
    """The unit and the year that a workbook names, None where it does not."""
    exported = read_exported_cells(workbook)
    if exported is not None:
        return exported.unit or None, exported.year
    visible = [line for grid in workbook.sheets if not grid.hidden for line in lines_of(grid)]
    titled = next((found for line in visible if (found := _TITLE_YEAR.search(line.text))), None)
    heads = (place.text for line in visible for place in line.texts)
    head_years = (int(year) for text in heads for year in HEAD_YEAR.findall(text))
    year = int(titled[1]) if titled else max(head_years, default=None)
    return next(_unit_names(visible), None), year


def _unit_names(lines: list[Line]) -> Iterator[str]:
    for line in lines:
        for place in line.texts:
            label, name = after_label(place.text)
            if plain(label) not in UNIT_LABELS:
                continue
            if not name:
                name = next((p.text for p in line.places if p.first > place.first), "")
            # `填报单位：清河县水利局  金额单位：万元` in one cell
            name = " ".join(re.split(r"(?:金额)?单位[:：]", name)[0].split())
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
    stated_unit, stated_year = identify(workbook)
    year = year or stated_year or sheet.year
    if sheet.year != year:
        sheet = FactSheet(sheet.templates, sheet.facts, year)
    exported, report = read_exported_cells(workbook), sheet
    named = exported.forms if exported is not None else ""
    sheet = sheet_by_forms_of(texts_in(workbook.sheets), report, named)
    mine = exported.renamed(sheet) if exported is not None else None
    exported_rows = mine.exported_rows() if mine is not None else None
    collected = CollectedCells(sheet, year, sheet.templates.form_system(), exported_rows)
    tell_forms(collected, texts_in(workbook.sheets), report, source or "文件", named)
    regions = _read_sheets(collected, workbook.sheets, mine, stated_year or year)
    if mine is not None:
        # The file says itself what stands there, whatever its labels say: heads of another year, for instance.
        noted = {exported.where for exported in mine.facts} | {region.where for region in regions}
        cells = ((grid.name, cell) for grid in workbook.sheets for cell in grid.cells.values())
        noted |= {f"{name}!{cell.address}" for name, cell in cells if cell.formula is not None}
        collected.problems = [problem for problem in collected.problems if problem.where not in noted]
        mine.complete(collected, workbook)
    _list_unread(collected, regions, own=mine is not None)
    _check_unit(collected, unit)
    if stated_year and stated_year != year:
        collected.add_problem(source or "文件", f"文件里写的是{stated_year}年度，按{year}年度导入，请核对")
    return plan_from(collected, source, unit or stated_unit)


def collect_grids(collected: CollectedCells, grids: Sequence[Grid], year: int | None = None) -> None:
    """Add every cell of the forms that stand on grids of no workbook, of a file that is of that year; what nobody
    took is listed."""
    _list_unread(collected, _read_sheets(collected, grids, None, year or collected.year), own=False)


def _read_sheets(
    collected: CollectedCells, grids: Sequence[Grid], exported: ExportedCells | None, year: int
) -> list[Region]:
    """Read every sheet; the regions of all sheets on which something was known."""
    table_titles = titles(list(collected.templates.tables.values()))
    table_titles += form_titles(collected.templates, collected.year)
    first_of_form: dict[Form, Region] = {}
    regions: list[Region] = []
    for grid in grids:
        if not grid.cells or (exported is not None and grid.name in exported.sheets):
            continue
        if grid.hidden:
            collected.add_problem(grid.name, "这张工作表是隐藏的，没有导入")
            continue
        on_sheet = regions_of(grid, table_titles, year if exported is None else None)
        read = [_read_region(collected, region, first_of_form, exported, year) for region in on_sheet]
        if exported is None and not any(read):
            collected.add_problem(grid.name, "未识别的工作表，没有导入")
        else:
            regions += on_sheet
    return regions


def _list_unread(collected: CollectedCells, regions: list[Region], *, own: bool) -> None:
    """Numbers that nobody took. In this program's own sheets only typed ones; its rules are no input."""
    for region in regions:
        if own and any(plain(p.text) == "评分规则" for line in region.lines[:3] for p in line.texts):
            continue
        for line in region.lines:
            for place in line.places:
                if not own and place.cell.uncached and place.where not in collected.used_addresses:
                    collected.add_problem(place.where, UNCACHED)
                typed = not own or (isinstance(place.cell.value, Decimal) and place.cell.formula is None)
                if place.numeric and typed and place.where not in collected.used_addresses:
                    label = line.texts[0].text if line.texts else "没有行名的数"
                    collected.add_problem(
                        place.where, f"没有认出“{label[:QUOTED]}”，{place.text[:QUOTED]}没有导入"
                    )


def _read_region(
    collected: CollectedCells,
    region: Region,
    first_of_form: dict[Form, Region],
    exported: ExportedCells | None,
    year: int,
) -> bool:
    """Read one form; a second 附件1 or 附件2 that says something else is listed and left alone. One of another year
    is read by the places of its columns, and nothing of it is ticked."""
    if exported is not None and not region.titled:
        region = replace(region, form=Form.OTHER)
    reader = _READERS[region.form]
    if region.form in (Form.ANNEX1, Form.ANNEX2, Form.ANNEX3) and exported is None:
        trial = collected.trial_copy()
        reader(trial, region)
        if region.form in first_of_form and _contradicts(collected, trial):
            where = first_of_form[region.form].where
            collected.add_problem(
                region.where, f"这里又有一张{region.form.value}，与{where}的不一致，没有导入"
            )
            collected.mark_used(place for line in region.lines for place in line.places)
            return True
        first_of_form.setdefault(region.form, region)
    if region.other_year is None:
        return reader(collected, region) is not False
    message = f"这张{region.form.value}的表头或标题写的是{region.other_year}年，文件是{year}年度的"
    collected.add_problem(region.where, f"{message}：按各列的位置列出，都没有勾选，请核对是哪一年的数")
    with collected.doubting(f"表上写的是{region.other_year}年，没有勾选"):
        reader(collected, replace(region, years_behind=year - region.other_year))
    return True


def _contradicts(collected: CollectedCells, trial: CollectedCells) -> bool:
    mine = collected.values | collected.stated | collected.points
    theirs = trial.values | trial.stated | trial.points
    shared = [key for key in theirs if key in mine and key.base != "unit"]
    return any(mine[key].text != theirs[key].text for key in shared)


def _check_unit(collected: CollectedCells, unit: str | None) -> None:
    """A file of another unit does not rename the unit the clerk chose."""
    name = collected.values.get(UNIT_NAME)
    if unit and name is not None and plain(name.text) != plain(unit):
        message = f"文件里的单位是“{name.text}”，按“{unit}”导入"
        collected.values[UNIT_NAME] = replace(name, problem=message, level="problem", ticked=False)
