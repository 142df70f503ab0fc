"""附表: the official forms as they will be printed, one at a time, to be typed into."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.facts import PROJECTS
from desktop.domain.forms.laid_out import lay_out
from desktop.domain.forms.printed_form import PrintedForm
from desktop.domain.keys import FactKey
from desktop.domain.template import fill
from desktop.ui.form_view.places import form_sheet
from desktop.ui.form_view.view import FormView
from desktop.ui.session import Session
from desktop.ui.tabs.projects import NO_PROJECT
from desktop.ui.widgets.tool import tool

_SHORT_TITLE = re.compile(r"绩效(?:评价)?([^绩效]+)$")
"""`2023年度预算单位整体支出绩效评价基础数据表` is known as 基础数据表."""
_LONGEST_TITLE = 10
_PROJECT_WIDTH = 320
_EMPTY_MARGIN = 40
_ROOM_FOR_THE_REST = 360
"""Pixels of the bar for the choice of a project and the tools."""


class FormsTab(QWidget):
    """The forms of the report's edition, and for each project one of those that there are for projects."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("formsTab")
        self._session = session
        self._bar, self._projects, self._zoom = QTabBar(), QComboBox(), QLabel()
        self._forms: tuple[PrintedForm, ...] = session.templates.edition.printed
        self.view = FormView(session, self._forms[0])
        self._pages = QStackedWidget()
        self._add = tool("添加行", "在所在的组里添加一行（Insert）", "formAddRow", self._add_row)
        self._titles: list[tuple[str, str]] = []
        """Of each form in short, and as short as can be."""
        self._full_width = 0
        self._arrange()
        session.opened.connect(self._list_forms)
        session.changed.connect(self._list_projects)
        self.view.zoomed.connect(self._tell_zoom)
        self.view.selectionModel().currentChanged.connect(self._enable)
        self._bar.currentChanged.connect(self._choose)
        self._projects.activated.connect(self._choose)
        self._list_forms()

    def _arrange(self) -> None:
        self._bar.setObjectName("subTabs")
        self._bar.setAccessibleName("附表")
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(False)
        self._bar.setElideMode(Qt.TextElideMode.ElideRight)
        self._projects.setObjectName("formProject")
        self._projects.setAccessibleName("项目")
        self._projects.setToolTip("哪个项目的附表")
        self._projects.setMinimumWidth(90)
        self._projects.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._projects.setMaximumWidth(_PROJECT_WIDTH)
        self._projects.view().setMinimumWidth(_PROJECT_WIDTH)
        self._zoom.setObjectName("formZoom")
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setMinimumWidth(44)
        bar = QWidget()
        bar.setObjectName("formBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(2)
        row.addWidget(self._bar)
        row.addWidget(self._projects, 1)
        row.addStretch(0)
        row.addWidget(self._add)
        row.addSpacing(8)
        row.addWidget(tool("－", "缩小（Ctrl+滚轮）", "formZoomOut", lambda: self.view.zoom_by(-1)))
        row.addWidget(self._zoom)
        row.addWidget(tool("＋", "放大（Ctrl+滚轮）", "formZoomIn", lambda: self.view.zoom_by(1)))
        row.addWidget(tool("页宽", "字和格一起放大到窗口宽度", "formFitWidth", self.view.zoom_to_width))
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._nothing_yet())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._pages, 1)
        self._tell_zoom()
        self._enable()

    def _nothing_yet(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        words = QLabel(NO_PROJECT)
        words.setObjectName("emptyState")
        add = QPushButton("添加项目")
        add.setObjectName("addFormProject")
        add.clicked.connect(self._add_project)
        column.setContentsMargins(_EMPTY_MARGIN, 0, _EMPTY_MARGIN, 0)
        column.addWidget(words)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    # -- which form --------------------------------------------------------------------------------------

    def _list_forms(self) -> None:
        sheet = self._session.sheet
        self._forms = sheet.templates.edition.printed
        here = min(max(self._bar.currentIndex(), 0), len(self._forms) - 1)
        with QSignalBlocker(self._bar):
            while self._bar.count():
                self._bar.removeTab(0)
            for number, form in enumerate(self._forms):
                title = fill(form.title, sheet.year, sheet.level)
                self._bar.addTab(_short(form.mark, title))
                self._bar.setTabToolTip(number, title)
            self._bar.setCurrentIndex(here)
            self._titles = [(self._bar.tabText(n), form.mark) for n, form in enumerate(self._forms)]
            self._full_width = self._bar.sizeHint().width()
        self._name_forms()
        self._list_projects()
        self._choose()

    def _list_projects(self) -> None:
        """Their names; another one is shown where the shown one is gone."""
        sheet = self._session.sheet
        scopes, shown = sheet.projects(), self._scope()
        names = [sheet.get(PROJECTS, f"item:{scope}", "name") or "未命名项目" for scope in scopes]
        with QSignalBlocker(self._projects):
            self._projects.clear()
            for number, (scope, name) in enumerate(zip(scopes, names, strict=True), 1):
                self._projects.addItem(f"{number}. {name}", scope)
            if shown in scopes:
                self._projects.setCurrentIndex(scopes.index(shown))
        if shown not in scopes and self._form().per_project:
            self._choose()

    def _form(self) -> PrintedForm:
        return self._forms[max(self._bar.currentIndex(), 0)]

    def _scope(self) -> str:
        return str(self._projects.currentData() or "")

    def _choose(self) -> None:
        form, scope = self._form(), self._scope()
        self._projects.setVisible(form.per_project and bool(scope))
        if form.per_project and not scope:
            self._pages.setCurrentIndex(1)
            return
        self._pages.setCurrentIndex(0)
        self.view.show_form(form, scope if form.per_project else "")

    def _name_forms(self) -> None:
        """By their marks alone where the window is narrow."""
        short = self._full_width + _ROOM_FOR_THE_REST > self.width()
        for number, titles in enumerate(self._titles):
            self._bar.setTabText(number, titles[short])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_forms()

    def _enable(self) -> None:
        """A row can be added where one stands in a group of open rows."""
        index = self.view.currentIndex()
        self._add.setEnabled(index.isValid() and bool(self.view.grid.row_at(index).adds))

    def _add_row(self) -> None:
        self.view.finish_editing()
        self.view.add_row()

    def _add_project(self) -> None:
        self._session.add_project()
        self._choose()

    # -- cells -------------------------------------------------------------------------------------------

    def show_key(self, key: FactKey) -> bool:
        """Stand on the cell of a fact, on the form that is shown or else on the first that has it."""
        if self._pages.currentIndex() == 0 and self.view.show_key(key):
            return True
        for form, scope in self._forms_of(key):
            laid = lay_out(form, self._session.assessment, scope, typing=True)
            if form_sheet(laid, self._session.sheet).place_of(key) is not None:
                self._go_to(form, scope)
                return self.view.show_key(key)
        return False

    def _forms_of(self, key: FactKey) -> Iterator[tuple[PrintedForm, str]]:
        """Those on which a fact may stand: of a project's facts the project's, of all others the unit's."""
        scope = key.row.partition(":")[2] if key.base == PROJECTS else key.scope
        known = scope in self._session.sheet.projects()
        for form in self._forms:
            if form.per_project and known:
                yield form, scope
            elif not form.per_project:
                yield form, ""

    def _go_to(self, form: PrintedForm, scope: str) -> None:
        with QSignalBlocker(self._bar), QSignalBlocker(self._projects):
            self._bar.setCurrentIndex(self._forms.index(form))
            if scope:
                self._projects.setCurrentIndex(self._projects.findData(scope))
        self._choose()

    def _tell_zoom(self) -> None:
        self._zoom.setText(f"{self.view.zoom:.0%}")


def _short(mark: str, title: str) -> str:
    """`附件1 基础数据表`."""
    found = _SHORT_TITLE.search(title)
    short = found[1] if found else title
    return f"{mark} {short}" if len(short) <= _LONGEST_TITLE else mark
