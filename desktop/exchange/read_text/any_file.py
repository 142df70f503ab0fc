"""The text of any report: Word of either age, PDF, a saved web page or plain text."""

from __future__ import annotations

import re
from pathlib import Path

from desktop.domain.edits import storable
from desktop.errors import UserError
from desktop.exchange.file_kind import FileKind, Source, open_source
from desktop.exchange.read_text.lines import DocumentLine, joined
from desktop.exchange.text_bytes import decoded

READABLE = (".docx", ".doc", ".wps", ".pdf", ".txt", ".html", ".htm")
"""The usual endings of files that hold a report; what a file is, its first bytes say."""


def read_text(path: Path) -> str:
    """All text of a report, in the form in which the audit reads it. UserError as in `read_lines`."""
    return joined(read_lines(path))


def read_lines(path: Path) -> list[DocumentLine]:
    """The lines of a report, whatever its ending. UserError where it is no text or cannot be read."""
    return lines_in(open_source(path))


def lines_in(source: Source, traced: bool = False, whole: bool = False) -> list[DocumentLine]:
    """As `read_lines`; with `traced` the lines of Word documents and PDFs know where they stand in the file, with
    `whole` footnotes stand at their words, and pictures are brought along."""
    readers = {
        FileKind.TEXT: _plain,
        FileKind.HTML: _page,
        FileKind.DOCX: _word,
        FileKind.DOC: _old_word,
        FileKind.PDF: _pdf,
    }
    reader = readers.get(source.kind)
    if reader is None:
        raise UserError(
            f"“{source.name}”是{source.kind.in_a_sentence}，不能当作报告文本来读。",
            "请选择 Word（.docx、.doc）、WPS、带文字的 .pdf、.txt 或网页文件。",
        )
    lines = reader(source, traced, whole)
    if not any(line.text.strip() for line in lines):
        raise UserError(f"“{source.name}”里没有文字。", "如果是扫描件，请改用 Word 文件或带文字的 PDF。")
    return [line._replace(text=storable(line.text)) for line in lines]


def _plain(source: Source, _: bool, __: bool) -> list[DocumentLine]:
    return [DocumentLine(line) for line in re.split("\r\n|\r|\n", decoded(source.data))]


def _page(source: Source, _: bool, __: bool) -> list[DocumentLine]:
    from desktop.exchange.read_text.html import page_lines

    return page_lines(decoded(source.data))


def _word(source: Source, traced: bool, whole: bool) -> list[DocumentLine]:
    from desktop.exchange.read_text.docx.reader import word_lines

    return word_lines(source, traced, whole)


def _old_word(source: Source, _: bool, whole: bool) -> list[DocumentLine]:
    from desktop.exchange.read_text.doc.reader import doc_lines

    return doc_lines(source, whole)


def _pdf(source: Source, _: bool, whole: bool) -> list[DocumentLine]:
    from desktop.exchange.read_text.pdf.reader import pdf_lines

    return pdf_lines(source, whole)
