"""Every dialog, every tab and the window die when they are closed: nothing keeps them, or a part of them."""

from __future__ import annotations

import importlib
import pkgutil
import weakref
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

import desktop.ui
from desktop import paths
from desktop.exchange.package_in import Package
from desktop.storage.backup import BY_HAND
from desktop.storage.rescue import look
from desktop.ui.dialogs.backups import BackupsDialog
from desktop.ui.dialogs.data_check import DataCheckDialog
from desktop.ui.dialogs.deleted_reports import DeletedReportsDialog
from desktop.ui.dialogs.file_audit import FileAudit
from desktop.ui.dialogs.history import HistoryDialog
from desktop.ui.dialogs.import_preview import ImportPreview
from desktop.ui.dialogs.insert_field import InsertFieldDialog
from desktop.ui.dialogs.new_report import NewReportDialog
from desktop.ui.dialogs.paper import PaperDialog
from desktop.ui.dialogs.rescue import UNREADABLE, RescueDialog
from desktop.ui.dialogs.settings import SettingsDialog
from desktop.ui.dialogs.support import SupportDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.tabs import TABS, TabSpec
from desktop.ui.tabs.preview import PreviewTab
from desktop.ui.widgets.notice import LogDialog
from desktop.work_items import Source
from desktop.workplace import Workplace
from tests.wrappers import clear_away, dead_wrappers

Open = Callable[[MainWindow], QDialog]
TIMES = 3


def audited(window: MainWindow) -> QDialog:
    place = window.session.place
    file = place.backups.folder.parent / "报告.txt"
    file.write_text("一、预算执行\n全年预算数100万元，全年执行数80万元，预算执行率90%。\n", encoding="utf-8")
    return FileAudit(window.session, window.jobs, file.name, place.audit_file(file), window)


def imported(window: MainWindow) -> QDialog:
    package = Package("甲", 2024, "", "", "", dict(window.session.facts))
    return ImportPreview(window.session, Source("甲.zpb", package, "甲", 2024), window)


def rescuing(window: MainWindow) -> QDialog:
    where = paths.Paths(window.session.place.backups.folder.parent)
    return RescueDialog(lambda: look(where.database, where.backups), UNREADABLE)


OPEN: dict[type[QDialog], Open] = {
    BackupsDialog: lambda window: BackupsDialog(window.session, window.jobs, window),
    DataCheckDialog: lambda window: DataCheckDialog(window.session, window.jobs, lambda: None, window),
    DeletedReportsDialog: lambda window: DeletedReportsDialog(window.session, window),
    FileAudit: audited,
    HistoryDialog: lambda window: HistoryDialog(window.session, window.jobs, None, window),
    ImportPreview: imported,
    InsertFieldDialog: lambda window: InsertFieldDialog(window.session, window),
    LogDialog: lambda window: LogDialog(Path("none.log"), window),
    NewReportDialog: lambda window: NewReportDialog(window.session, window),
    PaperDialog: lambda window: PaperDialog(window.session, window),
    RescueDialog: rescuing,
    SettingsDialog: lambda window: SettingsDialog(window.session, window),
    SupportDialog: lambda window: SupportDialog(window.session, window.jobs, window),
}


def dialogs_of_the_program() -> set[type[QDialog]]:
    for module in pkgutil.walk_packages(desktop.ui.__path__, "desktop.ui."):
        importlib.import_module(module.name)
    kinds: list[type[QDialog]] = [QDialog]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return {kind for kind in kinds if kind.__module__.startswith("desktop.")}


def use(root: QWidget) -> None:
    """Its lists are gone into, and what it works out in the background is there."""
    root.show()
    for view in root.findChildren(QAbstractItemView):
        if view.model() is not None and view.model().rowCount():
            view.setCurrentIndex(view.model().index(0, 0))
    QApplication.processEvents()


def kept(session: Session, made: Callable[[], QObject]) -> tuple[int, Counter[str]]:
    """How many of some that `made` made are still there when all are closed, and which dead parts of them."""

    def at_rest() -> Counter[str]:
        clear_away()
        session.checking.wait()
        return Counter(dead_wrappers())

    before = at_rest()
    ghosts = [weakref.ref(made()) for _ in range(TIMES)]
    left = at_rest() - before
    return sum(ghost() is not None for ghost in ghosts), left


def test_every_dialog_is_tried() -> None:
    assert set(OPEN) == dialogs_of_the_program()


@pytest.mark.parametrize("kind", OPEN, ids=lambda kind: kind.__name__)
def test_a_closed_dialog_is_gone(
    window: MainWindow, session: Session, place: Workplace, kind: type[QDialog]
) -> None:
    place.backups.make(BY_HAND)
    place.delete_report(place.create("青山县教育局", 2020))

    def closed() -> QObject:
        dialog = OPEN[kind](window)
        use(dialog)
        window.jobs.wait()
        use(dialog)
        dialog.close()
        if shiboken6.isValid(dialog):
            dialog.deleteLater()
        return dialog

    assert kept(session, closed) == (0, Counter())


@pytest.mark.parametrize("spec", TABS, ids=lambda spec: spec.name)
def test_a_closed_tab_is_gone(qtbot: QtBot, session: Session, spec: TabSpec) -> None:
    def closed() -> QObject:
        tab = spec.make(session)
        use(tab)
        session.settle()
        session.checking.wait()
        use(tab)
        if isinstance(tab, PreviewTab):
            tab.wait()
        tab.close()
        tab.deleteLater()
        return tab

    assert kept(session, closed) == (0, Counter())


def test_a_closed_window_is_gone(qtbot: QtBot, session: Session) -> None:
    """After each tab, the findings, and a cell of each table were looked at."""
    places = {key.base: key for key in session.facts}

    def closed() -> QObject:
        window = MainWindow(session)
        use(window)
        window.actions_.findings.trigger()
        for number in range(len(TABS)):
            use(window.show_tab(number))
        for key in places.values():
            session.jump.emit(key)
            QApplication.processEvents()
        window.close()
        window.deleteLater()
        return window

    assert kept(session, closed) == (0, Counter())
