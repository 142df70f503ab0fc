"""设置: every labelled setting is there and kept at once; rules that are switched off find nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.storage.settings import SETTINGS, Setting
from desktop.ui import messages
from desktop.ui.dialogs.settings import SettingsDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from tests.ui.auditing import TOTAL, audit


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> SettingsDialog:
    dialog = SettingsDialog(session)
    qtbot.addWidget(dialog)
    return dialog


def test_every_labelled_setting_can_be_set_here(dialog: SettingsDialog) -> None:
    for key, setting in SETTINGS.items():
        assert not setting.label or dialog.findChild(QWidget, f"setting_{key}") is not None, key


def test_a_new_setting_of_any_kind_can_be_set(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = ((9, "小"), (12, "大"))
    new = (
        Setting("motto", "页眉文字", "text", ""),
        Setting("copies", "打印份数", "whole", 1),
        Setting("size", "字号", "whole", 9, sizes),
        Setting("draft", "印“草稿”字样", "flag", False),
    )
    for setting in new:
        monkeypatch.setitem(SETTINGS, setting.key, setting)
    dialog = SettingsDialog(session)
    qtbot.addWidget(dialog)
    for key, typed in (("motto", "内部"), ("copies", "3")):
        line = dialog.findChild(QLineEdit, f"setting_{key}")
        assert line is not None
        line.setText(typed)
        line.editingFinished.emit()
    choice, tick = dialog.findChild(QComboBox, "setting_size"), dialog.findChild(QCheckBox, "setting_draft")
    assert choice is not None and tick is not None
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    tick.click()
    assert [session.settings.get(setting.key) for setting in new] == ["内部", 3, 12, True]


def test_folders_are_chosen_and_cleared(
    dialog: SettingsDialog, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def press(name: str) -> None:
        button = dialog.findChild(QPushButton, name)
        assert button is not None
        button.click()

    monkeypatch.setattr(messages, "choose_folder", lambda *_: str(tmp_path))
    press("choose_export_folder")
    assert session.settings.text("export_folder") == str(tmp_path)
    press("clear_export_folder")
    assert session.settings.text("export_folder") == ""


def test_a_tick_here_is_a_tick_in_the_menu(window: MainWindow, dialog: SettingsDialog) -> None:
    box = dialog.findChild(QCheckBox, "setting_audit_page")
    assert box is not None
    box.click()
    assert window.actions_.audit_page.isChecked()
    assert window.session.settings.flag("audit_page")


def test_a_rule_that_is_switched_off_finds_nothing(
    qtbot: QtBot, dialog: SettingsDialog, session: Session
) -> None:
    session.set(TOTAL, "9.5")
    audit(qtbot, session)
    code = session.findings[0].code
    rules = dialog.findChild(QListWidget, "setting_rules_off")
    assert rules is not None
    (item,) = rules.findItems(f"{code}　", Qt.MatchFlag.MatchStartsWith)
    item.setCheckState(Qt.CheckState.Unchecked)
    assert session.place.rules_off == (code,)
    audit(qtbot, session)
    assert code not in {finding.code for finding in session.findings}
    item.setCheckState(Qt.CheckState.Checked)
    audit(qtbot, session)
    assert code in {finding.code for finding in session.findings}


def test_rules_stand_in_the_order_of_their_numbers(dialog: SettingsDialog, session: Session) -> None:
    rules = dialog.findChild(QListWidget, "setting_rules_off")
    assert rules is not None and rules.count() == len(session.place.rule_pages)
    codes = [rules.item(row).data(Qt.ItemDataRole.UserRole) for row in range(rules.count())]
    assert codes.index("R2") < codes.index("R10")


def test_every_part_has_a_name(dialog: SettingsDialog) -> None:
    parts = [part for kind in (QCheckBox, QLineEdit, QPushButton) for part in dialog.findChildren(kind)]
    assert all(isinstance(part, QWidget) and part.objectName() for part in parts)


def test_a_system_without_its_tick_is_no_longer_offered(dialog: SettingsDialog, session: Session) -> None:
    box = dialog.findChild(QCheckBox, "show_blocks-2023")
    assert box is not None and box.isChecked()
    box.setChecked(False)
    assert [system.id for system in session.systems()] == ["form-2023", "hunan-2023"]
    box.setChecked(True)
    assert "blocks-2023" in [system.id for system in session.systems()]
