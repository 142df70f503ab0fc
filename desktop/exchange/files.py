"""The door between files and the program: what a file is, is it safe to parse, and writing without loss."""

from __future__ import annotations

import errno
import io
import os
import re
import secrets
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from desktop.errors import UserError
from desktop.paths import sync_folder

MAX_BYTES = 50 * 1024 * 1024
"""Largest file, and largest unpacked content of a zip, that is handed to a parser."""

_CHUNK = 1 << 16
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
    OTHER_ZIP = "压缩包"
    EMPTY = "空文件"
    UNKNOWN = "未知格式的文件"


PACKAGE_ENDING = ".zpb"
PACKAGE_PARTS = {"manifest.json", "report.json"}
"""A zip with both is a report package of this program; see `package`."""


@dataclass(frozen=True)
class Source:
    """A file read once and found safe to parse: readers take its bytes, never the path."""

    name: str
    kind: FileKind
    data: bytes
    has_macros: bool


def damaged(name: str) -> UserError:
    """The one sentence for content that does not hold together."""
    if _named_package(name):
        return damaged_package(name)
    return UserError(f"文件“{name}”已损坏，无法读取。", "请用 Excel、WPS 或 Word 打开它，另存一份后再试。")


def damaged_package(name: str) -> UserError:
    """The one sentence for a package that is not what was exported."""
    return UserError(
        f"报告包“{name}”不完整或被改动过，没有导入。",
        "请对方重新导出、重新发送，不要用压缩软件改动它。",
    )


def _named_package(name: str) -> bool:
    """Of content that says nothing: nobody opens a package with an office program, or can save it anew."""
    return name.lower().endswith(PACKAGE_ENDING)


def _large_package(name: str, how: str) -> UserError:
    return UserError(
        f"报告包“{name}”{how}，不像一份报告的报告包，没有导入。",
        "请对方重新导出、重新发送。报告包里不必另放文件。",
    )


def has_password(name: str) -> UserError:
    """The one sentence for a file that only its owner can open."""
    return UserError(f"文件“{name}”设有打开密码。", "请打开它，取消密码，另存一份后再试。")


def sniff(path: Path) -> FileKind:
    """The kind of a file by its content, whatever its ending; UserError if it is missing or damaged."""
    return _kind(_read(path), path.name)[0]


def open_source(path: Path) -> Source:
    """Read a file whole after every guard; UserError if empty, encrypted, damaged, too big or a zip bomb."""
    data = _read(path)
    kind, has_macros = _kind(data, path.name)
    if kind in (FileKind.EMPTY, FileKind.UNKNOWN, FileKind.OTHER_ZIP) and _named_package(path.name):
        raise damaged_package(path.name)
    if kind is FileKind.EMPTY:
        raise UserError(f"文件“{path.name}”是空的。", "请换一个文件；如果它刚从网上下载，请重新下载。")
    if kind is FileKind.ENCRYPTED:
        raise has_password(path.name)
    if kind in (FileKind.XLSX, FileKind.DOCX, FileKind.PACKAGE, FileKind.OTHER_ZIP):
        _check_zip(data, path.name)
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
    if size > MAX_BYTES and _named_package(name):
        raise _large_package(name, "超过 50 MB")
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


# --- guards for zip containers ------------------------------------------------------------------


def _check_zip(data: bytes, name: str) -> None:
    """Inflate every part once and count: what a zip declares about itself is not to be believed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    if sum(part.file_size for part in parts) > MAX_BYTES:
        raise _too_much(name)
    if len({part.filename.lower() for part in parts}) != len(parts):
        raise damaged(name)
    left = MAX_BYTES
    for part in parts:
        if part.flag_bits & 1:
            raise has_password(name)
        size = _inflated_size(data, part, left, name)
        if size != part.file_size:
            raise damaged(name)
        left -= size


def _inflated_size(data: bytes, part: zipfile.ZipInfo, limit: int, name: str) -> int:
    """Bytes this part really unpacks to, in constant memory; UserError above `limit` or if damaged."""
    size, crc, tail = 0, 0, b""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    try:
        for block in _blocks(data, part):
            size += len(block)
            if size > limit:
                raise _too_much(name)
            crc = zlib.crc32(block, crc)
            if is_xml and _has_doctype(tail + block):
                raise damaged(name)
            tail = block[-32:]
    except (zlib.error, struct.error, ValueError):
        raise damaged(name) from None
    if crc != part.CRC:
        raise damaged(name)
    return size


def _blocks(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes in blocks, to the true end of the stream; ValueError if it is cut off."""
    name_length, extra_length = struct.unpack_from("<HH", data, part.header_offset + 26)
    start = part.header_offset + 30 + name_length + extra_length
    packed = data[start : start + part.compress_size]
    if len(packed) != part.compress_size:
        raise ValueError("part is cut off")
    if part.compress_type == zipfile.ZIP_STORED or not packed:
        yield packed
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise ValueError("compression that no office program writes")
    inflate = zlib.decompressobj(-15)
    while not inflate.eof:
        block = inflate.decompress(packed, _CHUNK)
        packed = inflate.unconsumed_tail
        if not block and not inflate.eof:
            raise ValueError("deflate stream is cut off")
        yield block


