"""A titled part of a page: title, unit of measure, a quiet note, and whatever stands under it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget


class Section(QWidget):
    """Title on the left, unit on the right, the note below them."""

    def __init__(self, title: str, content: QWidget, unit: str = "", note: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        self.title = QLabel(title)
        self.title.setObjectName("sectionTitle")
        head.addWidget(self.title)
        head.addStretch(1)
        if unit:
            label = QLabel(f"单位：{unit}")
            label.setObjectName("quiet")
            head.addWidget(label)
        column.addLayout(head)
        if note:
            words = QLabel(note)
            words.setObjectName("quiet")
            words.setWordWrap(True)
            column.addWidget(words)
        column.addWidget(content, 1)
