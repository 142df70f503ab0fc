"""The exported workbook: every fact in one cell, live formulas with right results, safe text."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.numbers import canonical
from desktop.domain.template import parse_table
from desktop.domain.text_blocks.picture import Picture, stored_picture
from desktop.errors import UserError
from desktop.exchange.excel_out.addresses import sheet_name
from desktop.exchange.excel_out.writer import cell_map, workbook_bytes
from desktop.resource_files.templates import load_templates
from tests.exchange.excel_sample import full_facts, open_rows
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)
FORM, HUNAN = TEMPLATES.systems["form-2023"], TEMPLATES.systems["hunan-2023"]
EVIL = "=cmd|'/c calc'!A1"


def _sheet(facts: dict[FactKey, str]) -> FactSheet:
    return FactSheet(TEMPLATES, facts, 2023)


@pytest.fixture(scope="module")
def full() -> FactSheet:
    return _sheet(full_facts())


@pytest.fixture(scope="module")
def data(full: FactSheet) -> bytes:
    return workbook_bytes(full, FORM)


def _split(address: str) -> tuple[str, str]:
    name, _, cell = address.rpartition("!")
    return name, cell


# --- every fact in one place ---------------------------------------------------------------------


def test_every_fact_stands_in_one_cell_with_its_value(full: FactSheet, data: bytes) -> None:
    workbook, places = load_workbook(io.BytesIO(data)), cell_map(full, FORM)
    for key, text in full.facts.items():
        if key.column == "order" or (key.column in ("operator", "target", "unit") and key.row != "this"):
            continue
        name, cell = _split(places[key])
        value = workbook[name][cell].value
        number = full.typed(key) if (column := full.column(key)) and column.numeric else None
        if number is not None:
            assert Decimal(repr(value)) == number, key
        else:
            assert str(value) == text, key


def test_target_stands_in_one_cell_as_in_the_form(full: FactSheet, data: bytes) -> None:
    places = cell_map(full, FORM)
    cells = {places[FactKey("annex2_indicators", "quality:1", c)] for c in ("operator", "target", "unit")}
    assert len(cells) == 1
    name, cell = _split(cells.pop())
    assert load_workbook(io.BytesIO(data))[name][cell].value == "≥95%"


def test_index_lists_every_fact_with_a_live_address(full: FactSheet, data: bytes) -> None:
    workbook = load_workbook(io.BytesIO(data))
    index = workbook["ziping"]
    assert index.sheet_state == "veryHidden"
    heads = [(index.cell(row, 1).value, index.cell(row, 2).value) for row in range(1, 5)]
    assert heads == [("ziping", "1"), ("unit", "清河县应急管理局"), ("year", "2023"), ("system", "form-2023")]
    rows = list(index.iter_rows(min_row=7, values_only=True))
    assert {FactKey(*row[:3]): row[3] for row in rows} == full.facts
    for *_, column, _, address, live in rows:
        if column == "order":
            assert address is None
            assert live is None
            continue
        name, cell = _split(address)
        assert live == f"=ROW('{name}'!{cell})"


def test_points_by_rule_are_told_apart_from_points_by_hand(full: FactSheet, data: bytes) -> None:
    index = load_workbook(io.BytesIO(data))["ziping_computed"]
    ruled = {FactKey(*row[:3]): row[3] for row in index.iter_rows(min_row=7, values_only=True)}
    assert ruled[FactKey("annex2_indicators", "quantity:2", "points")] == "8.33"
    assert FactKey("annex2_indicators", "cost:1", "points") not in ruled
    assert not ruled.keys() & full.facts.keys()


def test_empty_report_and_other_system_are_exported() -> None:
    for system in (FORM, HUNAN):
        workbook = load_workbook(io.BytesIO(workbook_bytes(_sheet({}), system)))
        assert workbook.sheetnames[:2] == ["附件1", "附件2"]
        assert workbook["ziping"]["B4"].value == system.id


# --- the official layout -------------------------------------------------------------------------


def test_annex1_follows_the_official_rows(data: bytes) -> None:
    sheet = load_workbook(io.BytesIO(data))["附件1"]
    labels = [cell.value for cell in sheet["A"] if cell.value]
    assert labels[1] == "2023年度预算单位整体支出绩效评价基础数据表"
    wanted = (
        "预算单位名称|财政供养人员情况(人)|经费控制情况(万元)|三公经费|1、公务用车购置和维护经费|其中：公车购置|"
        "公车运行维护|2、出国经费|3、公务接待|项目支出：|1、业务工作经费|2、运行维护经费|"
        "3、县级专项资金(一个专项一行)"
    )
    assert labels[2:15] == wanted.split("|")
    assert labels[-1].startswith('="单位负责人签字：')
    assert {"A1:G1", "A2:G2", "B3:G3", "A4:A5"} <= {str(area) for area in sheet.merged_cells.ranges}


def test_sums_reach_over_the_blank_input_row(full: FactSheet, data: bytes) -> None:
    sheet, places = load_workbook(io.BytesIO(data))["附件1"], cell_map(full, FORM)
    last = _split(places[FactKey("base", "special:3", "budget")])[1]
    column, row = last[0], int(last[1:])
    assert sheet[f"{column}{row + 1}"].value is None
    total = sheet[_split(places[FactKey("base", "project_spending", "budget")])[1]].value
    assert f"{column}{row - 2}:{column}{row + 1}" in total


def test_typed_total_is_a_constant_with_a_note(full: FactSheet, data: bytes) -> None:
    sheet = load_workbook(io.BytesIO(data))["附件1"]
    cell = sheet[_split(cell_map(full, FORM)[FactKey("three_public", "total", "final")])[1]]
    assert cell.value == 5.6
    assert cell.comment.text == "手填，按公式应为5.57"


def test_annex2_has_its_blocks_and_total(data: bytes) -> None:
    sheet = load_workbook(io.BytesIO(data))["附件2"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {
        "产出指标\n（50分）",
        "效益指标\n（30分）",
        "满意度指标\n（10分）",
        "总分",
        "生态效益指标",
    } <= set(texts)
    total = next(row for row in sheet.iter_rows() if row[0].value == "总分")
    assert total[6].value.startswith("=IF(COUNT(G5,G")
    assert "SUM(G5,G" in total[6].value


def test_sheets_of_projects_have_valid_and_unique_names(data: bytes) -> None:
    names = load_workbook(io.BytesIO(data)).sheetnames
    assert names[2:5] == ["附件3-业务工作经费", "附件3-应急物资储备库建设", "附件3-业务工作经费(2)"]
    long = sheet_name("附件3-" + "[森林]防火:队伍*建设?/\\" * 4, [])
    assert len(long) <= 31
    assert not set(long) & set("[]:*?/\\")
    assert sheet_name("'History'", []) == "History(2)"
    assert sheet_name("ziping", []) == "ziping(2)"
    assert len(sheet_name("\U00020000" * 40, ["\U00020000" * 15]).encode("utf-16-le")) <= 62


def test_merged_cells_do_not_overlap(data: bytes) -> None:
    for sheet in load_workbook(io.BytesIO(data)):
        seen: set[tuple[int, int]] = set()
        for area in sheet.merged_cells.ranges:
            cells = set(area.cells)
            assert not cells & seen, (sheet.title, area)
            seen |= cells
            first = min(cells)
            assert all(sheet.cell(*cell).value is None for cell in cells - {first}), (sheet.title, area)


def test_sheets_are_set_up_for_print_with_validations(data: bytes) -> None:
    workbook = load_workbook(io.BytesIO(data))
    for name in workbook.sheetnames[:-2]:
        sheet = workbook[name]
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert all(dimension.height <= 409 for dimension in sheet.row_dimensions.values() if dimension.height)
    assert workbook["附件2"].print_title_rows
    assert workbook["自评报告"].page_setup.orientation == "landscape"
    rules = [rule.formula1 for rule in workbook["评分依据"].data_validations.dataValidation]
    assert '"是,否"' in rules
    assert '"好,一般,无"' in rules
    assert any(
        "达成预期指标" in (r.formula1 or "") for r in workbook["附件2"].data_validations.dataValidation
    )


# --- unsafe text ---------------------------------------------------------------------------------


def test_text_is_never_a_formula() -> None:
    texts = (EVIL, "=1+1", "+1", "-x", "@SUM(A1)", "\t=1", "#N/A", "0012")
    columns = ("name", "code", "department", "region", "head", "preparer", "duties", "structure")
    facts = {FactKey("unit", "this", column): text for column, text in zip(columns, texts, strict=True)}
    sheet = _sheet(facts)
    workbook, places = load_workbook(io.BytesIO(workbook_bytes(sheet, FORM))), cell_map(sheet, FORM)
    for key, text in facts.items():
        name, address = _split(places[key])
        cell = workbook[name][address]
        assert (cell.value, cell.data_type) == (text, "s")
        assert bool(cell.quotePrefix) == (text[0] in "=+-@\t")
    assert all(row[3].data_type == "s" for row in workbook["ziping"].iter_rows(min_row=7))


def test_characters_that_xml_forbids_are_dropped() -> None:
    facts = {
        FactKey("unit", "this", "name"): "清\x00河\x0b县\ud800\uffff局",
        FactKey("unit", "this", "duties"): "一\r\n二",
    }
    facts |= open_rows("projects", "item", "name", "\x01救\x1f灾:[1]")
    sheet = _sheet(facts)
    workbook = load_workbook(io.BytesIO(workbook_bytes(sheet, FORM)))
    assert workbook["附件1"]["B3"].value == "清河县局"
    assert "附件3-救灾 1" in workbook.sheetnames
    assert any(row[3].value == "一\n二" for row in workbook["ziping"].iter_rows(min_row=7))


def test_text_longer_than_a_cell_is_a_user_error(tmp_path: Path) -> None:
    sheet = _sheet({FactKey("narrative", "performance", "text"): "长" * 32_768})
    with pytest.raises(UserError, match="部门整体支出绩效情况”超过 32767 个字"):
        workbook_bytes(sheet, FORM)


def test_unknown_facts_stay_in_the_index() -> None:
    key = FactKey("old_table", "x", "y")
    sheet = _sheet({key: "1", FactKey("base", "business", "rate"): "98%"})
    workbook = load_workbook(io.BytesIO(workbook_bytes(sheet, FORM)))
    rows = {row[:3]: row for row in workbook["ziping"].iter_rows(min_row=7, values_only=True)}
    assert rows[tuple(key)][3:] == ("1", None, None)
    assert rows["base", "business", "rate"][4] == "其他填报项!D3"


# --- results beside the formulas -----------------------------------------------------------------


def _formulas_and_results(data: bytes) -> dict[tuple[str, str], tuple[str, object]]:
    formulas, results = load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(data), data_only=True)
    return {
        (sheet.title, cell.coordinate): (cell.value, results[sheet.title][cell.coordinate].value)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_every_formula_has_its_result(full: FactSheet, data: bytes) -> None:
    found = _formulas_and_results(data)
    assert len(found) > 300
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sum(xml.count(b"<f>") for xml in sheets) == len(found)
    assert not any(b"</f></c>" in xml for xml in sheets)
    name, cell = _split(cell_map(full, FORM)[FactKey("annex2_funds", "total", "rate")])
    assert found[name, cell][1] == float(Decimal("1034.96") / Decimal("1058.5"))


@pytest.fixture(scope="module")
def recalculated(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[bytes, Path]:
    """Our workbooks, of a full and of an empty report, as LibreOffice calculates them without our results."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    ours = {data: "full.xlsx", workbook_bytes(_sheet({}), FORM): "empty.xlsx"}
    for content, name in ours.items():
        load_workbook(io.BytesIO(content)).save(folder / name)  # openpyxl drops all results
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    files = [str(folder / name) for name in ours.values()]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), *files], check=True, capture_output=True, timeout=120
    )
    return {content: folder / "out" / name for content, name in ours.items()}


