"""Footnotes of a Word report: Word's own, numbered and placed by it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.exchange.docx_out.wordml import HEAD, NAMESPACES, Paragraph, run

_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'


def note_mark(number: int) -> str:
    """The run in the text that shows a note's number."""
    return f'<w:r>{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>'


def footnotes_xml(notes: Sequence[str]) -> str:
    """The part with the words; the first two are the lines that part notes from text."""
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{sign}/></w:r></w:p></w:footnote>'
        for number, kind, sign in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    )
    number = f"<w:r>{_RAISED}<w:footnoteRef/></w:r>"
    written = "".join(
        f'<w:footnote w:id="{place}">'
        + Paragraph("FootnoteText", number + run(f" {words}", "song")).xml()
        + "</w:footnote>"
        for place, words in enumerate(notes, 1)
    )
    return f"{HEAD}<w:footnotes {NAMESPACES}>{lines}{written}</w:footnotes>"
