"""A section with a table and a footnote in its text, for the tests of the editor."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.text_table import TextTable, stored_table
from desktop.ui.session import Session
from desktop.ui.text_editor.block_text import BlockText
from desktop.ui.text_editor.field_document import Run, runs

KEY = FactKey("narrative", "problems", "text")
OTHER = FactKey("narrative", "measures", "text")
TABLE = TextTable((("项目", "金额"), ("水费", "1.00")))
TABLE_KEY = FactKey("blocks", "3", "table")
STORED = "甲⟦note=〔注：决算口径〕⟧乙\n⟦block 3⟧\n丙"
SHOWN = "甲〔注：决算口径〕乙\n［表格 2行2列：项目、金额］\n丙"


def write_section(session: Session) -> None:
    session.write("填写", [(TABLE_KEY, stored_table(TABLE)), (KEY, STORED)])


def stand(text: BlockText, start: int, end: int | None = None) -> None:
    cursor = text.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start if end is None else end, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)


def chip_in(text: BlockText) -> Run:
    return next(run for run in runs(text.document()) if run.block)


def note_in(text: BlockText) -> Run:
    return next(run for run in runs(text.document()) if run.is_note)
