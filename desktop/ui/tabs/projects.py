"""附件3: the projects, one shown at a time with its funds, goals and indicators."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey
from desktop.ui.grid.layout import indicator_layout, table_layout
from desktop.ui.grid.view import GridView
from desktop.ui.session import Session
from desktop.ui.widgets.form import Form
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.section import Section

NO_PROJECT = (
    "还没有项目。\n\n每个项目支出都要有一张项目支出绩效自评表（附件3）。\n"
    "按“添加项目”新建，或从菜单“文件 → 导入”读入已有的表格。"
)


class ProjectsPage(Page):
    """A picker of projects above the chosen project's form."""

    def __init__(self, session: Session) -> None:
        super().__init__("page_projects")
        self._session = session
        self._scope = ""
        self._picker = QComboBox()
        self._picker.setObjectName("projectPicker")
        self._picker.setMinimumWidth(320)
        self._picker.activated.connect(lambda number: self._show(str(self._picker.itemData(number))))
        self._content = QWidget()
        self.column.addLayout(self._head())
        self.column.addWidget(self._content)
        self.column.addStretch(1)
        session.changed.connect(self._follow)
        session.opened.connect(self._show)
        self._follow()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        label = QLabel("项目(&P)")
        label.setBuddy(self._picker)
        add = QPushButton("添加项目")
        add.setObjectName("addProject")
        add.clicked.connect(self._add)
        self._remove = QPushButton("删除此项目")
        self._remove.setObjectName("removeProject")
        self._remove.clicked.connect(lambda: self._session.remove_row(PROJECTS, f"item:{self._scope}"))
        for widget in (label, self._picker, add, self._remove):
            head.addWidget(widget)
        head.addStretch(1)
        return head

    def _follow(self) -> None:
        """Names in the picker, and another project where the shown one is gone."""
        sheet = self._session.sheet
        projects = sheet.projects()
        with QSignalBlocker(self._picker):
            self._picker.clear()
            for number, scope in enumerate(projects, 1):
                name = sheet.get(PROJECTS, f"item:{scope}", "name") or "未命名项目"
                self._picker.addItem(f"{number}. {name}", scope)
            if self._scope in projects:
                self._picker.setCurrentIndex(projects.index(self._scope))
        self._remove.setEnabled(bool(projects))
        if self._scope not in projects:
            self._show(projects[0] if projects else "")

    def _show(self, scope: str = "") -> None:
        projects = self._session.sheet.projects()
        self._scope = scope if scope in projects else (projects[0] if projects else "")
        old = self._content
        self._content = self._project(self._scope) if self._scope else _nothing_yet()
        self.column.replaceWidget(old, self._content)
        old.hide()
        old.deleteLater()
        if self._scope:
            self._picker.setCurrentIndex(projects.index(self._scope))

    def _project(self, scope: str) -> QWidget:
        session, tables = self._session, self._session.templates.tables
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        names = _ProjectNames(session, scope)
        column.addWidget(names)
        funds = tables["annex3_funds"]
        grid = GridView(
            session, lambda: table_layout(session.sheet, funds, scope), f"grid_funds_{scope}", content
        )
        column.addWidget(Section(funds.title, self.fit_height(grid), funds.unit, funds.note))
        indicators = GridView(
            session,
            lambda: indicator_layout(session.assessment, scope),
            f"grid_indicators_{scope}",
            content,
            score=lambda: session.assessment.project(scope),
        )
        column.addWidget(Section("绩效指标", self.fit_height(indicators), "分"))
        goals = tables["annex3_goals"]
        column.addWidget(Section(goals.title, Form(session, goals, scope, text_height=84)))
        return content

    def _add(self) -> None:
        key = self._session.add_project()
        self._show(key.row.partition(":")[2])
        self.show_key(key)

    def show_key(self, key: FactKey) -> bool:
        scope = key.row.partition(":")[2] if key.base == PROJECTS else key.scope
        if scope and scope != self._scope and scope in self._session.sheet.projects():
            self._show(scope)
        return super().show_key(key)


class _ProjectNames(Form):
    """Name, department and implementing unit of one project: a row of the project list as a form."""

    def __init__(self, session: Session, scope: str) -> None:
        self._row = f"item:{scope}"
        super().__init__(session, session.templates.tables[PROJECTS])

    def _place(self, scope: str, text_height: int) -> None:
        for number, column in enumerate(self._table.columns):
            key = FactKey(PROJECTS, self._row, column.id)
            field = self._field(key, column)
            label = QLabel(column.label)
            label.setObjectName("fieldLabel")
            label.setBuddy(field)
            self._grid.addWidget(label, number // 2, number % 2 * 2)
            self._grid.addWidget(field, number // 2, number % 2 * 2 + 1)
            self.fields[key] = field


def _nothing_yet() -> QLabel:
    words = QLabel(NO_PROJECT)
    words.setObjectName("emptyState")
    return words
