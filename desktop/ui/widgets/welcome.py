"""What an empty program shows: three ways to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.actions import Actions

_WIDTH = 420


class Welcome(QWidget):
    """New unit, import, or a look at the sample."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("welcome")
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        title = QLabel("整体支出绩效自评助手")
        title.setObjectName("total")
        words = QLabel(
            "填一遍基础数据，得分、合计和比率随填随算，附件1–3和自评报告直接导出。\n数据只保存在这台电脑上。"
        )
        words.setObjectName("quiet")
        for label in (title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(12)
        ways = (
            ("newReport", "新建单位和年度", actions.new),
            ("importFile", "从已有的Excel表格导入", actions.import_),
            ("openSample", "先看看示例单位", actions.sample),
        )
        for name, text, action in ways:
            button = QPushButton(text)
            button.setObjectName(name)
            button.setFixedWidth(_WIDTH)
            button.setMinimumHeight(44)
            button.clicked.connect(action.trigger)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
