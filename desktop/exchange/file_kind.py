"""What a file is by its content, and whether it is safe to parse: the door between files and readers."""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange.package.format import PARTS as PACKAGE_PARTS
from desktop.exchange.refusals import damaged, damaged_package, has_password, large_package, named_package
from desktop.exchange.safe_zip import MAX_BYTES, check_zip
from desktop.exchange.task_file.format import PARTS as TASK_PARTS

_HEAD = 4096


class FileKind(Enum):
    """What a file is by its first bytes; the value is the name users know it by."""

    XLSX = "Excel 工作簿"
    XLS = "Excel 97-2003 工作簿"
    DOCX = "Word 文档"
    DOC = "Word 97-2003 文档"
    ENCRYPTED = "有密码的文件"
    HTML = "网页表格"
    XML_SHEET = "XML 表格"
    PDF = "PDF 文档"
    TEXT = "文本文件"
    PACKAGE = "报告包"
    TASK = "任务包"
    OTHER_ZIP = "压缩包"
    EMPTY = "空文件"
    UNKNOWN = "未知格式的文件"

    @property
    def in_a_sentence(self) -> str:
        """`是 Word 文档`, but `是压缩包`: a space parts Chinese from Latin letters."""
        return f" {self.value}" if self.value[0].isascii() else self.value


@dataclass(frozen=True)
class Source:
    """A file read once and found safe to parse: readers take its bytes, never the path."""

    name: str
    kind: FileKind
    data: bytes
    has_macros: bool


def sniff(path: Path) -> FileKind:
    """The kind of a file by its content, whatever its ending; UserError if it is missing or damaged."""
    return _kind(_read(path), path.name)[0]


def open_source(path: Path) -> Source:
    """Read a file whole after every guard; UserError if empty, encrypted, damaged, too big or a zip bomb."""
    data = _read(path)
    kind, has_macros = _kind(data, path.name)
    if kind in (FileKind.EMPTY, FileKind.UNKNOWN, FileKind.OTHER_ZIP) and named_package(path.name):
        raise damaged_package(path.name)
    if kind is FileKind.EMPTY:
        raise UserError(f"文件“{path.name}”是空的。", "请换一个文件；如果它刚从网上下载，请重新下载。")
    if kind is FileKind.ENCRYPTED:
        raise has_password(path.name)
    if kind in (FileKind.XLSX, FileKind.DOCX, FileKind.PACKAGE, FileKind.TASK, FileKind.OTHER_ZIP):
        check_zip(data, path.name)
    return Source(path.name, kind, data, has_macros)


# --- reading ------------------------------------------------------------------------------------


def _read(path: Path) -> bytes:
    name = path.name
    try:
        if path.is_dir():
            raise UserError(f"“{name}”是一个文件夹，不是文件。", "请选择文件夹里的文件。")
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            data = stream.read() if size <= MAX_BYTES else b""
    except FileNotFoundError:
        raise UserError(f"找不到文件“{name}”。", "它可能已被移动或改名，请重新选择。") from None
    except PermissionError:
        raise UserError(
            f"没有权限读取文件“{name}”。", "请关闭正在使用它的程序，或把它复制到桌面后再试。"
        ) from None
    except (OSError, ValueError):
        raise UserError(f"读不出文件“{name}”。", "请检查磁盘、U 盘或网络，把文件复制到本机后再试。") from None
    if size > MAX_BYTES and named_package(name):
        raise large_package(name, "超过 50 MB")
    if size > MAX_BYTES:
        raise UserError(
            f"文件“{name}”超过 50 MB，太大了。", "请只保留需要的内容（去掉图片和附件），另存一份后再试。"
        )
    return data


def _kind(data: bytes, name: str) -> tuple[FileKind, bool]:
    """The kind, and whether the file carries macros."""
    if not data:
        return FileKind.EMPTY, False
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(data, name)
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF, False
    return _text_kind(data), False


def _zip_kind(data: bytes, name: str) -> tuple[FileKind, bool]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [item.filename.lower().replace("\\", "/") for item in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        raise damaged(name) from None
    has_macros = any(part.endswith("vbaproject.bin") for part in parts)
    if "xl/workbook.xml" in parts:
        return FileKind.XLSX, has_macros
    if "word/document.xml" in parts:
        return FileKind.DOCX, has_macros
    if set(parts) >= PACKAGE_PARTS:
        return FileKind.PACKAGE, has_macros
    if set(parts) >= TASK_PARTS:
        return FileKind.TASK, has_macros
    return FileKind.OTHER_ZIP, has_macros


def _ole_kind(data: bytes, name: str) -> tuple[FileKind, bool]:
    """Excel, WPS .et, Word and password containers share the OLE header; the stream names tell them apart."""
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {entry[0].lower() for entry in ole.listdir(streams=True, storages=True)}
    except Exception:  # whatever olefile trips over, the container is broken
        raise damaged(name) from None
    if "encryptedpackage" in streams:
        return FileKind.ENCRYPTED, False
    if streams & {"workbook", "book"}:
        return FileKind.XLS, "_vba_project_cur" in streams
    if "worddocument" in streams:
        return FileKind.DOC, "macros" in streams
    return FileKind.UNKNOWN, False


def _text_kind(data: bytes) -> FileKind:
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    elif b"\0" in head:
        return FileKind.UNKNOWN
    else:
        text = _decoded_head(head.removeprefix(b"\xef\xbb\xbf"))
    if not text:
        return FileKind.UNKNOWN
    start = text.lstrip().lower()
    if start.startswith("<"):
        if "<html" not in start and "urn:schemas-microsoft-com:office:spreadsheet" in start:
            return FileKind.XML_SHEET
        if re.search(r"<(html|table|meta|!doctype html)", start):
            return FileKind.HTML
    return FileKind.TEXT


def _decoded_head(head: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # a character of up to four bytes may be cut in two at the end of the head
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return ""