def _has_doctype(block: bytes) -> bool:
    """Office files never declare a document type; entity bombs must."""
    return any("<!DOCTYPE".encode(encoding) in block for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def _too_much(name: str) -> UserError:
    if _named_package(name):
        return _large_package(name, "解压后超过 50 MB")
    return UserError(
        f"文件“{name}”解压后超过 50 MB，内容太多，已停止读取。",
        "自评表一般只有几十行。请把需要的内容复制到新建的文件里，再用新文件。",
    )


# --- writing ------------------------------------------------------------------------------------

_FORBIDDEN = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


def safe_file_name(unit_name: str, *more: str, ending: str = "", limit: int = 200) -> str:
    """A file name that Windows accepts, from a unit's name and what follows it, e.g. year and form.

    `ending` comes with its dot. `limit` counts UTF-8 bytes with the ending; the unit's name is cut first,
    so that year and form stay readable. Forbidden characters become their full-width twins.
    """
    first, rest = _allowed(unit_name), _allowed("".join(more))
    room = limit - len(ending.encode())
    first = _cut(first, max(room - len(rest.encode()), room // 4))
    stem = _cut(first + rest, room).strip(" .") or "未命名"
    if _RESERVED.match(stem):
        stem = _cut("_" + stem, room)
    return stem + ending


def _allowed(text: str) -> str:
    spaced = " ".join(text.split()).translate(_FORBIDDEN)
    return "".join(char for char in spaced if not unicodedata.category(char).startswith("C"))


def _cut(text: str, limit: int) -> str:
    return text.encode()[: max(limit, 0)].decode("utf-8", "ignore")


def write_atomically(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Let `write` fill a temporary file beside `path`, then put it in place in one step.

    Whatever fails, the old file stays as it was and no temporary file is left. Failures of the disk become
    UserErrors; an exception of `write` itself passes through.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise UserError(f"“{path.name}”是一个文件夹，不能当作文件保存。", "请换一个文件名。")
    temporary = target.with_name(f"~{secrets.token_hex(6)}.tmp")
    try:
        _fill(_create(temporary, target), write, target)
        _put_in_place(temporary, target)
    finally:
        with suppress(OSError):  # the disk may be gone; then nothing is left to clean
            temporary.unlink(missing_ok=True)


def _create(temporary: Path, target: Path) -> BinaryIO:
    try:
        return temporary.open("xb")
    except (FileNotFoundError, NotADirectoryError) as error:
        if target.parent.is_dir():
            raise _disk_error(PermissionError(errno.EACCES, "read-only"), target) from error
        raise UserError(
            f"文件夹“{target.parent}”不存在，“{target.name}”没有保存。", "请选择另一个文件夹，或先新建它。"
        ) from None
    except OSError as error:
        raise _disk_error(error, target) from error


def _fill(stream: BinaryIO, write: Callable[[BinaryIO], None], target: Path) -> None:
    """Only errors that speak of the disk are the user's; a font that is missing inside `write` is a bug."""
    try:
        write(stream)
        stream.flush()
        os.fsync(stream.fileno())
    except OSError as error:
        if error.errno in _DISK_ERRORS:
            raise _disk_error(error, target) from error
        raise
    finally:
        with suppress(OSError):  # after a failure, closing tries to write the rest once more
            stream.close()


def _put_in_place(temporary: Path, target: Path) -> None:
    try:
        os.replace(temporary, target)
    except PermissionError:
        raise _in_use(target) from None
    except OSError as error:
        raise _disk_error(error, target) from error
    with suppress(OSError):  # the file is there, whole; this is for a power cut within the next seconds
        sync_folder(target.parent)


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LOCKED = {errno.EACCES, errno.EPERM, errno.EROFS}
_DISK_ERRORS = _FULL | {errno.EIO, errno.EROFS}


def _disk_error(error: OSError, target: Path) -> UserError:
    if error.errno in _FULL:
        return UserError(f"磁盘空间不足，“{target.name}”没有保存。", "请清理磁盘，或保存到另一个磁盘。")
    if error.errno in _LOCKED:
        return UserError(
            f"文件夹“{target.parent}”不允许写入，“{target.name}”没有保存。", "请保存到桌面或“文档”等文件夹。"
        )
    if error.errno in (errno.ENAMETOOLONG, errno.EINVAL):
        return UserError(f"文件名或路径不合要求，“{target.name}”没有保存。", "请缩短文件名，或换一个文件夹。")
    return UserError(f"写入时出错，“{target.name}”没有保存。", "请检查磁盘、U 盘或网络，或换一个文件夹。")


def _in_use(target: Path) -> UserError:
    return UserError(
        f"“{target.name}”正被其他程序使用或是只读文件，没有保存。",
        "请在 Excel、WPS 或 PDF 阅读器里关闭它后再保存，或换一个文件名。",
    )
