"""The command line from outside: what it prints, what it writes, how it ends."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import cli, paths
from desktop.call_words import program
from desktop.exchange.exporters import EXPORTERS
from desktop.exchange.read_sheet.workbook import read_workbook
from desktop.storage.backups.backup import BY_HAND
from desktop.workplace import Workplace
from tests.places import ROOT

UNIT, YEAR = "清河县农业农村局", "2023"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the sample unit in it."""
    place = Workplace.open(paths.locate(tmp_path / "data"), paths.resources_dir())
    place.add_samples()
    place.close()
    return tmp_path / "data"


def run(data: Path, *words: str) -> int:
    return cli.main([*words, "--data-dir", str(data)])


def test_score_json_has_the_documented_shape(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "score", "--unit", UNIT, "--year", YEAR, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["unit"], said["year"]) == (UNIT, 2023)
    assert said["rates"]["三公经费控制率"] == 86.0
    assert said["rates"]["新建楼堂馆所面积控制率"] is None
    first = said["systems"][0]
    assert (first["id"], first["full"], first["grade"]) == ("form-2023", 100.0, "优")
    assert set(first["indicators"][0]) >= {"id", "name", "weight", "points", "how", "by_hand"}
    assert len(said["systems"]) >= 3
    assert [project["full"] for project in said["projects"]] == [100.0] * 3


def test_score_in_words(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "score", "--unit", UNIT, "--year", YEAR) == 0
    said = capsys.readouterr().out
    assert "在职人员控制率" in said
    assert "优" in said
    assert "手工打分4.5，在该等次的3.6～4.8分之内" in said and "先取中间" not in said


