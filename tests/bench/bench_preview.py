"""From an edit to the new pages on the screen, typing while pages are made, and what the pages cost in memory."""

from __future__ import annotations

import os
import statistics
import tempfile
import threading
import time
from pathlib import Path

from desktop import paths
from desktop.domain.keys import FactKey
from desktop.workplace import Workplace
from tests.bench.bench_exchange import long_report
from tests.bench.bench_keystroke import milliseconds_of_keys, with_window
from tests.bench.table import Row
from tests.bench.windows import peak_megabytes

EDITS, REFRESHES = 7, 50
PAUSE = 0.01
"""Seconds between keys: nobody types as fast as keys are worked off."""
PROMISED_SECONDS = 1.0
PROMISED_MS = 30.0
PROMISED_MEGABYTES = 10
PROBLEMS = FactKey("narrative", "problems", "text")


def rows() -> list[Row]:
    found = [
        Row(f"{count}项指标，预览重做时的按键，p99", _typing(count), "ms", PROMISED_MS, 1)
        for count in (60, 500)
    ]
    shown, grown = _edits()
    return [
        Row("一处改动到预览更新（约30页正文）÷ 承诺", shown, "s", PROMISED_SECONDS, 1),
        *found,
        Row(f"预览更新{REFRESHES}次增加的内存 ÷ 承诺", grown, "MB", PROMISED_MEGABYTES, 1),
    ]


def _edits() -> tuple[float, float]:
    """Seconds of an edit, with the pause after typing and the audit beside it; and MB."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop

    from desktop import app as root
    from desktop.ui.main_window import MainWindow

    app = root.application()
    with tempfile.TemporaryDirectory() as folder:
        place = Workplace.open(paths.locate(Path(folder)), paths.resources_dir())
        report = long_report(place)
        session = root.make_session(place)
        session.open(report.id)
        window = MainWindow(session)
        window.show()
        tab = window.show_preview()

        def edit(number: int) -> float:
            seen = tab.shown
            start = time.perf_counter()
            session.set(PROBLEMS, f"第{number}处改动。")
            while tab.shown == seen:
                app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            tab.grab()
            return time.perf_counter() - start

        taken = [edit(number) for number in range(EDITS + 1)][1:]
        for number in range(REFRESHES):
            edit(number)
        before = peak_megabytes()
        for number in range(REFRESHES):
            edit(number)
        grown = peak_megabytes() - before
        window.close()
        place.close()
    return statistics.median(taken), grown


def _typing(count: int) -> float:
    """p99 of keystrokes into `count` indicators while one preview after another is made of a long report."""
    with with_window(count) as (session, app):
        job = session.place.preview_job(long_report(session.place))
        stopped = threading.Event()

        def make() -> None:
            while not stopped.is_set():
                job.run()

        maker = threading.Thread(target=make)
        maker.start()
        taken = sorted(milliseconds_of_keys(session, app, PAUSE))
        stopped.set()
        maker.join()
    return taken[int(len(taken) * 0.99)]
