"""A bar to choose a page, and the chosen page below; each is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.domain.keys import FactKey


class SubPages(QWidget):
    """`pages` are (name, title, how to make it), from left to right; one page alone needs no bar."""

    def __init__(self, pages: Sequence[tuple[str, str, Callable[[], QWidget]]]) -> None:
        super().__init__()
        self.titles = {name: title for name, title, _ in pages}
        self._names = list(self.titles)
        self._makers = [make for _, _, make in pages]
        self._made: dict[int, QWidget] = {}
        self._bar = QTabBar()
        self._bar.setObjectName("subTabs")
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._stack = QStackedWidget()
        for _, title, _ in pages:
            self._bar.addTab(title)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 2, 8, 2)
        bar.addWidget(self._bar)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addLayout(bar)  # below the sheets, as Excel has it
        self._bar.currentChanged.connect(self._choose)
        self._bar.setVisible(len(pages) > 1)
        self._choose(0)

    def _choose(self, number: int) -> None:
        if number not in self._made:
            self._made[number] = self._makers[number]()
            self._stack.addWidget(self._made[number])
        self._stack.setCurrentWidget(self._made[number])

    def choose(self, name: str) -> QWidget:
        """Show the page of that name."""
        number = self._names.index(name)
        self._bar.setCurrentIndex(number)
        return self._made[number]

    def has(self, name: str) -> bool:
        return name in self._names

    def show_key_on(self, name: str, key: FactKey) -> bool:
        return bool(self.choose(name).show_key(key))  # type: ignore[attr-defined]
