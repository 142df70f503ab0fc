"""The menu of the report's editor: what every text offers, and what can be done with a field."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey, cell_named
from desktop.ui.session import Session
from desktop.ui.text_editor.field_document import Run

if TYPE_CHECKING:
    from desktop.ui.text_editor.field_text import FieldText

_CELL = re.compile(r"[A-Za-z]\w*(?:@\w+)?\.\w+(?::\w+)?\.\w+")


def cell_behind(sheet: FactSheet, field: str) -> FactKey | None:
    """The cell a field shows, or the first it is worked out from; None for the year, the score and the like."""
    keys = (cell_named(name) for name in _CELL.findall(field))
    return next((key for key in keys if sheet.templates.knows(key)), None)


def field_menu(text: FieldText, session: Session, run: Run | None) -> QMenu:
    menu = QMenu(text)
    menu.setObjectName("fieldMenu")
    cursor, document = text.textCursor(), text.document()
    can_undo = document.isUndoAvailable() or session.undo_label() is not None
    pasted = QGuiApplication.clipboard().mimeData()
    can_paste = pasted is not None and text.canInsertFromMimeData(pasted)
    offers: list[tuple[str, Callable[[], object], bool]] = [
        ("撤销(&U)\tCtrl+Z", text.undo_step, can_undo),
        ("剪切(&T)\tCtrl+X", text.cut, cursor.hasSelection()),
        ("复制(&C)\tCtrl+C", text.copy, cursor.hasSelection()),
        ("粘贴(&P)\tCtrl+V", text.paste, can_paste),
        ("全选(&A)\tCtrl+A", text.selectAll, not document.isEmpty()),
    ]
    for words, deed, able in offers:
        _add(menu, words, deed, able)
    if run is not None:
        menu.addSeparator()
        _add_field(menu, text, session, run)
    return menu


def _add_field(menu: QMenu, text: FieldText, session: Session, run: Run) -> None:
    if run.frozen:
        _add(menu, "恢复随数据变化", lambda: text.change_field(run))
    else:
        _add(menu, "固定为当前内容", lambda: text.change_field(run, frozen=True))
    _add(menu, "改为普通文字", lambda: text.change_field(run, plain=True))
    key = cell_behind(session.sheet, run.field)
    if key is not None:
        _add(menu, "转到数据", lambda: session.jump.emit(key))


def _add(menu: QMenu, words: str, deed: Callable[[], object], able: bool = True) -> None:
    action = menu.addAction(words)
    action.setEnabled(able)
    action.triggered.connect(lambda _=False: deed())
