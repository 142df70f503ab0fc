"""What is left of the score panel where the window is narrow: score, grade, what is open, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QVBoxLayout

from desktop.audit.finding import ERROR
from desktop.domain.numbers import show_short
from desktop.ui.audit_runner import open_counts
from desktop.ui.session import Session

WIDTH = 52


class SideRail(QFrame):
    """Follows the session as the panel does."""

    asked_to_open = Signal()
    asked_for_all = Signal()
    """Somebody wants the list of all that is to be looked at."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("sideRail")
        self.setFixedWidth(WIDTH)
        self._open, self._counts = QToolButton(), QToolButton()
        self._total, self._grade = QLabel(), QLabel()
        self._open.setObjectName("openPanel")
        self._open.setText("«")
        self._open.setToolTip("展开右栏（F9）")
        self._open.setAccessibleName("展开右栏")
        self._counts.setObjectName("showFindings")
        self._counts.setToolTip("打开核对结果（F8）")
        self._total.setObjectName("railTotal")
        self._grade.setObjectName("railGrade")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 4, 6)
        column.setSpacing(8)
        for widget in (self._open, self._total, self._grade, self._counts):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._open.clicked.connect(self.asked_to_open)
        self._counts.clicked.connect(self.asked_for_all)
        for changed in (session.changed, session.previewed, session.checked, session.audited, session.opened):
            changed.connect(self.refresh)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Asked for with every key; nothing is reckoned while the panel stands in its place."""
        if not self.isVisible():
            return
        score = self._session.assessment.main
        self._total.setText(show_short(score.total) or "—")
        self._grade.setText(score.grade or "—")
        counts = open_counts(self._session.entries)
        self._counts.setText(f"{counts[ERROR]}错" if counts[ERROR] else f"{sum(counts.values())}项")
        self._counts.setAccessibleName(self._session.found_in_words())
