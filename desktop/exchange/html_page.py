"""A web page as it is printed: paragraphs, and tables of cells that hold paragraphs and tables again.

Old office systems save reports as pages, and many save a table as a page that is called .xls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

_UNPRINTED = frozenset(("script", "style", "title", "noscript", "template", "select", "textarea"))
_BLOCKS = frozenset(
    (
        *("p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "blockquote"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "body", "header", "footer", "center", "pre", "form", "caption"),
    )
)
"""Tags that begin a new line: `某局<br>2023年` are two."""
_DEEPEST = 50
"""More tables inside one another than any page has: the inner ones are read as part of the outer."""
_NOTE_MARK = re.compile(
    "[*＊※#†]+|[\u2460-\u2473\u3251-\u325f\u2776-\u277f]+|[\\[〔【［(（]?注?\\d{0,2}[\\]〕】］)）]|注\\d{0,2}"
)
"""`[2]`, `②`, `*`, `注1`, `1)`: what is nothing but the mark of a note where it is raised."""


class Paragraph(NamedTuple):
    """One line of the page; `level` is 1 to 6 of a heading, else 0. `bold` are most of its signs."""

    text: str
    level: int = 0
    bold: bool = False
    centred: bool = False


@dataclass
class HtmlCell:
    """A cell and how many rows and columns it takes, at least one of each."""

    rows: int = 1
    columns: int = 1
    content: Content = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its paragraphs, one a line; tables in it are left out."""
        return "\n".join(part.text for part in self.content if isinstance(part, Paragraph))


@dataclass
class HtmlTable:
    """Rows of cells in the order of the source; empty cells are cells."""

    rows: list[list[HtmlCell]] = field(default_factory=list)

    @property
    def inner(self) -> list[HtmlTable]:
        """The tables that stand in its cells: then it only lays out the page."""
        return [
            part for row in self.rows for cell in row for part in cell.content if isinstance(part, HtmlTable)
        ]


class PlacedCell(NamedTuple):
    """A cell, from where to where it reaches: rows and columns from 0, the last ones included."""

    cell: HtmlCell
    row: int
    column: int
    last_row: int
    last_column: int


def placed(table: HtmlTable, most_rows: int, most_columns: int) -> Iterator[PlacedCell]:
    """Each cell where it comes to stand when earlier ones span rows and columns, at most so many."""
    taken_to: dict[int, int] = {}  # column -> last row that a cell above reaches into
    for row, line in enumerate(table.rows):
        column = 0
        for cell in line:
            while taken_to.get(column, -1) >= row:
                column += 1
            last_row = row + min(cell.rows, most_rows) - 1
            last_column = column + min(cell.columns, most_columns) - 1
            yield PlacedCell(cell, row, column, last_row, last_column)
            taken_to.update(dict.fromkeys(range(column, last_column + 1), last_row))
            column = last_column + 1


_PICTURE = re.compile(r"<img\b", re.IGNORECASE)
_TAG_BEGINS = re.compile(r"<[A-Za-z/!?]")
"""`<a`, `</p`, `<!--`; `支出<10万元` begins none."""

