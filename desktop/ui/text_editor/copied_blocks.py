"""A copied text with tables and pictures in it, as other programs take it from the clipboard."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from desktop.domain.assessment import Assessment
from desktop.domain.fields.block_fields import block_at
from desktop.domain.fields.fields import Piece, expanded
from desktop.domain.text_blocks.marks import NOTE, block_number, note_words
from desktop.domain.text_blocks.picture import Picture
from desktop.domain.text_blocks.table_edits import lines_of
from desktop.domain.text_blocks.text_table import MOST_COLUMNS, MOST_ROWS, TextTable
from desktop.ui.text_editor.block_hints import html_of, source_of

CELLS_MIME = "application/x-report-table"
"""Cells of a table with their fields, for another table of the report or its text."""


def as_text(assessment: Assessment, pieces: Iterable[Piece]) -> str:
    """Tables as lines with tabs between their cells; a picture is left out."""
    said = []
    for piece in pieces:
        block = _block(assessment, piece)
        if isinstance(block, TextTable):
            said.append(lines_of(block.mapped(lambda text: expanded(assessment, text))))
        elif not isinstance(block, Picture):
            said.append(piece.text)
    return "".join(said)


def as_page(assessment: Assessment, pieces: Iterable[Piece]) -> str:
    """Paragraphs, tables and pictures of a page."""
    parts, line = list[str](), list[str]()
    for piece in pieces:
        block = _block(assessment, piece)
        if block is not None:
            parts += [*_paragraph(line), _shown(assessment, block)]
            line = []
            continue
        said = f"（注：{note_words(piece.text)}）" if piece.field == NOTE else piece.text
        first, *others = said.split("\n")
        line.append(first)
        for other in others:
            parts += _paragraph(line)
            line = [other]
    return "".join([*parts, *_paragraph(line)])


def _block(assessment: Assessment, piece: Piece) -> TextTable | Picture | None:
    number = block_number(piece.field)
    return block_at(assessment.sheet, number) if number else None


def _shown(assessment: Assessment, block: TextTable | Picture) -> str:
    if isinstance(block, TextTable):
        return html_of(assessment, block, MOST_ROWS, MOST_COLUMNS)
    return f'<p><img width="{block.width}" src="{source_of(block)}"></p>'


def _paragraph(line: Iterable[str]) -> list[str]:
    text = "".join(line)
    return [f"<p>{escape(text)}</p>"] if text.strip() else []