def test_libreoffice_calculates_the_cached_results(recalculated: dict[bytes, Path]) -> None:
    for content, path in recalculated.items():
        theirs = load_workbook(path, data_only=True)
        for (name, cell), (formula, ours) in _formulas_and_results(content).items():
            value = theirs[name][cell].value
            if isinstance(ours, int | float):
                assert value == pytest.approx(ours, rel=1e-12), (name, cell, formula)
            else:
                assert (value or "") == (ours or ""), (name, cell, formula)


def test_numbers_read_back_as_the_same_decimal() -> None:
    texts = ("0.1", "1194.57", "805.630001", "-0.05", "123456789.123456", "0")
    rows = ("office", "utilities", "meetings", "procurement", "public_funds", "business")
    facts = {FactKey("base", row, "final"): text for row, text in zip(rows, texts, strict=True)}
    sheet = _sheet(facts)
    workbook, places = load_workbook(io.BytesIO(workbook_bytes(sheet, FORM))), cell_map(sheet, FORM)
    for key, text in facts.items():
        name, cell = _split(places[key])
        assert canonical(Decimal(repr(workbook[name][cell].value))) == text


def test_a_table_that_is_called_an_annex_has_a_sheet_of_its_own(full: FactSheet) -> None:
    column, row = {"id": "amount", "label": "{year}年金额"}, {"id": "shop", "label": "门面"}
    rents = {
        "id": "rents",
        "title": "出租收入",
        "annex": "{year}年度出租收入表",
        "column": [column],
        "row": [row],
    }
    tables = {**full.templates.tables, "rents": parse_table(rents)}
    facts = {**full.facts, FactKey("rents", "shop", "amount"): "3.5"}
    templates = full.templates._replace(tables=tables)
    system = templates.systems["form-2023"]
    book = load_workbook(io.BytesIO(workbook_bytes(FactSheet(templates, facts, full.year), system)))
    said = [[cell.value for cell in row] for row in book["出租收入"].iter_rows(max_col=2)]
    assert said[0][0] == "2023年度出租收入表" and ["门面", 3.5] in said
    assert not any("门面" in str(cell.value) for row in book["其他填报项"].iter_rows() for cell in row)


def test_tables_and_pictures_of_the_text_are_named_where_they_stand_and_never_shown_as_they_are_stored() -> (
    None
):
    text = FactKey("narrative", "problems", "text")
    png = b"\x89PNG\r\n\x1a\n" + bytes(8) + (8).to_bytes(4) + (6).to_bytes(4)
    facts = {
        text: "见下。\n⟦block 1⟧\n⟦block 2⟧",
        FactKey("blocks", "1", "table"): '{"rows":[["项目","金额"]]}',
        FactKey("blocks", "2", "picture"): stored_picture(Picture("png", 8, 6, png + bytes(60_000))),
    }
    sheet = _sheet({**full_facts(), **facts})
    workbook = load_workbook(io.BytesIO(workbook_bytes(sheet, FORM)))
    name, cell = _split(cell_map(sheet, FORM)[text])
    assert workbook[name][cell].value == "见下。\n［表格 1行2列：项目、金额］\n［图片 8×6］"
    seen = [s for s in workbook if s.sheet_state == "visible"]
    said = [str(c.value) for s in seen for row in s.iter_rows() for c in row if c.value is not None]
    assert not any('"rows"' in words or "base64" in words for words in said)
