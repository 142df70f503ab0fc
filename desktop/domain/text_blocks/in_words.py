"""What is stored of a table or picture, said to people: nobody reads JSON."""

from __future__ import annotations

from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.marks import PICTURE
from desktop.domain.text_blocks.picture import Picture, parse_picture
from desktop.domain.text_blocks.text_table import TextTable, parse_table


def block_name(key: FactKey) -> str:
    """`正文里的表格3`."""
    return f"正文里的{'图片' if key.column == PICTURE else '表格'}{key.row}"


def block_words(stored: str) -> str:
    """`表格（6行4列）`, `图片（800×600）`; of a table also what stands in its head."""
    return said_of(parse_table(stored) or parse_picture(stored))


def said_of(block: TextTable | Picture | None) -> str:
    if isinstance(block, Picture):
        return f"图片（{block.caption}）"
    return f"表格（{block.caption}）" if block is not None else "（读不出的表格或图片）"
