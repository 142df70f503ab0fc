"""Which files to audit: one is shown with its text, several with what was found in each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.exchange.read_text.any_file import READABLE
from desktop.ui import messages
from desktop.ui.dialogs.file_audit import FileAudit
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session

KINDS = f"报告 ({' '.join(f'*{ending}' for ending in READABLE)});;所有文件 (*)"


def choose_and_audit(window: QWidget, session: Session, jobs: Jobs, path: str = "") -> None:
    """Ask for files, unless there is one, and audit them in the background."""
    folder = session.settings.text("export_folder")
    paths = [path] if path else messages.choose_files(window, "核对报告文件（可选多份）", folder, KINDS)
    if len(paths) == 1:
        audit_one(window, session, jobs, paths[0])
    elif paths:
        audit_all(window, session, jobs, paths)


def choose_folder_and_audit(window: QWidget, session: Session, jobs: Jobs) -> None:
    folder = messages.choose_folder(window, "核对文件夹里的全部报告", session.settings.text("export_folder"))
    if folder:
        audit_all(window, session, jobs, [folder])


def audit_one(window: QWidget, session: Session, jobs: Jobs, path: str) -> None:
    without = session.place.rules_off
    jobs.start(
        "正在核对…",
        lambda: session.place.audit_file(Path(path), without),
        lambda file: FileAudit(session, jobs, file, window).show(),
    )


def audit_all(window: QWidget, session: Session, jobs: Jobs, paths: Sequence[str]) -> None:
    """Files, and all reports of folders, one after the other."""
    from desktop.exchange.audited.folder import reports_in
    from desktop.ui.dialogs.files_audit import FilesAudit

    jobs.start(
        "正在查找报告…",
        partial(reports_in, [Path(path) for path in paths]),
        lambda reports: FilesAudit(session, jobs, reports, window).show(),
    )
