"""The menu of the report's editor: what every text offers, and what can be done with a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey, cell_named
from desktop.ui.session import Session
from desktop.ui.text_editor.field_document import Run


class ChangeField(Protocol):
    """Keep the text a field has, make it plain text, or let it follow the data again."""

    def __call__(self, run: Run, *, frozen: bool = False, plain: bool = False) -> None: ...


_CELL = re.compile(r"[A-Za-z]\w*(?:@\w+)?\.\w+(?::\w+)?\.\w+")


def cell_behind(sheet: FactSheet, field: str) -> FactKey | None:
    """The cell a field shows, or the first it is worked out from; None for the year, the score and the like."""
    keys = (cell_named(name) for name in _CELL.findall(field))
    return next((key for key in keys if sheet.templates.knows(key)), None)


def field_menu(
    text: QPlainTextEdit,
    session: Session,
    run: Run | None,
    undo: Callable[[], None],
    change: ChangeField,
    own: Sequence[tuple[str, Callable[[], object]]] | None = None,
) -> QMenu:
    """The menu of a text, with what can be done with the field `run` in it: `own`, where that is given."""
    menu = QMenu(text)
    menu.setObjectName("fieldMenu")
    cursor, document = text.textCursor(), text.document()
    can_undo = document.isUndoAvailable() or session.undo_label() is not None
    pasted = QGuiApplication.clipboard().mimeData()
    can_paste = pasted is not None and text.canInsertFromMimeData(pasted)
    offers: list[tuple[str, Callable[[], object], bool]] = [
        ("撤销(&U)\tCtrl+Z", undo, can_undo),
        ("剪切(&T)\tCtrl+X", text.cut, cursor.hasSelection()),
        ("复制(&C)\tCtrl+C", text.copy, cursor.hasSelection()),
        ("粘贴(&P)\tCtrl+V", text.paste, can_paste),
        ("全选(&A)\tCtrl+A", text.selectAll, not document.isEmpty()),
    ]
    for words, deed, able in offers:
        _add(menu, words, deed, able)
    if run is not None:
        menu.addSeparator()
        if own is None:
            _add_field(menu, session, run, change)
        for words, deed in own or ():
            _add(menu, words, deed)
    return menu


def _add_field(menu: QMenu, session: Session, run: Run, change: ChangeField) -> None:
    if run.frozen:
        _add(menu, "恢复随数据变化", lambda: change(run))
    else:
        _add(menu, "固定为当前内容", lambda: change(run, frozen=True))
    _add(menu, "改为普通文字", lambda: change(run, plain=True))
    key = cell_behind(session.sheet, run.field)
    if key is not None:
        _add(menu, "转到数据", lambda: session.jump.emit(key))


def _add(menu: QMenu, words: str, deed: Callable[[], object], able: bool = True) -> None:
    action = menu.addAction(words)
    action.setEnabled(able)
    action.triggered.connect(lambda _=False: deed())
