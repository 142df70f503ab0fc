"""What Python still holds of Qt's objects that are gone: a leak that no count of widgets shows."""

from __future__ import annotations

import gc

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent

LAST_STYLE = "QCommonStyle"
"""PySide keeps for each widget the style it was last asked for (`widget.style().polish(…)`), as long as the widget
lives; where a style sheet was set anew since, that style is gone. One at most for each widget: no leak."""


def clear_away() -> None:
    """Let all that waits to be deleted be deleted, in Qt and in Python."""
    for _ in range(2):  # what is deleted may delete
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        gc.collect()


def dead_wrappers() -> list[str]:
    """The kinds of Python objects whose object in Qt is deleted: something keeps them, and all they hold.

    Only while no worker works: to look at every object takes a tuple that one is just filling out of its hands.
    """
    wrapper = shiboken6.Shiboken.Object
    return sorted(
        type(thing).__name__
        for thing in gc.get_objects()
        if issubclass(type(thing), wrapper)
        and not shiboken6.isValid(thing)
        and type(thing).__name__ != LAST_STYLE
    )
