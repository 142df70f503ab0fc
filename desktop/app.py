"""The window's composition root: paths -> data file -> session -> window, one at a time per data folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import (
    QByteArray,
    QCoreApplication,
    QLibraryInfo,
    QLocale,
    QObject,
    Qt,
    QTimer,
    QTranslator,
    Signal,
)
from PySide6.QtGui import QIcon, QImageReader
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from desktop import paths
from desktop.errors import UserError
from desktop.storage.db import DamagedFile
from desktop.system import garbage
from desktop.system.run_mark import RunMark
from desktop.ui import messages, theme
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.workplace import Workplace


def application() -> QApplication:
    """The one QApplication, in Chinese and in our own style."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # The style by word: as an object, which setStyle gives back, it costs a start 4 ms.
        app = QApplication([*sys.argv[:1], "-style", theme.STYLE])
    elif app.applicationName() == paths.APP_NAME:
        return app  # made ready before: styling again would restyle every window there is
    else:
        app.setStyle(theme.STYLE)
    app.setApplicationName(paths.APP_NAME)
    app.setApplicationDisplayName("")
    app.setDesktopFileName("ziping")
    app.setWindowIcon(QIcon(str(paths.resources_dir() / "icons" / "ziping.ico")))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme.apply(app, paths.resources_dir())
    return app


def missing_parts() -> list[str]:
    """What a frozen copy may lack of Qt without failing: formats of icon and drawings, Qt's Chinese."""
    cancel = QCoreApplication.translate("QPlatformTheme", "Cancel")
    drawing = QIcon(str(paths.resources_dir() / "icons" / "ziping.svg")).pixmap(32, 32)
    parts = {
        "ico": QApplication.windowIcon().pixmap(32, 32).isNull(),
        "svg": drawing.isNull(),
        "jpeg": QByteArray(b"jpeg") not in QImageReader.supportedImageFormats(),
        "qtbase_zh_CN.qm": cancel != "取消",
    }
    return [part for part, is_missing in parts.items() if is_missing]


def make_session(place: Workplace, failed: Callable[[UserError], object] | None = None) -> Session:
    """The session over an open data file; the report used last is open, or `failed` hears why it is not."""
    session = Session(place)
    if failed is not None:
        session.failed.connect(failed)
    last = place.catalog.last_opened()
    if last is not None:
        session.open(last)
    if failed is not None:
        session.failed.disconnect(failed)
    return session


class _CrashTeller(QObject):
    """Carries the news of a bug from whatever thread to the window's."""

    told = Signal(str)


