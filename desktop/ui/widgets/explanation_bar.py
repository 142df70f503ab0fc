"""The bar above the sheet: which number is selected, how it came about, and what is wrong with it, as Excel's fx."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from desktop.domain.keys import FactKey
from desktop.ui.hints import paragraph
from desktop.ui.panel.origins import origin_of, problem_of
from desktop.ui.session import Session

HEIGHT = 24
_NAME_SHARE, _WORDS_SHARE = 2, 5
_NOTHING = "选中一格，这里说明它的来历"


class ExplanationBar(QFrame):
    """One line, always in view; what does not fit is in its hint."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._key: FactKey | None = None
        self.setObjectName("explanationBar")
        self.setFixedHeight(HEIGHT)
        self._name, self._problem, self._words = _Elided("barName"), _Elided("problemText"), _Elided("quiet")
        self._unit = QLabel()
        self._unit.setObjectName("quiet")
        self._sheet = "", ""
        """Title and note of the sheet: what is told while no cell of it is selected."""
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(self._name, _NAME_SHARE)
        row.addWidget(self._problem, _WORDS_SHARE)
        row.addWidget(self._words, _WORDS_SHARE)
        row.addWidget(self._unit)
        session.sheet_shown.connect(self._show_sheet)
        session.sheet_hidden.connect(self._leave_sheet)
        session.focused.connect(self._follow)
        session.changed.connect(self.refresh)
        session.previewed.connect(self.refresh)
        session.checked.connect(self.refresh)
        session.opened.connect(self._forget)
        self._follow(None)

    def _follow(self, key: FactKey | None) -> None:
        self._key = key
        self.refresh()

    def _forget(self) -> None:
        self._follow(None)

    def _show_sheet(self, title: str, unit: str, note: str) -> None:
        self._sheet = title, note or _NOTHING
        self._unit.setText(f"单位：{unit}" if unit else "")
        self._follow(None)

    def _leave_sheet(self, title: str) -> None:
        """Unless another one was shown before this was hidden."""
        if self._sheet[0] == title:
            self._show_sheet("", "", "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Asked for with every key; nothing is reckoned while nobody looks."""
        if not self.isVisible():
            return
        name, words, problem = explained(self._session, self._key) if self._key else (*self._sheet, "")
        self._name.say(name)
        self._words.say(words)
        self._problem.say(problem)
        self._problem.setVisible(bool(problem))


def explained(session: Session, key: FactKey) -> tuple[str, str, str]:
    """Of a cell its name, how its content came about, and its problem; the last may be ''."""
    origin = origin_of(session, key)
    words = "　".join(origin.lines) or session.sheet.text(key) or "由单位填写"
    return origin.name, words, problem_of(session, key)


class _Elided(QLabel):
    """A line cut with an ellipsis where it does not fit, whole in its hint."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._whole = ""
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, words: str) -> None:
        self._whole = " ".join(words.split("\n"))
        self.setToolTip(paragraph(self._whole) if self._whole else "")
        self._cut()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))
