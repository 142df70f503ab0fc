"""Cells of the past in words: what a cell is called and what stood in it, though its row may be gone."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from typing import cast

from desktop.domain.all_templates import Templates
from desktop.domain.edits import Change
from desktop.domain.facts import PROJECTS, FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import NARRATIVE
from desktop.domain.template import ORDER
from desktop.domain.text_blocks.in_words import block_words, with_named_blocks
from desktop.domain.text_blocks.marks import BLOCKS

EMPTY = "（空）"


class CellWords:
    """Names are taken from the first of the given facts that knows them."""

    def __init__(self, templates: Templates, year: int, *facts: Mapping[FactKey, str]) -> None:
        # A view, not a copy: an export asks for the words of thousands of steps.
        known = ChainMap(*(cast(MutableMapping[FactKey, str], each) for each in facts))
        self._sheet = FactSheet(templates, known, year)

    @classmethod
    def of_changes(
        cls, templates: Templates, year: int, facts: Mapping[FactKey, str], changes: tuple[Change, ...]
    ) -> CellWords:
        """Rows that a step made or removed are called as that step had it, if they are not there now."""
        after = {c.key: c.after for c in changes if c.after is not None}
        before = {c.key: c.before for c in changes if c.before is not None}
        return cls(templates, year, facts, after, before)

    def name(self, key: FactKey) -> str:
        """`三公经费 · 2023年决算数`; of a project's tables with the project in front, of no table its address."""
        if not self._sheet.templates.knows(key):
            return ".".join(key)
        label = self._sheet.label(key)
        project = self._sheet.get(PROJECTS, f"item:{key.scope}", "name") if key.scope else ""
        return f"{project}：{label}" if project else label

    def value(self, key: FactKey, text: str | None) -> str:
        """As it was stored; of the cell that holds a row's place, whether there was that row."""
        if key.column == ORDER and ":" in key.row:
            return "（没有这一行）" if text is None else f"第{text}位"
        return told(key, text)


def told(key: FactKey, text: str | None) -> str:
    """What is stored, for the eye: tables and pictures by what they are, their marks in words."""
    if text is None:
        return EMPTY
    if key.table == BLOCKS:
        return block_words(text)
    return with_named_blocks(text) if key.table == NARRATIVE else text


def brief(text: str, limit: int = 24) -> str:
    """On one line, the beginning of what is long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
