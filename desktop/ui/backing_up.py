"""When the window makes backups of its own accord, and what it says where that does not succeed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain.edits import Edit
from desktop.storage.backup import AUTOMATIC, EVERY, ON_CLOSE
from desktop.ui.session import Session

_SECOND = 1000
WAIT_MS = (int(EVERY.total_seconds()) + 1) * _SECOND
"""From the first change to the backup; a second more, so that it is due by then."""


class BackingUp(QObject):
    """Waits only while there is something to keep: from a change until it is in a backup."""

    told = Signal(str)
    """What there is to remind of, '' if nothing."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session, self._place = session, session.place
        self._changed = True  # at a start nobody knows what the last run left unkept
        self.wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        # A coarse timer may come half a minute early.
        self.wait.setTimerType(Qt.TimerType.PreciseTimer)
        self.wait.timeout.connect(self.run)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.tell)
        self._soon.start()  # not before the window is seen
        self._unsubscribe: Callable[[], None] | None = session.store.subscribe(self._note)
        session.catalog_changed.connect(self._take_catalog)
        session.ending.connect(self._end)
        self._begin()

    def _note(self, _: Edit) -> None:
        self._begin()

    def _begin(self) -> None:
        self._changed = True
        if not self.wait.isActive():
            self.wait.start()

    def _take_catalog(self) -> None:
        """An import or a deletion, too, has just asked for a backup."""
        self._begin()
        self._soon.start()

    def run(self) -> None:
        """The time has come: back up, unless it was done meanwhile for another reason."""
        if self._place.backups.due():
            self._place.care.keep(AUTOMATIC)
        elif self._changed:
            self.wait.start()
        self._changed = False
        self.tell()

    def tell(self) -> None:
        self.told.emit(self.reminder())

    def reminder(self) -> str:
        """In a few words, what the status line shows until it is mended."""
        if self._place.care.backup_problem is not None:
            return "没有做成备份"
        return "第二备份文件夹7天内没有备份" if self._place.backups.second_overdue() else ""

    def _end(self) -> None:
        """The window closes: one more backup, if anything changed since the last."""
        if self._unsubscribe is None:
            return
        self.wait.stop()
        self._soon.stop()
        self._unsubscribe()
        self._unsubscribe = None
        self._place.care.keep(ON_CLOSE)
