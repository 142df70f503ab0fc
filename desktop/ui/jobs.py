"""Work off the main thread: a job gets and gives plain values; the answer comes back by signal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal

from desktop.errors import UserError

_TURN_SECONDS = 0.0001
"""How long a worker keeps the interpreter when the window wants it. With Python's own 5 ms a key pressed
meanwhile took up to 240 ms to be seen; with this 15 ms."""


class Jobs(QObject):
    """Runs jobs one after another in one worker thread; `busy` tells when it begins and ends."""

    busy = Signal(str)
    failed = Signal(UserError)
    ended = Signal(int, object, object)
    """From the worker: which job, and its answer or what it raised."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_TURN_SECONDS)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._numbers = count()
        # Not a slot for each job: PySide would keep it, and with it all that the job was given.
        self._awaited: dict[int, Callable[[Any], None]] = {}
        self.ended.connect(self._finish)

    def start(self, label: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Do `work` in the background, then `done` with its result in the main thread.

        A UserError goes to `failed`; any other exception is raised in the main thread, where the
        crash hook takes it.
        """
        number = next(self._numbers)
        self._awaited[number] = done
        self.busy.emit(label)
        # Not a QRunnable of ours: one that ends before this call does, PySide keeps with all it was given.
        self._pool.start(partial(self._run, number, work))

    def _run(self, number: int, work: Callable[[], Any]) -> None:
        try:
            answer = work()
        except Exception as error:
            self.ended.emit(number, None, error)
        else:
            self.ended.emit(number, answer, None)

    def _finish(self, number: int, answer: Any, error: Exception | None) -> None:
        done = self._awaited.pop(number)
        self.busy.emit("")
        if error is None:
            done(answer)
        elif isinstance(error, UserError):
            self.failed.emit(error)
        else:
            raise error

    def wait(self) -> None:
        """Let running work end; for closing the window and for tests."""
        self._pool.waitForDone()
