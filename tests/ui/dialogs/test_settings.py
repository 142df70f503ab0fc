"""设置: every labelled setting is there and kept at once; rules that are switched off find nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.storage.settings import SETTINGS
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
        kind = QCheckBox if setting.kind == "flag" else QLineEdit
        if setting.label:
            assert setting.kind in ("flag", "folder")
            assert dialog.findChild(kind, f"setting_{key}") is not None, key


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
