"""The text of any report: plain text, Word or PDF; tables cell by cell, one cell a line, as published pages have it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.errors import UserError
from desktop.exchange.document_lines import DocumentLine, joined, row_lines
from desktop.exchange.files import FileKind, Source, damaged, open_source

__all__ = ["DocumentLine", "read_lines", "read_text"]

_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str:
    """All text of a report, in the form in which the audit reads it. UserError as in `read_lines`."""
    return joined(read_lines(path))


def read_lines(path: Path) -> list[DocumentLine]:
    """The lines of a `.txt`, `.docx` or `.pdf` file, by its first bytes. UserError for anything else."""
    source = open_source(path)
    readers = {FileKind.TEXT: _plain, FileKind.DOCX: _word, FileKind.PDF: _pdf}
    reader = readers.get(source.kind)
    if reader is None:
        raise UserError(
            f"“{source.name}”是{source.kind.value}，不能当作报告文本来核对。",
            "请选择 .txt、.docx 或带文字的 .pdf 文件。",
        )
    lines = reader(source)
    if not any(line.text.strip() for line in lines):
        raise UserError(f"“{source.name}”里没有文字。", "如果是扫描件，请改用 Word 文件或带文字的 PDF。")
    return lines


def _unmarked(text: str) -> list[DocumentLine]:
    return [DocumentLine(line) for line in text.split("\n")]


def _plain(source: Source) -> list[DocumentLine]:
    return _unmarked(_decoded(source))


def _decoded(source: Source) -> str:
    if source.data.startswith(_UTF16):
        return source.data.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return source.data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return source.data.decode("gb18030", "replace")


def _word(source: Source) -> list[DocumentLine]:
    from docx import Document

    try:
        document = Document(io.BytesIO(source.data))
        return [line for block in document.iter_inner_content() for line in _lines(block)]
    except UserError:
        raise
    except Exception as error:  # python-docx raises whatever a damaged part leads to
        raise damaged(source.name) from error


def _lines(block: Any) -> Iterator[DocumentLine]:
    """A paragraph is its text; a table each of its cells, merged ones once, after an empty line a row."""
    if not hasattr(block, "rows"):
        found = re.match(r"(?:Heading|标题) (\d)", block.style.name if block.style is not None else "")
        yield DocumentLine(block.text, int(found.group(1)) if found else 0)
        return
    seen: set[Any] = set()
    for row in block.rows:
        cells = [cell for cell in row.cells if cell._tc not in seen]
        seen.update(cell._tc for cell in cells)
        yield from row_lines([cell.text for cell in {cell._tc: cell for cell in cells}.values()])


def _pdf(source: Source) -> list[DocumentLine]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(source.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UserError(f"“{source.name}”设有密码。", "请另存一份没有密码的文件再试。")
        return _unmarked("\n".join(page.extract_text() for page in reader.pages))
    except UserError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise damaged(source.name) from error
