"""A workbook that this program wrote comes back as the facts it was written from, edited in Excel or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey, scoped
from desktop.domain.template import LABEL, ORDER, THIS, Column, Table
from desktop.domain.text_blocks.picture import Picture, stored_picture
from desktop.exchange.excel_out.writer import cell_map, workbook_bytes
from desktop.exchange.import_forms.workbook_import import identify, plan_import
from desktop.exchange.import_plan import ImportPlan
from desktop.exchange.read_sheet.workbook import Workbook, read_workbook
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)
FORM = TEMPLATES.systems["form-2023"]
SAMPLE = next(s for s in sample_reports(RESOURCES) if s.year == 2023)
Facts = dict[FactKey, str]
Change = Callable[[Any], None]


def exported(folder: Path, facts: Facts, change: Change | None = None, system: str = "form-2023") -> Workbook:
    """Written, changed as somebody would in Excel, and read."""
    import openpyxl

    path = folder / "表.xlsx"
    path.write_bytes(workbook_bytes(FactSheet(TEMPLATES, facts, 2023), TEMPLATES.systems[system]))
    if change is not None:
        values = openpyxl.load_workbook(path, data_only=True)
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:  # Excel would calculate; openpyxl drops the results
            if not sheet.title.startswith("ziping"):
                for row in sheet.iter_rows():
                    for cell in row:
                        if cell.data_type == "f":
                            cell.value = values[sheet.title][cell.coordinate].value
        change(book)
        book.save(path)
    return read_workbook(path)


def imported(workbook: Workbook, facts: Facts | None = None) -> tuple[ImportPlan, Facts]:
    start = dict(facts or {})
    plan = plan_import(workbook, FactSheet(TEMPLATES, start, 2023))
    for key, value in plan.wanted():
        start.pop(key, None)
        if value is not None:
            start[key] = value
    return plan, start


def address(facts: Facts, key: FactKey) -> tuple[str, str]:
    sheet, _, cell = cell_map(FactSheet(TEMPLATES, facts, 2023), FORM)[key].rpartition("!")
    return sheet, cell


def test_export_of_the_sample_is_imported_unchanged(tmp_path: Path) -> None:
    facts = dict(SAMPLE.facts)
    workbook = exported(tmp_path, facts, system=SAMPLE.system)
    assert identify(workbook) == (SAMPLE.unit_name, 2023)
    plan, result = imported(workbook)
    assert result == facts and not plan.problems
    again, same = imported(workbook, facts)
    assert same == facts and not again.items and not again.problems


def test_cells_changed_emptied_or_filled_in_excel_are_imported(tmp_path: Path) -> None:
    facts = dict(SAMPLE.facts)
    budget, final = (FactKey("base", "public_funds", column) for column in ("budget", "final"))
    phone, duty = FactKey("unit", THIS, "phone"), FactKey("carryover", "opening", "last_year")
    facts.pop(duty, None)
    places = {key: address(facts, key) for key in (budget, final, phone, duty)}

    def change(book: Any) -> None:
        for key, value in ((budget, 123.45), (final, None), (phone, "0730-1"), (duty, 7)):
            sheet, cell = places[key]
            book[sheet][cell] = value

    plan, result = imported(exported(tmp_path, facts, change), facts)
    assert {k: result.get(k) for k in (budget, phone, duty)} == {budget: "123.45", phone: "0730-1", duty: "7"}
    assert final not in result
    assert next(i for i in plan.items if i.key == final).problem == "文件中已清空"
    assert {i.key for i in plan.items if i.ticked} == {budget, final, phone, duty}


def test_target_changed_in_excel_is_split_again(tmp_path: Path) -> None:
    facts = dict(SAMPLE.facts)
    row = next(k.row for k in facts if k.table == "annex2_indicators" and k.row.startswith("satisfaction"))
    sheet, cell = address(facts, FactKey("annex2_indicators", row, "target"))

    def change(book: Any) -> None:
        book[sheet][cell] = "≥97.5%"

    result = imported(exported(tmp_path, facts, change), facts)[1]
    parts = [result.get(FactKey("annex2_indicators", row, c)) for c in ("operator", "target", "unit")]
    assert parts == ["≥", "97.5", "%"]


def test_overridden_total_is_imported_ticked(tmp_path: Path) -> None:
    key = FactKey("three_public", "total", "final")
    facts = dict(SAMPLE.facts) | {key: "99"}
    plan, result = imported(exported(tmp_path, facts))
    assert result == facts and next(i for i in plan.items if i.key == key).ticked


def test_row_typed_into_a_blank_line_is_added(tmp_path: Path) -> None:
    facts = dict(SAMPLE.facts)

    def change(book: Any) -> None:
        sheet = book["附件1"]
        heading = next(c for c in sheet["A"] if c.value and "转移支付" in str(c.value))
        blank = heading.row + 1
        while sheet.cell(blank, 1).value:
            blank += 1
        assert blank - heading.row > 0
        sheet.cell(blank, 1, "新增专项")
        sheet.cell(blank, 6, 12.5)

    plan, result = imported(exported(tmp_path, facts, change), facts)
    new = next(key for key, value in result.items() if value == "新增专项")
    assert (new.table, new.row.partition(":")[0], new.column) == ("base", "transfer", LABEL)
    assert result[FactKey("base", new.row, "final")] == "12.5"
    assert not any(p.where.startswith("附件1") for p in plan.problems)


def inserted(book: Any, name: str, at: int) -> None:
    """A blank row above `at`, with the notes following as Excel makes them follow."""
    book[name].insert_rows(at)

    def later(match: re.Match[str]) -> str:
        row = int(match[3])
        return f"{match[1]}{match[2]}{row + (row >= at)}"

    for line in book["ziping"].iter_rows(min_row=7, min_col=6, max_col=6):
        if line[0].value:
            line[0].value = re.sub(rf"('?{name}'?!)([A-Z]+)(\d+)", later, str(line[0].value))


def test_rows_inserted_or_deleted_in_excel_keep_the_others_in_place(tmp_path: Path) -> None:
    facts = dict(SAMPLE.facts)
    row = next(k.row for k, v in facts.items() if k.table == "base" and k.column == LABEL and ":" in k.row)
    sheet, cell = address(facts, FactKey("base", row, LABEL))
    gone = FactKey("others", "retired", "this_year")

    def change(book: Any) -> None:
        inserted(book, sheet, int(cell[1:]))
        book[sheet].cell(int(cell[1:]), 1, "插入的专项")
        book[sheet].cell(int(cell[1:]), 6, 8.5)
        for line in book["ziping"].iter_rows(min_row=7):
            if tuple(c.value for c in line[:3]) == tuple(gone):
                line[5].value = "=ROW(#REF!)"

    plan, result = imported(exported(tmp_path, facts, change), facts)
    new = next(key for key, value in result.items() if value == "插入的专项")
    assert {key: value for key, value in result.items() if key.row != new.row} == facts
    assert result[FactKey("base", new.row, "final")] == "8.5"
    assert gone in facts and any("删去" in problem.message for problem in plan.problems)


def test_sheet_renamed_in_excel_is_still_known(tmp_path: Path) -> None:
    facts = dict(SAMPLE.facts)

    def change(book: Any) -> None:
        book["附件1"].title = "基础表"
        for line in book["ziping"].iter_rows(min_row=7, min_col=6, max_col=6):
            line[0].value = str(line[0].value or "").replace("附件1", "基础表") or None

    assert imported(exported(tmp_path, facts, change))[1] == facts


def test_workbook_saved_without_calculated_results_is_imported(tmp_path: Path) -> None:
    import openpyxl

    facts = dict(SAMPLE.facts)
    exported(tmp_path, facts)
    openpyxl.load_workbook(tmp_path / "表.xlsx").save(tmp_path / "无值.xlsx")
    plan, result = imported(read_workbook(tmp_path / "无值.xlsx"))
    assert result == facts and not plan.problems


def test_rows_with_ids_that_the_report_uses_for_others_get_new_ids(tmp_path: Path) -> None:
    facts = {
        FactKey("base", "special:1", ORDER): "1",
        FactKey("base", "special:1", LABEL): "甲",
        FactKey("base", "special:1", "final"): "1",
        FactKey("projects", "item:1", ORDER): "1",
        FactKey("projects", "item:1", "name"): "甲项目",
        FactKey("annex3_funds@1", "fiscal", "executed"): "3",
    }
    there = {
        FactKey("base", "special:1", ORDER): "1",
        FactKey("base", "special:1", LABEL): "乙",
        FactKey("base", "special:2", ORDER): "2",
        FactKey("base", "special:2", LABEL): "甲",
        FactKey("projects", "item:1", ORDER): "1",
        FactKey("projects", "item:1", "name"): "乙项目",
    }
    plan, result = imported(exported(tmp_path, facts), there)
    assert result[FactKey("base", "special:2", "final")] == "1"
    assert FactKey("base", "special:1", "final") not in result
    assert result[FactKey("projects", "item:2", "name")] == "甲项目"
    assert result[FactKey("annex3_funds@2", "fiscal", "executed")] == "3"
    assert any("乙项目" in problem.message for problem in plan.problems)


# --- any report -----------------------------------------------------------------------------------

_WORDS = st.text("甲乙丙丁戊AB（）“”、，12 ", min_size=1, max_size=8).map(str.strip).filter(bool)
_MONEY = st.decimals(0, 99_999, places=2, allow_nan=False).map(
    lambda n: f"{n:f}".rstrip("0").rstrip(".") or "0"
)
_WHOLE = st.integers(0, 999).map(str)


def _value(column: Column) -> st.SearchStrategy[str]:
    if column.kind in ("money", "area"):
        return _MONEY
    if column.kind in ("people", "number", "points"):
        return _WHOLE
    if column.kind == "percent":
        return _WHOLE.map(lambda n: f"{n}%")
    return st.sampled_from(column.choices) if column.kind == "choice" else _WORDS


@st.composite
def reports(draw: st.DrawFn) -> Facts:
    """A few cells and open rows of every table, overrides and points by hand among them."""
    facts: Facts = {}
    projects = draw(st.integers(0, 2))
    for number in range(1, projects + 1):
        facts[FactKey("projects", f"item:{number}", ORDER)] = str(number)
        facts[FactKey("projects", f"item:{number}", "name")] = draw(_WORDS) + f"项目{number}"
    for table in TEMPLATES.tables.values():
        if table.free_rows or table.id == "projects":
            continue
        scopes = [str(n) for n in range(1, projects + 1)] if table.per == "project" else [""]
        for scope in scopes:
            _fill(draw, facts, table, scoped(table.id, scope))
    return facts


def _fill(draw: st.DrawFn, facts: Facts, table: Table, name: str) -> None:
    for row in table.rows:
        if row.heading or not draw(st.booleans()):
            continue
        row_id = row.id
        if row.open:
            row_id = f"{row.id}:{draw(st.integers(1, 3))}"
            facts[FactKey(name, row_id, ORDER)] = "1"
            if table.kind == "grid":
                facts[FactKey(name, row_id, LABEL)] = draw(_WORDS)
        for column in draw(st.lists(st.sampled_from(table.columns), max_size=3, unique_by=lambda c: c.id)):
            facts[FactKey(name, row_id, column.id)] = draw(_value(column))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(facts=reports())
def test_export_then_import_into_an_empty_report_gives_the_same_facts(
    facts: Facts, tmp_path_factory: pytest.TempPathFactory
) -> None:
    workbook = exported(tmp_path_factory.mktemp("w"), facts)
    assert imported(workbook)[1] == facts
    assert imported(workbook, facts)[1] == facts


PERFORMANCE = FactKey("narrative", "performance", "text")
MARKED = (
    "得分⟦score⟧分，“三公经费”⟦three_public.total.final⟧万元，比上年⟦change three_public.total.final "
    "three_public.total.last_final⟧。公务接待费⟦three_public.reception.final=1.8⟧万元。"
)


def put_into_text(old: str, new: str) -> Change:
    def change(book: Any) -> None:
        (cell,) = [c for row in book["自评报告"].iter_rows() for c in row if old in str(c.value)]
        cell.value = cell.value.replace(old, new)

    return change


def test_fields_in_the_text_are_exported_as_read_and_imported_as_fields(tmp_path: Path) -> None:
    facts = dict(SAMPLE.facts) | {PERFORMANCE: MARKED}
    workbook = exported(tmp_path, facts)
    shown = next(grid for grid in workbook.sheets if grid.name == "自评报告")
    said = "得分97.94分，“三公经费”6.88万元，比上年减少0.67万元，下降8.87%。公务接待费1.8万元。"
    assert any(cell.text == said for cell in shown.cells.values())
    assert not any("⟦" in cell.text for cell in shown.cells.values())
    assert imported(workbook)[1][PERFORMANCE] == MARKED


def test_a_text_edited_in_excel_keeps_the_fields_that_were_not_touched(tmp_path: Path) -> None:
    facts = {key: value for key, value in SAMPLE.facts.items() if key.table != "narrative"}
    facts[PERFORMANCE] = MARKED
    for old, new, stored in (
        ("得分97.94分", "自评得分97.94分", MARKED.replace("得分", "自评得分")),
        ("6.88万元", "6.90万元", MARKED.replace("total.final⟧万", "total.final=6.90⟧万")),
    ):
        workbook = exported(tmp_path, facts, put_into_text(old, new))
        assert imported(workbook)[1][PERFORMANCE] == stored


def test_plan_lists_each_sheet_from_the_top_whatever_was_read_first(tmp_path: Path) -> None:
    """Operator, target and unit of an indicator share a cell, and are read after all others."""
    plan, _ = imported(exported(tmp_path, dict(SAMPLE.facts), system=SAMPLE.system))
    places = [item.where.rpartition("!") for item in plan.items if "!" in item.where]
    sheets = [sheet for sheet, _ in groupby(sheet for sheet, _, _ in places)]
    assert len(sheets) == len(set(sheets)) > 5
    for sheet in sheets:
        rows = [int(cell.lstrip(ascii_uppercase)) for of, _, cell in places if of == sheet]
        assert rows == sorted(rows), sheet


def test_workbook_of_another_year_is_taken_by_its_addresses_without_complaints(tmp_path: Path) -> None:
    """Its heads name no column of the report's year; 147 cells were told as not read that were read."""
    path = tmp_path / "x.xlsx"
    sample = max(sample_reports(RESOURCES), key=lambda report: report.year)
    path.write_bytes(workbook_bytes(FactSheet(TEMPLATES, sample.facts, 2023), FORM))
    plan = plan_import(read_workbook(path), FactSheet(TEMPLATES, {}, 2026), year=2026)
    (problem,) = plan.problems
    assert "文件里写的是2023年度" in problem.message


def test_pictures_that_no_cell_holds_stay_as_they_are(tmp_path: Path) -> None:
    text = FactKey("narrative", "problems", "text")
    png = b"\x89PNG\r\n\x1a\n" + bytes(8) + (8).to_bytes(4) + (6).to_bytes(4) + bytes(60_000)
    facts = dict(SAMPLE.facts) | {
        text: "见下。\n⟦block 1⟧\n⟦block 2⟧",
        FactKey("blocks", "1", "table"): '{"rows":[["项目","金额"]]}',
        FactKey("blocks", "2", "picture"): stored_picture(Picture("png", 8, 6, png)),
    }
    plan, result = imported(exported(tmp_path, facts, system=SAMPLE.system), facts)
    assert result == facts and not plan.items
    sheet, cell = address(facts, text)

    def rewrite(book: Any) -> None:
        book[sheet][cell].value = book[sheet][cell].value.replace("见下。", "另见下。")

    _, result = imported(exported(tmp_path, facts, rewrite, SAMPLE.system), facts)
    assert result[text] == "另" + facts[text]
