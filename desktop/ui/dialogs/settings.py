"""设置: every setting that has a label, each kept as soon as it is changed."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.storage.settings import SETTINGS, Setting, Value
from desktop.ui import messages
from desktop.ui.first_size import open_at
from desktop.ui.hints import paragraph
from desktop.ui.session import Session


class _Choice(QComboBox):
    """Left alone by the wheel that scrolls past it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SettingsDialog(QDialog):
    """A flag is a tick, what has `choices` a list, a folder has a button to choose and one to clear it, text and
    numbers are typed; below, the rules of the audit."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings = session, session.settings
        self.setObjectName("settingsDialog")
        self.setWindowTitle("设置")
        open_at(self, 680, 540)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        for setting in SETTINGS.values():
            if setting.label and setting.kind == "flag":
                form.addRow(self._flag(setting))
            elif setting.label:
                form.addRow(setting.label, self._field(setting))
        form.addRow("计分表", self._systems())
        rules = QLabel("核对规则（去掉勾选的不再核对，对所有报告有效）")
        rules.setObjectName("fieldLabel")
        about = QLabel("改动立即生效，保存在数据文件里；恢复备份时设置不变。")
        about.setObjectName("quiet")
        close = QPushButton("关闭")
        close.setObjectName("closeSettings")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(about, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(rules)
        column.addWidget(self._rules(), 1)
        column.addLayout(foot)

    def _keep(self, setting: Setting, value: Value) -> None:
        if value != self._settings.get(setting.key):
            with self._session.reporting():
                self._settings.set(setting.key, value)
            self._session.setting_changed.emit(setting.key)

    def _field(self, setting: Setting) -> QWidget:
        if setting.choices:
            return self._choice(setting)
        return self._folder(setting) if setting.kind == "folder" else self._line(setting)

    def _choice(self, setting: Setting) -> QComboBox:
        box = _Choice()
        box.setObjectName(f"setting_{setting.key}")
        for value, shown in setting.choices:
            box.addItem(shown, value)
        box.setCurrentIndex(box.findData(self._settings.get(setting.key)))
        box.activated.connect(lambda number: self._keep(setting, box.itemData(number)))
        return box

    def _line(self, setting: Setting) -> QLineEdit:
        """Text, or a whole number."""
        line = QLineEdit(self._settings.text(setting.key))
        line.setObjectName(f"setting_{setting.key}")
        whole = setting.kind == "whole"
        if whole:
            line.setValidator(QIntValidator(line))
        line.editingFinished.connect(lambda: self._keep(setting, int(line.text()) if whole else line.text()))
        return line

    def _flag(self, setting: Setting) -> QCheckBox:
        box = QCheckBox(setting.label)
        box.setObjectName(f"setting_{setting.key}")
        box.setChecked(self._settings.flag(setting.key))
        box.toggled.connect(lambda wanted: self._keep(setting, wanted))
        return box

    def _rules(self) -> QListWidget:
        """All rules by their number, with what each looks for as a hint."""
        off = self._session.place.rules_off
        self._list = QListWidget()
        self._list.setObjectName("setting_rules_off")
        self._list.setMinimumHeight(96)
        pages = self._session.place.rule_pages
        for code in sorted(pages, key=_in_order):
            item = QListWidgetItem(f"{code}　{pages[code].name}（{pages[code].level}）")
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setToolTip(paragraph(pages[code].explanation.strip()))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if code in off else Qt.CheckState.Checked)
            self._list.addItem(item)
        self._list.itemChanged.connect(lambda _: self._keep_rules())
        return self._list

    def _keep_rules(self) -> None:
        items = [self._list.item(row) for row in range(self._list.count())]
        off = [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Unchecked
        ]
        self._keep(SETTINGS["rules_off"], " ".join(off))

    def _systems(self) -> QWidget:
        """Systems that the county does not use are shown nowhere, but in a report that is scored by one."""
        hidden = self._session.settings.text("systems_hidden").split()
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        for system in self._session.templates.systems.values():
            if not system.indicator_table:
                box = QCheckBox(f"{system.short_name}（{system.year}年起）")
                box.setObjectName(f"show_{system.id}")
                box.setProperty("system", system.id)
                box.setChecked(system.id not in hidden)
                box.toggled.connect(lambda _: self._keep_systems(whole))
                row.addWidget(box)
        row.addStretch(1)
        return whole

    def _keep_systems(self, boxes: QWidget) -> None:
        found = boxes.findChildren(QCheckBox)
        hidden = [str(box.property("system")) for box in found if not box.isChecked()]
        self._keep(SETTINGS["systems_hidden"], " ".join(hidden))

    def _folder(self, setting: Setting) -> QWidget:
        line = QLineEdit(self._settings.text(setting.key))
        line.setObjectName(f"setting_{setting.key}")
        line.setReadOnly(True)
        line.setPlaceholderText("没有设置")
        choose, clear = QPushButton("选择…"), QPushButton("清除")
        choose.setObjectName(f"choose_{setting.key}")
        clear.setObjectName(f"clear_{setting.key}")

        def take(folder: str) -> None:
            line.setText(folder)
            self._keep(setting, folder)

        def ask() -> None:
            chosen = messages.choose_folder(self, setting.label, line.text())
            if chosen:
                take(chosen)

        choose.clicked.connect(ask)
        clear.clicked.connect(lambda: take(""))
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(line, 1)
        for button in (choose, clear):
            button.setAutoDefault(False)
            row.addWidget(button)
        return whole


def _in_order(code: str) -> tuple[str, int, str]:
    """`R2` before `R10`."""
    letters, number, rest = re.match(r"(\D*)(\d*)(.*)", code).groups()  # type: ignore[union-attr]
    return letters, int(number or 0), rest
