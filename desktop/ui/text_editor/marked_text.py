"""A plain text whose wrong words are underlined, with what is wrong as a hint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.audit.finding import ERROR, REFERENCE
from desktop.ui import theme
from desktop.ui.hints import paragraph

if TYPE_CHECKING:  # nothing is marked at a start: it does without what marks, 2 ms of Qt's classes
    from PySide6.QtGui import QTextCursor
    from PySide6.QtWidgets import QTextEdit

Mark = tuple[int, int, str, str]
"""Start, end, level or REFERENCE, message; offsets count characters as Python does."""


def ink_of(level: str) -> str:
    """The colour in which a level is written."""
    return {ERROR: theme.WRONG, REFERENCE: theme.ACCENT}.get(level, theme.WARN)


def background_of(cursor: QTextCursor, level: str) -> QTextEdit.ExtraSelection:
    """The colour behind words of a level; behind those that are only referred to there is none."""
    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QTextEdit

    selection = QTextEdit.ExtraSelection()
    selection.cursor = cursor
    if level != REFERENCE:
        selection.format.setBackground(QColor(theme.WRONG_SOFT if level == ERROR else theme.WARN_SOFT))
    return selection


class MarkedText(QPlainTextEdit):
    """Marks move with the words under them while somebody types."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marked: list[tuple[QTextCursor, str]] = []

    def show_marks(self, marks: Iterable[Mark]) -> None:
        """Underline these words and no others; what comes first is told first and drawn above the others."""
        text = self.toPlainText()
        self._marked = []
        drawn: list[list[QTextEdit.ExtraSelection]] = []
        for start, end, level, message in sorted(marks, key=lambda mark: mark[2] == REFERENCE):
            cursor = self._cursor(text, start, end)
            drawn.append(self._underlined(cursor, level))
            said = f"{REFERENCE}：{message}" if level == REFERENCE else message
            self._marked.append((cursor, said))
        self.setExtraSelections([selection for each in reversed(drawn) for selection in each])

    def _underlined(self, cursor: QTextCursor, level: str) -> list[QTextEdit.ExtraSelection]:
        """How words are marked: a wave under them and a colour behind them, or dots under them alone."""
        from PySide6.QtGui import QColor, QTextCharFormat

        selection = background_of(cursor, level)
        style = QTextCharFormat.UnderlineStyle
        selection.format.setUnderlineStyle(style.DotLine if level == REFERENCE else style.WaveUnderline)
        selection.format.setUnderlineColor(QColor(ink_of(level)))
        return [selection]

    def select_words(self, start: int, end: int) -> None:
        """Select characters and bring them into the middle of what is seen."""
        self.setTextCursor(self._cursor(self.toPlainText(), start, end))
        self.centerCursor()

    def hint_at(self, position: int) -> str:
        """What is wrong with the words there; `position` counts as Qt does."""
        said = [m for c, m in self._marked if c.selectionStart() <= position <= c.selectionEnd()]
        return "".join(paragraph(message) for message in dict.fromkeys(said))

    @staticmethod
    def place_in(text: str, position: int) -> int:
        """A place of Qt's as Python counts."""
        return len(text.encode("utf-16-le")[: 2 * position].decode("utf-16-le", "ignore"))

    def _cursor(self, text: str, start: int, end: int) -> QTextCursor:
        """Qt counts characters beyond the first 65,536 twice."""
        from PySide6.QtGui import QTextCursor

        places = [len(text[:place].encode("utf-16-le")) // 2 for place in (start, end)]
        cursor = QTextCursor(self.document())
        cursor.setPosition(places[0])
        cursor.setPosition(places[1], QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            from PySide6.QtGui import QHelpEvent
            from PySide6.QtWidgets import QToolTip

            assert isinstance(event, QHelpEvent)
            said = self.hint_at(self.cursorForPosition(event.pos()).position())
            QToolTip.showText(event.globalPos(), said or self.toolTip())
            return True
        return super().viewportEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A file that is dropped here is for the window."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)
