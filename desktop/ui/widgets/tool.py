"""A small button in the bar above a sheet of paper: words or a sign, and a hint."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from desktop.ui.hints import paragraph


def tool(words: str, hint: str, name: str, deed: Callable[[], object]) -> QToolButton:
    """Reached with Tab; a click on it leaves the focus where it was. It is called as its hint says."""
    button = QToolButton()
    button.setObjectName(name)
    button.setText(words)
    button.setToolTip(paragraph(hint))
    button.setAccessibleName(hint.partition("（")[0])
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _=False: deed())
    return button
