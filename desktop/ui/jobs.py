"""Work off the main thread: a job gets and gives plain values; the answer comes back by signal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

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
        self._waited_for: int | None = None
        self._held: list[tuple[int, Any, Exception | None]] = []
        self.ended.connect(self._finish)

    def start(self, label: str, work: Callable[[], Any], done: Callable[[Any], None]) -> int:
        """Do `work` in the background, then `done` with its result in the main thread; the job's number.

        A UserError goes to `failed`; any other exception is raised in the main thread, where the
        crash hook takes it.
        """
        number = next(self._numbers)
        self._awaited[number] = done
        self.busy.emit(label)
        # Not a QRunnable of ours: one that ends before this call does, PySide keeps with all it was given.
        self._pool.start(partial(self._run, number, work))
        return number

    def _run(self, number: int, work: Callable[[], Any]) -> None:
        try:
            answer = work()
        except Exception as error:
            self.ended.emit(number, None, error)
        else:
            self.ended.emit(number, answer, None)

    @contextmanager
    def waiting_for(self, number: int) -> Iterator[None]:
        """Within it only that job is answered: what another one asks for would open over who waits, and the two
        would wait for each other. The others are answered when it is over."""
        before, self._waited_for = self._waited_for, number
        try:
            yield
        finally:
            self._waited_for = before
            held, self._held = self._held, []
            for late in held:
                QTimer.singleShot(0, self, partial(self._finish, *late))

    def _finish(self, number: int, answer: Any, error: Exception | None) -> None:
        if self._waited_for not in (None, number):
            self._held.append((number, answer, error))
            return
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
