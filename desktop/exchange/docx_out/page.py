"""The pages of a Word report: margins of the sections, and the page numbers at their foot.

As in the PDF (docs/domain.md 7): “— 1 —” in 4号宋体 7 mm below the text, one character in from the right on odd and from the
left on even pages; a cover has none. Landscape pages go into the binder turned, head to the left: their
number stands at the left edge, turned, where an upright page has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.exchange.docx_out.wordml import HEAD, NAMESPACES, Paragraph, page_number, run, twips

Sheet = Literal["cover", "portrait", "landscape"]

_SHORT, _LONG = 11906, 16838  # A4
_TOP, _LEFT, _BOTTOM = twips(37), twips(28), twips(35)
_RIGHT = twips(25.9)
"""0.1 mm less than 26: 28 characters narrowed by whole steps of 0.2 pt are that much wider than 156 mm."""
WIDTHS: dict[Sheet, int] = {
    "cover": _SHORT - _LEFT - _RIGHT,
    "portrait": _SHORT - _LEFT - _RIGHT,
    "landscape": _LONG - _TOP - _BOTTOM,
}
HEIGHTS: dict[Sheet, int] = {
    "cover": _LONG - _TOP - _BOTTOM,
    "portrait": _LONG - _TOP - _BOTTOM,
    "landscape": _SHORT - _LEFT - _RIGHT,
}
_NUMBER_SIZE = 280
"""A line of the page number, and one character of it: 14 pt."""
_NUMBER_DROP = _BOTTOM - twips(7) - _NUMBER_SIZE // 2
"""From the edge of the paper to the line of the page number, whose dash is 7 mm below the text."""


@dataclass(frozen=True, slots=True)
class Footer:
    """A part of the package: its relationship's id, its file and its content."""

    id: str
    file: str
    xml: str


def footers() -> tuple[Footer, ...]:
    """One for each kind of sheet and side."""
    bare = Paragraph("Footer").xml()
    made = {
        "cover": bare,
        "portraitOdd": _number("right"),
        "portraitEven": _number("left"),
        "landscapeOdd": _turned("right") + bare,
        "landscapeEven": _turned("left") + bare,
    }
    return tuple(
        Footer(f"{name}Foot", f"footer{place}.xml", f"{HEAD}<w:ftr {NAMESPACES}>{xml}</w:ftr>")
        for place, (name, xml) in enumerate(made.items(), 1)
    )


def section(sheet: Sheet, first_number: int | None = None) -> str:
    """The properties of a section, whose first page is `first_number` or goes on counting."""
    sides = ("cover", "cover") if sheet == "cover" else (f"{sheet}Odd", f"{sheet}Even")
    feet = "".join(
        f'<w:footerReference w:type="{kind}" r:id="{side}Foot"/>'
        for kind, side in zip(("default", "even"), sides, strict=True)
    )
    start = "" if first_number is None else f'<w:pgNumType w:start="{first_number}"/>'
    if sheet == "landscape":
        paper = f'<w:pgSz w:w="{_LONG}" w:h="{_SHORT}" w:orient="landscape"/>'
        margins = (_LEFT, _TOP, _RIGHT, _BOTTOM)
    else:
        paper = f'<w:pgSz w:w="{_SHORT}" w:h="{_LONG}"/>'
        margins = (_TOP, _RIGHT, _BOTTOM, _LEFT)
    sides_of_page = zip(("top", "right", "bottom", "left"), margins, strict=True)
    edges = " ".join(f'w:{side}="{width}"' for side, width in sides_of_page)
    foot = _NUMBER_DROP if sheet != "landscape" else twips(10)  # nothing stands there: its number floats
    return (
        f'<w:sectPr>{feet}<w:type w:val="nextPage"/>{paper}'
        f'<w:pgMar {edges} w:header="{twips(15)}" w:footer="{foot}" w:gutter="0"/>{start}</w:sectPr>'
    )


def _number(side: str) -> str:
    indent = f'<w:ind w:{side}Chars="100" w:{side}="{_NUMBER_SIZE}"/><w:jc w:val="{side}"/>'
    return Paragraph("Footer", run("— ", "song") + page_number("song") + run(" —", "song"), indent).xml()


def _turned(side: str) -> str:
    """A floating cell as high as an upright page is wide, its text turned to read from top to bottom."""
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page"'
        f' w:horzAnchor="page" w:tblpX="{_NUMBER_DROP}" w:tblpY="{_LEFT}"/><w:tblW w:w="{_NUMBER_SIZE}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{_NUMBER_SIZE}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:trHeight w:val="{WIDTHS["portrait"]}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{_NUMBER_SIZE}" w:type="dxa"/><w:textDirection w:val="tbRl"/></w:tcPr>'
        f"{_number(side)}</w:tc></w:tr></w:tbl>"
    )
