"""Work off the main thread: a job gets and gives plain values; the answer comes back by signal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from desktop.errors import UserError

_TURN_SECONDS = 0.0001
"""How long a worker keeps the interpreter when the window wants it. With Python's own 5 ms a key pressed
meanwhile took up to 240 ms to be seen; with this 15 ms."""


class _Answer(QObject):
    done = Signal(object)
    failed = Signal(object)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], Any], answer: _Answer) -> None:
        super().__init__()
        self._work, self._answer = work, answer

    def run(self) -> None:
        try:
            result = self._work()
        except Exception as error:
            self._answer.failed.emit(error)
        else:
            self._answer.done.emit(result)


class Jobs(QObject):
    """Runs jobs one after another in one worker thread; `busy` tells when it begins and ends."""

    busy = Signal(str)
    failed = Signal(UserError)

    def __init__(self) -> None:
        super().__init__()
        sys.setswitchinterval(_TURN_SECONDS)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._answers: set[_Answer] = set()

    def start(self, label: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Do `work` in the background, then `done` with its result in the main thread.

        A UserError goes to `failed`; any other exception is raised in the main thread, where the
        crash hook takes it.
        """
        answer = _Answer()
        self._answers.add(answer)
        answer.done.connect(lambda result: self._finish(answer, lambda: done(result)))
        answer.failed.connect(lambda error: self._finish(answer, lambda: self._fail(error)))
        self.busy.emit(label)
        self._pool.start(_Job(work, answer))

    def _finish(self, answer: _Answer, then: Callable[[], None]) -> None:
        self._answers.discard(answer)
        self.busy.emit("")
        then()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.failed.emit(error)
            return
        raise error

    def wait(self) -> None:
        """Let running work end; for closing the window and for tests."""
        self._pool.waitForDone()
