"""The size a window opens with: the wished one, but never more than the screen holds."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

# What the system draws around a window, in points: borders left and right, the title bar above.
# At 150 % a county laptop of 1366×768 leaves 911×485 for both.
_FRAME = QSize(16, 40)


def open_at(window: QWidget, width: int, height: int) -> None:
    """`width` × `height` points, or what is free of the screen the window is on."""
    window.resize(QSize(width, height).boundedTo(window.screen().availableSize() - _FRAME))