def come_forward(window: MainWindow, file: str) -> None:
    """A second start asked: show the window, and open the file unless something waits for an answer."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    waiting = QApplication.activeModalWidget()
    (waiting or window).activateWindow()
    if file and waiting is None:
        window.actions_.open_file(file)
    elif file:
        window.say(f"请先完成正在进行的操作，再打开“{Path(file).name}”。")


def warn_of_place(window: MainWindow, place: Workplace, folder: Path) -> None:
    """Say once for each folder that others reach into it."""
    from desktop.system import shared_folders

    danger = shared_folders.warning(folder)
    if danger and place.settings.text("warned_folder") != str(folder):
        messages.tell(window, danger, shared_folders.WHY)
        place.settings.set("warned_folder", str(folder))


class _Turn(NamedTuple):
    """What the window is opened with: where, which file, what was done before, and whether damage is known."""

    data_dir: str | None
    file: str = ""
    done: str = ""
    damage_known: bool = False


def run_window(data_dir: str | None, file: str = "", sample: bool = False) -> int:
    """Open the window and stay until it is closed. An expected failure at start is told in a box; exit 2.

    After a rescue, or with another data folder, it is opened anew. Once the first window is painted, be it a
    box, unused objects are looked for again.
    """
    QTimer.singleShot(0, application(), garbage.resume)
    turn: _Turn | int = _Turn(data_dir, file)
    while isinstance(turn, _Turn):
        turn = _one_turn(turn, sample)
    return turn


def _one_turn(turn: _Turn, sample: bool) -> _Turn | int:
    """One data folder, from its lock to its release; the exit code, or how to go on."""
    from desktop.system import crash
    from desktop.system.single_instance import SingleInstance

    with ExitStack() as stack:
        try:
            where = paths.locate(turn.data_dir)
            instance = SingleInstance(where.data_dir)
            if instance.pass_on(turn.file):
                return 0
            hook = crash.install(where.log)
            stack.callback(hook.remove)
            instance.listen()
            stack.callback(instance.close)
            place = Workplace.open(where, paths.resources_dir())
        except DamagedFile as error:
            return _rescued(turn, where, error)
        except UserError as error:
            messages.tell_error(None, error)
            return 2
        place_open = stack.enter_context(ExitStack())
        place_open.callback(place.close)
        mark = RunMark(where.data_dir)
        window = _window(turn, place, mark, where, sample)
        teller = _CrashTeller()
        teller.told.connect(lambda details: messages.tell_crash(window, details, where.log))
        hook.on_crash = teller.told.emit
        instance.asked.connect(lambda path: come_forward(window, path))
        if turn.file:
            window.actions_.open_file(str(Path(turn.file).absolute()))
        code = QApplication.exec()
        mark.end()
        place_open.close()
        rescue_wanted = window.rescue_wanted
        delete(window)  # nobody else does: it would still be there at the next turn, and when Qt is gone
        return _rescued(turn._replace(file=""), where, None) if rescue_wanted else code


def _window(turn: _Turn, place: Workplace, mark: RunMark, where: paths.Paths, sample: bool) -> MainWindow:
    """The window, shown; what is to be said at its start follows when it is painted."""
    failed = list[UserError]()
    session = make_session(place, failed.append)
    if sample and session.report is None and not failed:
        session.open_sample()
    window = MainWindow(session)

    def greet() -> None:
        broke_off = mark.begin()
        if turn.done:
            window.show_notice(turn.done)
        elif failed and not turn.damage_known:
            window.tell_error(failed[0])
        elif broke_off:
            check_after_crash(window, where.log)
        if not window.rescue_wanted:
            warn_of_place(window, place, where.data_dir)

    # Where the system ends the session there may be no time for more.
    QApplication.instance().aboutToQuit.connect(mark.end)  # type: ignore[union-attr]
    window.show()
    QTimer.singleShot(0, window, greet)
    return window


def _rescued(turn: _Turn, where: paths.Paths, error: DamagedFile | None) -> _Turn | int:
    """Ask what is to take the damaged data's place, and how to go on then; no error where they were open."""
    from desktop.resource_files.templates import load_templates
    from desktop.ui.dialogs.rescue import REPORT_DAMAGED, damage_of, rescue

    system = load_templates(paths.resources_dir()).form_system().id
    answer = rescue(where, system, REPORT_DAMAGED if error is None else damage_of(error))
    if isinstance(answer, Path):
        return _Turn(str(answer), turn.file)
    if answer is not None:
        return _Turn(turn.data_dir, turn.file, answer)
    return turn._replace(damage_known=True) if error is None else 2


def check_after_crash(window: MainWindow, log: Path) -> None:
    """The last run broke off: read all data through in the background, and say how it stands with them."""
    from desktop.storage.recovery.rescue import Condition, check_snapshot

    def tell(found: Condition) -> None:
        see_log = ("showLog", "查看日志", lambda: _show_log(window, log))
        if found.fault:
            words = f"上次没有正常退出。核对数据时发现问题：{found.fault}。"
            window.show_notice(words, [("wantRescue", "查看怎样恢复…", window.want_rescue), see_log])
        else:
            window.show_notice(f"上次没有正常退出。{found.in_words()}", [see_log])

    with window.session.reporting():
        place = window.session.place
        window.jobs.start("正在核对数据…", lambda: check_snapshot(place.snapshot()), tell)


def _show_log(window: MainWindow, log: Path) -> None:
    from desktop.ui.widgets.notice import LogDialog

    LogDialog(log, window).show()
