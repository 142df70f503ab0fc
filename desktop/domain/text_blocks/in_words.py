"""What is stored of a table or picture, said to people: nobody reads JSON."""

from __future__ import annotations

import re

from desktop.domain.text_blocks.picture import Picture, parse_picture
from desktop.domain.text_blocks.text_table import TextTable, parse_table

_BLOCK = re.compile(r"⟦block (\d+)(?:=[^⟦⟧]*)?⟧")
_NOTE = re.compile(r"⟦note=([^⟦⟧]*)⟧")


def block_words(stored: str) -> str:
    """`表格（6行4列）`, `图片（800×600）`; of a table also what stands in its head."""
    return said_of(parse_table(stored) or parse_picture(stored))


def with_named_blocks(stored: str) -> str:
    """A section's text with `［表格或图片3］` and `〔注：…〕` in place of their marks."""
    if "⟦" not in stored:
        return stored
    return _NOTE.sub(r"\1", _BLOCK.sub(r"［表格或图片\1］", stored))


def said_of(block: TextTable | Picture | None) -> str:
    if isinstance(block, Picture):
        return f"图片（{block.caption}）"
    return f"表格（{block.caption}）" if block is not None else "（读不出的表格或图片）"
