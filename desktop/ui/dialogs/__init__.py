"""Dialogs, one a file; and the one way to show them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from shiboken6 import isValid

if TYPE_CHECKING:  # a start that shows no dialog does not pay for them
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QDialog, QMenu


@contextmanager
def answered(dialog: QDialog) -> Iterator[bool]:
    """Show a dialog and wait; true where it was agreed to. It is gone when the block ends.

    Left to its parent it would stay in memory until the window closes.
    """
    try:
        yield bool(dialog.exec())
    finally:
        if isValid(dialog):  # a parent that went first took it along
            dialog.deleteLater()


def pop_up(menu: QMenu, at: QPoint) -> None:
    """Show a menu there, and let it go."""
    menu.exec(at)
    menu.deleteLater()
