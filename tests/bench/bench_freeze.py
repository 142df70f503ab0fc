"""How long the window is held while the data are kept safe, with 300 units × 5 years (over a million cells).

A timer is to beat every 5 ms in the window's thread. The longest wait between two beats is the longest time
that nothing was painted and no key taken; of it, what that thread itself computed is the program's own doing, and
the same on a busy machine. A restore is put in place in one go, under a bar: each time that is painted is a beat too.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.paths import Paths, resources_dir
from desktop.storage.backups.backup import EVERY, backups_in
from desktop.workplace import Workplace
from tests.bench import big_file
from tests.bench.table import Row

if TYPE_CHECKING:
    from desktop.ui.dialogs.backups import BackupsDialog
    from desktop.ui.main_window import MainWindow

BEAT_MS, QUIET_SECONDS = 5, 0.5
PROMISED_MS, RESTORE_MS, START_MS = 60.0, 100.0, 2000.0
KEY = ("three_public", "abroad", "final")


class Heart:
    """Beats while the event loop turns; `work` gives the longest wait and the longest computing, in ms."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer
        from PySide6.QtWidgets import QWidget

        from desktop.ui.waiting import WaitBox

        self._timer = QTimer(interval=BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = (0.0, 0.0)
        self._longest = [0.0, 0.0]
        WaitBox.repaint = lambda box: (QWidget.repaint(box), self._beat())  # type: ignore[method-assign]

    def _beat(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self._longest = [
            max(most, n - last) for most, n, last in zip(self._longest, now, self._last, strict=True)
        ]
        self._last = now

    def work(self, deed: Callable[[], object], over: Callable[[], bool]) -> tuple[float, float, float]:
        """And the seconds until it was `over`."""
        from PySide6.QtWidgets import QApplication

        QApplication.processEvents()
        self._longest, self._last = [0.0, 0.0], (time.perf_counter(), time.thread_time())
        begun, quiet = time.perf_counter(), 0.0
        self._timer.start()
        deed()
        ended = time.perf_counter()
        while not quiet or time.perf_counter() - quiet < QUIET_SECONDS:
            QApplication.processEvents()
            time.sleep(0.001)
            if not quiet and over():
                ended = quiet = time.perf_counter()
        self._timer.stop()
        return self._longest[0] * 1000, self._longest[1] * 1000, ended - begun


def rows() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = []
    with tempfile.TemporaryDirectory(prefix="ziping-freeze-") as name:
        folder = Path(name)
        big_file.make(folder)
        for deed, (wait, computed, seconds), promised in measured(folder):
            found.append(Row(f"{deed}：窗口最长停顿", wait, "ms", promised))
            found.append(Row(f"{deed}：其中窗口线程自己在算", computed, "ms", promised, 1))
            found.append(Row(f"{deed}：总共", seconds, "s", seconds))
    return found


def measured(folder: Path) -> list[tuple[str, tuple[float, float, float], float]]:
    """Each deed: wait, computing, seconds, and what was promised of the first two."""
    from desktop import app as root
    from desktop.ui.dialogs.backups import BackupsDialog
    from desktop.ui.main_window import MainWindow

    root.application()
    heart, found = Heart(), []
    begun = time.perf_counter(), time.thread_time()
    place = Workplace.open(Paths(folder), resources_dir())
    took = time.perf_counter() - begun[0]
    found.append(("打开", (took * 1000, (time.thread_time() - begun[1]) * 1000, took), START_MS))
    window = MainWindow(root.make_session(place))
    window.show()

    def one_more() -> Callable[[], bool]:
        count = len(backups_in(place.backups.folder))
        return lambda: len(backups_in(place.backups.folder)) > count and idle(window)

    _type(window, "1")
    place.backups._tried -= EVERY + timedelta(seconds=1)
    found.append(("自动备份", heart.work(window.backing_up.run, one_more()), PROMISED_MS))
    dialog = BackupsDialog(window.session, window.jobs, window)
    heart.work(dialog.show, lambda: _has_read(dialog))
    found.append(("手动备份", heart.work(dialog.make, one_more()), PROMISED_MS))
    heart.work(dialog.read, lambda: _has_read(dialog))
    _type(window, "2")
    back = place.backups.list()[0].path
    found.append(("恢复", heart.work(lambda: window.session.restore(back), one_more()), RESTORE_MS))
    dialog.done(0)
    answers: list[object] = []

    def check() -> None:
        window.jobs.start("", place.care.checking(), answers.append)

    found.append(("检查数据", heart.work(check, lambda: bool(answers)), PROMISED_MS))
    _type(window, "3")
    found.append(("关闭", heart.work(window.close, one_more()), PROMISED_MS))
    place.close()
    return found


def idle(window: MainWindow) -> bool:
    """Nothing runs in the background, and nothing is to be told of it."""
    return not window.jobs._awaited


def _has_read(dialog: BackupsDialog) -> bool:
    return not dialog.reading and not dialog._soon.isActive()


def _type(window: MainWindow, text: str) -> None:
    from desktop.domain.keys import FactKey

    assert window.session.set(FactKey(*KEY), text)
    window.session.settle()
    window.session.checking.wait()
