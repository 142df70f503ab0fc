"""Files are known by content, and dangerous ones stop at the door."""

import errno
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.exchange import safe_zip
from desktop.exchange.file_kind import FileKind, open_source, sniff
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
        stream.truncate(safe_zip.MAX_BYTES + 1)
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
    monkeypatch.setattr(safe_zip, "MAX_BYTES", 1_000_000)
    path = tmp_path / "炸弹.xlsx"
    path.write_bytes(zipped(("xl/workbook.xml", b""), ("xl/a.xml", bytes(2_000_000))))
    assert path.stat().st_size < 10_000
    assert "解压后超过" in refusal(path).sentence


def test_bomb_that_declares_little_is_counted_as_it_unpacks(tmp_path: Path) -> None:
    size = safe_zip.MAX_BYTES + 1
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
