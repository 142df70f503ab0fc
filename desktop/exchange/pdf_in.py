"""The lines of a PDF with text."""

from __future__ import annotations

import io

from desktop.errors import UserError
from desktop.exchange.document_lines import DocumentLine
from desktop.exchange.files import Source, damaged


def pdf_lines(source: Source) -> list[DocumentLine]:
    """Its lines, page by page. UserError where it has a password or is damaged."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(source.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UserError(f"“{source.name}”设有密码。", "请另存一份没有密码的文件再试。")
        pages = [page.extract_text().split("\n") for page in reader.pages]
    except UserError:
        raise
    except Exception as error:  # whatever a damaged object leads to
        raise damaged(source.name) from error
    return [DocumentLine(line) for page in pages for line in page]
