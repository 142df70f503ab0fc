"""The entry 本格修改记录… in the menu of every field that stands for a cell."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from desktop.domain.keys import FactKey
from desktop.ui.session import Session


def add_history(menu: QMenu, session: Session, key: FactKey) -> QMenu:
    """The same menu, with the entry at its end."""
    menu.addSeparator()
    menu.addAction("本格修改记录…", lambda: session.history_wanted.emit(key)).setObjectName("cellHistory")
    return menu
