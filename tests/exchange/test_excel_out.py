"""The exported workbook: every fact in one cell, live formulas with right results, safe text, good print set-up."""

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
from desktop.errors import UserError
from desktop.exchange.excel_draft import sheet_name
from desktop.exchange.excel_out import cell_map, export_workbook, workbook_bytes
from desktop.storage.templates import load_templates

TEMPLATES = load_templates(Path(__file__).resolve().parents[2] / "resources")
FORM, HUNAN = TEMPLATES.systems["form-2023"], TEMPLATES.systems["hunan-2023"]
EVIL = "=cmd|'/c calc'!A1"


def _rows(table: str, columns: str, **rows: str) -> dict[FactKey, str]:
    """`_rows("base", "budget final", office="12 5.67")`; `_` leaves a cell empty."""
    names = columns.split()
    cells = ((row, zip(names, text.split(), strict=True)) for row, text in rows.items())
    return {FactKey(table, row, name): value for row, pairs in cells for name, value in pairs if value != "_"}


def _open_rows(table: str, group: str, columns: str, *rows: str) -> dict[FactKey, str]:
    """Open rows in their order; `|` parts the columns, the first is the name."""
    facts = {}
    for number, text in enumerate(rows, 1):
        row = f"{group}:{number}"
        facts[FactKey(table, row, "order")] = str(number)
        for name, value in zip(columns.split(), text.split("|"), strict=False):
            if value:
                facts[FactKey(table, row, name)] = value
    return facts


def unit_facts() -> dict[FactKey, str]:
    form = {
        "name": "清河县应急管理局",
        "code": "0301001",
        "department": "清河县人民政府",
        "region": "湖南省清河县",
        "level": "县",
        "head": "林远山",
        "preparer": "周小满",
        "phone": "0731-5550123",
        "report_date": "2024年3月20日",
        "duties": "组织编制全县应急体系建设规划，指导应对突发事件。\n" * 8,
        "structure": "内设综合股、应急指挥股、危化监管股等六个股室，下设应急救援中心。",
        "economy_measures": "制定公务接待、公务用车和水电管理办法；会议能合并的合并，能线上的线上；办公用品集中采购、按需领用，每季度通报各股室支出情况。",
    }
    facts = {FactKey("unit", "this", column): value for column, value in form.items()}
    facts |= _rows("staff", "authorised in_post", administrative="15 14", participating="10 10", institution="20 19")
    facts |= _rows("others", "last_year this_year", retired="12 13", contract="6 5")
    facts[FactKey("three_public", "vehicle_running", "note")] = "老旧车辆报废一台，维修费下降"
    return facts | _rows(
        "three_public",
        "last_budget last_final budget final",
        vehicle_purchase="0 0 0 0",
        vehicle_running="6 5.8 5.5 5.12",
        abroad="0 0 0 0",
        reception="1 0.62 0.8 0.45",
    )


def budget_facts() -> dict[FactKey, str]:
    facts = _rows(
        "base",
        "last_final budget final",
        business="60.5 80 78.36",
        operation="12 12 11.9",
        public_funds="92.1 90 86.47",
        office="20.15 18 16.2",
        utilities="25.3 26 25.84",
        meetings="3.2 3 1.75",
        procurement="150 120 98.5",
        adjustment="_ _ 12.5",
    )
    facts |= _open_rows(
        "base",
        "special",
        "label last_final budget final",
        "应急物资储备库建设|120|200|185.4",
        "森林防火队伍建设|45.5|50|50",
        "隐患排查整治专项（含烟花爆竹、危化品和工贸行业）|30|40|37.28",
    )
    facts |= _open_rows("base", "transfer", "label last_final budget final", "省级自然灾害救灾资金|80|60|60")
    facts |= _open_rows(
        "buildings",
        "item",
        "label approved_area actual_area planned_cost actual_cost",
        "应急物资储备库|1200|1180|380|372.5",
        "训练基地综合楼|800.5|800.5|210|",
    )
    facts |= _rows(
        "annex2_funds",
        "initial adjusted executed",
        general="860.2 1020.5 998.76",
        fund="_ 30 30",
        other="_ 8 6.2",
        personnel="512 525.3 525.3",
        public="90 88 86.47",
        project="258.2 445.2 423.19",
    )
    facts[FactKey("annex2_funds", "general", "note")] = "年中追加防汛资金"
    facts |= _open_rows("function_class", "item", "label code initial final", "行政运行|2240101|600|611.77")
    facts |= _open_rows("economic_class", "wages", "label initial final", "基本工资|200|201.5", "津贴补贴|150|151")
    facts |= _rows("economic_class", "initial final", goods="90 86.47")
    return facts | _rows("carryover", "last_year this_year", opening="10 12", income="900 1058.5", spending="898 1034.96")


