"""表格、图片、脚注: the button below a section's text that puts in what is no text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton

from desktop.ui.dialogs import answered
from desktop.ui.text_editor.block_text import BlockText


class InsertBlocks(QPushButton):
    """Its menu; the footnote also on a key, in the text."""

    def __init__(self, text: BlockText) -> None:
        super().__init__("表格图片")
        self.setObjectName("insertBlocks")
        self.setAccessibleName("插入表格、图片、脚注")
        self.setToolTip("在光标处插入表格、图片或脚注；复制好的表格、图片也可直接粘贴到正文里")
        self._text = text
        menu = QMenu(self)
        menu.setObjectName("insertBlocksMenu")
        for name, words, deed in (
            ("insertTable", "表格…", self.insert_table),
            ("insertPicture", "图片…", self.insert_picture),
            ("insertNote", "脚注", text.insert_note),
        ):
            action = menu.addAction(words)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, deed=deed: deed())
        action.setShortcut(QKeySequence("Ctrl+Alt+F"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        text.addAction(action)
        self.setMenu(menu)

    def insert_table(self) -> None:
        """How large, then the table itself; nothing is put in before that is agreed to."""
        from desktop.domain.text_blocks.table_edits import empty_table
        from desktop.ui.dialogs.text_blocks.table_size import TableSizeDialog
        from desktop.ui.dialogs.text_blocks.text_table import TextTableDialog

        size = TableSizeDialog(self.window())
        with answered(size) as agreed:
            wanted = size.size_wanted() if agreed else None
        if wanted is not None:
            dialog = TextTableDialog(self._text.session, empty_table(*wanted), self.window())
            with answered(dialog) as agreed:
                if agreed:
                    self._text.insert_block(dialog.sheet.table)
        self._text.setFocus()

    def insert_picture(self) -> None:
        from desktop.ui.dialogs.text_blocks.picture_view import choose_picture

        picture = choose_picture(self.window())
        if picture is not None:
            self._text.insert_block(picture)
        self._text.setFocus()
