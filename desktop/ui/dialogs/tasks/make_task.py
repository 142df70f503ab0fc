"""制作任务包: which forms, and what is said of the task; the file is tried out and shown before it is saved."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.facts import FactSheet
from desktop.domain.keys import YEARS
from desktop.domain.tasks.task import MOST_ISSUES, Task, suggested_id
from desktop.errors import UserError
from desktop.exchange.atomic_write import write_atomically
from desktop.exchange.task_file.format import ENDING
from desktop.exchange.task_file.making import head_of, texts_in
from desktop.exchange.task_file.offer import TaskOffer
from desktop.ui import messages
from desktop.ui.dialogs import answered
from desktop.ui.dialogs.tasks.task_shown import KINDS, TaskShown
from desktop.ui.first_size import open_at
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session

_DAY = "yyyy-MM-dd"


def make_task(window: QWidget, session: Session, jobs: Jobs) -> None:
    """Ask what is to be in it, make it in the background, show it, and save it where that is wished."""
    dialog = MakeTaskDialog(session, window)
    with answered(dialog) as agreed:
        if agreed:
            making = session.place.tasks.making(dialog.task(), dialog.source())
            jobs.start("正在制作任务包，并试填一份报告…", making, partial(_made, window, session))


def _made(window: QWidget, session: Session, offer: TaskOffer) -> None:
    with answered(TaskShown(offer, "" if offer.refusal else "保存任务包…", window)) as agreed:
        if not agreed:
            return
    task = offer.task
    name = f"{task.name}（第{task.issue}次发布）" if task.issue > 1 else task.name
    chosen = messages.choose_target(
        window, "保存任务包", str(session.place.suggested_path(name, ENDING)), KINDS
    )
    if not chosen:
        return
    path = Path(chosen)
    path = path if path.suffix.lower() == ENDING else path.with_name(path.name + ENDING)
    with session.reporting():
        write_atomically(path, offer.file.data)
        session.said.emit(f"已保存：{path}")
        hint = "本机也领取以后，才能用它的表样填报、打开各单位按它填的报告包。"
        if messages.confirm(window, f"任务包已保存：{path.name}。在本机也领取它吗？", hint, "领取"):
            session.take_task(offer)


class MakeTaskDialog(QDialog):
    """The forms come from the open report, or from a folder of files; the rest is typed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("makeTask")
        self.setWindowTitle("制作任务包")
        open_at(self, 700, 600)
        self._from_report, self._from_folder = QRadioButton(), QRadioButton("文件夹里的表样文件")
        self._folder, self._choose = QLineEdit(), QPushButton("选择…")
        self._name, self._issuer, self._id = QLineEdit(), QLineEdit(), QLineEdit()
        self._year, self._issue = QSpinBox(), QSpinBox()
        self._has_deadline, self._deadline, self._note = QCheckBox("有"), QDateEdit(), QPlainTextEdit()
        self._own_id = False
        """The id was typed, and no longer follows issuer and year."""
        self._name_fields()
        self._arrange()
        self._begin()
        self._check()

    def _name_fields(self) -> None:
        fields = {
            "taskFromReport": self._from_report,
            "taskFromFolder": self._from_folder,
            "taskFolder": self._folder,
            "chooseTaskFolder": self._choose,
            "taskName": self._name,
            "taskIssuer": self._issuer,
            "taskId": self._id,
            "taskYear": self._year,
            "taskIssue": self._issue,
            "taskHasDeadline": self._has_deadline,
            "taskDeadline": self._deadline,
            "taskNote": self._note,
        }
        for name, field in fields.items():
            field.setObjectName(name)

    def _arrange(self) -> None:
        self._folder.setReadOnly(True)
        self._folder.setPlaceholderText("里面有 forms.toml 的文件夹（由技术人员准备）")
        self._choose.setAutoDefault(False)
        self._year.setRange(YEARS[0], YEARS[-1])
        self._year.setSuffix("年度")
        self._issue.setRange(1, MOST_ISSUES)
        self._issue.setPrefix("第 ")
        self._issue.setSuffix(" 次")
        self._deadline.setCalendarPopup(True)
        self._deadline.setDisplayFormat("yyyy年M月d日")
        self._name.setPlaceholderText("例如：清河县2024年度部门整体支出绩效自评")
        self._issuer.setPlaceholderText("例如：清河县财政局")
        self._note.setPlaceholderText("各单位领取时会看到，例如：请于3月底前报送；三公经费要与决算一致。")
        self._note.setTabChangesFocus(True)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(14)
        form.addRow("表样", self._from_report)
        form.addRow("", _in_a_row(self._from_folder, self._folder, self._choose))
        form.addRow("制发单位", self._issuer)
        form.addRow("任务名称", self._name)
        form.addRow("年度、发布", _in_a_row(self._year, self._issue, _quiet("改动后再发，次数加一")))
        form.addRow("截止日期", _in_a_row(self._has_deadline, self._deadline))
        form.addRow("代号", _in_a_row(self._id, _quiet("同一任务再次发布时不变")))
        form.addRow("填报要求", self._note)
        self._buttons = QDialogButtonBox()
        self._buttons.addButton("制作", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        about = _quiet("制作时会用它试填、试算、试印一份报告，没有问题才能保存。")
        foot = QHBoxLayout()
        foot.addWidget(about, 1)
        foot.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 14)
        column.setSpacing(12)
        column.addLayout(form, 1)
        column.addLayout(foot)

    def _begin(self) -> None:
        """As the next issue of the task that the report uses, or as a new one of the report's year."""
        session = self._session
        edition = session.templates.edition
        self._from_report.setText(f"打开的报告所用的表样和提纲：{edition.name}")
        self._from_report.setEnabled(session.report is not None)
        (self._from_report if session.report else self._from_folder).setChecked(True)
        begun = session.place.tasks.next_issue(edition.id) if session.report else None
        deadline = QDate.fromString(begun.deadline, _DAY) if begun else QDate()
        self._has_deadline.setChecked(deadline.isValid() or begun is None)
        self._year.setValue(begun.year if begun else session.year)
        usual = QDate(self._year.value() + 1, 3, 31)
        self._deadline.setDate(deadline if deadline.isValid() else usual)
        if begun is not None:
            self._own_id = True
            self._show(begun)
        self._choose.clicked.connect(self.choose_folder)
        self._id.textEdited.connect(self._keep_id)
        for changed in (
            self._issuer.textChanged,
            self._name.textChanged,
            self._id.textChanged,
            self._year.valueChanged,
            self._from_folder.toggled,
            self._has_deadline.toggled,
        ):
            changed.connect(self._check)

    def _show(self, task: Task) -> None:
        self._id.setText(task.id)
        self._name.setText(task.name)
        self._issuer.setText(task.issuer)
        self._issue.setValue(task.issue)
        self._note.setPlainText(task.note)

    def _keep_id(self) -> None:
        self._own_id = True

    def _check(self) -> None:
        by_folder = self._from_folder.isChecked()
        self._folder.setEnabled(by_folder)
        self._choose.setEnabled(by_folder)
        self._deadline.setEnabled(self._has_deadline.isChecked())
        for field in (self._id, self._year):
            field.setEnabled(not by_folder)  # these the folder says
        if not by_folder and not self._own_id:
            self._id.setText(suggested_id(self._issuer.text(), self._year.value()))
        filled = all(field.text().strip() for field in (self._name, self._issuer, self._id))
        ready = filled and (not by_folder or bool(self._folder.text()))
        self._buttons.buttons()[0].setEnabled(ready)

    def choose_folder(self) -> None:
        chosen = messages.choose_folder(
            self, "选择放着表样文件的文件夹", self._session.settings.text("export_folder")
        )
        if not chosen:
            return
        try:
            task_id, name, year = head_of(texts_in(Path(chosen)))
        except UserError as error:
            messages.tell_error(self, error)
            return
        self._folder.setText(chosen)
        self._id.setText(task_id)
        if year in YEARS:
            self._year.setValue(year)
        begun = self._session.place.tasks.next_issue(task_id)
        if begun is not None:
            self._show(begun)
        elif not self._name.text().strip():
            self._name.setText(name)
        self._check()

    def task(self) -> Task:
        return Task(
            id=self._id.text().strip(),
            name=" ".join(self._name.text().split()),
            year=self._year.value(),
            issuer=" ".join(self._issuer.text().split()),
            deadline=self._deadline.date().toString(_DAY) if self._has_deadline.isChecked() else "",
            note=self._note.toPlainText().strip(),
            issue=self._issue.value(),
            issued=dt.date.today().isoformat(),
        )

    def source(self) -> Path | FactSheet:
        return Path(self._folder.text()) if self._from_folder.isChecked() else self._session.sheet


def _in_a_row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
    if not any(isinstance(widget, QLineEdit) for widget in widgets):
        layout.addStretch(1)
    return row


def _quiet(words: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName("quiet")
    return label