GRID = "name operator target unit actual weight points reason"


def indicator_facts(table: str) -> dict[FactKey, str]:
    facts = _open_rows(
        table,
        "quantity",
        GRID,
        "排查各类安全隐患|≥|3000|处|3120|10",
        "开展应急演练|≥|12|场|10|10||受汛期影响两场推迟，已排入下年一季度计划",
    )
    facts |= _open_rows(table, "quality", GRID, "重大隐患整治率|≥|95|%|99%|15")
    facts |= _open_rows(table, "timeliness", GRID, "预案修订完成时间||6月底前||6月20日|10")
    facts |= _open_rows(table, "cost", GRID, "预算控制数|≤|1058.5|万元|1034.96|5|4.5|部分采购结转")
    facts |= _open_rows(table, "economic", GRID, "较大以上事故起数|=|0|起|0|10")
    facts |= _open_rows(table, "social", GRID, "安全生产知晓率|≥|90|%|92.5%|10")
    facts |= _open_rows(table, "sustainable", GRID, "长效管理机制||建立健全||部分达成预期指标并具有一定效果|10||机制尚在完善")
    return facts | _open_rows(table, "satisfaction", GRID, "群众满意度|≥|90|%|91%|10")


def project_facts() -> dict[FactKey, str]:
    names = ("业务工作经费", "应急物资储备库建设", "业务工作经费")
    facts = _open_rows("projects", "item", "name department implementer", *(f"{n}|清河县人民政府|清河县应急管理局" for n in names))
    for scope in "123":
        facts |= _rows(f"annex3_funds@{scope}", "initial adjusted executed", fiscal="80 80 78.36", carryover="_ 5 5")
        facts[FactKey(f"annex3_goals@{scope}", "this", "expected")] = "完成全年隐患排查任务；\n开展宣传教育活动。"
        facts[FactKey(f"annex3_goals@{scope}", "this", "achieved")] = "已全部完成。"
        facts |= indicator_facts(f"annex3_indicators@{scope}")
    facts[FactKey("annex3_funds@2", "fiscal", "note")] = "县级追加"
    facts[FactKey("answers@2", "execution_rate", "points")] = "9"
    facts[FactKey("answers@2", "execution_rate", "reason")] = "跨年支付"
    return facts


def full_facts() -> dict[FactKey, str]:
    facts = unit_facts() | budget_facts() | indicator_facts("annex2_indicators") | project_facts()
    facts[FactKey("annex2_goals", "this", "expected")] = "压实安全生产责任，遏制较大以上事故；健全应急体系。" * 3
    facts[FactKey("annex2_goals", "this", "achieved")] = "全年未发生较大以上事故，各项任务完成。" * 4
    facts |= _rows("answers@hunan-2023", "item1 item2 item3 item4", rules_in_place="是 是 是 否")
    facts |= _rows("answers@hunan-2023", "value", compliance="1", administration="好", satisfaction="91")
    facts |= _rows("answers@blocks-2023", "item1", complete_budget="是")
    facts[FactKey("narrative", "duties", "text")] = "一是统筹应急管理工作。\n" * 12
    facts[FactKey("narrative", "performance", "text")] = "扎实推进风险隐患排查治理，健全值班值守和信息报送制度，" * 90
    facts[FactKey("base", "business", "rate")] = "98%"
    facts[FactKey("three_public", "total", "final")] = "5.6"
    return facts


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
        if key.column == "order" or key.column in ("operator", "target", "unit") and key.row != "this":
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
            assert address is None and live is None
            continue
        name, cell = _split(address)
        assert live == f"=ROW('{name}'!{cell})"


