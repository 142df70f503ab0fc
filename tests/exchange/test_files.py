"""Files are known by content, dangerous ones stop at the door, and saving never loses the old file."""

import errno
import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.exchange import files
from desktop.exchange.files import FileKind, open_source, safe_file_name, sniff, write_atomically
from tests.places import FILES

DATA = FILES
XML_SHEET = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table></Table></Workbook>'
)


def zipped(*parts: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return packed.getvalue()


def refusal(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        open_source(path)
    assert caught.value.hint
    return caught.value


# --- what a file is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped(("xl/workbook.xml", b"<workbook/>")), FileKind.XLSX),
        (zipped(("word/document.xml", b"<document/>")), FileKind.DOCX),
        (zipped(("photo.jpg", b"\xff\xd8")), FileKind.OTHER_ZIP),
        (b"", FileKind.EMPTY),
        (b"%PDF-1.7\n", FileKind.PDF),
        ("部门整体支出绩效自评报告".encode(), FileKind.TEXT),
        ("部门整体支出绩效自评报告".encode("gb18030"), FileKind.TEXT),
        ("\ufeff部门整体支出".encode("utf-16-le"), FileKind.TEXT),
        (b"x" * 4095 + "部".encode(), FileKind.TEXT),
        (b"\xef\xbb\xbf <HTML><body><table>", FileKind.HTML),
        ("\ufeff<table><tr>".encode("utf-16-le"), FileKind.HTML),
        (b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>', FileKind.HTML),
        (XML_SHEET.encode(), FileKind.XML_SHEET),
        (b"\x89PNG\r\n\x1a\n\0\0\0", FileKind.UNKNOWN),
        (b"\xff\xff\xff\xff", FileKind.UNKNOWN),
    ],
)
def test_content_decides_and_not_the_ending(tmp_path: Path, content: bytes, kind: FileKind) -> None:
    path = tmp_path / "表.xls"
    path.write_bytes(content)
    assert sniff(path) is kind


def test_files_of_the_old_office_are_told_apart(tmp_path: Path) -> None:
    assert sniff(DATA / "small.xls") is FileKind.XLS
    assert sniff(DATA / "encrypted.xlsx") is FileKind.ENCRYPTED
    for stream, kind in (("WordDocument", FileKind.DOC), ("PowerPoint", FileKind.UNKNOWN)):
        old = (DATA / "small.xls").read_bytes()
        name = stream.encode("utf-16-le")
        at = old.index("Workbook".encode("utf-16-le"))
        entry = name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2)
        path = tmp_path / "旧文件"
        path.write_bytes(old[:at] + entry + old[at + 66 :])
        assert sniff(path) is kind


def test_macros_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "宏.xlsm"
    path.write_bytes(zipped(("xl/workbook.xml", b"<workbook/>"), ("xl/vbaProject.bin", b"macro")))
    assert open_source(path).has_macros


# --- what stops at the door ---------------------------------------------------------------------


def test_missing_folder_empty_and_encrypted(tmp_path: Path) -> None:
    assert "找不到" in refusal(tmp_path / "没有.xlsx").sentence
    assert "文件夹" in refusal(tmp_path).sentence
    (tmp_path / "空.xlsx").touch()
    assert "空的" in refusal(tmp_path / "空.xlsx").sentence
    assert "密码" in refusal(DATA / "encrypted.xlsx").sentence


@pytest.mark.parametrize(
    ("error", "word"), [(PermissionError(), "没有权限"), (OSError(errno.EIO, "disk"), "读不出")]
)
def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, word: str) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", fail)
    assert word in refusal(tmp_path / "表.xlsx").sentence


def test_file_above_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as stream:
        stream.truncate(files.MAX_BYTES + 1)
    assert "50 MB" in refusal(path).sentence


@pytest.mark.parametrize("cut", [5, 60, -30])
def test_cut_off_files_are_damaged(tmp_path: Path, cut: int) -> None:
    whole = zipped(("xl/workbook.xml", os.urandom(500)))
    path = tmp_path / "断.xlsx"
    path.write_bytes(whole[:cut])
    assert "损坏" in refusal(path).sentence
    path.write_bytes((DATA / "small.xls").read_bytes()[:600])
    assert "损坏" in refusal(path).sentence


def test_wrong_bytes_inside_a_part_are_damage(tmp_path: Path) -> None:
    content = bytearray(zipped(("xl/workbook.xml", bytes(range(256)) * 4)))
    content[60] ^= 0xFF
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    assert "损坏" in refusal(path).sentence


def test_declared_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1_000_000)
    path = tmp_path / "炸弹.xlsx"
    path.write_bytes(zipped(("xl/workbook.xml", b""), ("xl/a.xml", bytes(2_000_000))))
    assert path.stat().st_size < 10_000
    assert "解压后超过" in refusal(path).sentence


