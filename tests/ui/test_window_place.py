"""The window opens where it stood on these screens, and never larger than they are."""

from __future__ import annotations

import json

import pytest

from desktop.ui import window_place
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session


def test_a_window_comes_back_as_it_stood(window: MainWindow, session: Session) -> None:
    window.resize(880, 520)
    window_place.keep(window, session.settings)
    again = MainWindow(session)
    assert (again.width(), again.height()) == (880, 520)
    again.close()


def test_other_screens_have_a_place_of_their_own(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.resize(1000, 520)
    window_place.keep(window, session.settings)
    monkeypatch.setattr(window_place, "screens_in_words", lambda: "911x485+0+0")
    window_place.restore(window, session.settings, 900, 470)
    assert window.height() == 470
    for number in range(12):
        monkeypatch.setattr(window_place, "screens_in_words", lambda n=number: f"{n}")
        window_place.keep(window, session.settings)
    assert list(json.loads(session.settings.text("window_places"))) == [str(n) for n in range(4, 12)]


def test_a_damaged_note_of_places_is_none(window: MainWindow, session: Session) -> None:
    for damaged in ("{", "[1]", '{"' + window_place.screens_in_words() + '": "no place"}'):
        session.settings.set("window_places", damaged)
        window_place.restore(window, session.settings, 900, 470)
        assert window.height() == 470
