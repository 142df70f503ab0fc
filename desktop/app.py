"""The window's composition root: paths -> data file -> session -> window, one at a time per data folder."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.errors import UserError
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
        "qtbase_zh_CN.qm": cancel != "取消",
    }
    return [part for part, is_missing in parts.items() if is_missing]


def make_session(place: Workplace) -> Session:
    """The session over an open data file; the report used last is open."""
    session = Session(place)
    last = place.catalog.last_opened()
    if last is not None:
        session.open(last)
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
    from desktop import places

    danger = places.warning(folder)
    if danger and place.settings.text("warned_folder") != str(folder):
        messages.tell(window, danger, places.WHY)
        place.settings.set("warned_folder", str(folder))


def run_window(data_dir: str | None, file: str = "", sample: bool = False) -> int:
    """Open the window and stay until it is closed. An expected failure at start is told in a box; exit 2."""
    from desktop import crash
    from desktop.single_instance import SingleInstance

    app = application()
    try:
        where = paths.locate(data_dir)
        instance = SingleInstance(where.data_dir)
        if instance.pass_on(file):
            return 0
        hook = crash.install(where.log)
        instance.listen()
        place = Workplace.open(where, paths.resources_dir())
    except UserError as error:
        messages.tell_error(None, error)
        return 2
    session = make_session(place)
    if sample and session.report is None:
        session.open_sample()
    window = MainWindow(session)
    teller = _CrashTeller()
    teller.told.connect(lambda details: messages.tell_crash(window, details, where.log))
    hook.on_crash = teller.told.emit
    instance.asked.connect(lambda path: come_forward(window, path))
    window.show()
    QTimer.singleShot(0, lambda: warn_of_place(window, place, where.data_dir))
    if file:
        window.actions_.open_file(str(Path(file).absolute()))
    code = app.exec()
    instance.close()
    place.close()
    hook.remove()
    return code
