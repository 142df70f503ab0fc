"""How storage has work done that lasts: at once, or in the background of a window that stays alive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TypeVar

_T = TypeVar("_T")


class Runner(Protocol):
    """How work that lasts is done: `run` gives its result, or raises what it raised."""

    def run(self, words: str, work: Callable[[], _T]) -> _T: ...

    def showing(self, words: str) -> AbstractContextManager[Callable[[int, int], None]]:
        """For work that only the caller's thread can do; told again and again what is left, of how much."""


class AtOnce:
    """Here and now: nobody sits at a window."""

    def run(self, words: str, work: Callable[[], _T]) -> _T:
        return work()

    @contextmanager
    def showing(self, words: str) -> Iterator[Callable[[int, int], None]]:
        yield lambda left, total: None