def test_bomb_that_declares_little_is_counted_as_it_unpacks(tmp_path: Path) -> None:
    size = files.MAX_BYTES + 1
    content = zipped(("xl/workbook.xml", bytes(size)))
    path = tmp_path / "炸弹.xlsx"
    path.write_bytes(content.replace(struct.pack("<I", size), struct.pack("<I", 10)))
    with zipfile.ZipFile(path) as archive:
        assert archive.infolist()[0].file_size == 10
    assert "解压后超过" in refusal(path).sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bomb(tmp_path: Path, encoding: str) -> None:
    text = " " * 65_530 + '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
    path = tmp_path / "实体.docx"
    path.write_bytes(zipped(("word/document.xml", text.encode(encoding))))
    assert "损坏" in refusal(path).sentence


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "重名.xlsx"
    path.write_bytes(zipped(("xl/workbook.xml", b"1"), ("XL/workbook.xml", b"2")))
    assert "损坏" in refusal(path).sentence


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("长沙市/财政局", "2023年度自评报告"), "长沙市／财政局2023年度自评报告.docx"),
        (('a\\b:c*d?e"f<g>h|i',), "a＼b：c＊d？e＂f＜g＞h｜i.docx"),
        (("CON",), "_CON.docx"),
        (("com1.财政",), "_com1.财政.docx"),
        (("Console",), "Console.docx"),
        ((" 财政局. .",), "财政局.docx"),
        (("财政局\n办公室\u202e\0",), "财政局 办公室.docx"),
        (("",), "未命名.docx"),
        (("...",), "未命名.docx"),
    ],
)
def test_safe_names(parts: tuple[str, ...], name: str) -> None:
    assert safe_file_name(*parts, ending=".docx") == name


def test_a_long_unit_name_leaves_year_and_form(tmp_path: Path) -> None:
    name = safe_file_name("很长的单位名称" * 30, "2023年度自评报告", ending=".pdf")
    assert name.endswith("2023年度自评报告.pdf")
    assert len(name.encode()) <= 200
    (tmp_path / name).touch()


@given(st.text(max_size=300), st.text(max_size=100))
def test_every_name_is_allowed(unit: str, form: str) -> None:
    name = safe_file_name(unit, form, ending=".xlsx")
    stem = name.removesuffix(".xlsx")
    assert stem and stem == stem.strip(" .") and len(name.encode()) <= 200
    assert not set(name) & set('/\\:*?"<>|\0\n')


# --- writing ------------------------------------------------------------------------------------


def old_file(folder: Path) -> Path:
    path = folder / "报告.pdf"
    path.write_bytes(b"old")
    return path


def write_new(out: BinaryIO) -> None:
    out.write(b"new")


def write_failure(path: Path, write: Callable[[BinaryIO], None] = write_new) -> str:
    with pytest.raises(UserError) as caught:
        write_atomically(path, write)
    assert caught.value.hint
    return caught.value.sentence


def only_the_old_file(path: Path) -> bool:
    return list(path.parent.iterdir()) == [path] and path.read_bytes() == b"old"


def test_writing_replaces_the_old_file(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    write_atomically(path, write_new)
    assert path.read_bytes() == b"new" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_disk_fails_while_writing(tmp_path: Path, code: int) -> None:
    def fail(out: BinaryIO) -> None:
        out.write(b"half")
        raise OSError(code, "disk")

    sentence = write_failure(old_file(tmp_path), fail)
    assert ("磁盘空间不足" in sentence) is (code == errno.ENOSPC)
    assert only_the_old_file(tmp_path / "报告.pdf")


def test_disk_full_when_the_buffer_is_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    path = old_file(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda path, mode: open(full, mode.replace("x", "w")))  # noqa: SIM115
        assert "磁盘空间不足" in write_failure(path)
    assert only_the_old_file(path)


def test_target_open_in_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(errno.EACCES, "sharing violation")

    path = old_file(tmp_path)
    monkeypatch.setattr(os, "replace", locked)
    assert "其他程序" in write_failure(path)
    assert only_the_old_file(path)


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (PermissionError(errno.EACCES, "denied"), "不允许写入"),
        (OSError(errno.EROFS, "read-only"), "不允许写入"),
        (OSError(errno.ENOSPC, "full"), "磁盘空间不足"),
        (OSError(errno.ENAMETOOLONG, "name"), "不合要求"),
    ],
)
def test_folder_that_takes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, word: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    path = old_file(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", fail)
        assert word in write_failure(path)
    assert only_the_old_file(path)


def test_missing_folder_and_folder_as_target(tmp_path: Path) -> None:
    assert "不存在" in write_failure(tmp_path / "没有" / "报告.pdf")
    assert "文件夹" in write_failure(tmp_path)


@pytest.mark.parametrize("bug", [ValueError("bug"), FileNotFoundError("font"), KeyboardInterrupt()])
def test_a_bug_of_the_writer_passes_and_leaves_nothing(tmp_path: Path, bug: BaseException) -> None:
    def fail(out: BinaryIO) -> None:
        out.write(b"half")
        raise bug

    path = old_file(tmp_path)
    with pytest.raises(type(bug)):
        write_atomically(path, fail)
    assert only_the_old_file(path)
