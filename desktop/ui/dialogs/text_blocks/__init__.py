"""The dialogs behind the tables and pictures of the report's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.text_blocks.picture import Picture
from desktop.domain.text_blocks.text_table import TextTable
from desktop.ui.dialogs import answered

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.session import Session

Block = TextTable | Picture


def changed_block(session: Session, block: Block, parent: QWidget) -> Block | None:
    """Show a table or picture; what it became, None where it stays as it is."""
    if isinstance(block, Picture):
        from desktop.ui.dialogs.text_blocks.picture_view import PictureDialog

        shown = PictureDialog(block, parent)
        with answered(shown) as agreed:
            return shown.picture if agreed and shown.picture != block else None
    from desktop.ui.dialogs.text_blocks.text_table import TextTableDialog

    dialog = TextTableDialog(session, block, parent)
    with answered(dialog) as agreed:
        table = dialog.sheet.table
        return table if agreed and table != block else None
