"""Work in the background: answers, failures, and nothing kept of what is done."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from desktop.errors import UserError
from desktop.ui.jobs import Jobs


class Burden:
    """Something a job is given or gives."""


def test_answers_come_in_the_order_of_the_jobs(qtbot: QtBot) -> None:
    jobs, found, said = Jobs(), list[int](), list[str]()
    jobs.busy.connect(said.append)
    for number in range(3):
        jobs.start("…", lambda number=number: number, found.append)
    qtbot.waitUntil(lambda: len(found) == 3)
    assert found == [0, 1, 2]
    assert said == ["…"] * 3 + [""] * 3


def test_an_expected_failure_is_told_and_a_bug_reaches_the_main_thread(qtbot: QtBot) -> None:
    jobs, told = Jobs(), list[UserError]()
    jobs.failed.connect(told.append)

    def raise_(error: Exception) -> None:
        raise error

    jobs.start("…", lambda: raise_(UserError("磁盘已满。")), told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].sentence == "磁盘已满。"
    with qtbot.captureExceptions() as raised:
        jobs.start("…", lambda: raise_(ZeroDivisionError()), told.append)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


@pytest.mark.parametrize("given", [True, False], ids=["given", "made"])
def test_nothing_is_kept_of_a_job_that_is_done(qtbot: QtBot, given: bool) -> None:
    jobs, seen = Jobs(), list[weakref.ref[Burden]]()

    def start() -> None:
        burden = Burden()
        seen.append(weakref.ref(burden))
        jobs.start("…", (lambda: burden) if given else Burden, lambda made: seen.append(weakref.ref(made)))

    start()
    qtbot.waitUntil(lambda: len(seen) == 2)

    def nothing_kept() -> bool:
        gc.collect()  # the worker lets go in its own time
        return [ref() for ref in seen] == [None, None]

    qtbot.waitUntil(nothing_kept)


def test_nothing_is_kept_of_jobs_that_end_before_their_start_does(qtbot: QtBot) -> None:
    """While another thread wants the interpreter, a worker often has done before `start` gets it back."""
    jobs, seen, at_rest = Jobs(), list[weakref.ref[Burden]](), threading.Event()

    def start() -> None:
        burden = Burden()
        seen.append(weakref.ref(burden))
        jobs.start("…", lambda burden=burden: None, lambda _: None)

    def hurry() -> None:
        while not at_rest.is_set():
            pass

    other = threading.Thread(target=hurry)
    other.start()
    for _ in range(200):
        start()
        jobs.wait()
        QCoreApplication.processEvents()
    at_rest.set()
    other.join()

    def nothing_kept() -> bool:
        gc.collect()
        return not any(ref() for ref in seen)

    qtbot.waitUntil(nothing_kept)
