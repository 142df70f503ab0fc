"""The small pieces of WordprocessingML: text that XML can hold, runs, fields and paragraphs.

Lengths are twips (a twentieth of a point) unless a name says otherwise. Everything is written as text: the
files of a document are few and fixed, and no tree has to be built for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

FONTS = {  # face -> the name that Word and WPS know; see styles.py for what stands in for it
    "title": "方正小标宋简体",
    "hei": "黑体",
    "kai": "楷体_GB2312",
    "fangsong": "仿宋_GB2312",
    "song": "宋体",
}
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TRACK = -4
"""Between characters of 3号: 28 of them need 158 mm, the line has 156 (docs/domain.md 7)."""

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""All that XML 1.0 does not allow: control characters of old programs, lone surrogates."""
_MARKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def twips(mm: float) -> int:
    return round(mm / 25.4 * 1440)


def illegal_characters(texts: Iterable[str]) -> int:
    """How many characters cannot stand in an XML file at all; they are left out."""
    return sum(len(_ILLEGAL.findall(text)) for text in texts)


def cleaned(text: str) -> str:
    """Without what XML cannot hold, and with `\\n` for every end of line."""
    return _ILLEGAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def without_illegal_characters(text: str) -> str:
    """As `cleaned`, but each leaves a mark or a blank: no sign is lost, so that all are found again by counting."""
    return cleaned(
        _ILLEGAL.sub(lambda match: " " if match[0].isspace() else "\N{REPLACEMENT CHARACTER}", text)
    )


def attribute(text: str) -> str:
    """Quoted, on one line."""
    return quoteattr(" ".join(cleaned(text).split()))


def content(text: str) -> str:
    """For an element that keeps its spaces."""
    return escape(cleaned(text))


def fonts(face: str) -> str:
    """One font for all scripts, so that “ ” and — are never taken from a Latin one; no theme decides."""
    name = FONTS[face]
    slots = " ".join(f'w:{slot}="{name}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts w:hint="eastAsia" {slots}/>'


def size(points: float) -> str:
    half = round(points * 2)  # half-points, as the format counts
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def run(text: str, face: str, points: float | None = None) -> str:
    """A run in one font; size and spacing come from the paragraph's style unless given."""
    pieces = (
        _MARKS.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in re.split("([\n\t])", cleaned(text))
        if piece
    )
    looks = fonts(face) + (size(points) if points else "")
    return f"<w:r><w:rPr>{looks}</w:rPr>{''.join(pieces)}</w:r>"


def drawing(inline: str, face: str) -> str:
    """A run of a picture; its font decides nothing but the height of an empty line."""
    return f"<w:r><w:rPr>{fonts(face)}</w:rPr>{inline}</w:r>"


def page_number(face: str) -> str:
    """The field PAGE in the three parts that every program understands."""
    looks = f"<w:rPr>{fonts(face)}</w:rPr>"
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{looks}{part}</w:r>" for part in parts)


@dataclass(slots=True)
class Paragraph:
    """A paragraph not yet written; `section` ends a section behind it and `new_page` begins a page with it.

    `direct` is direct formatting, as Word calls it: properties of this paragraph alone, in the order the format
    wants, from w:tabs on.
    """

    style: str
    runs: str = ""
    direct: str = ""
    keep_with_next: bool = False
    new_page: bool = False
    section: str = ""

    def xml(self) -> str:
        flow = "<w:keepNext/>" if self.keep_with_next else ""
        flow += "<w:pageBreakBefore/>" if self.new_page else ""
        properties = f'<w:pStyle w:val="{self.style}"/>{flow}{self.direct}{self.section}'
        return f"<w:p><w:pPr>{properties}</w:pPr>{self.runs}</w:p>"
