"""When the window makes backups of its own accord, and what it says where that does not succeed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.edits import Edit
from desktop.errors import UserError
from desktop.storage.backups.backup import AUTOMATIC, EVERY, ON_CLOSE, Made
from desktop.storage.db import VanishedFolder
from desktop.ui import messages
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session
from desktop.workplace import Workplace

_SECOND = 1000
WAIT_MS = (int(EVERY.total_seconds()) + 1) * _SECOND
"""From the first change to the backup; a second more, so that it is due by then."""


class BackingUp(QObject):
    """Waits only while there is something to keep: from a change until it is in a backup."""

    told = Signal(str)
    """What there is to remind of, '' if nothing."""

    vanished = Signal()
    """At the end the data folder was not there any more."""

    def __init__(self, session: Session, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._place, self._jobs = session, session.place, jobs
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
        """The time has come: back up beside the typing, unless it was done meanwhile for another reason."""
        if self._place.backups.due():
            work = self._place.care.beginning(AUTOMATIC)
            if work is not None:
                self._jobs.start("正在自动备份…", work, self._made)
        elif self._changed:
            self.wait.start()
        self._changed = False
        self.tell()

    def _made(self, made: Made | UserError) -> None:
        self._place.care.ending(made)
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
        if isinstance(self._place.care.keep(ON_CLOSE), VanishedFolder):
            self.vanished.emit()


def offer_copy(parent: QWidget, place: Workplace) -> None:
    """The data folder was taken away, and the window closes: all that it holds may be kept elsewhere."""
    hint = (
        f"原来的位置：{place.backups.folder.parent}\n"
        "以前存上的内容都在那个文件夹里，把它放回原处就能接着用。如果不知道它在哪里，请现在把全部数据另存一份。"
    )
    sentence = "数据文件夹不见了（U 盘可能被拔出，或文件夹被移动、改名、删除）。"
    while messages.choose(parent, sentence, hint, ["另存数据到…"], "不另存，直接关闭") is not None:
        folder = messages.choose_folder(parent, "把全部数据另存到", str(Path.home()))
        if not folder:
            continue
        try:
            kept = place.save_elsewhere(Path(folder))
        except UserError as error:
            messages.tell_error(parent, error)
            continue
        back = "下次打开程序前，请把里面的 ziping.db 放进数据文件夹。"
        messages.tell(parent, "全部数据已另存。", f"保存在：{kept}\n{back}")
        return
