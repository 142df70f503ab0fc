"""A block of cells as Excel and WPS put it on the clipboard."""

from __future__ import annotations

import re

from desktop.exchange.read_sheet.grid import clean_text

_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"(?=[\t\r\n]|$)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")


def parse_clipboard(text: str) -> list[list[str]]:
    """Rows of a block as Excel and WPS put it on the clipboard; [] for no text, lengths may differ.

    Cells are apart by tabs, rows by line ends; the last line end belongs to the last row. Only a cell with a
    tab, a line end or a doubled quote inside is quoted; other quotes are part of the text.
    """
    text = text.rstrip("\0")
    rows: list[list[str]] = []
    row: list[str] = []
    at = 0
    while at < len(text):
        value, at = _clipboard_cell(text, at)
        row.append(clean_text(value))
        if at < len(text) and text[at] == "\t":
            at += 1
            if at == len(text):
                row.append("")
            continue
        rows.append(row)
        row = []
        end = _LINE_END.match(text, at)
        at = end.end() if end else at
    return [*rows, row] if row else rows


def _clipboard_cell(text: str, at: int) -> tuple[str, int]:
    quoted = _QUOTED.match(text, at)
    if quoted and re.search(r'[\t\r\n"]', quoted[1]):
        return quoted[1].replace('""', '"'), quoted.end()
    plain = _PLAIN.match(text, at)
    return (plain[0], plain.end()) if plain else ("", at)
