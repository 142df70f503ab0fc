"""The right side of the report's tab: one section's text, and what the program can write into it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.domain.fields import fields
from desktop.domain.keys import FactKey, cell_named
from desktop.domain.template import fill
from desktop.ui.dialogs import answered, pop_up
from desktop.ui.session import Session
from desktop.ui.tabs.narrative_blocks import InsertBlocks
from desktop.ui.tabs.narrative_offers import Offers
from desktop.ui.text_editor.block_text import BlockText
from desktop.ui.widgets.outline_list import STRAYS, Line

TEXT = "text"
_NO_GUIDANCE = "没有这方面内容的，可写“无”，或把这个标题设为“不印”。"
_MOST_IN_PLACEHOLDER = 400


def key_of(section_id: str) -> FactKey:
    return FactKey("narrative", section_id, TEXT)


def length_of(text: str) -> int:
    """Characters that are seen."""
    return len("".join(text.split()))


class SectionPanel(QWidget):
    """Heading, guidance, editor, length; below, the paragraphs that can be written from the data."""

    asked_to_move = Signal(str)
    """Where the text of a stray is to go: a section's id."""

    def __init__(self, session: Session, first: str) -> None:
        super().__init__()
        self.setObjectName("sectionPanel")
        self._session = session
        self._line: Line | None = None
        self._targets: list[Line] = []
        self._heading, self._guidance, self._count = QLabel(), QLabel(), QLabel()
        self._lamp = self._button("numbersLamp", "", self._ask_for_numbers)
        self._lamp.setToolTip("打开“读到的数”：每个数与哪些数相符（Shift+F8）")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self.text = BlockText(session, key_of(first))
        self.offers = Offers(session, self.text)
        self._starting = self._button("useStarting", "使用建议文字", self._use_starting)
        self._insert = self._button("insertField", "插入数据…", self.insert_field)
        self._insert.setShortcut("Ctrl+J")
        self._insert.setToolTip("在光标处插入一项随数据变化的内容（Ctrl+J）")
        self.blocks = InsertBlocks(self.text)
        self._move = self._button("moveStray", "移到…", self._ask_target)
        self._arrange()
        self.text.textChanged.connect(self._tell_length)
        session.audited.connect(self._tell_numbers)

    @staticmethod
    def _button(name: str, words: str, deed: Any) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.clicked.connect(lambda _=False: deed())
        return button

    def _arrange(self) -> None:
        self.text.setObjectName("narrativeText")
        self.text.setAccessibleName("本节正文")
        self._heading.setObjectName("sectionTitle")
        self._guidance.setObjectName("quiet")
        self._guidance.setWordWrap(True)
        self._count.setObjectName("quiet")
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._move)
        foot = QHBoxLayout()
        foot.addWidget(self._insert)
        foot.addWidget(self.blocks)
        foot.addWidget(self.offers.button)
        foot.addWidget(self._starting)
        foot.addStretch(1)
        state = QHBoxLayout()
        state.addWidget(self._lamp)
        state.addStretch(1)
        state.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._guidance)
        column.addWidget(self.text, 1)
        column.addLayout(state)
        column.addLayout(foot)
        column.addWidget(self.offers)
        buttons = [self._insert, self.blocks, self.offers.button, self._starting, self._lamp]
        chain = [self.text, *buttons, *self.offers.stops, self._move]
        for one, other in pairwise(chain):
            self.setTabOrder(one, other)

    def show_line(self, line: Line, targets: list[Line]) -> None:
        """A section, and those to which its text can be moved if it has no place of its own."""
        self._line, self._targets = line, targets
        self.text.show_fact(key_of(line.id))
        self.offers.button.setChecked(not self.text.stored().strip())
        self.follow(line)

    def follow(self, line: Line) -> None:
        self._line = line
        self._heading.setText(line.words + ("（不印）" if line.hidden else ""))
        stray = f"{STRAYS}：所选提纲没有这个标题，这里的文字不会印出；可移到其他标题下。"
        guidance = fill(line.section.guidance, self._session.year, self._session.sheet.level)
        self._guidance.setText(stray if line.stray else guidance or _NO_GUIDANCE)
        self._move.setVisible(line.stray)
        self.text.changed_elsewhere()
        self.offers.show_section(None if line.stray else line.section)
        self._tell_length()
        self._tell_numbers()

    def _tell_length(self) -> None:
        text = self.text.toPlainText()
        self._count.setText(f"本节 {length_of(self.text.words()):,} 字")
        line = self._line
        if line is None:
            return
        empty = not text.strip()
        own = fields.section_text(self._session.assessment, line.section) if empty and not line.stray else ""
        self._starting.setVisible(bool(own) and empty)
        short = own[:_MOST_IN_PLACEHOLDER] + ("…" if len(own) > _MOST_IN_PLACEHOLDER else "")
        nothing = "在此填写。" if line.section.level else "可以不写。"
        self.text.setPlaceholderText(f"留空时将印出：\n{short}" if short else nothing)

    def _tell_numbers(self) -> None:
        """The lamp: how many numbers of the section are safe to sign."""
        from desktop.audit.evidence import REFUTED
        from desktop.ui.number_words import lamp, numbers_in

        session = self._session
        section = self._line.id if self._line is not None else ""
        numbers = [number for _, number in numbers_in(section, session.numbers, session.narrative)]
        self._lamp.setText(lamp(numbers))
        self._lamp.setVisible(bool(numbers))
        wrong = any(number.state == REFUTED for number in numbers)
        if self._lamp.property("wrong") != wrong:
            self._lamp.setProperty("wrong", wrong)
            self._lamp.style().polish(self._lamp)

    def _ask_for_numbers(self) -> None:
        if self._line is not None:
            self._session.numbers_wanted.emit(self._line.id)

    def _use_starting(self) -> None:
        """What would be printed, as text that can be gone on with; another cell's text stays a field."""
        if self._line is None:
            return
        section, sheet = self._line.section, self._session.sheet
        fallback = cell_named(section.fallback) if section.fallback else None
        if fallback is not None and sheet.text(fallback).strip():
            self.text.insert_stored(f"⟦{section.fallback}⟧")
        else:
            self.text.insert_stored(fill(section.starting, sheet.year, sheet.level))
        self.text.setFocus()

    def insert_field(self) -> None:
        from desktop.ui.dialogs.insert_field import InsertFieldDialog

        dialog = InsertFieldDialog(self._session, self.window())
        with answered(dialog) as agreed:
            if agreed and dialog.chosen():
                self.text.insert_stored(f"⟦{dialog.chosen()}⟧")
        self.text.setFocus()

    def _ask_target(self) -> None:
        pop_up(self.target_menu(), self._move.mapToGlobal(self._move.rect().bottomLeft()))

    def target_menu(self) -> QMenu:
        """All headings that are printed."""
        menu = QMenu(self)
        menu.setObjectName("moveMenu")
        for line in self._targets:
            action = menu.addAction("　" * (max(line.section.level, 1) - 1) + line.words.replace("&", "&&"))
            action.triggered.connect(lambda _=False, to=line.id: self.asked_to_move.emit(to))
        return menu
