"""The 标注稿 of any report: in its own format where that can carry marks, else as a new Word document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from desktop.audit.finding import Finding
from desktop.exchange.file_kind import FileKind, Source
from desktop.exchange.marked_copy.new_word import document_of
from desktop.exchange.marked_copy.notes import Note, notes_of
from desktop.exchange.marked_copy.pdf import with_marks
from desktop.exchange.marked_copy.word import with_comments
from desktop.exchange.read_text.any_file import lines_in
from desktop.exchange.read_text.lines import DocumentLine, joined, shared

SUFFIX = "（标注稿）"
"""Behind a file's name: the original is never written over, and what bears it is not audited again."""
_WORD_ENDINGS = (".docx", ".docm", ".dotx", ".dotm")


class MarkedCopy(NamedTuple):
    """A file that is to be written under `name`."""

    name: str
    data: bytes


def marked_copy(
    source: Source, lines: Sequence[DocumentLine], findings: Sequence[Finding], names: Mapping[str, str]
) -> MarkedCopy:
    """`lines` are those of `source`, traced; `names` are those of the rules by their codes."""
    notes = notes_of(joined(lines), findings, names)
    path = PurePath(source.name)
    if source.kind is FileKind.DOCX and (data := with_comments(source, lines, notes)) is not None:
        ending = path.suffix if path.suffix.lower() in _WORD_ENDINGS else ".docx"
        return MarkedCopy(f"{path.stem}{SUFFIX}{ending}", data)
    if source.kind is FileKind.PDF and (data := with_marks(source, lines, notes)) is not None:
        return MarkedCopy(f"{path.stem}{SUFFIX}.pdf", data)
    # With its old ending: beside 报告.doc there may be 报告.docx.
    return MarkedCopy(f"{path.name}{SUFFIX}.docx", _commented_text(path.stem, lines, notes))


def marked_text(
    title: str, lines: Sequence[DocumentLine], findings: Sequence[Finding], names: Mapping[str, str]
) -> MarkedCopy:
    """Of a text that is no file."""
    return MarkedCopy(
        f"{title}{SUFFIX}.docx", _commented_text(title, lines, notes_of(joined(lines), findings, names))
    )


def _commented_text(title: str, lines: Sequence[DocumentLine], notes: Sequence[Note]) -> bytes:
    """A new Word document of these lines with the notes as comments."""
    written = document_of(lines, title)
    pieces = [piece for line in lines_in(written, traced=True) for piece in line.source]
    sources = shared((line.text for line in lines), pieces)
    placed = [line._replace(source=source) for line, source in zip(lines, sources, strict=True)]
    return with_comments(written, placed, notes) or written.data