def test_points_by_rule_are_told_apart_from_points_by_hand(full: FactSheet, data: bytes) -> None:
    index = load_workbook(io.BytesIO(data))["ziping_computed"]
    ruled = {FactKey(*row[:3]): row[3] for row in index.iter_rows(min_row=7, values_only=True)}
    assert ruled[FactKey("annex2_indicators", "quantity:2", "points")] == "8.33"
    assert FactKey("annex2_indicators", "cost:1", "points") not in ruled
    assert not ruled.keys() & full.facts.keys()


def test_empty_report_and_other_system_export() -> None:
    for system in (FORM, HUNAN):
        workbook = load_workbook(io.BytesIO(workbook_bytes(_sheet({}), system)))
        assert workbook.sheetnames[:2] == ["附件1", "附件2"]
        assert workbook["ziping"]["B4"].value == system.id


# --- the official layout -------------------------------------------------------------------------


def test_annex1_follows_the_official_rows(data: bytes) -> None:
    sheet = load_workbook(io.BytesIO(data))["附件1"]
    labels = [cell.value for cell in sheet["A"] if cell.value]
    assert labels[1] == "2023年度预算单位整体支出绩效评价基础数据表"
    wanted = "预算单位名称|财政供养人员情况(人)|经费控制情况(万元)|三公经费|1、公务用车购置和维护经费|其中：公车购置|公车运行维护|2、出国经费|3、公务接待|项目支出：|1、业务工作经费|2、运行维护经费|3、县级专项资金(一个专项一行)"
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


def test_override_is_a_constant_with_a_note(full: FactSheet, data: bytes) -> None:
    sheet = load_workbook(io.BytesIO(data))["附件1"]
    cell = sheet[_split(cell_map(full, FORM)[FactKey("three_public", "total", "final")])[1]]
    assert cell.value == 5.6
    assert cell.comment.text == "手填，按公式应为5.57"


