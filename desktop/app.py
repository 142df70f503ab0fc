"""The window's composition root: paths -> data file -> session -> window, one at a time per data folder."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.errors import UserError
from desktop.storage.catalog import Catalog
from desktop.storage.db import Database, open_database
from desktop.storage.settings import Settings
from desktop.storage.store import Store
from desktop.storage.templates import load_templates
from desktop.ui import messages, theme
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session


def application() -> QApplication:
    """The one QApplication, in Chinese and in our own style."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName(paths.APP_NAME)
    app.setApplicationDisplayName("")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme.apply(app, paths.resources_dir())
    return app


def make_session(db: Database) -> Session:
    """The session over an open data file; the report used last is open."""
    resources = paths.resources_dir()
    session = Session(Store(db), Catalog(db), Settings(db), load_templates(resources), resources)
    last = session.catalog.last_opened()
    if last is not None:
        session.open(last)
    return session


def run_window(data_dir: str | None, file: str = "", sample: bool = False) -> int:
    """Open the window and stay until it is closed. An expected failure at start is told in a box; exit 2."""
    app = application()
    try:
        place = paths.locate(data_dir)
        db = open_database(place.database)
    except UserError as error:
        messages.tell_error(None, error)
        return 2
    session = make_session(db)
    if sample and session.report is None:
        session.open_sample()
    window = MainWindow(session)
    window.show()
    if file:
        window.actions_.import_file(str(Path(file).absolute()))
    code = app.exec()
    db.close()
    return code
