"""The left side of the report's tab: its headings, and all that can be done with them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QToolButton, QVBoxLayout, QWidget

from desktop.domain.keys import FactKey
from desktop.domain.outline import outline_edits
from desktop.domain.outline.outline import DEEPEST
from desktop.domain.outline.outline_edits import Changes
from desktop.ui import messages
from desktop.ui.audit_runner import counts_in_sections
from desktop.ui.hints import paragraph
from desktop.ui.session import Session
from desktop.ui.widgets.outline_list import Line, OutlineList, lines_of

_IN_A_ROW = 4
_ARROWS = (("Up", "↑"), ("Down", "↓"), ("Left", "←"), ("Right", "→"))


class OutlinePanel(QWidget):
    """The list with its commands as buttons below, as a menu, and on keys. Each is one step to undo."""

    chosen = Signal(str)
    leaving = Signal()
    """Something is about to be done: what is being typed is to be saved first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("outlinePanel")
        self._session = session
        self.list = OutlineList()
        self._deeds: dict[str, QAction] = {}
        self._make_actions()
        self._arrange()
        self.list.chosen.connect(self._choose)
        self.list.renamed.connect(self._rename)

    def _make_actions(self) -> None:
        for name, words, keys, deed in (
            ("add", "添加标题", "Insert", self._add),
            ("rename", "改名", "F2", self.list.edit_title),
            ("hide", "不印", "", self._hide),
            ("remove", "删除", "Ctrl+Delete", self._remove),
            ("up", "上移", "Alt+Up", lambda: self._move(-1)),
            ("down", "下移", "Alt+Down", lambda: self._move(1)),
            ("higher", "升级", "Alt+Left", lambda: self._shift(-1)),
            ("lower", "降级", "Alt+Right", lambda: self._shift(1)),
        ):
            self._deeds[name] = self._action(name, words, keys, deed)

    def _action(self, name: str, words: str, keys: str, deed: Callable[[], None]) -> QAction:
        action = QAction(words, self.list)
        action.setObjectName(f"outline_{name}")
        said = keys
        for english, arrow in _ARROWS:
            said = said.replace(english, arrow)
        action.setToolTip(paragraph(f"{words}（{said}）" if said else words))
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _=False: deed())
        self.list.addAction(action)
        return action

    def _arrange(self) -> None:
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.list, 1)
        grid = QGridLayout()
        grid.setSpacing(4)
        for number, (name, action) in enumerate(self._deeds.items()):
            button = QToolButton()
            button.setObjectName(f"outlineButton_{name}")
            button.setProperty("small", True)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys and the menu do the same
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            grid.addWidget(button, number // _IN_A_ROW, number % _IN_A_ROW)
        column.addLayout(grid)

    def follow(self) -> None:
        """Show the headings as they now are."""
        lines = lines_of(self._session.assessment)
        self.list.show_lines(lines, counts_in_sections(self._session.entries))
        self._enable()

    def _choose(self, section_id: str) -> None:
        self._enable()
        if section_id:
            self.chosen.emit(section_id)

    def _enable(self) -> None:
        line = self.list.current_line()
        inside = line is not None and not line.stray
        numbered = line is not None and inside and line.section.level > 0
        for name in ("rename", "up", "down"):
            self._deeds[name].setEnabled(numbered)
        self._deeds["hide"].setEnabled(inside)
        self._deeds["hide"].setText("恢复" if line is not None and line.hidden else "不印")
        self._deeds["hide"].setToolTip("这个标题连同下级不印出来，文字保留")
        self._deeds["remove"].setEnabled(line is not None and inside and line.own)
        self._deeds["remove"].setToolTip("删除自己添加的标题（Ctrl+Delete）；提纲里的标题可以选“不印”")
        self._deeds["higher"].setEnabled(numbered and line is not None and line.section.level > 1)
        self._deeds["lower"].setEnabled(numbered and line is not None and line.section.level < DEEPEST)

    # -- deeds -------------------------------------------------------------------------------------------

    def _write(self, label: str, change: Callable[[Line], Changes]) -> None:
        line = self.list.current_line()
        if line is not None:
            self.leaving.emit()
            self._session.write(f"{label}“{line.title}”", change(line))

    def _add(self) -> None:
        line = self.list.current_line()
        self.leaving.emit()
        after, level = (line.id, line.section.level) if line is not None and not line.stray else ("", 1)
        new, changes = outline_edits.add_after(self._session.sheet, after, "新标题", max(level, 1))
        if self._session.write("添加标题", changes):
            self.list.choose(new)
            self.list.edit_title()

    def _rename(self, section_id: str, title: str) -> None:
        self.leaving.emit()
        self._session.write("改标题", outline_edits.rename(self._session.sheet, section_id, title))

    def _hide(self) -> None:
        sheet = self._session.sheet
        line = self.list.current_line()
        label = "恢复" if line is not None and line.hidden else "不印"
        self._write(label, lambda line: outline_edits.hide(sheet, line.id, not line.hidden))

    def _move(self, steps: int) -> None:
        sheet = self._session.sheet
        self._write("移动", lambda line: outline_edits.move(sheet, line.id, steps))

    def _shift(self, steps: int) -> None:
        sheet = self._session.sheet
        label = "升级" if steps < 0 else "降级"
        self._write(label, lambda line: outline_edits.set_level(sheet, line.id, line.section.level + steps))

    def _remove(self) -> None:
        line = self.list.current_line()
        if line is None or not line.own:
            return
        self.leaving.emit()
        text = self._session.sheet.text(FactKey("narrative", line.id, "text"))
        question = f"删除标题“{line.title}”和它下面的文字？"
        if not text.strip() or messages.confirm(self, question, "按 Ctrl+Z 可以恢复。", "删除"):
            sheet = self._session.sheet
            self._write("删除标题", lambda line: outline_edits.remove_own(sheet, line.id))
