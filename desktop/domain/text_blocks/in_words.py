"""What is stored of a table or picture, said to people: nobody reads JSON."""

from __future__ import annotations

from desktop.domain.text_blocks.marks import BLOCK_MARK, NOTE_MARK
from desktop.domain.text_blocks.picture import Picture, parse_picture
from desktop.domain.text_blocks.text_table import TextTable, parse_table

_MOST_TOLD, _SIGNS_TOLD = 20, 40


def block_words(stored: str) -> str:
    """`表格（6行4列）`, `图片（800×600）`; of a table also what stands in its head."""
    return said_of(parse_table(stored) or parse_picture(stored))


def changed_cells(before: str, after: str) -> list[str]:
    """`第3行第2列：10.00 → 11.00`, of two tables of one shape; of many the first, and how many more."""
    old, new = parse_table(before), parse_table(after)
    if old is None or new is None or (len(old.rows), old.width) != (len(new.rows), new.width):
        return []
    told = [
        f"第{row}行第{column}列：{_brief(was) or '（空）'} → {_brief(now) or '（空）'}"
        for row, (old_row, new_row) in enumerate(zip(old.rows, new.rows, strict=True), 1)
        for column, (was, now) in enumerate(zip(old_row, new_row, strict=True), 1)
        if was != now
    ]
    more = [f"另有{len(told) - _MOST_TOLD}格"] if len(told) > _MOST_TOLD else []
    return [*told[:_MOST_TOLD], *more]


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SIGNS_TOLD else f"{line[: _SIGNS_TOLD - 1]}…"


def with_named_blocks(stored: str) -> str:
    """A section's text with `［表格或图片3］` and `〔注：…〕` in place of their marks."""
    if "⟦" not in stored:
        return stored
    return NOTE_MARK.sub(r"\1", BLOCK_MARK.sub(r"［表格或图片\1］", stored))


def said_of(block: TextTable | Picture | None) -> str:
    if isinstance(block, Picture):
        return f"图片（{block.caption}）"
    return f"表格（{block.caption}）" if block is not None else "（读不出的表格或图片）"