_INLINE = frozenset(("b", "strong", "span", "font", "i", "em", "u", "a"))
"""Tags around words that may make them bold, or thin again."""
_MOST_INLINE = 50
"""So many of them inside one another; in a damaged page beginnings without ends would add up."""
_WEIGHT = re.compile(r"font-weight\s*:\s*(?:(bold|[6-9]00)|\w+)", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
"""`style="font-weight:bold; text-align:center"`"""
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
"""`<tr style="display:none">`: a row that the page does not show."""
Content = list[Paragraph | HtmlTable]


def is_note_mark(before: str, raised: str) -> bool:
    """Whether a raised sign is the mark of a note: `8¹` is eight and `17.92[2]` 17.92, but `m²` is a unit."""
    last = before.rstrip()[-1:]
    is_unit = (last.isascii() and last.isalpha()) or last == "米"
    return bool(_NOTE_MARK.fullmatch(raised.strip()) or (last and raised.strip().isdigit() and not is_unit))


def read_page(text: str) -> Content:
    """What a page prints. Never fails: the parser takes whatever it is given."""
    parser = _Page()
    parser.feed(_without_broken_end(text))
    parser.close()
    return parser.content


def pictures_in(text: str) -> int:
    """How many pictures a page shows."""
    return len(_PICTURE.findall(text))


def _without_broken_end(text: str) -> str:
    """No tag that begins behind the last `>` ever ends; the parser would look for its end from each of them."""
    end = text.rfind(">") + 1
    begun = _TAG_BEGINS.search(text, end)
    return text[: begun.start()] if begun else text


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.content: Content = []
        self._into = self.content
        self._open: list[tuple[HtmlTable, Content]] = []  # each table, and where the text goes on behind it
        self._text: list[str] = []
        self._level = 0
        self._unprinted = ""
        self._raised = False
        # Tags around words that are open, and whether these are bold.
        self._inline: list[tuple[str, bool]] = []
        # Of each list that is open the last number, None where it counts none; and that number as it is shown.
        self._lists: list[int | None] = []
        self._number = ""
        self._centred = self._block_bold = False
        self._middle = 0  # `<center>` that are open
        self._bold_signs = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unprinted:
            return
        style = dict(attrs).get("style") or ""
        if tag in _UNPRINTED or (tag == "tr" and _HIDDEN.search(style)):
            self._unprinted = tag
        elif tag == "sup":
            self._raised = True
        elif tag == "table" and len(self._open) < _DEEPEST:
            self._end_line()
            table = HtmlTable()
            self._open.append((table, self._into))
            self._into.append(table)
        elif tag == "tr" and self._open:
            self._end_line()
            self._open[-1][0].rows.append([])
        elif tag in ("td", "th") and self._open:
            self._end_line()
            rows = self._open[-1][0].rows
            if not rows:
                rows.append([])
            spans = dict(attrs)
            rows[-1].append(HtmlCell(_span(spans.get("rowspan")), _span(spans.get("colspan"))))
            self._into = rows[-1][-1].content
        elif tag in _BLOCKS:
            if self._text != [self._number]:  # `<li><p>`: the number stands before the paragraph
                self._end_line()
            self._level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else self._level
            self._count(tag, dict(attrs))
            self._middle += tag == "center"
            if tag not in ("br", "hr"):
                in_middle = (dict(attrs).get("align") or "").lower() == "center" or _CENTRED.search(style)
                self._centred = bool(in_middle)
                self._block_bold = _is_bold(style, False)
        elif tag in _INLINE and len(self._inline) < _MOST_INLINE:
            around = self._inline[-1][1] if self._inline else self._block_bold
            self._inline.append((tag, _is_bold(style, around or tag in ("b", "strong"))))

    def handle_endtag(self, tag: str) -> None:
        if self._unprinted:
            self._unprinted = "" if tag == self._unprinted else self._unprinted
        elif tag == "sup":
            self._raised = False
        elif tag == "table" and self._open:
            self._end_table()
        elif tag in _BLOCKS or tag in ("td", "th", "tr"):
            self._end_line()
            if tag in ("ol", "ul") and self._lists:
                self._lists.pop()
            self._middle -= tag == "center" and self._middle > 0
            self._centred = self._block_bold = False
        elif (
            opened := next((at for at, each in enumerate(self._inline) if each[0] == tag), None)
        ) is not None:
            del self._inline[opened:]

    def _count(self, tag: str, attrs: dict[str, str | None]) -> None:
        """`<ol><li>`: the number that the page shows before an item."""
        if tag in ("ol", "ul") and len(self._lists) < _MOST_INLINE:
            start = attrs.get("start") or "1"
            self._lists.append(int(start) - 1 if tag == "ol" and re.fullmatch(r"\d{1,4}", start) else None)
        elif tag == "li" and self._lists and (last := self._lists[-1]) is not None:
            self._lists[-1] = last + 1
            self._number = f"{last + 1}."
            self._text.append(self._number)

    def handle_data(self, data: str) -> None:
        if not (self._unprinted or (self._raised and is_note_mark("".join(self._text), data))):
            self._text.append(data)
            if self._inline[-1][1] if self._inline else self._block_bold:
                self._bold_signs += len(data.strip())

    def close(self) -> None:
        super().close()
        while self._open:  # cut off at the end of the file
            self._end_table()
        self._end_line()

    def _end_table(self) -> None:
        self._end_line()
        self._into = self._open.pop()[1]

    def _end_line(self) -> None:
        """A line of the source is no line of the page: white space of any length is one blank."""
        text = re.sub(r"\s+", " ", "".join(self._text)).strip()
        if text:
            bold = self._bold_signs * 2 > len(text)
            self._into.append(Paragraph(text, self._level, bold, self._centred or self._middle > 0))
        self._text, self._level, self._bold_signs = [], 0, 0


def _is_bold(style: str, otherwise: bool) -> bool:
    weight = _WEIGHT.search(style)
    return otherwise if weight is None else weight[1] is not None


def _span(text: str | None) -> int:
    """`colspan="3"` -> 3; what is no number, or larger than any sheet (`99999999`), is 1."""
    digits = (text or "").strip()
    return max(int(digits), 1) if digits.isdecimal() and len(digits) < 8 else 1
