"""A new unit, or a new year of a unit that is already there."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from desktop.domain.all_templates import kind_of
from desktop.ui.session import Session

_FIRST_YEAR = 2015

_CARRIED = (
    "数据：单位信息、上年预算数和决算数、年初结转",
    "报告：提纲和自己改过的标题、报告格式、职能职责、机构设置",
    "其他正文逐年重写，不带入。",
)


class NewReportDialog(QDialog):
    """Name, year, forms, indicator system; last year's data are taken over where there are any."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("newReport")
        self.setWindowTitle("新建单位或年度")
        self.setMinimumWidth(460)
        self._unit, self._year, self._system = QComboBox(), QSpinBox(), QComboBox()
        self._forms, self._forms_label = QComboBox(), QLabel("表样")
        self._carry, self._said = QCheckBox("带入上年报告的内容"), QLabel()
        self._fill()
        self._arrange()
        self._year.valueChanged.connect(lambda _: self._offer_forms())
        self._forms.currentIndexChanged.connect(lambda _: self._offer_systems())
        for changed in (self._unit.editTextChanged, self._year.valueChanged):
            changed.connect(lambda _: self._check())
        self._offer_forms()
        self._check()

    def _fill(self) -> None:
        self._unit.setObjectName("newUnit")
        self._unit.setEditable(True)
        self._unit.addItems([unit.name for unit in self._session.catalog.units()])
        report = self._session.report
        self._unit.setCurrentText(report.unit_name if report else "")
        edit = self._unit.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("单位全称，与公章一致")
            edit.selectAll()
        self._year.setObjectName("newYear")
        self._year.setRange(_FIRST_YEAR, dt.date.today().year)
        self._year.setValue(report.id.year + 1 if report else dt.date.today().year - 1)
        self._year.setSuffix("年度")
        self._forms.setObjectName("newForms")
        self._system.setObjectName("newSystem")

    def _offer_forms(self) -> None:
        """Those of the year; that of the open report, or what took its place, is chosen to begin with."""
        templates = self._session.templates
        offered = templates.editions_for(self._year.value())
        usual = next((e for e in offered if kind_of(e.id) == kind_of(templates.edition.id)), offered[-1])
        chosen = self._forms.currentData() or usual.id
        self._forms.clear()
        for edition in offered:
            self._forms.addItem(edition.name, edition.id)
        self._forms.setCurrentIndex(max(0, self._forms.findData(chosen)))
        for widget in (self._forms, self._forms_label):
            widget.setVisible(len(offered) > 1)

    def _offer_systems(self) -> None:
        session, chosen = self._session, self._system.currentData()
        edition, year = self._forms.currentData(), self._year.value()
        if not edition:
            return  # the list of forms is just being filled
        hidden = session.settings.text("systems_hidden").split()
        templates = session.templates.with_forms(edition)
        used = session.report.system if session.report else ""
        self._system.clear()
        for system in templates.systems_for(year, used, hidden):
            self._system.addItem(system.short_name, system.id)
        mine = templates.system_of(chosen or used).id if chosen or used else templates.form_system().id
        self._system.setCurrentIndex(max(0, self._system.findData(mine)))

    def _arrange(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(24, 20, 24, 16)
        form.setVerticalSpacing(12)
        form.addRow("单位名称", self._unit)
        form.addRow("自评年度", self._year)
        form.addRow(self._forms_label, self._forms)
        form.addRow("计分表", self._system)
        form.addRow("", self._carry)
        self._said.setObjectName("quiet")
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._said.setMinimumHeight(len(_CARRIED) * self._said.fontMetrics().lineSpacing())
        form.addRow("", self._said)
        self._buttons = QDialogButtonBox()
        self._buttons.addButton("新建", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        form.addRow(self._buttons)

    def _check(self) -> None:
        name, year = self._unit.currentText().strip(), self._year.value()
        catalog = self._session.catalog
        taken = catalog.find(name, year) is not None
        last = catalog.find(name, year - 1) is not None
        self._carry.setEnabled(last)
        self._carry.setChecked(last)
        said = "\n".join(_CARRIED) if last else "没有上年度报告可带入。"
        self._said.setText(f"已有{year}年度的报告，请换一个年度。" if taken else said)
        self._buttons.buttons()[0].setEnabled(bool(name) and not taken)

    def make(self) -> None:
        """Create the report that was asked for, and open it."""
        name, year = self._unit.currentText().strip(), self._year.value()
        last = self._session.catalog.find(name, year - 1) if self._carry.isChecked() else None
        forms = str(self._forms.currentData())
        self._session.create(name, year, str(self._system.currentData()), last, forms)
