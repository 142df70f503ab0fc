"""Files audited one after the other, and the list of what was found."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop import paths
from desktop.audit.accounts.forms_read import FormsRead
from desktop.audit.auditing import Audited
from desktop.audit.finding import ERROR, HINT, Finding, Span
from desktop.domain.all_templates import Templates
from desktop.errors import UserError
from desktop.exchange.audited import files_list
from desktop.exchange.audited.audited_file import AuditedFile, audit_or_tell, with_places
from desktop.exchange.audited.files_list import files_in_words, files_json, list_of
from desktop.exchange.audited.folder import reports_in
from desktop.exchange.audited.marked_folder import write_marked
from desktop.exchange.file_kind import open_source
from desktop.exchange.read_text.any_file import lines_in
from desktop.exchange.read_text.lines import joined
from desktop.resource_files.templates import load_templates
from tests.exchange.pdf_files import drawn
from tests.exchange.word_files import docx, paragraph, run, saved

WRONG = "基本支出100万元，其中：人员经费80万元，公用经费30万元。"
SPAN = Span(2, 4)
FILE = AuditedFile(
    Path("in/甲.docx"),
    "甲.docx",
    "支出10\n万元",
    (Finding("R2", ERROR, "不对", (SPAN,), expected="12"),),
    {SPAN: 3},
    ["一、概况 第1段"],
)
BAD, GOOD = (
    AuditedFile(Path("in/乙.pdf"), "乙.pdf", error="读不出来。"),
    AuditedFile(Path("in/丙.txt"), "丙.txt", "好"),
)


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_templates(paths.resources_dir())


def rows(data: bytes) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(data)).active
    return [
        ["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)
    ]


def test_each_file_has_a_line_of_the_list() -> None:
    title, heads, *lines = rows(list_of([FILE, BAD, GOOD], {"R2": "分项之和"}))
    assert title[0] == "核对结果（共3份：错误 1　核实 0　提示 0；1份读不出）"
    assert heads == ["文件", "级别", "规则", "内容", "应为", "原文", "页", "位置"]
    assert lines == [
        ["甲.docx", "错误", "R2 分项之和", "不对", "12", "10", "3", "一、概况 第1段"],
        ["乙.pdf", "读不出", "", "读不出来。", "", "", "", ""],
        ["丙.txt", "", "", "没有发现问题", "", "", "", ""],
    ]


def test_json_tells_page_and_error() -> None:
    found, bad, good = files_json([FILE, BAD, GOOD])
    assert found["file"] == str(FILE.path)
    assert found["findings"][0]["spans"] == [{"start": 2, "end": 4, "quote": "10", "page": 3, "wrong": True}]
    assert bad == {"file": str(BAD.path), "error": "读不出来。"} and good["findings"] == []


def test_list_json_and_console_tell_which_tables_of_final_accounts_were_read() -> None:
    file = replace(GOOD, forms=FormsRead(("支出决算表",), ("收入决算表",)))
    said = "读到：支出决算表；没有读到：收入决算表"
    assert [line[3] for line in rows(list_of([file], {}))[2:]] == ["没有发现问题", said]
    assert files_json([file])[0]["tables"] == {"read": ("支出决算表",), "unread": ("收入决算表",)}
    assert "tables" not in files_json([GOOD])[0]
    assert files_in_words([file]).startswith(f"== 丙.txt\n{said}。\n没有发现问题")


def test_the_console_tells_file_by_file() -> None:
    said = files_in_words([FILE, BAD, GOOD])
    assert "== 甲.docx\n错误 1" in said and "== 乙.pdf\n读不出来。" in said and said.endswith("1份读不出")


def test_findings_that_say_the_same_are_told_once_with_their_places() -> None:
    spans = [Span(at, at + 2) for at in range(0, 60, 2)]
    findings = [Finding("R13", ERROR, "“XX”：没有换", (span,)) for span in spans]
    places = [f"第{n}段" for n in range(30)]
    file = AuditedFile(
        Path("x"), "x", "XX" * 30, findings, dict(zip(spans, [1, 1] * 15, strict=True)), places
    )
    (line,) = rows(list_of([file], {}))[2:]
    where = "；".join(places[:5]) + "……"
    assert line[3] == "共30处：“XX”：没有换" and line[6:] == ["1", where]
    said = files_in_words([file]).splitlines()
    assert said[1].startswith("错误 30") and "共30处：“XX”" in said[2] and len(said) == 6
    assert said[3].strip().startswith("第1页 第0段；第1页 第1段；") and said[3].endswith("……　“XX”")
    assert len(files_json([file])[0]["findings"]) == 30


def test_findings_without_end_are_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_list, "_MOST_LINES", 2)
    many = AuditedFile(
        Path("x"), "x", "支", tuple(Finding("R2", HINT, str(n)) for n in range(5)), {}, [""] * 5
    )
    assert [line[3] for line in rows(list_of([many], {}))[2:]] == ["0", "1", "另有3条没有列出"]


def test_pages_are_those_of_the_pdf_and_those_that_word_noted(tmp_path: Path, templates: Templates) -> None:
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(drawn(lambda c: c.drawString(100, 700, "one"), lambda c: c.drawString(100, 700, "two")))
    lines = lines_in(open_source(pdf), traced=True)
    finding = Finding("R2", ERROR, "", (Span(at := joined(lines).index("two"), at + 3),))
    found = with_places(pdf, "a.pdf", joined(lines), Audited([finding], []), lines, None)
    assert found.page(finding) == 2
    turned = docx(paragraph(run("上页。") + "<w:r><w:lastRenderedPageBreak/></w:r>") + paragraph(WRONG))
    plain = docx(paragraph("上页。") + paragraph(WRONG))
    for name, data, page in (("a.docx", turned, 2), ("b.docx", plain, None)):
        file = audit_or_tell(saved(tmp_path, data, name), name, templates)
        assert [file.page(finding) for finding in file.findings if finding.level == ERROR] == [page]


def test_a_file_that_cannot_be_read_tells_why(tmp_path: Path, templates: Templates) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    file = audit_or_tell(tmp_path / "空.txt", "空.txt", templates)
    assert "是空的" in file.error and file.in_brief() == file.error and not file.findings


def test_a_file_longer_than_any_report_is_not_audited(tmp_path: Path, templates: Templates) -> None:
    (tmp_path / "长.txt").write_text("支出12.5万元，" * 200_000, encoding="utf-8")
    assert "太长" in audit_or_tell(tmp_path / "长.txt", "长.txt", templates).error


def test_reports_of_folders_have_names_of_their_own_and_stand_once(tmp_path: Path) -> None:
    for name in (
        "乙/报告.docx",
        "甲/报告.docx",
        "甲/~$报告.docx",
        "甲/旧（标注稿）.docx",
        "甲/表.xlsx",
        ".隐/a.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert [name for _, name in reports_in([tmp_path])] == ["乙/报告.docx", "甲/报告.docx"]
    one, other = tmp_path / "甲" / "报告.docx", tmp_path / "乙" / "报告.docx"
    assert reports_in([one, other, one]) == [(one, "报告.docx"), (other, "乙/报告.docx")]
    (tmp_path / "空").mkdir()
    with pytest.raises(UserError):
        reports_in([tmp_path / "空"])


def test_marked_files_lie_as_the_files_did(tmp_path: Path, templates: Templates) -> None:
    path = tmp_path / "甲.txt"
    path.write_text(WRONG, encoding="utf-8")
    file = audit_or_tell(path, "某局/甲.txt", templates)
    target = write_marked(file, tmp_path / "标注", {})
    assert target == tmp_path / "标注" / "某局" / "甲.txt（标注稿）.docx" and target.is_file()
    assert write_marked(GOOD, tmp_path / "标注", {}) is None
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(UserError):
        write_marked(file, tmp_path / "文件", {})


@pytest.mark.parametrize(
    ("name", "text", "remark"),
    [
        ("报告.docx", "一、概况\n" * 30, "扩展名是 .docx，内容却是纯文本"),
        ("报告.pdf", "x", "扩展名是 .pdf，内容却是纯文本"),
        ("报告.txt", "某局2023年度自评报告\n正文见附件。", "只有18个字，不像一份报告"),
        ("报告.txt", "一、概况\n" * 30, ""),
    ],
)
def test_what_hardly_is_a_report_is_not_told_as_sound(
    tmp_path: Path, templates: Templates, name: str, text: str, remark: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    file = audit_or_tell(tmp_path / name, name, templates)
    assert not file.error and file.remark.startswith(remark) and bool(file.remark) == bool(remark)
    if remark and not file.findings:
        assert remark in file.in_brief() and remark in files_in_words([file])
        assert rows(list_of([file], {}))[2][3] == files_json([file])[0]["remark"] == file.remark
