"""Which unit and year is open, and the few deeds one needs most."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.domain.keys import ReportId
from desktop.ui.actions import Actions
from desktop.ui.hints import paragraph
from desktop.ui.session import Session

_NARROWEST, _WIDEST = 130, 420
_WIDE = 800
"""Points that the bar needs for all it has."""
_SHOWN = 8
"""Characters of a unit's name that are always in view."""
_SHARE, _FRAME = 9, 40
"""The names' part of the room that is left, and the frame around them in the open list."""


class TopBar(QFrame):
    """Unit picker, year picker, then undo, import and export."""

    def __init__(self, session: Session, actions: Actions) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("topBar")
        self._units, self._years = QComboBox(), QComboBox()
        self._only_if_wide: list[QWidget] = []
        """What the menu offers too, and labels that the pickers do without."""
        self._units.setObjectName("unitPicker")
        self._units.setAccessibleName("单位")
        self._units.setMinimumWidth(_NARROWEST)
        self._units.setMaximumWidth(_WIDEST)
        # Not as wide as the longest name: a small window would cut off what stands beside it.
        self._units.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._units.setMinimumContentsLength(_SHOWN)
        self._years.setObjectName("yearPicker")
        self._years.setAccessibleName("年度")
        self._years.setMinimumWidth(100)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(6)
        for words, picker in (("单位(&U)", self._units), ("年度(&Y)", self._years)):
            label = QLabel(words)
            label.setBuddy(picker)
            self._only_if_wide.append(label)
            row.addWidget(label)
            row.addWidget(picker, _SHARE if picker is self._units else 0)
        self._only_if_wide.append(_button(actions.new, "新建…"))
        row.addWidget(self._only_if_wide[-1])
        row.addStretch(1)
        for action, words in ((actions.undo, "撤销"), (actions.redo, "重做"), (actions.import_, "导入")):
            row.addWidget(_button(action, words))
        self._exports = {
            "Excel": _button(actions.exports["xlsx"], "导出Excel"),
            "PDF": _button(actions.exports["pdf"], "导出PDF", primary=True),
        }
        for button in self._exports.values():
            row.addWidget(button)
        self._without_labels = [
            QShortcut(QKeySequence(keys), self, picker.setFocus)
            for keys, picker in (("Alt+U", self._units), ("Alt+Y", self._years))
        ]
        """The keys of the labels, while these are hidden: two with one key would both be deaf."""
        self._units.activated.connect(lambda _: self._open_unit())
        self._years.activated.connect(lambda _: self._open_year())
        session.opened.connect(self.refresh)
        session.catalog_changed.connect(self.refresh)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        for widget in self._only_if_wide:
            widget.setVisible(wide)
        for shortcut in self._without_labels:
            shortcut.setEnabled(not wide)
        for words, button in self._exports.items():
            button.setText(f"导出{words}" if wide else words)

    def refresh(self) -> None:
        report = self._session.report
        reports = self._session.catalog.reports()
        with QSignalBlocker(self._units), QSignalBlocker(self._years):
            self._units.clear()
            for unit, name in {r.id.unit: r.unit_name for r in reports}.items():
                self._units.addItem(name, unit)
            self._widen_list([report.unit_name for report in reports])
            self._years.clear()
            if report is not None:
                self._units.setCurrentIndex(self._units.findData(report.id.unit))
                self._units.setToolTip(paragraph(report.unit_name))
                for other in (r for r in reports if r.id.unit == report.id.unit):
                    self._years.addItem(f"{other.id.year}年度", other.id.year)
                self._years.setCurrentIndex(self._years.findData(report.id.year))

    def _widen_list(self, names: list[str]) -> None:
        """In the open list every name can be read."""
        measure = self._units.fontMetrics().horizontalAdvance
        longest = max(map(measure, names), default=0)
        self._units.view().setMinimumWidth(min(longest + _FRAME, 2 * _WIDEST))

    def _open_unit(self) -> None:
        """The unit's same year if it has one, else its newest."""
        unit = self._units.currentData()
        years = [r.id.year for r in self._session.catalog.reports() if r.id.unit == unit]
        current = self._session.report.id.year if self._session.report else 0
        self._session.open(ReportId(unit, current if current in years else max(years)))

    def _open_year(self) -> None:
        self._session.open(ReportId(self._units.currentData(), self._years.currentData()))


def _button(action: QAction, words: str, primary: bool = False) -> QToolButton:
    """A button with its own short words; enabled, and its hint, follow the action."""
    button = QToolButton()
    button.setObjectName("primary" if primary else "")
    button.setText(words)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(action.trigger)

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        keys = action.shortcut().toString()
        button.setToolTip(paragraph(action.text().rstrip("…") + (f"（{keys}）" if keys else "")))

    action.changed.connect(follow)
    follow()
    return button
