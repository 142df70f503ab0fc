"""A chart on the screen: the same drawing as in the printed report, as SVG."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QWidget

from desktop.domain.facts import FactSheet
from desktop.ui import theme
from desktop.ui.session import Session

REDRAW_AFTER_MS = 250
SCALE = 1.25
"""Points of the page to pixels of the screen."""


Draw = Callable[[FactSheet, Path], bytes]
"""The chart of a sheet as SVG; the second is where the fonts are."""


class Drawing(QSvgWidget):
    """Draws itself when first seen and again after the facts have come to rest."""

    def __init__(
        self,
        session: Session,
        draw: Draw,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._session, self._draw, self._stale = session, draw, True
        self._rest = QTimer(self, singleShot=True, interval=REDRAW_AFTER_MS)
        self._rest.timeout.connect(self.redraw)
        session.changed.connect(self._note_change)
        self.renderer().setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)

    def _note_change(self) -> None:
        self._stale = True
        if self.isVisible():
            self._rest.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.redraw()

    def redraw(self) -> None:
        if self._stale:
            self._stale = False
            theme.load_chart_fonts(self._session.resources)
            self.load(self._draw(self._session.sheet, self._session.resources))
            self.setFixedSize(self.renderer().defaultSize() * SCALE)
