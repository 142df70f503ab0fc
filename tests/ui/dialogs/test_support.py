"""支持信息: everything is shown before it is saved, and nothing of a report is in it unless that is ticked."""

from __future__ import annotations

import logging
import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.system import crash
from desktop.ui import messages
from desktop.ui.dialogs.support import SupportDialog
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session

SECRET = "保密的一句话"


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> SupportDialog:
    session.set(FactKey("unit", "this", "address"), SECRET)
    session.settings.set("export_folder", str(Path.home() / "自评"))
    dialog = SupportDialog(session, Jobs())
    qtbot.addWidget(dialog)
    return dialog


def saved(
    qtbot: QtBot, dialog: SupportDialog, session: Session, monkeypatch: pytest.MonkeyPatch, target: Path
) -> dict[str, bytes]:
    monkeypatch.setattr(messages, "choose_target", lambda *_: str(target))
    button = dialog.findChild(QPushButton, "saveSupportTo")
    assert button is not None
    with qtbot.waitSignal(session.said):
        button.click()
    with zipfile.ZipFile(target) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


@pytest.mark.logs_warnings
def test_a_bundle_holds_nothing_that_was_typed(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    session.set(FactKey("unit", "this", "address"), SECRET)
    session.settings.set("export_folder", str(Path.home() / "自评"))
    hook = crash.install(session.store._db.path.with_name("ziping.log"))
    logging.getLogger("desktop").error("failed", exc_info=ValueError(f"{SECRET} 1194.6"))
    hook.remove()
    dialog = SupportDialog(session, Jobs())
    qtbot.addWidget(dialog)
    parts = saved(qtbot, dialog, session, monkeypatch, tmp_path / "支持信息.zip")
    assert {"versions.txt", "data.txt", "check.txt", "ziping.log"} == set(parts)
    assert b"ValueError" in parts["ziping.log"]
    for name, content in parts.items():
        text = content.decode("utf-8-sig")
        for secret in (SECRET, "1194.6", "清河县", str(Path.home()), "自评\n"):
            assert secret not in text, name


def test_the_data_are_there_if_one_ticks_them(
    qtbot: QtBot, dialog: SupportDialog, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    box = dialog.findChild(QCheckBox, "withData")
    table = dialog.findChild(QTableWidget, "supportParts")
    assert box is not None and table is not None
    before = table.rowCount()
    box.click()
    assert table.rowCount() == before + 1
    parts = saved(qtbot, dialog, session, monkeypatch, tmp_path / "a.zip")
    assert SECRET.encode() in parts["ziping.db"]


def test_each_part_is_shown_in_full(dialog: SupportDialog) -> None:
    table = dialog.findChild(QTableWidget, "supportParts")
    text = dialog.findChild(QPlainTextEdit, "supportText")
    assert table is not None and text is not None
    for row, part in enumerate(dialog.parts):
        table.selectRow(row)
        assert text.toPlainText() == part.text != ""
