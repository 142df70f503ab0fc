"""A table or picture of the text as a hint shows it: the thing itself, small."""

from __future__ import annotations

import base64
from html import escape

from desktop.domain.assessment import Assessment
from desktop.domain.fields.fields import expanded
from desktop.domain.text_blocks.picture import Picture
from desktop.domain.text_blocks.text_table import Area, TextTable
from desktop.ui import theme
from desktop.ui.hints import paragraph

_ROWS, _COLUMNS, _SIGNS, _LINE = 12, 8, 24, 64
_PICTURE_WIDTH, _PICTURE_HEIGHT = 360, 260
_NUMBER_SIGNS = set("0123456789.,，%％-−+ ")


def block_hint(assessment: Assessment, block: TextTable | Picture) -> str:
    if isinstance(block, Picture):
        return _picture(block) + paragraph(f"图片 {block.caption}　双击查看")
    more = (
        [f"共{len(block.rows)}行{block.width}列"] if len(block.rows) > _ROWS or block.width > _COLUMNS else []
    )
    said = block.mapped(lambda text: _brief(" ".join(expanded(assessment, text).split()), _signs(block)))
    table = html_of(assessment, said, _ROWS, _COLUMNS).replace("<td", '<td style="white-space:nowrap"')
    return table + paragraph("，".join([*more, "双击编辑"]))


def _signs(table: TextTable) -> int:
    """Of each cell: all columns together are as wide as a hint may be."""
    return min(_LINE // min(table.width, _COLUMNS), _SIGNS)


def html_of(assessment: Assessment, table: TextTable, rows: int, columns: int) -> str:
    """The first rows and columns, fields filled in, as a page has them."""
    head = table.head_rows
    lines = [""] * min(rows, len(table.rows))
    for area, text in table.cells():
        if area.row < len(lines) and area.column < columns:
            said = expanded(assessment, text).strip()
            lines[area.row] += _cell(area, said, len(lines), columns, area.row < head)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    style = f"border-collapse:collapse;border:1px solid {theme.BLOCK_LINE}"
    return f'<table border="1" cellspacing="0" cellpadding="4" style="{style}">{body}</table>'


def is_figure(text: str) -> bool:
    return bool(text) and set(text) <= _NUMBER_SIGNS


def _brief(text: str, signs: int) -> str:
    return text if len(text) <= signs else f"{text[: signs - 1]}…"


def _cell(area: Area, text: str, rows: int, columns: int, head: bool) -> str:
    spans = ""
    down, right = min(area.rows, rows - area.row), min(area.columns, columns - area.column)
    spans += f' rowspan="{down}"' if down > 1 else ""
    spans += f' colspan="{right}"' if right > 1 else ""
    align = "center" if head else "right" if is_figure(text) else "left"
    colour = f' bgcolor="{theme.HEADING}"' if head else ""
    words = escape(text).replace("\n", "<br>") or "&nbsp;"
    return f'<td{spans}{colour} align="{align}" valign="middle">{words}</td>'


def _picture(picture: Picture) -> str:
    scale = min(_PICTURE_WIDTH / picture.width, _PICTURE_HEIGHT / picture.height, 1)
    size = f'width="{round(picture.width * scale)}" height="{round(picture.height * scale)}"'
    return f'<img {size} src="{source_of(picture)}">'


def source_of(picture: Picture) -> str:
    """The picture itself, where a page names a file."""
    return f"data:image/{picture.kind};base64,{base64.b64encode(picture.data).decode()}"
