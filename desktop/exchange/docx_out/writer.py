"""The document as a Word file in the format of official papers, which opens in Word and WPS alike.

The few parts of the package are written here and in the modules beside it: python-docx would begin with a
template of its own, whose themes, colours and hundred styles would all have to be taken out again.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.exchange.document.blocks import Block, texts
from desktop.exchange.docx_out.footnotes import footnotes_xml
from desktop.exchange.docx_out.page import footers
from desktop.exchange.docx_out.story import Story
from desktop.exchange.docx_out.styles import font_table_xml, settings_xml, styles_xml
from desktop.exchange.docx_out.wordml import FONTS, HEAD, NAMESPACES, content, illegal_characters

SUBJECT = "部门整体支出绩效自评"
_TYPES = "application/vnd.openxmlformats-officedocument."
_WORD = f"{_TYPES}wordprocessingml."
_CHART = f"{_TYPES}drawingml.chart+xml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_ENTRY_DATE = (1980, 1, 1, 0, 0, 0)
"""Of every part, the first that zip knows: the same document gives the same file."""


@dataclass(frozen=True, slots=True)
class DocxResult:
    """Fonts the document asks for, how many characters were left out because XML cannot hold them, and
    whether a cover in the middle takes part in the counting of pages, which Word cannot prevent."""

    fonts: tuple[str, ...]
    dropped: int
    cover_is_counted: bool


def docx_bytes(blocks: Sequence[Block], *, title: str, author: str) -> tuple[bytes, DocxResult]:
    """The file's content; the same blocks give the same bytes, but for the workbooks behind charts."""
    story = Story()
    story.add_all(blocks)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in _parts(story, title, author):
            entry = zipfile.ZipInfo(name, _ENTRY_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, part)
    dropped = illegal_characters(text for block in blocks for text in texts(block))
    return stream.getvalue(), DocxResult(tuple(FONTS.values()), dropped, story.cover_is_counted)


def _parts(story: Story, title: str, author: str) -> Iterator[tuple[str, str | bytes]]:
    """Every file of the package; the list of types comes first, as Word writes it."""
    body = story.body()
    yield "[Content_Types].xml", _content_types(story)
    yield (
        "_rels/.rels",
        _relations(
            [
                ("document", f"{_RELATIONS}officeDocument", "word/document.xml"),
                ("core", f"{_PACKAGE}relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
    )
    yield "docProps/core.xml", _core(title, author)
    yield "word/document.xml", f"{HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    links = [(name, f"{_RELATIONS}{name}", f"{name}.xml") for name in ("styles", "settings", "fontTable")]
    links += [(foot.id, f"{_RELATIONS}footer", foot.file) for foot in footers()]
    links += [(chart.id, f"{_RELATIONS}chart", f"charts/{chart.id}.xml") for chart in story.charts]
    links += [(one.id, f"{_RELATIONS}image", f"media/{one.file}") for one in story.pictures]
    links += [("footnotes", f"{_RELATIONS}footnotes", "footnotes.xml")] if story.notes else []
    yield "word/_rels/document.xml.rels", _relations(links)
    yield "word/styles.xml", styles_xml()
    yield "word/settings.xml", settings_xml()
    yield "word/fontTable.xml", font_table_xml()
    yield from ((f"word/{foot.file}", foot.xml) for foot in footers())
    if story.notes:
        yield "word/footnotes.xml", footnotes_xml(story.notes)
    yield from ((f"word/media/{one.file}", one.picture.data) for one in story.pictures)
    for chart in story.charts:
        yield f"word/charts/{chart.id}.xml", chart.xml()
        figures = ("figures", f"{_RELATIONS}package", f"../embeddings/{chart.id}.xlsx")
        yield f"word/charts/_rels/{chart.id}.xml.rels", _relations([figures])
        yield f"word/embeddings/{chart.id}.xlsx", chart.workbook()


def _content_types(story: Story) -> str:
    types = {
        "docProps/core.xml": _CORE,
        "word/document.xml": f"{_WORD}document.main+xml",
        "word/styles.xml": f"{_WORD}styles+xml",
        "word/settings.xml": f"{_WORD}settings+xml",
        "word/fontTable.xml": f"{_WORD}fontTable+xml",
        **{f"word/{foot.file}": f"{_WORD}footer+xml" for foot in footers()},
        **{f"word/charts/{chart.id}.xml": _CHART for chart in story.charts},
    }
    if story.notes:
        types["word/footnotes.xml"] = f"{_WORD}footnotes+xml"
    kinds = "".join(
        f'<Default Extension="{kind}" ContentType="image/{kind}"/>'
        for kind in dict.fromkeys(one.picture.kind for one in story.pictures)
    )
    listed = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in types.items())
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="xlsx" ContentType="{_TYPES}spreadsheetml.sheet"/>{kinds}{listed}</Types>'
    )


def _relations(links: Sequence[tuple[str, str, str]]) -> str:
    """Of id, type and target; all of them lead to other parts of the package."""
    listed = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in links
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}relationships">{listed}</Relationships>'


def _core(title: str, author: str) -> str:
    dublin = "http://purl.org/dc/elements/1.1/"
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties" xmlns:dc="{dublin}">'
        f"<dc:title>{content(title)}</dc:title><dc:subject>{SUBJECT}</dc:subject>"
        f"<dc:creator>{content(author)}</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
