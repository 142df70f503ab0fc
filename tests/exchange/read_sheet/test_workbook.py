"""Workbooks of every make give the same plain grid, and nothing but a UserError when they cannot be read."""

import datetime
import io
import struct
import tracemalloc
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.exchange.file_kind import FileKind
from desktop.exchange.read_sheet.grid import Grid
from desktop.exchange.read_sheet.workbook import Workbook, decimal_of, read_workbook
from tests.places import FILES

DATA = FILES


def saved(path: Path, rows: list[list[Any]]) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def repacked(path: Path, changes: dict[str, bytes], target: Path) -> Path:
    """The workbook with some parts replaced or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **changes}.items():
            archive.writestr(name, content)
    return target


def with_sheet_xml(tmp_path: Path, rows: str) -> Path:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'
    plain = saved(tmp_path / "原.xlsx", [["x"]])
    return repacked(plain, {"xl/worksheets/sheet1.xml": xml.encode()}, tmp_path / "改.xlsx")


def values(grid: Grid) -> dict[str, object]:
    return {cell.address: cell.value for cell in grid.cells.values()}


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_workbook(path)
    assert caught.value.hint
    return caught.value.sentence


# --- xlsx ---------------------------------------------------------------------------------------


def test_values_of_every_type(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["\u00a0 合计\u200b ", 1194.5700000000002, 0.0900000762939453, "00123", True],
        [
            datetime.date(2023, 5, 1),
            datetime.datetime(2023, 5, 1, 10, 30),
            datetime.time(8, 5),
            None,
            "\u3000",
        ],
        [1234567890123.45, 1e-7, -3, 1 / 3, 0],
    ]
    grid = read_workbook(saved(tmp_path / "表.xlsx", rows)).sheets[0]
    day = datetime.date(2023, 5, 1)
    assert [grid.cells[0, col].value for col in range(5)] == [
        "合计", Decimal("1194.57"), Decimal("0.09"), "00123", True,
    ]  # fmt: skip
    assert [grid.cells[1, col].value for col in range(3)] == [day, day, "08:05"]
    assert [grid.cells[2, col].text for col in range(5)] == [
        "1234567890123.45", "0.0000001", "-3", "0.333333333333", "0",
    ]  # fmt: skip
    assert (1, 3) not in grid.cells and (1, 4) not in grid.cells
    assert (grid.n_rows, grid.n_cols) == (3, 5)


def test_merged_cells_hidden_sheets_and_formats_below(tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.styles import PatternFill

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "附件1"
    sheet["B2"] = "标题"
    sheet.merge_cells("B2:D3")
    sheet.merge_cells("F800:G900")
    sheet["D4"] = "末"
    for row in range(5, 25_000, 50):
        sheet.cell(row, 600).fill = PatternFill("solid", fgColor="FFFF00")
    hidden = book.create_sheet("底稿")
    hidden.sheet_state = "hidden"
    hidden["A1"] = 1
    book.create_sheet("空表")
    book.save(tmp_path / "表.xlsx")

    workbook = read_workbook(tmp_path / "表.xlsx")
    first, second, third = workbook.sheets
    assert (first.n_rows, first.n_cols, first.merged) == (4, 4, ((1, 1, 2, 3),))
    assert first.merged_into[2, 3] == (1, 1) and (1, 1) not in first.merged_into
    assert first.cells[first.merged_into[2, 2]].text == "标题" and (0, 0) not in first.cells
    assert (second.hidden, third.hidden, dict(third.cells)) == (True, False, {})
    assert any("底稿" in note and "隐藏" in note for note in workbook.notes)


def test_a_formula_without_result_is_not_an_empty_cell(tmp_path: Path) -> None:
    path = saved(tmp_path / "表.xlsx", [[1, 2, "=A1+B1", None]])
    workbook = read_workbook(path)
    cell = workbook.sheets[0].cells[0, 2]
    assert (cell.value, cell.formula, cell.uncached, cell.text) == (None, "A1+B1", True, "")
    assert any("C1" in note and "没有计算结果" in note for note in workbook.notes)


def test_results_errors_and_cells_without_references(tmp_path: Path) -> None:
    rows = (
        '<row><c><v>1</v></c><c><f>A1*2</f><v>2</v></c><c t="str"><f>""</f><v></v></c></row>'
        '<row><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><v>INF</v></c>'
        '<c t="inlineStr"><is><t>字</t></is></c></row>'
    )
    grid = read_workbook(with_sheet_xml(tmp_path, rows)).sheets[0]
    expected = {"A1": 1, "B1": 2, "C1": None, "A2": "#DIV/0!", "B2": "#NUM!", "C2": "字"}
    assert values(grid) == expected
    assert grid.cells[0, 1].formula == "A1*2"
    assert not any(cell.uncached for cell in grid.cells.values())


def test_percent_formats_are_told(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for col, layout in enumerate(["0%", "0.00%", "0.0 %", "0.00"], start=1):
        book.active.cell(1, col, 0.95).number_format = layout
    book.save(tmp_path / "表.xlsx")
    cells = read_workbook(tmp_path / "表.xlsx").sheets[0].cells
    assert [cells[0, col].percent for col in range(4)] == [True, True, True, False]


def test_macros_are_noted_and_the_values_read(tmp_path: Path) -> None:
    plain = saved(tmp_path / "表.xlsx", [[7]])
    workbook = read_workbook(repacked(plain, {"xl/vbaProject.bin": b"macro"}, tmp_path / "表.xlsm"))
    assert values(workbook.sheets[0]) == {"A1": 7}
    assert "宏" in workbook.notes[0]


@pytest.mark.parametrize("place", ["A20001", "SG1", "XFD1048576"])
def test_content_beyond_the_limits_is_refused(tmp_path: Path, place: str) -> None:
    row = int(place.lstrip("ABCDEFGSX"))
    path = with_sheet_xml(tmp_path, f'<row r="{row}"><c r="{place}"><v>1</v></c></row>')
    assert f"行数太多：{place}" in refusal(path)


def test_many_rows_are_refused_early_and_with_little_memory(tmp_path: Path) -> None:
    path = with_sheet_xml(tmp_path, "<row><c><v>1</v></c></row>" * 200_000)
    tracemalloc.start()
    try:
        assert "A20001" in refusal(path)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_too_many_cells_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.exchange.read_sheet.raw_marks.MAX_CELLS", 5)
    assert "C2" in refusal(saved(tmp_path / "表.xlsx", [[1, 2, 3], [4, 5, 6]]))


@pytest.mark.parametrize(
    "changes",
    [
        {"xl/workbook.xml": b"<workbook"},
        {"xl/_rels/workbook.xml.rels": b"<Relationships/>"},
        {"xl/worksheets/sheet1.xml": b'<worksheet><sheetData><row r="x"><c r="??"/></row></sheetData>'},
        {"xl/worksheets/sheet1.xml": b"\xff\xfe\x00"},
    ],
)
def test_broken_parts_are_damage(tmp_path: Path, changes: dict[str, bytes]) -> None:
    plain = saved(tmp_path / "表.xlsx", [[1]])
    assert "损坏" in refusal(repacked(plain, changes, tmp_path / "坏.xlsx"))


# --- other makes --------------------------------------------------------------------------------


def test_xls_of_another_office() -> None:
    workbook = read_workbook(DATA / "small.xls")
    first, second = workbook.sheets
    assert workbook.kind is FileKind.XLS
    assert (first.name, second.name, second.hidden) == ("附件1", "隐藏", True)
    assert first.merged == ((0, 0, 0, 2),)
    assert [first.cells[1, col].value for col in (1, 2)] == [Decimal(120), Decimal("0.95")]
    assert [first.cells[1, col].percent for col in (1, 2)] == [False, True]
    total, error = first.cells[2, 1], first.cells[2, 2]
    assert (total.value, total.formula, total.uncached) == (Decimal("120.5"), "", False)
    assert error.value == "#DIV/0!"
    assert values(second) == {"B2": "1,234.50"}


def test_xls_limits_and_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = (DATA / "small.xls").read_bytes()
    locked = tmp_path / "锁.xls"
    codepage = b"\x42\x00\x02\x00"  # turn the CODEPAGE record into FILEPASS
    assert content.count(codepage) == 1
    locked.write_bytes(content.replace(codepage, b"\x2f\x00\x02\x00"))
    assert "密码" in refusal(locked)
    monkeypatch.setattr("desktop.exchange.read_sheet.raw_marks.MAX_ROWS", 2)
    assert "A3" in refusal(DATA / "small.xls")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7", "PDF 文档"),
        ("一,二".encode(), "文本文件"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML 表格",
        ),
        (b"\0\1\2\3", "未知格式"),
        (b"<table></table>", "没有表格"),
    ],
)
def test_what_is_not_a_workbook(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    assert word in refusal(path)


def test_refusal_names_all_that_can_be_imported_where_it_is_nothing_of_the_kind(tmp_path: Path) -> None:
    picture = tmp_path / "图.pdf"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    with pytest.raises(UserError, match="未知格式的文件，不能导入") as caught:
        read_workbook(picture)
    assert "Word、PDF" in caught.value.hint and "另存为" not in caught.value.hint


def test_password_and_an_empty_workbook(tmp_path: Path) -> None:
    assert "密码" in refusal(DATA / "encrypted.xlsx")
    assert "没有任何内容" in refusal(saved(tmp_path / "空.xlsx", []))


def small_xlsx() -> bytes:
    import openpyxl

    packed = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["编制数", 120, "=B1"])
    book.save(packed)
    return packed.getvalue()


WHOLE = [(DATA / "small.xls").read_bytes(), small_xlsx()]


def survives(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        assert isinstance(read_workbook(path), Workbook)
    except UserError as error:
        assert error.hint  # noqa: PT017 - either outcome is fine, as long as it tells what to do


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<table><tr><td>"]),
)
def test_random_bytes_never_crash(tmp_path: Path, content: bytes, start: bytes) -> None:
    survives(tmp_path / "随机.xls", start + content)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(WHOLE), st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=8))
def test_damaged_bytes_never_crash(tmp_path: Path, whole: bytes, changes: list[tuple[float, int]]) -> None:
    content = bytearray(whole)
    for at, byte in changes:
        content[int(at * len(content))] = byte
    survives(tmp_path / "坏.xlsx", bytes(content))


# --- numbers, addresses ----------------------------------------------------------------


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
def test_a_typed_number_comes_back_as_typed(number: Decimal) -> None:
    assert decimal_of(float(number)) == number


@given(st.floats(-1e12, 1e12, allow_subnormal=False))
def test_noise_is_all_that_is_lost(number: float) -> None:
    assert abs(decimal_of(number) - Decimal(number)) <= abs(Decimal(number)) * Decimal("1e-6")


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.1 + 0.2, "0.3"), (9.000007629394531e-07, "0.000000900000762939"), (-0.0, "0"), (1e22, "1" + "0" * 22),
     (1194.57000000002, "1194.57"), (123456789.123456, "123456789.123456")],
)  # fmt: skip
def test_float_noise(number: float, text: str) -> None:
    assert format(decimal_of(number), "f") == text


def test_a_sheet_that_claims_to_end_before_it_begins_is_damaged(tmp_path: Path) -> None:
    """The reader would ask for more memory than there is, which ends the program."""
    content = (DATA / "small.xls").read_bytes()
    claimed = struct.pack("<HHIIHH", 0x200, 14, 1, 2, 1, 2)
    assert content.count(claimed) == 1
    path = tmp_path / "claims.xls"
    path.write_bytes(content.replace(claimed, struct.pack("<HHIIHH", 0x200, 14, 0x8001, 2, 1, 2)))
    with pytest.raises(UserError, match="已损坏"):
        read_workbook(path)
