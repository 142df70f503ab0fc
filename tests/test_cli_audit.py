"""The command line over several files: one list, marked files, and nothing that ends the run half-way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop import cli, paths
from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey
from desktop.exchange.read_sheet.workbook import read_workbook
from desktop.workplace import Workplace


def run(data: Path, *words: str) -> int:
    return cli.main([*words, "--data-dir", str(data)])


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """A folder as units hand it in: one wrong report, one right one, one that is none, and other things."""
    folder = tmp_path / "交来"
    (folder / "甲局").mkdir(parents=True)
    wrong = "基本支出100万元，其中：人员经费80万元，公用经费30万元。"
    (folder / "甲局" / "报告.txt").write_text(f"一、支出情况\n{wrong}", encoding="utf-8")
    (folder / "对.txt").write_text("一、概况\n编制62人。", encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"PK\3\4 is no zip")
    (folder / "表.xlsx").write_bytes(b"no report")
    return folder


def test_audit_of_a_folder_is_one_list_with_what_could_not_be_read(
    tmp_data_dir: Path, handed_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_data_dir, "audit", str(handed_in), "--json") == 1
    said = capsys.readouterr()
    files = {Path(file["file"]).name: file for file in json.loads(said.out)}
    assert set(files) == {"报告.txt", "对.txt", "坏.docx"}
    assert files["报告.txt"]["findings"][0]["code"] == "R2" and files["对.txt"]["findings"] == []
    assert "已损坏" in files["坏.docx"]["error"] and "findings" not in files["坏.docx"]
    told = said.err.splitlines()
    assert len(told) == 3 and told[0].startswith("（1/3）") and "错误 1" in told[2]
    assert run(tmp_data_dir, "audit", str(handed_in)) == 1
    assert "共3份：错误 1" in capsys.readouterr().out


def test_audit_tells_what_each_number_was_read_as(
    tmp_data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "报告.txt"
    report.write_text("2023年度自评报告\n公用经费年初预算60万元，支出58.9万元，另有3名。", encoding="utf-8")
    run(tmp_data_dir, "audit", str(report), "--json")
    told = json.loads(capsys.readouterr().out)["numbers"]
    keys = ("measure", "stage", "year", "kind")
    assert [[number[key] for key in keys] for number in told] == [
        ["公用经费", "年初预算", "2023", "金额"],
        ["公用经费", "决算", "2023", "金额"],
        ["", "", "2023", "人数"],
    ]


def test_audit_of_several_files_without_errors_is_done_and_of_unreadable_ones_wrong(
    tmp_data_dir: Path, handed_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right, bad = str(handed_in / "对.txt"), str(handed_in / "坏.docx")
    assert run(tmp_data_dir, "audit", right, bad, "--json") == 0
    assert run(tmp_data_dir, "audit", bad, str(handed_in / "没有.txt")) == 2
    assert run(tmp_data_dir, "audit", right, bad, "--text-out", "x.txt") == 2
    (handed_in / "空").mkdir()
    assert run(tmp_data_dir, "audit", str(handed_in / "空")) == 2
    assert "没有报告文件" in capsys.readouterr().err


def test_audit_of_files_needs_no_data_file_and_leaves_an_open_one_alone(
    tmp_path: Path, handed_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    assert run(data, "audit", str(handed_in)) == 1
    assert not data.exists()
    window = Workplace.open(paths.locate(data), paths.resources_dir())
    try:
        window.settings.set("rules_off", "R2 R2p")  # two rules ask for the same sum
        capsys.readouterr()
        assert run(data, "audit", str(handed_in)) == 0
    finally:
        window.close()
    assert "共3份：错误 0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "缺少要核对的文件"),
        (["--unit", "甲局"], "缺少 --year"),
        (["--year", "2023"], "缺少 --unit"),
        (["甲.txt", "--unit", "甲局"], "只能选一样"),
        (["甲.txt", "--year", "2023"], "只能选一样"),
    ],
)
def test_audit_is_of_files_or_of_a_report_named_whole(
    tmp_data_dir: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert run(tmp_data_dir, "audit", *words) == 2
    assert said in capsys.readouterr().err


def test_audit_writes_a_list_and_marked_files(tmp_data_dir: Path, handed_in: Path, tmp_path: Path) -> None:
    words = ["-o", str(tmp_path / "核对结果.xlsx"), "--marked", str(tmp_path / "标注")]
    assert run(tmp_data_dir, "audit", str(handed_in), *words) == 1
    (sheet,) = read_workbook(tmp_path / "核对结果.xlsx").sheets
    assert sheet.name == "核对结果"
    marked = [path.relative_to(tmp_path / "标注").as_posix() for path in (tmp_path / "标注").rglob("*.*")]
    assert marked == ["甲局/报告.txt（标注稿）.docx"]
    # A second run does not take its own copies for reports.
    assert run(tmp_data_dir, "audit", str(handed_in), "--marked", str(handed_in)) == 1
    assert run(tmp_data_dir, "audit", str(handed_in), "--marked", str(handed_in)) == 1
    assert len(list(handed_in.rglob("*（标注稿）*"))) == 1


def test_audit_goes_on_where_a_marked_file_cannot_be_written(
    tmp_data_dir: Path, handed_in: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "标注").write_text("a file")
    assert run(tmp_data_dir, "audit", str(handed_in), "--json", "--marked", str(tmp_path / "标注")) == 2
    said = capsys.readouterr()
    assert len(json.loads(said.out)) == 3 and "1份标注稿没有写成" in said.err


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_audit_finds_no_fault_in_what_the_program_prints(
    tmp_data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    place = Workplace.open(paths.locate(tmp_data_dir), paths.resources_dir())
    report = place.add_samples()
    place.close()
    printed = str(tmp_path / f"报告.{format}")
    words = ["--unit", report.unit_name, "--year", str(report.id.year), "--format", format, "-o", printed]
    assert run(tmp_data_dir, "export", *words) == 0
    assert run(tmp_data_dir, "audit", printed) == 0
    assert "没有发现问题" in capsys.readouterr().out


def test_audit_of_a_stored_report_can_be_listed_and_marked(tmp_data_dir: Path, tmp_path: Path) -> None:
    place = Workplace.open(paths.locate(tmp_data_dir), paths.resources_dir())
    report = place.add_samples()
    place.close()
    asked = ["--unit", report.unit_name, "--year", str(report.id.year)]
    words = [*asked, "-o", str(tmp_path / "表.xlsx"), "--marked", str(tmp_path / "m")]
    assert run(tmp_data_dir, "audit", *words) == 0
    assert read_workbook(tmp_path / "表.xlsx").sheets and not (tmp_path / "m").exists()


def test_audit_of_a_stored_report_lists_what_stands_at_single_cells(
    tmp_data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cell, total = FactKey("staff", "administrative", "in_post"), FactKey("three_public", "total", "final")
    place = Workplace.open(paths.locate(tmp_data_dir), paths.resources_dir())
    report = place.add_samples()
    typed = [(cell, "三十"), (total, "9.5")]
    place.store.apply(edit_from(report.id, "填表", place.store.facts(report.id), typed))
    place.close()
    asked = ["audit", "--unit", report.unit_name, "--year", str(report.id.year)]
    assert run(tmp_data_dir, *asked, "--json") == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    wrong = [(f["code"], f["cells"]) for f in found if list(cell) in f["cells"]]
    assert wrong == [("C1", [list(cell)])]
    codes = [f["code"] for f in found if list(total) in f["cells"][:1] and f["level"] == "错误"]
    assert codes == ["J3"], "the total is told by its relation, not by C4 too"
    assert run(tmp_data_dir, *asked, "-o", str(tmp_path / "表.xlsx")) == 1
    assert "行政编制 · 2023年实际在职人数：“三十”不是数字" in capsys.readouterr().out
    (sheet,) = read_workbook(tmp_path / "表.xlsx").sheets
    told = {where: shown.text for where, shown in sheet.cells.items()}
    (row,) = (row for (row, _), text in told.items() if text.startswith("C1 "))
    assert "行政编制 · 2023年实际在职人数" in [text for where, text in told.items() if where[0] == row]
