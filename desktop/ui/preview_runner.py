"""The pages as they would be exported, made in a worker: of several wishes only the newest is carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.errors import UserError
from desktop.ui.jobs import Jobs
from desktop.work_items import PreviewJob

if TYPE_CHECKING:
    from desktop.exchange.report_files import Preview

_UNKNOWN = UserError("预览没有生成出来。", "已填写的数据都已保存。改动后会再试；也可以直接导出PDF。")


class _Void(Exception):
    """Nobody wants the pages any more."""


class _Run:
    """One making of the pages, that can be called off while it runs; what it raises is its answer."""

    def __init__(self, job: PreviewJob) -> None:
        self.job = job
        self.void = False

    def __call__(self) -> Preview | Exception | None:
        try:
            self._checkpoint()
            return self.job.run(self._checkpoint)
        except _Void:
            return None
        except Exception as error:
            return error

    def _checkpoint(self) -> None:
        if self.void:
            raise _Void


class Previewing(QObject):
    """The newest preview. A job that comes while one runs breaks that one off."""

    made = Signal(object)
    """A Preview, of the facts as they stood when it was asked for."""
    failed = Signal(UserError)
    running = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._run: _Run | None = None
        self._done: PreviewJob | None = None

    def start(self, job: PreviewJob) -> None:
        """Make the pages, unless they are made or being made already."""
        if job == (self._run.job if self._run else self._done):
            return
        self.stop()
        run = self._run = _Run(job)
        self.running.emit(True)
        self._jobs.start("", run, lambda answer: self._take(run, answer))

    def stop(self) -> None:
        """Break off what runs; what was made last stays."""
        if self._run is not None:
            self._run.void = True
            self._run = None
            self.running.emit(False)

    def forget(self) -> None:
        """Another report is open: what was made is of no use."""
        self.stop()
        self._done = None

    def _take(self, run: _Run, answer: Preview | Exception | None) -> None:
        if run is not self._run:
            return
        self._run = None
        self.running.emit(False)
        if isinstance(answer, Exception):
            self._done = None
            expected = isinstance(answer, UserError)
            self.failed.emit(answer if expected else _UNKNOWN)
            if not expected:
                raise answer  # a bug, for the crash hook
            return
        self._done = run.job
        self.made.emit(answer)

    def wait(self) -> None:
        """Let running work end; for closing the window and for tests."""
        self._jobs.wait()