def test_annex2_blocks_and_total(data: bytes) -> None:
    sheet = load_workbook(io.BytesIO(data))["附件2"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {"产出指标\n（50分）", "效益指标\n（30分）", "满意度指标\n（10分）", "总分", "生态效益指标"} <= set(texts)
    total = next(row for row in sheet.iter_rows() if row[0].value == "总分")
    assert total[6].value.startswith("=IF(COUNT(G5,G") and "SUM(G5,G" in total[6].value


def test_sheets_of_projects_have_valid_and_unique_names(data: bytes) -> None:
    names = load_workbook(io.BytesIO(data)).sheetnames
    assert names[2:5] == ["附件3-业务工作经费", "附件3-应急物资储备库建设", "附件3-业务工作经费(2)"]
    long = sheet_name("附件3-" + "[森林]防火:队伍*建设?/\\" * 4, [])
    assert len(long) <= 31 and not set(long) & set("[]:*?/\\")
    assert sheet_name("'History'", []) == "History(2)"
    assert sheet_name("ziping", []) == "ziping(2)"
    assert len(sheet_name("\U00020000" * 40, ["\U00020000" * 15]).encode("utf-16-le")) <= 62


def test_print_set_up_and_validations(data: bytes) -> None:
    workbook = load_workbook(io.BytesIO(data))
    for name in workbook.sheetnames[:-2]:
        sheet = workbook[name]
        assert sheet.page_setup.paperSize == 9 and sheet.page_setup.fitToWidth == 1
        assert sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert all(dimension.height <= 409 for dimension in sheet.row_dimensions.values() if dimension.height)
    assert workbook["附件2"].print_title_rows and workbook["自评报告"].page_setup.orientation == "landscape"
    rules = [rule.formula1 for rule in workbook["评分依据"].data_validations.dataValidation]
    assert '"是,否"' in rules and '"好,一般,无"' in rules
    assert any("达成预期指标" in (r.formula1 or "") for r in workbook["附件2"].data_validations.dataValidation)


# --- unsafe text ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [EVIL, "=1+1", "+1", "-x", "@SUM(A1)", "\t=1", "#N/A", "0012"])
def test_text_is_never_a_formula(text: str) -> None:
    sheet = _sheet({FactKey("unit", "this", "name"): text, FactKey("unit", "this", "head"): text})
    workbook, places = load_workbook(io.BytesIO(workbook_bytes(sheet, FORM))), cell_map(sheet, FORM)
    for column in ("name", "head"):
        name, address = _split(places[FactKey("unit", "this", column)])
        cell = workbook[name][address]
        assert (cell.value, cell.data_type) == (text, "s")
        assert bool(cell.quotePrefix) == (text[0] in "=+-@\t")
    assert all(row[3].data_type == "s" for row in workbook["ziping"].iter_rows(min_row=7))


def test_characters_that_xml_forbids_are_dropped() -> None:
    facts = {FactKey("unit", "this", "name"): "清\x00河\x0b县\ud800\uffff局", FactKey("unit", "this", "duties"): "一\r\n二"}
    facts |= _open_rows("projects", "item", "name", "\x01救\x1f灾:[1]")
    sheet = _sheet(facts)
    workbook = load_workbook(io.BytesIO(workbook_bytes(sheet, FORM)))
    assert workbook["附件1"]["B3"].value == "清河县局"
    assert "附件3-救灾 1" in workbook.sheetnames
    assert any(row[3].value == "一\n二" for row in workbook["ziping"].iter_rows(min_row=7))


def test_text_longer_than_a_cell_is_refused_in_words(tmp_path: Path) -> None:
    sheet = _sheet({FactKey("narrative", "performance", "text"): "长" * 32_768})
    with pytest.raises(UserError, match="超过 32767 个字"):
        export_workbook(tmp_path / "a.xlsx", sheet, FORM)
    assert not list(tmp_path.iterdir())


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


@pytest.mark.parametrize("facts", [full_facts(), {}], ids=["full", "empty"])
def test_libreoffice_calculates_the_same(facts: dict[FactKey, str], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    data = workbook_bytes(_sheet(facts), FORM)
    load_workbook(io.BytesIO(data)).save(tmp_path / "bare.xlsx")  # openpyxl drops all results
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(tmp_path / "bare.xlsx")],
        check=True, capture_output=True, timeout=120,
    )
    theirs = load_workbook(tmp_path / "out" / "bare.xlsx", data_only=True)
    for (name, cell), (formula, ours) in _formulas_and_results(data).items():
        value = theirs[name][cell].value
        if isinstance(ours, (int, float)):
            assert value == pytest.approx(ours, rel=1e-12), (name, cell, formula)
        else:
            assert (value or "") == (ours or ""), (name, cell, formula)


@pytest.mark.parametrize("text", ["0.1", "1194.57", "805.630001", "-0.05", "123456789.123456", "0"])
def test_numbers_read_back_as_the_same_decimal(text: str) -> None:
    sheet = _sheet({FactKey("base", "office", "final"): text})
    name, cell = _split(cell_map(sheet, FORM)[FactKey("base", "office", "final")])
    value = load_workbook(io.BytesIO(workbook_bytes(sheet, FORM)))[name][cell].value
    assert canonical(Decimal(repr(value))) == text
