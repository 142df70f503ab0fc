"""How each dialog of the program is opened, for the tests that look at all of them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog

import desktop.ui
from desktop import paths
from desktop.domain.text_blocks.picture import Picture
from desktop.domain.text_blocks.text_table import TextTable
from desktop.exchange.package.reader import Package
from desktop.exchange.task_file.offer import TaskOffer
from desktop.storage.recovery.rescue import look
from desktop.ui.dialogs.apply_outline import ApplyOutline
from desktop.ui.dialogs.backups import BackupsDialog
from desktop.ui.dialogs.data_check import DataCheckDialog
from desktop.ui.dialogs.deleted_reports import DeletedReportsDialog
from desktop.ui.dialogs.file_audit import FileAudit
from desktop.ui.dialogs.files_audit import FilesAudit
from desktop.ui.dialogs.history import HistoryDialog
from desktop.ui.dialogs.import_preview import ImportPreview
from desktop.ui.dialogs.insert_field import InsertFieldDialog
from desktop.ui.dialogs.new_report import NewReportDialog
from desktop.ui.dialogs.paper import PaperDialog
from desktop.ui.dialogs.rescue import UNREADABLE, RescueDialog
from desktop.ui.dialogs.settings import SettingsDialog
from desktop.ui.dialogs.support import SupportDialog
from desktop.ui.dialogs.tasks.bringing_over import BringingOverDialog
from desktop.ui.dialogs.tasks.make_task import MakeTaskDialog
from desktop.ui.dialogs.tasks.task_shown import TaskShown
from desktop.ui.dialogs.tasks.tasks import TasksDialog
from desktop.ui.dialogs.text_blocks.picture_view import PictureDialog
from desktop.ui.dialogs.text_blocks.table_size import TableSizeDialog
from desktop.ui.dialogs.text_blocks.text_table import TextTableDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.text_editor.picture_files import picture_of_image
from desktop.ui.widgets.notice import LogDialog
from desktop.work_items import Source
from tests.county_task import TASK, written_to

TABLE = TextTable((("<b>x</b>", "⟦unit.this.name⟧"), ("1", "2")))
Open = Callable[[MainWindow], QDialog]


def folder_of(window: MainWindow) -> Path:
    return window.session.place.backups.folder.parent


def audited(window: MainWindow) -> QDialog:
    place, file = window.session.place, folder_of(window) / "报告.txt"
    file.write_text("一、预算执行\n全年预算数100万元，全年执行数80万元，预算执行率90%。\n", encoding="utf-8")
    return FileAudit(window.session, window.jobs, place.audit_file(file), window)


def audited_together(window: MainWindow) -> QDialog:
    reports = []
    for name in ("甲<b>.txt", "乙<b>.docx"):
        path = folder_of(window) / name
        path.write_text("<b>全年预算数100万元，全年执行数80万元，预算执行率90%。</b>", encoding="utf-8")
        reports.append((path, name))
    return FilesAudit(window.session, window.jobs, reports, window)


def imported(window: MainWindow) -> QDialog:
    package = Package("青山县教育局", 2024, "", "", "", dict(window.session.facts))
    return ImportPreview(window.session, Source("教育局.zpb", package, "青山县教育局", 2024), window)


def rescuing(window: MainWindow) -> QDialog:
    where = paths.Paths(folder_of(window))
    return RescueDialog(lambda: look(where.database, where.backups), UNREADABLE)


def offered(window: MainWindow) -> TaskOffer:
    """A task of a county, its words with markup in them, taken before where it was not."""
    tasks = window.session.place.tasks
    task = TASK._replace(note="<b>x</b><img src=file:///etc/passwd>")
    offer = tasks.making(task, written_to(folder_of(window) / "county"))()
    if not tasks.taken:
        window.session.take_task(offer)
    return offer


def brought_over(window: MainWindow) -> QDialog:
    edition = offered(window).task.edition
    return BringingOverDialog(window.session, edition, "<b>x</b><img src=x>", window)


def with_tasks(window: MainWindow) -> QDialog:
    offered(window)
    return TasksDialog(window.session, window.jobs, window)


OPEN: dict[type[QDialog], Open] = {
    BringingOverDialog: brought_over,
    BackupsDialog: lambda window: BackupsDialog(window.session, window.jobs, window),
    DataCheckDialog: lambda window: DataCheckDialog(window.session, window.jobs, lambda: None, window),
    DeletedReportsDialog: lambda window: DeletedReportsDialog(window.session, window),
    FileAudit: audited,
    FilesAudit: audited_together,
    HistoryDialog: lambda window: HistoryDialog(window.session, window.jobs, None, window),
    ImportPreview: imported,
    ApplyOutline: lambda window: ApplyOutline(window.session, "six-part", window),
    InsertFieldDialog: lambda window: InsertFieldDialog(window.session, window),
    LogDialog: lambda window: LogDialog(folder_of(window) / "ziping.log", window),
    MakeTaskDialog: lambda window: MakeTaskDialog(window.session, window),
    NewReportDialog: lambda window: NewReportDialog(window.session, window),
    PaperDialog: lambda window: PaperDialog(window.session, window),
    RescueDialog: rescuing,
    SettingsDialog: lambda window: SettingsDialog(window.session, window),
    PictureDialog: lambda window: PictureDialog(picture(), window),
    TableSizeDialog: TableSizeDialog,
    TextTableDialog: lambda window: TextTableDialog(window.session, TABLE, window),
    SupportDialog: lambda window: SupportDialog(window.session, window.jobs, window),
    TaskShown: lambda window: TaskShown(offered(window), "领取", window),
    TasksDialog: with_tasks,
}


def picture() -> Picture:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    made = picture_of_image(image)
    assert made is not None
    return made


def dialogs_of_the_program() -> set[type[QDialog]]:
    for module in pkgutil.walk_packages(desktop.ui.__path__, "desktop.ui."):
        importlib.import_module(module.name)
    kinds: list[type[QDialog]] = [QDialog]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return {kind for kind in kinds if kind.__module__.startswith("desktop.")}
