"""A file marked by made-up findings at words of its text."""

from __future__ import annotations

from pathlib import Path

from desktop.audit.finding import CHECK, ERROR, Finding, Span
from desktop.exchange.file_kind import open_source
from desktop.exchange.marked_copy.marked_copy import MarkedCopy, marked_copy
from desktop.exchange.read_text.any_file import lines_in
from desktop.exchange.read_text.lines import joined

NAMES = {"R2": "分项之和"}


def marked(path: Path, *words: str, whole: bool = False) -> MarkedCopy:
    """Each of the words is wrong where it first stands; `whole` adds what stands nowhere."""
    source = open_source(path)
    lines = lines_in(source, traced=True)
    text = joined(lines)
    findings = [
        Finding("R2", ERROR, f"{word}不对", (Span(at := text.index(word), at + len(word)),), expected="9<&>")
        for word in words
    ]
    if whole:
        findings.append(Finding("R14", CHECK, "全文如此"))
    return marked_copy(source, lines, findings, NAMES)
