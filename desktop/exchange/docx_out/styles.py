"""The styles of a Word report after GB/T 9704-2012, its list of fonts, and its settings.

Everything is black, no font or colour comes from a theme: WPS reports fonts of a theme as missing. The
headings are Word's own, so that its navigation and its table of contents find them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.exchange.docx_out.wordml import FONTS, HEAD, NAMESPACES, TRACK, fonts, size

BODY_POINTS = 16.0  # 3号
LINE = 579
"""28.95 pt, 22 lines on a page; the 29 that Word offers are only 21 (docs/domain.md 7)."""
_AS_IN_PRINT = (
    '<w:widowControl/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    '<w:snapToGrid w:val="0"/>'
)
"""No mark hangs in the margin; figures stand as close to their neighbours as in the PDF."""
_STAND_INS = {"title": "华文中宋", "kai": "楷体", "fangsong": "仿宋"}
"""What a Windows without the font has in its place."""

Align = Literal["both", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of paragraph is set. `indent` in characters of the first line; `leading` 0: a single line.

    `name` is what the user sees in the list of styles; Word knows its own by their English names.
    """

    id: str
    name: str
    face: str = "fangsong"
    points: float = BODY_POINTS
    leading: int = LINE
    indent: int = 2
    align: Align = "both"
    before: int = 0
    after: int = 0
    keep_with_next: bool = False
    outline: int | None = None

    def xml(self) -> str:
        kind = (
            ' w:default="1"' if self.id == "Normal" else "" if self.name.isascii() else ' w:customStyle="1"'
        )
        based = "" if self.id == "Normal" else '<w:basedOn w:val="Normal"/>'
        follows = '<w:next w:val="Normal"/>' if self.outline is not None else ""
        return (
            f'<w:style w:type="paragraph"{kind} w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            f"{based}{follows}<w:qFormat/><w:pPr>{self._paragraph()}</w:pPr><w:rPr>{self._run()}</w:rPr></w:style>"
        )

    def _paragraph(self) -> str:
        rule = (
            f'w:line="{self.leading}" w:lineRule="exact"'
            if self.leading
            else 'w:line="240" w:lineRule="auto"'
        )
        first = round(self.indent * self.points * 20)
        parts = (
            "<w:keepNext/>" if self.keep_with_next else "",
            _AS_IN_PRINT if self.id == "Normal" else "",
            f'<w:spacing w:before="{self.before}" w:after="{self.after}" {rule}/>',
            f'<w:ind w:firstLineChars="{self.indent * 100}" w:firstLine="{first}"/>',
            f'<w:jc w:val="{self.align}"/>',
            "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>',
        )
        return "".join(parts)

    def _run(self) -> str:
        track = TRACK if self.points == BODY_POINTS else 0
        return f'{fonts(self.face)}<w:spacing w:val="{track}"/>{size(self.points)}'


def _heading(level: int, face: str) -> Style:
    return Style(f"Heading{level}", f"heading {level}", face, keep_with_next=True, outline=level - 1)


STYLES = (
    Style("Normal", "Normal"),
    _heading(1, "hei"),
    _heading(2, "kai"),
    _heading(3, "fangsong"),
    _heading(4, "fangsong"),
    _heading(5, "fangsong"),
    Style("Title", "Title", "title", 22, 680, 0, "center", after=LINE),
    Style("Addressee", "主送机关", indent=0),
    Style("AnnexList", "附件说明", indent=0),
    Style("Signature", "署名和日期", indent=0, align="right"),
    Style("AnnexMark", "附件标识", "hei", BODY_POINTS, LINE, 0, "left", 0, LINE, True, 0),
    Style("AnnexTitle", "附件标题", "title", 18, 540, 0, "center", 0, 200, True, 1),
    Style("CoverTitle", "封面标题", "title", 34, 1080, 0, "center"),
    Style("CoverLine", "封面落款", "fangsong", 18, 800, 0, "center"),
    Style("Caption", "caption", "hei", 14, 520, 0, "center", before=120, keep_with_next=True),
    Style("PictureCaption", "图题", "hei", 14, 520, 0, "center", after=120),
    Style("TableUnit", "表格单位", "fangsong", 12, 400, 0, "right", keep_with_next=True),
    Style("FootnoteText", "footnote text", "song", 9, 260, 0, "left"),
    Style("Note", "表注", "song", 10.5, 320, 0, "left", before=80, after=160),
    Style("SignLine", "签字行", "song", 9.5, 320, 0, "left", before=120),
    Style("Cell", "表格文字", "song", 10, 0, 0, "center"),
    Style("Chart", "图", "song", 10.5, 0, 0, "center", before=160, after=160),
    Style("Gap", "表格间隔", "song", 1, 20, 0, "left"),
    Style("Footer", "footer", "song", 14, 280, 0, "left"),
)

POINTS = {style.id: style.points for style in STYLES}


def styles_xml() -> str:
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts('fangsong')}{size(BODY_POINTS)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    styles = "".join(style.xml() for style in STYLES)
    return f"{HEAD}<w:styles {NAMESPACES}>{defaults}{table}{styles}</w:styles>"


def font_table_xml() -> str:
    """The fonts with what may stand in for them: not every office has 小标宋 and the fonts of GB2312."""
    listed = []
    for face, name in FONTS.items():
        other = f'<w:altName w:val="{_STAND_INS[face]}"/>' if face in _STAND_INS else ""
        listed.append(
            f'<w:font w:name="{name}">{other}<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        )
    return f"{HEAD}<w:fonts {NAMESPACES}>{''.join(listed)}</w:fonts>"


def settings_xml() -> str:
    """Page numbers change sides; marks may give up their empty half; Word works as its newer versions do."""
    return (
        f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/>'
        '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat></w:settings>'
    )
