"""自评报告: the outline on the left, the text of the chosen section on the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.keys import FactKey
from desktop.domain.outline import Section, numbered
from desktop.domain.template import fill
from desktop.ui.checking import Words, counts_in_sections
from desktop.ui.session import Session
from desktop.ui.widgets.form import TextField
from desktop.ui.widgets.marked_text import ink_of

TEXT = "text"
_LINE_HEIGHT = 32


class NarrativeTab(QWidget):
    """Numbered headings with a mark for what is written; guidance, text and its length beside them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("narrativeTab")
        self._session = session
        self._sections = session.sheet.outline
        self._list = QListWidget()
        self._list.setObjectName("outline")
        self._list.setFixedWidth(290)
        self._titles = [f"{number}{section.title}" for number, section in numbered(self._sections)]
        for title, section in zip(self._titles, self._sections, strict=True):
            item = QListWidgetItem("　" * (section.level - 1) + title)
            item.setSizeHint(QSize(0, _LINE_HEIGHT))
            self._list.addItem(item)
        self._heading, self._guidance, self._count = QLabel(), QLabel(), QLabel()
        self._heading.setObjectName("sectionTitle")
        self._guidance.setObjectName("quiet")
        self._guidance.setWordWrap(True)
        self._count.setObjectName("quiet")
        self._starting = QPushButton("使用建议文字")
        self._starting.setObjectName("useStarting")
        self._starting.clicked.connect(self._use_starting)
        self._text = TextField(session, FactKey("narrative", self._sections[0].id, TEXT))
        self._text.textChanged.connect(self._tell_length)
        self._arrange()
        self._list.currentRowChanged.connect(self._choose)
        session.changed.connect(self._follow)
        session.audited.connect(self._mark_sections)
        self._list.setCurrentRow(0)
        self._follow()

    def _arrange(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._starting)
        right.addWidget(self._heading)
        right.addWidget(self._guidance)
        right.addWidget(self._text, 1)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(16)
        row.addWidget(self._list)
        row.addLayout(right, 1)

    @property
    def _section(self) -> Section:
        return self._sections[max(self._list.currentRow(), 0)]

    def _choose(self, _: int) -> None:
        section = self._section
        self._heading.setText(self._titles[max(self._list.currentRow(), 0)])
        self._guidance.setText(section.guidance or "没有这方面内容的，可使用右下角的建议文字。")
        self._text.show_fact(FactKey("narrative", section.id, TEXT))
        self._tell_length()

    def _tell_length(self) -> None:
        words = len("".join(self._text.toPlainText().split()))
        self._count.setText(f"本节 {words} 字")
        self._starting.setVisible(bool(self._section.starting) and not words)

    def _follow(self) -> None:
        self._text.changed_elsewhere()
        self._mark_sections()

    def _mark_sections(self) -> None:
        """Which headings have text, and how much is to be looked at behind each."""
        counts = counts_in_sections(self._session.entries)
        for number, section in enumerate(self._sections):
            written = bool(self._session.sheet.get("narrative", section.id, TEXT))
            parent = number + 1 < len(self._sections) and self._sections[number + 1].level > section.level
            count, level = counts.get(section.id, (0, ""))
            title = "　" * (section.level - 1) + self._titles[number]
            item = self._list.item(number)
            item.setText(f"{title}　{count}处" if count else title)
            plain = Qt.GlobalColor.black if written or parent else Qt.GlobalColor.gray
            item.setForeground(QColor(ink_of(level)) if count else QColor(plain))
            state = "已填写" if written else "本节写在下级标题里" if parent else "尚未填写"
            item.setToolTip(f"{state}，需要核对{count}处" if count else state)

    def _use_starting(self) -> None:
        text = fill(self._section.starting, self._session.year, self._session.sheet.level)
        self._session.set(FactKey("narrative", self._section.id, TEXT), text)

    def show_key(self, key: FactKey) -> bool:
        number = next((n for n, s in enumerate(self._sections) if s.id == key.row), None)
        if number is None:
            return False
        self._list.setCurrentRow(number)
        self._text.setFocus()
        return True

    def show_words(self, words: Words) -> None:
        """Go to a section and select words of it."""
        if self.show_key(FactKey("narrative", words.section, TEXT)):
            self._text.select_words(words.start, words.end)
