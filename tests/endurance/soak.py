"""Hours of random use of the real window: `python -m tests.endurance.soak --seconds 7200 --seed 1`.

Clicks, types, pastes, undoes, imports, exports and answers dialogs as the seed has it, offscreen. Prints memory,
open handles and widgets as it goes, and fails where something was raised, or where what the window shows is not
what the file holds.

With `--constant` the data are what they were at the start again every half minute, so that nothing may grow but by
a leak: `--constant --seconds 3660` tells of the 10th, 30th and 60th minute. It fails, too, where Python keeps
what Qt has deleted.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import getCppPointer

from desktop import app as root
from desktop import paths
from desktop.storage.settings import SETTINGS
from desktop.ui import messages
from desktop.ui.main_window import MainWindow
from desktop.ui.tabs.preview import PreviewTab
from desktop.ui.widgets.sub_pages import SubPages
from desktop.workplace import Workplace
from tests.wrappers import clear_away, dead_wrappers

WORDS = (
    "12.5",
    "0",
    "95%",
    "3万元",
    "1,234.50",
    "-7",
    "农田建设",
    "无",
    "约20家",
    "≥98",
    "一是加快进度。",
    "\t",
)
KEYS = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Insert,
    Qt.Key.Key_F2,
    Qt.Key.Key_F8,
    Qt.Key.Key_Escape,
)
CHORDS = (
    Qt.Key.Key_Z,
    Qt.Key.Key_Y,
    Qt.Key.Key_C,
    Qt.Key.Key_V,
    Qt.Key.Key_X,
    Qt.Key.Key_A,
    Qt.Key.Key_Delete,
)
REPORT_EVERY = 30.0
STEPS_IN_A_DIALOG = 12
PLACES = 12
"""At which is looked for something to click."""
MINUTES = (10.0, 30.0, 60.0)


class Monkey:
    """Does one thing at a time, wherever the user could."""

    def __init__(self, window: MainWindow, folder: Path, seed: int) -> None:
        self.window, self.folder = window, folder
        self.dice = random.Random(seed)
        self.steps = 0
        self.failures: list[str] = []
        self.in_dialog = 0
        self._watch()

    def act(self) -> None:
        self.steps += 1
        deeds = (self.click, self.click, self.type, self.type, self.key, self.chord, self.tab, self.do_action)
        self.dice.choice(deeds)()
        self.close_windows()

    def click(self) -> None:
        """Any button, list or field that is seen.

        Found by its place: `findChildren` would keep a Python object of each widget until the window closes.
        """
        top, seen = self._top(), dict[int, QPoint]()
        for _ in range(PLACES):
            at = QPoint(self.dice.randrange(max(top.width(), 1)), self.dice.randrange(max(top.height(), 1)))
            widget = QApplication.widgetAt(top.mapToGlobal(at))
            if widget is not None and widget.window() is top.window() and self._may_click(widget):
                seen[getCppPointer(widget)[0]] = top.mapToGlobal(at)
        if seen:  # each once, however large it is
            at = self.dice.choice(list(seen.values()))
            target = QApplication.widgetAt(at)
            QTest.mouseClick(
                target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, target.mapFromGlobal(at)
            )

    @staticmethod
    def _may_click(widget: QWidget) -> bool:
        """It, or what it is the inner part of."""
        kinds = (QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QTextEdit, QTabBar, QComboBox)
        return widget.isEnabled() and (isinstance(widget, kinds) or isinstance(widget.parentWidget(), kinds))

    def type(self) -> None:
        widget = QApplication.focusWidget()
        if widget is not None:
            said = self.dice.choice(WORDS)
            if said.isascii() and self.dice.random() < 0.7:
                QTest.keyClicks(widget, said)
            else:
                QGuiApplication.clipboard().setText(said * self.dice.choice((1, 1, 1, 40)))
                QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def key(self) -> None:
        widget = QApplication.focusWidget() or self._top()
        QTest.keyClick(widget, self.dice.choice(KEYS))

    def chord(self) -> None:
        widget = QApplication.focusWidget() or self._top()
        QTest.keyClick(widget, self.dice.choice(CHORDS), Qt.KeyboardModifier.ControlModifier)

    def tab(self) -> None:
        inner = [tab._bar for tab in self.window._made.values() if isinstance(tab, SubPages)]
        bars = [bar for bar in (self.window._tabs.tabBar(), *inner) if bar.isVisible() and bar.count()]
        if bars:
            bar = self.dice.choice(bars)
            bar.setCurrentIndex(self.dice.randrange(bar.count()))

    def do_action(self) -> None:
        """Something out of the menu, seldom: most of them are long."""
        if self.dice.random() > 0.12:
            return
        actions = [a for menu in self.window.menuBar().actions() for a in menu.menu().actions()]
        able = [a for a in actions if a.isEnabled() and not a.isSeparator() and a.text() != "退出"]
        self.dice.choice(able).trigger()

    def close_windows(self) -> None:
        """What stands beside the main window is closed again after a while, as people do."""
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and not window.isModal() and self.dice.random() < 0.02:
                window.close()

    def _top(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    def _watch(self) -> None:
        """A timer anew each time: one whose slot opened a dialog would not fire again before that is closed.

        By a lambda: of the method of a plain object PySide would keep a weak reference for each shot, which an hour
        of them shows as growth of the program.
        """
        QTimer.singleShot(15, self.window, lambda: self._watch())
        self._answer()

    def _answer(self) -> None:
        """A dialog or menu waits: play in it a little, then take one of its ways out."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is None and modal is None:
            self.in_dialog = 0
            return
        self.in_dialog += 1
        try:
            if popup is not None:
                QTest.keyClick(
                    popup, self.dice.choice((Qt.Key.Key_Down, Qt.Key.Key_Escape, Qt.Key.Key_Return))
                )
                if self.in_dialog > STEPS_IN_A_DIALOG:
                    popup.close()
            elif self.in_dialog > STEPS_IN_A_DIALOG and isinstance(modal, QDialog):
                modal.accept() if self.dice.random() < 0.5 else modal.reject()
            else:
                self.dice.choice((self.click, self.type, self.key))()
        except Exception:
            self.failures.append(traceback.format_exc())

    # -- answers that would open something of the system's ---------------------------------------------------

    def choose_file(self, *_: object) -> str:
        files = sorted(path for path in self.folder.iterdir() if path.is_file())
        return str(self.dice.choice(files)) if files and self.dice.random() < 0.8 else ""

    def choose_files(self, *_: object) -> list[str]:
        chosen = [self.choose_file() for _ in range(self.dice.randrange(1, 4))]
        return [path for path in dict.fromkeys(chosen) if path]

    def choose_folder(self, *_: object) -> str:
        return str(self.folder) if self.dice.random() < 0.5 else ""

    def choose_target(self, *about: object) -> str:
        ending = Path(str(about[2])).suffix if len(about) > 2 else ""
        return str(self.folder / f"out{self.dice.randrange(4)}{ending}")


