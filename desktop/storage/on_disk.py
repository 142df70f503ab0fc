"""The open data file's own bytes, for a worker to read while the window goes on saving through sqlite."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, get_ident
from typing import TypeVar

_T = TypeVar("_T")

_AT_ONCE = 1 << 20
_PAUSE_SECONDS = 0.02


class OnDisk:
    """A second handle on the file: sqlite knows nothing of it, and no thread needs sqlite to read by it.

    It is opened once and closed after sqlite's own: on Linux, closing it any earlier would drop sqlite's lock
    (fcntl(2)). sqlite changes the file only within a transaction, as `writing` says; what was read while one
    ran is read again. So a copy is always that of one moment, and nobody waits for it.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        self._turn = Lock()  # the handle has one position for all threads
        self._count = 0
        """Of begun and ended transactions: odd while one runs."""
        self._writer = 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Around whatever may change the file."""
        self._writer = get_ident()
        self._count += 1
        try:
            yield
        finally:
            self._count += 1
            self._writer = 0

    def read(self) -> bytes:
        """All of it, as it was saved last. OSError where the disk does not give it."""

        def take() -> bytes:
            with self._turn:
                self._file.seek(0)
                return self._file.readall()

        return self._at_rest(take)

    def copy_to(self, target: Path) -> None:
        """The same into a file that is there. OSError also where that cannot be written."""

        def take() -> None:
            with self._turn, target.open("rb+") as file:
                self._file.seek(0)
                while part := self._file.read(_AT_ONCE):
                    file.write(part)
                file.truncate()

        self._at_rest(take)

    def close(self) -> None:
        self._file.close()

    def _at_rest(self, take: Callable[[], _T]) -> _T:
        assert self._writer != get_ident(), "within a transaction there is nothing at rest to wait for"
        while True:
            before = self._count
            if before % 2 == 0:
                taken = take()
                if self._count == before:
                    return taken
            time.sleep(_PAUSE_SECONDS)
