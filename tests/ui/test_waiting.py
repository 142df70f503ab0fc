"""Waiting for work with the window alive: results, failures, and what is painted meanwhile."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import UserError
from desktop.ui.jobs import Jobs
from desktop.ui.waiting import WaitBox, Waiting


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def boxes() -> list[WaitBox]:
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, WaitBox) and box.isVisible()]


def test_the_event_loop_turns_until_the_work_is_done(window: QWidget) -> None:
    waiting, beats = Waiting(window, Jobs()), list[int]()
    timer = QTimer(window, interval=5)
    timer.timeout.connect(lambda: beats.append(len(boxes())))
    timer.start()
    assert waiting.run("…", lambda: time.sleep(0.5) or 7) == 7
    assert beats[0] == 0 and 1 in beats  # no box for what is over at once
    assert boxes() == []


@pytest.mark.parametrize("error", [UserError("磁盘已满。"), ZeroDivisionError()])
def test_what_the_work_raised_is_raised_to_who_waits(window: QWidget, error: Exception) -> None:
    jobs, told = Jobs(), list[UserError]()
    jobs.failed.connect(told.append)

    def fail() -> None:
        time.sleep(0.4)
        raise error

    with pytest.raises(type(error)):
        Waiting(window, jobs).run("…", fail)
    assert told == [] and boxes() == []


def test_what_only_the_window_can_do_moves_a_bar(window: QWidget) -> None:
    with Waiting(window, Jobs()).showing("…") as tell:
        (box,) = boxes()
        for left in (9, 5, 1):
            time.sleep(0.06)
            tell(left, 10)
            assert box.bar.value() == 10 - left
    assert boxes() == []


def test_another_job_is_answered_when_the_waiting_is_over(qtbot: QtBot, window: QWidget) -> None:
    """Its answer may open a dialog, which would stand over the waiting and never let it end."""
    jobs, told = Jobs(), list[str]()
    jobs.start("读取文件…", lambda: "read", lambda answer: told.append(answer))
    assert Waiting(window, jobs).run("…", lambda: told.append("worked")) is None
    assert told == ["worked"]
    qtbot.waitUntil(lambda: told == ["worked", "read"])
