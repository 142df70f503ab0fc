"""Where the window stood last, for each set of screens: a laptop at the desk has two."""

from __future__ import annotations

import json
from contextlib import suppress

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from desktop.errors import UserError
from desktop.storage.settings import Settings
from desktop.ui.first_size import open_at

_SETTING = "window_places"
_MOST_KEPT = 8
"""Sets of screens; the one that was used longest ago is forgotten."""


def screens_in_words() -> str:
    """`1366x728+0+0`, of every screen what is free for windows."""
    free = (screen.availableGeometry() for screen in QGuiApplication.screens())
    return " ".join(f"{each.width()}x{each.height()}+{each.x()}+{each.y()}" for each in free)


def restore(window: QMainWindow, settings: Settings, width: int, height: int) -> None:
    """As it stood on these screens; else the wished size, or what is free."""
    kept = _kept(settings).get(screens_in_words(), "")
    if not (kept and window.restoreGeometry(QByteArray.fromBase64(kept.encode()))):
        open_at(window, width, height)


def keep(window: QMainWindow, settings: Settings) -> None:
    places = _kept(settings)
    here = screens_in_words()
    places.pop(here, None)
    places[here] = bytes(window.saveGeometry().toBase64().data()).decode()
    newest = dict(list(places.items())[-_MOST_KEPT:])
    with suppress(UserError):  # of a data file that cannot be written others tell
        settings.set(_SETTING, json.dumps(newest))


def _kept(settings: Settings) -> dict[str, str]:
    try:
        found = json.loads(settings.text(_SETTING) or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
