"""The window: top bar, tabs, score panel, status line; it only arranges, the parts know their work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenuBar,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.storage.db import DamagedFile
from desktop.storage.runner import AtOnce
from desktop.storage.store import DamagedReport
from desktop.ui import messages, theme, window_place
from desktop.ui.actions import Actions
from desktop.ui.audit_runner import Words
from desktop.ui.auto_backup import BackingUp, offer_copy
from desktop.ui.jobs import Jobs
from desktop.ui.open_report import NotSaved
from desktop.ui.panel.score_panel import ScorePanel
from desktop.ui.panel.side_rail import SideRail
from desktop.ui.session import Session
from desktop.ui.tabs import TABS, tab_of
from desktop.ui.waiting import Waiting
from desktop.ui.widgets.explanation_bar import ExplanationBar
from desktop.ui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from desktop.ui.tabs.preview import PreviewTab
    from desktop.ui.widgets.findings_dock import FindingsDock
    from desktop.ui.widgets.numbers_dock import NumbersDock

_OF_SHEETS = ("unit", "budget", "three_public", "indicators", "forms")
"""Tabs whose cells the bar above them explains."""
_SAID_FOR_MS = 8000
_USUAL = (1366, 728)
_FOLDED_BELOW = 1100
"""Points of width: a narrower window has a rail where others have the score panel."""
_LEAST = (880, 440)
"""Points: a county laptop of 1366×768 at 150 % has 911×485 for window and frame."""
_DOCK_HEIGHT = 280
_AT_REST_MS = 400
"""From the making of the window; the first problems and the audit have been begun by then."""


class MainWindow(QMainWindow):
    """Tabs are made when they are first looked at; what they need stands in the session."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.jobs = Jobs(self)
        self._waiting, self._closing = Waiting(self, self.jobs), False
        session.place.backups.runner = self._waiting
        self.actions_ = Actions(self, session, self.jobs)
        self.setObjectName("mainWindow")
        self.setWindowTitle(messages.TITLE)
        self.setMinimumSize(*_LEAST)
        window_place.restore(self, session.settings, *_USUAL)
        self._state, self._busy, self._reminder = QPushButton(), QLabel(), QPushButton()
        self.backing_up = BackingUp(session, self.jobs, self)
        self._panel, self._rail = ScorePanel(session), SideRail(session)
        self._panel_wish = session.settings.text("side_panel")
        self._explanation = ExplanationBar(session)
        self._menus = QMenuBar()
        self._findings: FindingsDock | None = None
        self._numbers: NumbersDock | None = None
        self.rescue_wanted = False
        self._tabs = QTabWidget()
        self._made: dict[str, QWidget] = {}
        self._columns: dict[str, QVBoxLayout] = {}
        self._made_for = session.shown_by
        self._holders: list[QWidget] = []
        self._arrange()
        self._connect()
        self._opened()
        theme.dress(self, session.resources)
        # The first widget that Qt made itself and hands over has PySide make every class of widgets there is:
        # 12 ms, which neither a start nor a click is to wait for.
        at_rest = QTimer(self, singleShot=True, interval=_AT_REST_MS)
        at_rest.timeout.connect(self._panel.viewport)
        at_rest.start()

    def _arrange(self) -> None:
        self.setMenuWidget(self._head())
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setObjectName("mainTabs")
        for name, title, _ in TABS:
            holder = QWidget()
            holder.setObjectName(f"tab_{name}")
            self._tabs.addTab(holder, title)
            self._holders.append(holder)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._tabs, 1)
        row.addWidget(self._panel)
        row.addWidget(self._rail)
        self._fold()
        self._pages = QStackedWidget()
        self._pages.addWidget(work)
        centre = QWidget()
        self._column = column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(centre)
        self._state.setObjectName("stateCounts")
        self._state.setToolTip("打开核对结果（F8）")
        self._state.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(True)
        self._reminder.setObjectName("backupReminder")
        self._reminder.setToolTip("打开“备份与恢复”")
        self._reminder.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reminder.hide()
        self.statusBar().addPermanentWidget(self._busy)
        self.statusBar().addPermanentWidget(self._reminder)
        self.statusBar().addPermanentWidget(self._state)
        self.statusBar().setSizeGripEnabled(False)

    def _head(self) -> QWidget:
        """Menus, and beside them unit, year and what one needs most."""
        self.actions_.fill_menu(self._menus)
        head = QWidget()
        head.setObjectName("head")
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._menus)
        row.addWidget(TopBar(self.session, self.actions_), 1)
        return head

    def _fold(self) -> None:
        """The panel, or in a narrow window the rail, unless the clerk wanted the other."""
        folded = self.width() < _FOLDED_BELOW if not self._panel_wish else self._panel_wish == "folded"
        self._panel.setVisible(not folded)
        self._rail.setVisible(folded)

    def turn_panel(self) -> None:
        """From panel to rail or back. What the width gives by itself is not kept as a wish."""
        folded, narrow = self._panel.isHidden(), self.width() < _FOLDED_BELOW
        wish = "open" if folded else "folded"
        self._panel_wish = "" if folded != narrow else wish
        self.session.settings.set("side_panel", self._panel_wish)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _connect(self) -> None:
        session = self.session
        self._tabs.currentChanged.connect(self.show_tab)
        session.changed.connect(self._make_anew)
        session.setting_changed.connect(self._make_anew)
        session.opened.connect(self._opened)
        session.checked.connect(self._tell_state)
        session.audited.connect(self._tell_state)
        session.jump.connect(self.show_place)
        rail, panel = self._rail, self._panel
        for asked in (self._state.clicked, panel.asked_for_all, rail.asked_for_all):
            asked.connect(self.show_findings)
        self.actions_.asked_for_findings.connect(self.show_findings)
        for asked in (panel.asked_to_fold, rail.asked_to_open, self.actions_.asked_for_panel):
            asked.connect(self.turn_panel)
        self.actions_.asked_for_numbers.connect(lambda: self.show_numbers())
        session.numbers_wanted.connect(self.show_numbers)
        self.actions_.asked_for_preview.connect(self.show_preview)
        self.actions_.asked_for_printing.connect(lambda: self.show_preview().print_report())
        session.failed.connect(self.tell_error)
        # Queued, so that the step is over: a box within it would let further ones begin.
        session.disk_failed.connect(self.tell_error, Qt.ConnectionType.QueuedConnection)
        session.said.connect(self.say)
        self._reminder.clicked.connect(self.actions_.data.backups)
        self.backing_up.told.connect(self._remind)
        self.backing_up.vanished.connect(lambda: offer_copy(self, session.place))
        self.actions_.data.closed.connect(self.backing_up.tell)
        session.form_wanted.connect(self._show_on_form)
        session.history_wanted.connect(self.actions_.data.history)
        self.jobs.failed.connect(self.tell_error)
        self.jobs.busy.connect(self._busy.setText)

    # -- tabs --------------------------------------------------------------------------------------------

    def show_tab(self, number: int) -> QWidget:
        """Make the tab's content if it is not there yet."""
        name, _, make = TABS[number]
        if name not in self._made:
            tab = make(self.session)
            if name not in self._columns:
                self._columns[name] = QVBoxLayout(self._holders[number])
                self._columns[name].setContentsMargins(0, 0, 0, 0)
                self._columns[name].setSpacing(0)
            self._columns[name].addWidget(tab)
            self._made[name] = tab
        if name in _OF_SHEETS:  # one bar: it comes along to the sheet that is looked at
            self._columns[name].insertWidget(0, self._explanation)
        if self._tabs.currentIndex() != number:
            self._tabs.setCurrentIndex(number)
        return self._made[name]

    def _make_anew(self) -> None:
        """Other forms have other tables, another year other systems: the tabs are those of the open report."""
        if self._made_for == self.session.shown_by:
            return
        self._made_for = self.session.shown_by
        for name, tab in self._made.items():
            tab.hide()
            self._columns[name].removeWidget(tab)
            tab.deleteLater()
        self._made.clear()
        self.show_tab(self._tabs.currentIndex())

    def show_place(self, target: FactKey | Words) -> None:
        """Go to the cell of a fact, or to words of the report's text, which are selected."""
        if isinstance(target, FactKey):
            self.show_key(target)
            return
        self._show_named("narrative").show_words(target)  # type: ignore[attr-defined]

    def _show_named(self, name: str) -> QWidget:
        return self.show_tab(next(n for n, tab in enumerate(TABS) if tab.name == name))

    def show_preview(self) -> PreviewTab:
        """Go to the pages as they would be exported."""
        from desktop.ui.tabs.preview import PreviewTab

        tab = self._show_named("preview")
        assert isinstance(tab, PreviewTab)
        return tab

    def show_findings(self) -> None:
        """Open the list of all that the audit found."""
        if self.session.report is None:
            return
        if self._findings is None:
            from desktop.ui.widgets.findings_dock import FindingsDock

            self._findings = FindingsDock(self.session, self.jobs, self)
            self._add_below(self._findings, self._numbers)
        self._findings.open()

    def show_numbers(self, section: str = "") -> None:
        """Open the list of all numbers of the report's text, or of a section's."""
        if self.session.report is None:
            return
        if self._numbers is None:
            from desktop.ui.widgets.numbers_dock import NumbersDock

            self._numbers = NumbersDock(self.session, self)
            self._add_below(self._numbers, self._findings)
        self._numbers.open(section)

    def _add_below(self, dock: QDockWidget, other: QDockWidget | None) -> None:
        """Under the tabs, in one place with what is there already."""
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        if other is not None:
            self.tabifyDockWidget(other, dock)
        self.resizeDocks([dock], [_DOCK_HEIGHT], Qt.Orientation.Vertical)

    def show_key(self, key: FactKey) -> None:
        """Go to the cell of a fact, wherever it is; whoever fills in the forms stays there if it is on one."""
        if TABS[self._tabs.currentIndex()].name == "forms" and self._show_on_form(key):
            return
        tab = tab_of(key, self.session.templates)
        if tab is not None:
            self._show_named(tab.name).show_key(key)  # type: ignore[attr-defined]

    def _show_on_form(self, key: FactKey) -> bool:
        """Go to a cell as it stands on its form; False if it stands on none."""
        from desktop.ui.tabs.forms import FormsTab

        tab = self._show_named("forms")
        assert isinstance(tab, FormsTab)
        return tab.show_key(key)

    # -- telling -----------------------------------------------------------------------------------------

    def say(self, words: str) -> None:
        self.statusBar().showMessage(words, _SAID_FOR_MS)

    def tell_error(self, error: UserError) -> None:
        cause, typed = (error.cause, error.typed) if isinstance(error, NotSaved) else (error, "")
        typed = "" if typed in cause.sentence else typed  # it is quoted there already
        if typed:
            messages.tell_unsaved(self, error, typed)
        if isinstance(cause, DamagedFile | DamagedReport):
            if messages.confirm(self, cause.sentence, cause.hint, "查看怎样恢复…"):
                self.want_rescue()
        elif not typed:
            messages.tell_error(self, cause)

    def want_rescue(self) -> None:
        """Make way for the choice of what takes the data's place."""
        self.rescue_wanted = True
        self.close()

    def show_notice(self, words: str, deeds: Sequence[tuple[str, str, Callable[[], object]]] = ()) -> None:
        """A bar at the top that waits for nobody."""
        from desktop.ui.widgets.notice import Notice

        self._column.insertWidget(0, Notice(words, deeds))

    def _remind(self, words: str) -> None:
        self._reminder.setText(words)
        self._reminder.setVisible(bool(words))

    def _opened(self) -> None:
        report = self.session.report
        if report is None and self._pages.count() == 1:
            from desktop.ui.widgets.welcome import Welcome

            self._pages.addWidget(Welcome(self.actions_))
        self._pages.setCurrentIndex(0 if report else 1)
        title = f"{report.unit_name} {report.id.year}年度 - " if report else ""
        self.setWindowTitle(title + messages.TITLE)
        if report:
            self.show_tab(self._tabs.currentIndex())
        self._tell_state()

    def _tell_state(self) -> None:
        is_open = self.session.report is not None
        self._state.setText(f"{self.session.found_in_words()}　　已保存　" if is_open else "")

    # -- files dropped on the window ---------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if files:  # once the drag is over: a box opened now would hold the file manager
            QTimer.singleShot(0, self, lambda: self.actions_.open_files(files))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing:  # the last backup is being made: the system may ask once more
            event.ignore()
            return
        self._closing = True
        try:
            # A text being typed is saved when it loses the focus.
            self.setFocus()
            self._waiting.run("正在完成还没有做完的工作…", lambda: None)
            window_place.keep(self, self.session.settings)
            self.session.end()
        finally:
            self._closing = False
            self.session.place.backups.runner = AtOnce()
        super().closeEvent(event)
