"""The lines of a saved web page: its paragraphs, and its tables cell by cell."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from desktop.exchange.read_text.lines import Cell, DocumentLine, table_lines

_UNPRINTED = frozenset(("script", "style", "title", "head", "noscript", "template", "select", "textarea"))
_BLOCKS = frozenset(
    (
        *("p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "blockquote"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "body", "header", "footer", "center", "pre", "form", "caption"),
    )
)
_DEEPEST = 50
"""More tables inside one another than any page has: the inner ones are read as part of the outer."""


def page_lines(text: str) -> list[DocumentLine]:
    """What a page prints. Never fails: the parser takes whatever it is given."""
    parser = _Page()
    parser.feed(text)
    parser.close()
    return parser.lines


class _Table:
    """A table while it is read; `around` is where its lines go, `frames` whether it only lays out others."""

    def __init__(self, around: Cell) -> None:
        self.around = around
        self.rows: list[list[Cell]] = []
        self.frames = False

    def lines(self) -> list[DocumentLine]:
        if self.frames:
            return [line for row in self.rows for cell in row for line in cell]
        return table_lines([row for row in self.rows if row])


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[DocumentLine] = []
        self._into = self.lines
        self._tables: list[_Table] = []
        self._text: list[str] = []
        self._level = 0
        self._unprinted = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unprinted:
            return
        if tag in _UNPRINTED and tag != "head":
            self._unprinted = tag
        elif tag == "table" and len(self._tables) < _DEEPEST:
            self._end_line()
            for table in self._tables:
                table.frames = True
            self._tables.append(_Table(self._into))
        elif tag == "tr" and self._tables:
            self._end_line()
            self._tables[-1].rows.append([])
        elif tag in ("td", "th") and self._tables:
            self._end_line()
            table = self._tables[-1]
            table.rows = table.rows or [[]]
            table.rows[-1].append([])
            self._into = table.rows[-1][-1]
        elif tag in _BLOCKS:
            self._end_line()
            self._level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else self._level

    def handle_endtag(self, tag: str) -> None:
        if self._unprinted:
            self._unprinted = "" if tag == self._unprinted else self._unprinted
        elif tag == "table" and self._tables:
            self._end_table()
        elif tag in _BLOCKS or tag in ("td", "th", "tr"):
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self._unprinted:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        while self._tables:  # cut off at the end of the file
            self._end_table()
        self._end_line()

    def _end_table(self) -> None:
        self._end_line()
        table = self._tables.pop()
        self._into = table.around
        self._into += table.lines()

    def _end_line(self) -> None:
        """A line of the source is no line of the page: white space of any length is one blank."""
        text = re.sub(r"\s+", " ", "".join(self._text)).strip()
        if text:
            self._into.append(DocumentLine(text, self._level))
        self._text, self._level = [], 0
