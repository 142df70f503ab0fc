"""Waits for work without standing still: the window is painted and answers the system, but takes no input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.ui import messages
from desktop.ui.jobs import Jobs

_T = TypeVar("_T")

SHOWN_AFTER_MS = 300
"""What is over sooner is not worth a box."""

_PAINTED_EVERY = 0.05


class WaitBox(QWidget):
    """Says what is being done. It cannot be closed, and while it is shown nothing else can be used."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(
            parent, Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint
        )
        self.setObjectName("waitBox")
        self.setWindowTitle(messages.TITLE)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.words, self.bar = QLabel(words), QProgressBar()
        self.bar.setRange(0, 0)  # moves, and promises nothing
        self.bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        self.setMinimumWidth(360)


class Waiting:
    """The `Runner` of a window."""

    def __init__(self, window: QWidget, jobs: Jobs) -> None:
        self._window, self._jobs = window, jobs

    def run(self, words: str, work: Callable[[], _T]) -> _T:
        """In the worker, after what it has to do already; only then does this return, or raise what it raised."""
        results, failures, boxes = list[_T](), list[Exception](), list[WaitBox]()
        loop, soon = QEventLoop(), QTimer(singleShot=True, interval=SHOWN_AFTER_MS)

        def attempt() -> None:
            try:
                results.append(work())
            except Exception as error:
                failures.append(error)

        soon.timeout.connect(lambda: boxes.append(self._shown(words)))
        soon.start()
        number = self._jobs.start(words, attempt, lambda _: loop.quit())
        with self._jobs.waiting_for(number):
            # What is typed meanwhile is meant for what was there before.
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        soon.stop()
        for box in boxes:
            _put_away(box)
        if failures:
            raise failures.pop()  # which shall not hold on to itself
        return results[0]

    @contextmanager
    def showing(self, words: str) -> Iterator[Callable[[int, int], None]]:
        """A box whose bar is painted as often as it is told what is left; nothing else happens meanwhile."""
        from time import monotonic

        box, painted = self._shown(words), monotonic()

        def tell(left: int, total: int) -> None:
            nonlocal painted
            if monotonic() - painted >= _PAINTED_EVERY:
                painted = monotonic()
                box.bar.setRange(0, total)
                box.bar.setValue(total - left)
                box.repaint()

        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        try:
            yield tell
        finally:
            _put_away(box)

    def _shown(self, words: str) -> WaitBox:
        box = WaitBox(words, QApplication.activeModalWidget() or self._window)
        box.show()
        return box


def _put_away(box: WaitBox) -> None:
    """Clicks on what it covered are dropped with it, not carried out late."""
    if box.isVisible():
        QApplication.processEvents()
    box.close()
    box.deleteLater()
