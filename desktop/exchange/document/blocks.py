"""The neutral document between the report and its writers (PDF, Word, preview): what is said, not how.

Writers decide fonts and measures; every word on paper is decided here or in compose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.picture import Picture
from desktop.exchange.document.charts import ChartData

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first sheet: the title's lines, and below them the lines that are sealed. Not numbered."""

    title: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A centred title, of the report itself or (`annex`) of a form."""

    text: str
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Addressee:
    """主送机关 below the title: flush left, the full-width colon included."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """`number` is literal text (`一、`, `（二）`): automatic numbers get lost in conversion."""

    level: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph; `heading` sets it like a heading of the second level.

    `note` is a footnote: its mark stands behind the piece, its words at the foot of the page.
    """

    text: str
    heading: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text, indented by two characters; a `note` is small and stands below a form."""

    runs: tuple[Run, ...]
    note: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell over `cols` columns and `rows` rows; `indent` in characters, for the rows behind 其中."""

    text: str = ""
    cols: int = 1
    rows: int = 1
    align: Align = "center"
    bold: bool = False
    indent: int = 0
    key: FactKey | None = field(default=None, compare=False)
    """The fact that stands here, for who wants to get from paper to it; it is not to be seen."""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A ruled form. Places covered by a cell above or to the left are left out of `rows`.

    `widths` are relative. The first `header_rows` rows come again on every page. An `attached` table goes
    on directly below the one before: the two are one form, parted only because each has a head of its own.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    caption: str = ""
    attached: bool = False
    points: float = 0
    """The type size of a table in the text; 0: a form, in the size that makes it fit its pages."""
    turned: bool = False
    """Too wide for an upright page."""


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture between paragraphs, centred, at most as wide as the text."""

    picture: Picture


@dataclass(frozen=True, slots=True)
class Caption:
    """A line that belongs to a table below it or a picture above it: `表1 收支情况` centred, `单位：万元` at the right."""

    text: str
    align: Literal["center", "right"] = "center"
    above: bool = True


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart of the figures under the section before it."""

    kind: Literal["three_public", "execution"]
    data: ChartData


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new upright page."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A new page, on its side for a wide table in the text, or upright again behind it."""

    landscape: bool


@dataclass(frozen=True, slots=True)
class AnnexMark:
    """`附件1` at the head of a new page, and the title under which the annex is found in the bookmarks."""

    mark: str
    title: str
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class AnnexList:
    """附件说明 behind the body: the titles of the annexes, to be numbered from 1."""

    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignLine:
    """The last line of a form: `单位负责人签字：`, `填表人：张三`, spread over the width."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and date below the body; either may be empty."""

    name: str
    date: str

    def right_indents(self, width: Callable[[str], float] | None = None) -> tuple[float, float]:
        """Characters in from the right of name and date: the date four, the name centred over it.

        `width` in characters, for writers that know their type better than width_em.

        A name too long for that keeps to the margin and the date is centred below it. Source: GB/T 9704-2012
        7.3.5.1 (sealed documents); docs/domain.md 7.
        """
        width = width or width_em
        overhang = (width(self.name) - width(self.date)) / 2  # of the name over the date at either side
        return (4 - overhang, 4.0) if overhang <= 4 else (0.0, overhang)


Block = (
    Cover
    | Title
    | Addressee
    | Heading
    | Paragraph
    | TableBlock
    | PictureBlock
    | Caption
    | ChartBlock
    | PageBreak
    | Turn
    | AnnexMark
    | AnnexList
    | SignLine
    | Signature
)


def width_em(text: str) -> float:
    """The width in characters: Latin and digits count half. U+2000 begins what Chinese fonts set full width: “—…."""
    return sum(0.5 if char < "\u2000" else 1.0 for char in text)


def picture_size(picture: Picture, room: float, tallest: float) -> tuple[float, float]:
    """Width and height in mm: as it was, or as 150 points to the inch make it, within the room."""
    wide = picture.millimetres or picture.width / 150 * 25.4
    wide = min(wide, room)
    high = wide * picture.height / picture.width
    return (wide, high) if high <= tallest else (wide * tallest / high, tallest)


def body(text: str) -> Paragraph:
    """A plain paragraph of the body."""
    return Paragraph((Run(text),))


def numbered_titles(titles: Iterable[str]) -> list[str]:
    """`1.基础数据表`, `2.自评表`; a single annex has no number."""
    given = list(titles)
    return given if len(given) == 1 else [f"{place}.{title}" for place, title in enumerate(given, 1)]


def cells_in_place(table: TableBlock) -> Iterator[tuple[int, int, Cell]]:
    """Every cell with the row and column (from 0) of its upper left corner."""
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            covered.update(
                (row + down, column + right) for down in range(cell.rows) for right in range(cell.cols)
            )
            yield row, column, cell
            column += cell.cols


def texts(block: Block) -> Iterator[str]:
    """Every text a block shows, in reading order; rows of a table as one text with tabs between cells."""
    match block:
        case Cover(title, lines):
            yield from title
            yield from lines
        case Title(text) | Addressee(text) | Caption(text):
            yield text
        case Heading(_, number, text):
            yield number + text
        case Paragraph():
            yield block.text
            yield from (run.note for run in block.runs if run.note)
        case TableBlock():
            yield from filter(None, [block.caption])
            yield from ("\t".join(cell.text for cell in row) for row in block.rows)
        case ChartBlock(_, data):
            yield data.title
            yield from (group.label for group in data.groups)
        case AnnexMark(mark):
            yield mark
        case AnnexList(titles):
            yield "附件：" + "\n".join(numbered_titles(titles))
        case SignLine(parts):
            yield "\t".join(parts)
        case Signature(name, date):
            yield from filter(None, [name, date])
        case PageBreak() | Turn() | PictureBlock():
            return