def test_data_dir_may_stand_before_the_command(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--data-dir", str(data), "score", "--unit", UNIT, "--year", YEAR]) == 0
    assert UNIT in capsys.readouterr().out


def test_an_unknown_report_is_one_sentence_and_exit_2(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "score", "--unit", "没有的单位", "--year", YEAR) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "没有找到" in said.err and f"现有：{UNIT}（2023）" in said.err
    assert said.err.count("\n") == 1
    assert run(data / "empty", "score", "--unit", UNIT, "--year", YEAR) == 2
    assert capsys.readouterr().err == f"没有找到“{UNIT}”{YEAR}年度的报告。还没有任何报告。\n"


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (["export", "--unit", UNIT, "--year", YEAR, "--format", "pdf", "-o", "报告.docx"], ".pdf"),
        (["export", "--unit", UNIT, "--year", YEAR, "--format", "package", "-o", "报告"], ".zpb"),
        (["audit", "--unit", UNIT, "--year", YEAR, "-o", "表.csv"], ".xlsx"),
    ],
)
def test_file_is_not_written_under_the_ending_of_another_kind(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    right: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(data, *words) == 2
    assert f"请以 {right} 结尾" in capsys.readouterr().err
    assert not (tmp_path / words[-1]).exists()


def test_export_then_import_elsewhere_gives_the_same_score(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, other = tmp_path / "表 格.xlsx", tmp_path / "other"
    assert run(data, "export", "--unit", UNIT, "--year", YEAR, "--format", "xlsx", "-o", str(book)) == 0
    assert run(other, "import", str(book), "--yes") == 0
    capsys.readouterr()
    assert run(data, "score", "--unit", UNIT, "--year", YEAR, "--json") == 0
    here = json.loads(capsys.readouterr().out)
    assert run(other, "score", "--unit", UNIT, "--year", YEAR, "--json") == 0
    assert json.loads(capsys.readouterr().out) == here


def test_a_package_carries_the_report_whole(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package, other = tmp_path / "报 告.zpb", tmp_path / "other"
    assert run(data, "export", "--unit", UNIT, "--year", YEAR, "--format", "package", "-o", str(package)) == 0
    assert run(other, "import", str(package), "--yes") == 0
    assert stored(other) == stored(data)
    capsys.readouterr()
    assert run(other, "import", str(package), "--yes") == 0
    assert "已写入0处" in capsys.readouterr().out


def stored(data: Path) -> object:
    """The system and the facts of the sample's report."""
    place = Workplace.open(paths.locate(data), paths.resources_dir())
    try:
        report = place.find(UNIT, int(YEAR))
        return report.system, place.store.facts(report.id)
    finally:
        place.close()


def test_an_import_is_preceded_by_a_backup_and_is_done_without_one_too(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, backups = tmp_path / "book.xlsx", data / "backups"
    run(data, "export", "--unit", UNIT, "--year", YEAR, "--format", "xlsx", "-o", str(book))
    assert run(data, "import", str(book), "--yes") == 0
    (made,) = backups.glob("*.db")
    assert made.stem.endswith("导入前") and "备份" not in capsys.readouterr().err
    made.unlink()
    backups.rmdir()
    backups.write_text("no folder")
    assert run(data, "import", str(book), "--yes") == 0
    said = capsys.readouterr()
    assert "已写入" in said.out and "没有做成备份" in said.err


def test_a_report_in_word_is_imported_with_its_text(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, other = tmp_path / "报 告.docx", tmp_path / "other"
    assert run(data, "export", "--unit", UNIT, "--year", YEAR, "--format", "docx", "-o", str(report)) == 0
    capsys.readouterr()
    assert run(other, "import", str(report), "--yes", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["unit"], said["year"], said["new_report"]) == (UNIT, int(YEAR), True)
    assert said["written"] == sum(item["ticked"] for item in said["items"])
    assert ["narrative", "performance", "text"] in [item["cell"] for item in said["items"]]
    assert run(other, "import", str(report), "--yes") == 0
    assert "已写入0处" in capsys.readouterr().out


def test_import_without_yes_and_without_a_terminal_writes_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, other = tmp_path / "book.xlsx", tmp_path / "other"
    run(data, "export", "--unit", UNIT, "--year", YEAR, "--format", "xlsx", "-o", str(book))
    monkeypatch.setattr("sys.stdin", None)
    capsys.readouterr()
    assert run(other, "import", str(book), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["written"] == 0
    assert said["items"]
    assert run(other, "score", "--unit", UNIT, "--year", YEAR) == 2


@pytest.mark.parametrize(("answer", "done"), [("y\n", "已写入"), ("\n", "没有写入")])
def test_import_on_a_terminal_shows_its_list_once_and_asks(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    done: str,
) -> None:
    book = tmp_path / "book.xlsx"
    run(data, "export", "--unit", UNIT, "--year", YEAR, "--format", "xlsx", "-o", str(book))
    terminal = io.StringIO(answer)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    capsys.readouterr()
    assert run(tmp_path / "other", "import", str(book)) == 0
    said = capsys.readouterr()
    assert said.err == "写入吗？（y/N）\n"
    assert said.out.count("处不同，默认写入") == 1 and said.out.splitlines()[-1].startswith(done)


@pytest.mark.parametrize("year", ["-5", "0", "3", "20233"])
def test_import_into_an_impossible_year_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], year: str
) -> None:
    book, other = tmp_path / "book.xlsx", tmp_path / "other"
    run(data, "export", "--unit", UNIT, "--year", YEAR, "--format", "xlsx", "-o", str(book))
    assert run(other, "import", str(book), "--year", year, "--yes") == 2
    assert f"年度{year}不对" in capsys.readouterr().err


def test_export_pdf(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "报告.pdf"
    assert run(data, "export", "--unit", UNIT, "--year", YEAR, "--format", "pdf", "-o", str(target)) == 0
    assert target.read_bytes().startswith(b"%PDF-")


def test_a_file_that_is_no_workbook_is_one_sentence(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "x.xlsx"
    bad.write_bytes(b"not a workbook at all")
    assert run(data, "import", str(bad), "--yes") == 2
    said = capsys.readouterr().err
    assert "x.xlsx" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("library", "words"),
    [
        ("pypdf", ["audit", "x.pdf"]),
        ("olefile", ["audit", "report.doc"]),
        ("python_calamine", ["import", "x.xlsx", "--unit", UNIT, "--year", YEAR]),
        ("reportlab", ["export", "--unit", UNIT, "--year", YEAR, "--format", "pdf", "-o", "x.pdf"]),
    ],
)
def test_a_library_that_is_missing_is_one_sentence_and_no_damage_of_the_file(
    library: str,
    words: list[str],
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    given = ROOT / "tests" / "exchange" / "data"
    Path("report.doc").write_bytes((given / "report.doc").read_bytes())
    for format, name in (("pdf", "x.pdf"), ("xlsx", "x.xlsx")):
        assert run(data, "export", "--unit", UNIT, "--year", YEAR, "--format", format, "-o", name) == 0
    capsys.readouterr()
    for loaded in [library, *(name for name in sys.modules if name.startswith(f"{library}."))]:
        monkeypatch.setitem(sys.modules, loaded, None)
    assert run(data, *words) == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith(f"程序缺少一部分（{library}") and "\n" not in said and "损坏" not in said


def test_as_a_program_it_speaks_utf8_whatever_the_console(data: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "desktop",
        "--data-dir",
        str(data),
        "score",
        "--unit",
        UNIT,
        "--year",
        YEAR,
    ]
    done = subprocess.run(
        words, capture_output=True, env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, check=False
    )
    assert done.returncode == 0
    assert UNIT in done.stdout.decode("utf-8")


def test_the_demo_leaves_reports_and_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("PySide6")
    assert cli.main(["demo", "--out", str(tmp_path / "out")]) == 0
    written = {path.suffix for path in (tmp_path / "out").iterdir()}
    assert written == {".png", *(exporter.ending for exporter in EXPORTERS.values())}
    assert read_workbook(next((tmp_path / "out").glob("*.xlsx"))).sheets
    assert str(tmp_path / "out") in capsys.readouterr().out


def test_without_a_screen_the_window_says_so(data: Path) -> None:
    words = [sys.executable, "-m", "desktop", "--data-dir", str(data)]
    done = subprocess.run(words, capture_output=True, env={"PATH": "/usr/bin"}, check=False)
    assert done.returncode == 2
    assert "没有可用的屏幕" in done.stderr.decode("utf-8")


def test_audit_of_a_file_and_of_a_stored_report(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "报告.txt"
    report.write_text(
        "2023年度自评报告\n基本支出100万元，其中：人员经费80万元，公用经费30万元。", encoding="utf-8"
    )
    text = tmp_path / "text.txt"
    assert run(data, "audit", str(report), "--json", "--text-out", str(text)) == 1
    said = json.loads(capsys.readouterr().out)
    (finding,) = said["findings"]
    assert (finding["code"], finding["level"]) == ("R2", "错误")
    assert [number["state"] for number in said["numbers"]] == ["refuted"] * 3
    assert said["numbers"][0]["by"][0]["code"] == "R2" and len(said["numbers"][0]["by"][0]["spans"]) == 2
    span = finding["spans"][0]
    assert text.read_text(encoding="utf-8")[span["start"] : span["end"]] == span["quote"] == "基本支出100万元"
    assert run(data, "audit", "--unit", UNIT, "--year", YEAR) == 0
    assert "没有发现问题" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["audit"], ["audit", "x.txt", "--unit", UNIT, "--year", YEAR], ["audit", "x.txt"]]
)
def test_audit_of_nothing_both_or_a_missing_file(
    data: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, *words) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.fixture
def damaged(data: Path) -> Path:
    """The data folder with a backup, and the head of the data file gone."""
    place = Workplace.open(paths.locate(data), paths.resources_dir())
    place.backups.make(BY_HAND)
    place.close()
    file = data / "ziping.db"
    file.write_bytes(bytes(4096) + file.read_bytes()[4096:])
    return data


def test_damaged_data_are_one_sentence_with_a_command(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(damaged, "score", "--unit", UNIT, "--year", YEAR) == 2
    said = capsys.readouterr().err.strip()
    assert "\n" not in said and "已损坏" in said
    assert f'请运行 {program()} rescue --data-dir "{damaged}"' in said


@pytest.mark.parametrize(("use", "said"), [("salvaged", "已换用抢救出的内容"), ("backup", "的备份恢复")])
def test_rescue_tells_and_then_does(
    damaged: Path, capsys: pytest.CaptureFixture[str], use: str, said: str
) -> None:
    assert run(damaged, "rescue") == 0
    told = capsys.readouterr().out.splitlines()
    assert [line[:2] for line in told] == ["抢救", "备份", "推荐"] and "完全一致" in told[0]
    assert run(damaged, "rescue", "--use", use) == 0
    assert said in capsys.readouterr().out
    assert run(damaged, "score", "--unit", UNIT, "--year", YEAR) == 0
    capsys.readouterr()
    assert run(damaged, "rescue", "--use", use) == 0
    assert capsys.readouterr().out.startswith("数据已核对：2 份报告、")
    assert len(list(damaged.glob("ziping-damaged-*.db"))) == 1


def test_rescue_of_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "ziping.db").write_bytes(b"\xff" * 5000)
    assert run(data, "rescue", "--use", "backup") == 2
    assert "没有可以用来恢复的内容" in capsys.readouterr().err


def test_a_report_that_is_not_what_was_saved(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The others stay usable; the rescue finds it out too."""
    place = Workplace.open(paths.locate(data), paths.resources_dir())
    with place._db.atomic() as conn:
        conn.execute("UPDATE facts SET value = '改了' WHERE report = 1 AND tbl = 'unit' AND col = 'code'")
    place.close()
    codes = {year: run(data, "score", "--unit", UNIT, "--year", year) for year in ("2022", "2023")}
    assert sorted(codes.values()) == [0, 2]
    assert "rescue" in capsys.readouterr().err
    assert run(data, "rescue") == 0
    told = capsys.readouterr().out
    assert "有内容读不出来，或与保存时不一致" in told
    (named,) = (line for line in told.splitlines() if line.startswith("不完整、请核对的报告："))
    assert named.count("年度（") == 1 and UNIT in named


def test_a_plain_start_loads_nothing_that_reads_the_words_of_a_call() -> None:
    code = (
        "import sys, types; from desktop import cli;"
        "sys.modules['desktop.app'] = types.SimpleNamespace(run_window=lambda *asked: print(asked));"
        "cli.main([]); print(*sorted({'argparse', 'desktop.call_words', 'desktop.work_items'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split("\n") == ["(None, '', False)", "", ""]
