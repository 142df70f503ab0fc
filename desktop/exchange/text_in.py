"""The text of any report: plain text, Word or PDF; tables cell by cell, one cell a line, as published pages have it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.errors import UserError
from desktop.exchange.files import FileKind, Source, damaged, open_source

_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str:
    """All text of a `.txt`, `.docx` or `.pdf` file, by its first bytes. UserError for anything else."""
    source = open_source(path)
    readers = {FileKind.TEXT: _plain, FileKind.DOCX: _word, FileKind.PDF: _pdf}
    reader = readers.get(source.kind)
    if reader is None:
        raise UserError(
            f"“{source.name}”是{source.kind.value}，不能当作报告文本来核对。",
            "请选择 .txt、.docx 或带文字的 .pdf 文件。",
        )
    text = reader(source)
    if not text.strip():
        raise UserError(f"“{source.name}”里没有文字。", "如果是扫描件，请改用 Word 文件或带文字的 PDF。")
    return text


def _plain(source: Source) -> str:
    if source.data.startswith(_UTF16):
        return source.data.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return source.data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return source.data.decode("gb18030", "replace")


def _word(source: Source) -> str:
    from docx import Document

    try:
        document = Document(io.BytesIO(source.data))
        return "\n".join(line for block in document.iter_inner_content() for line in _lines(block))
    except UserError:
        raise
    except Exception as error:  # python-docx raises whatever a damaged part leads to
        raise damaged(source.name) from error


def _lines(block: Any) -> Iterator[str]:
    """A paragraph is its text; a table each of its cells, merged ones once, after an empty line a row."""
    if not hasattr(block, "rows"):
        yield block.text
        return
    seen: set[Any] = set()
    for row in block.rows:
        yield ""
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield "\t" + cell.text


def _pdf(source: Source) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(source.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UserError(f"“{source.name}”设有密码。", "请另存一份没有密码的文件再试。")
        return "\n".join(page.extract_text() for page in reader.pages)
    except UserError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise damaged(source.name) from error