def prepared(folder: Path, place: Workplace) -> None:
    """Files to import and to audit: the sample's own, and something that is neither."""
    from desktop.exchange.exporters import EXPORTERS

    report = place.add_samples()
    for kind, exporter in EXPORTERS.items():
        place.export_task(report, kind).run(folder / f"handed-in{exporter.ending}")
    (folder / "junk.xlsx").write_bytes(random.Random(0).randbytes(3000))
    (folder / "note.txt").write_text("一、单位基本情况\n我单位在职12人。", encoding="utf-8")


class Start:
    """The data as they were at the start, to go back to."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window, self._place = window, window.session.place
        self._kept = folder / "start.db"
        self._kept.write_bytes(self._place.snapshot())
        self._settings = {key: self._place.settings.get(key) for key in SETTINGS}

    def again(self) -> None:
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog):
                dialog.close()
        self._window.session.restore(self._kept)
        for key, value in self._settings.items():
            self._place.settings.set(key, value)
        for path in self._place.backups.folder.glob("*.db"):
            path.unlink()


def measured() -> dict[str, int]:
    """Resident megabytes, open handles, threads, widgets, and Python's objects whose widget is gone."""
    status = Path("/proc/self/status").read_text()
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    threads = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("Threads"))
    return {
        "MB": resident // 1024,
        "handles": len(os.listdir("/proc/self/fd")),
        "threads": threads,
        "widgets": len(QApplication.allWidgets()),
        "dead": len(dead_wrappers()),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=7200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--constant", action="store_true")
    parser.add_argument("--minutes", type=float, nargs="+", default=MINUTES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak") as name:
        minutes = options.minutes if options.constant else None
        return run(Path(name), options.seconds, options.seed, minutes)


def run(folder: Path, seconds: float, seed: int, minutes: Sequence[float] | None = None) -> int:
    """Exit code 1 where anything was raised or the window and the file differ.

    With `minutes` the data are constant, and only then is measured.
    """
    app = root.application()
    place = Workplace.open(paths.locate(folder / "data"), paths.resources_dir())
    files = folder / "files"
    files.mkdir()
    prepared(files, place)
    session = root.make_session(place)
    session.open_sample()
    window = MainWindow(session)
    window.show()
    monkey = Monkey(window, files, seed)
    raised: list[str] = monkey.failures
    sys.excepthook = lambda *about: raised.append("".join(traceback.format_exception(*about)))
    _answer_for(monkey)
    start = Start(window, folder) if minutes else None
    due = [minute * 60 for minute in sorted(minutes or ())]
    began = told = time.monotonic()
    while time.monotonic() - began < seconds and not raised:
        monkey.act()
        app.processEvents()
        if session.report is None:
            session.open_sample()
        if time.monotonic() - told > min(REPORT_EVERY, seconds / 2):
            told = time.monotonic()
            if start is not None:
                start.again()
            _rest(window)
            found = measured()
            if session.report is not None and dict(session.facts) != session.store.facts(session.report.id):
                raised.append("the window shows other facts than the file holds")
            if found["dead"]:
                raised.append(f"Python keeps what Qt has deleted: {Counter(dead_wrappers())}")
            if start is None or (due and told - began >= due[0]):
                due = due[1:]
                print(f"{told - began:6.0f} s  {monkey.steps:7d} steps  {found}", flush=True)
    window.close()
    session.end()
    place.close()
    print("\n".join(raised) or "nothing raised", flush=True)
    return 1 if raised else 0


def _rest(window: MainWindow) -> None:
    """Whatever is being typed, saved and worked out comes to rest; QTest.qWait would keep workers waiting."""
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.005)
    clear_away()
    window.jobs.wait()
    window.session.checking.wait()
    for tab in window._made.values():
        if isinstance(tab, PreviewTab):
            tab.wait()


def _answer_for(monkey: Monkey) -> None:
    """Nothing of the system's own opens: choosers are answered, files are not shown."""
    from PySide6.QtGui import QDesktopServices

    messages.choose_file = monkey.choose_file
    messages.choose_folder = monkey.choose_folder
    messages.choose_files = monkey.choose_files
    messages.choose_target = monkey.choose_target
    QDesktopServices.openUrl = staticmethod(lambda _: True)


if __name__ == "__main__":
    sys.exit(main())
