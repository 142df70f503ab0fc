"""Python's search for unused objects, put off until a start is over: it finds nothing there.

What a start makes (modules, classes, Qt's enumerations) lasts as long as the program, and every new search
went through all of it: a seventh of the time to the first window.
"""

from __future__ import annotations

import gc


def put_off() -> None:
    """From the first line of the program on."""
    gc.disable()


def resume() -> None:
    """Search again, but not through what is there now: going through it once would hold the first key 30 ms.

    Does nothing where it was not put off.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
