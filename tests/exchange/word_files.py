"""Word documents made of plain XML: each test writes only the marks that it is about."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {"document": "document.main", "styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}


def run(text: str, more: str = "") -> str:
    properties = f"<w:rPr>{more}</w:rPr>" if more else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    """`text` is the text itself or, where it holds tags, what stands in the paragraph."""
    inside = text if "<" in text or not text else run(text)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def in_list(text: str, number: int, level: int = 0) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, numbering)


def table(*rows: tuple[str, ...]) -> str:
    """Cells as text, as paragraphs in XML, or as whole `<w:tc>`."""
    said = ""
    for row in rows:
        cells = (
            each
            if each.startswith("<w:tc>")
            else f"<w:tc>{each if '<w:p>' in each else paragraph(each)}</w:tc>"
            for each in row
        )
        said += f"<w:tr>{''.join(cells)}</w:tr>"
    return f"<w:tbl><w:tblPr/>{said}</w:tbl>"


def level(number: int, shape: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def family(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def use(number: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def docx(body: str, *, styles: str = "", numbering: str = "", footnotes: str = "") -> bytes:
    parts = {"document": f"<w:body>{body}</w:body>", "styles": styles}
    parts |= {"numbering": numbering, "footnotes": footnotes}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        links, types = "", ""
        for name, inside in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {_SPACES}>{inside}</w:{name}>")
            links += f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
            types += f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{_PARTS[name]}+xml"/>'
        main = f'<Relationship Id="m" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", _LINKS.format(main))
        archive.writestr("word/_rels/document.xml.rels", _LINKS.format(links))
        usual = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{usual}{types}</Types>',
        )
    return packed.getvalue()


def saved(folder: Path, data: bytes, name: str = "报告.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
