"""A window over a fresh data file, with the sample unit open, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop import app, paths
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.workplace import Workplace


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    place = Workplace.open(paths.locate(tmp_path / "data"), paths.resources_dir())
    yield place
    place.close()


@pytest.fixture
def session(qtbot: QtBot, place: Workplace) -> Iterator[Session]:
    app.application()
    session = app.make_session(place)
    session.open_sample()
    yield session
    session.end()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    return window
