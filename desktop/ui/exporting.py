"""The session's road out: plain values for a job in the worker thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.exchange.exporters import EXPORTERS, ExportJob, suggested_name
from desktop.ui.session import Session


@dataclass(frozen=True, slots=True)
class ExportTask:
    """What to offer in the file chooser, and the work itself (safe in a worker; gives notes for the user)."""

    label: str
    ending: str
    suggested_path: str
    run: Callable[[Path], list[str]]


def export_task(session: Session, kind: str) -> ExportTask:
    exporter = EXPORTERS[kind]
    job = ExportJob(
        templates=session.templates,
        facts=dict(session.facts),
        year=session.year,
        system_id=session.assessment.system.id,
        resources=session.resources,
        prefer_system_fonts=session.settings.flag("prefer_system_fonts"),
    )
    folder = session.settings.text("export_folder") or str(Path.home())
    return ExportTask(
        exporter.label,
        exporter.ending,
        str(Path(folder) / suggested_name(job, exporter)),
        lambda target: exporter.run(target, job),
    )


def remember_folder(session: Session, folder: Path) -> None:
    session.settings.set("export_folder", str(folder))
