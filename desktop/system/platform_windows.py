"""What only Windows asks of a program: to say that it runs, to give the front away, to be new enough."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

MUTEX = "ZipingSelfEvaluationIsRunning"
"""Held while the program runs; the installer refuses meanwhile. It stands in build/installer.nsi too."""

OLDEST_BUILD = 17763
"""Windows 10 1809, the oldest that Qt 6.8 starts on."""

TOO_OLD = "本程序需要 Windows 10 1809（2018年10月更新）或更高版本。\n\n请先更新系统，或换一台电脑使用。"
TITLE = "整体支出绩效自评助手"
_ANY_PROCESS = -1
_ICON_WARNING = 0x30


def say_running() -> object:
    """Keep the result for as long as the program runs. None on other systems."""
    if sys.platform != "win32":
        return None
    return ctypes.windll.kernel32.CreateMutexW(None, False, MUTEX)


def give_front() -> None:
    """Let the program that runs already come to the front: Windows allows that only to whom we let."""
    if sys.platform == "win32":
        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)


def _build() -> int:
    if sys.platform == "win32":
        return sys.getwindowsversion().build
    return OLDEST_BUILD


def _box(text: str) -> None:
    """A message without Qt, which would not load."""
    if sys.platform == "win32":
        ctypes.windll.user32.MessageBoxW(None, text, TITLE, _ICON_WARNING)


def too_old(build: Callable[[], int] = _build, tell: Callable[[str], None] = _box) -> bool:
    """Whether this Windows is too old; if so, it has been told. Ask before anything loads Qt."""
    if build() >= OLDEST_BUILD:
        return False
    tell(TOO_OLD)
    return True
