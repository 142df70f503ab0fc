"""The window's composition root: paths -> data file -> session -> window, one at a time per data folder."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from desktop import crash, paths
from desktop.errors import UserError
from desktop.ui import messages, theme
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.workplace import Workplace


def application() -> QApplication:
    """The one QApplication, in Chinese and in our own style."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    if app.applicationName() == paths.APP_NAME:
        return app  # made ready before: styling again would restyle every window there is
    app.setApplicationName(paths.APP_NAME)
    app.setApplicationDisplayName("")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme.apply(app, paths.resources_dir())
    return app


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


def run_window(data_dir: str | None, file: str = "", sample: bool = False) -> int:
    """Open the window and stay until it is closed. An expected failure at start is told in a box; exit 2."""
    app = application()
    try:
        where = paths.locate(data_dir)
        hook = crash.install(where.log)
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
    window.show()
    if file:
        window.actions_.import_file(str(Path(file).absolute()))
    code = app.exec()
    place.close()
    hook.remove()
    return code
