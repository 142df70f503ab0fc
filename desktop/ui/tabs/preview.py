"""打印预览: every page as it would be exported, in step with what is filled in; from here it is printed."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.ui import messages
from desktop.ui.audit_runner import Words
from desktop.ui.jobs import Jobs
from desktop.ui.preview_runner import Previewing
from desktop.ui.session import Session
from desktop.ui.widgets.paper_view import Chapter, PaperView, Pdf
from desktop.ui.widgets.tool import tool

if TYPE_CHECKING:
    from desktop.exchange.report_files import Preview

_MOST_GAPS = 5
"""Places still to be filled that are named at first."""
_LONGEST_GAP = 16
_CHAPTER_WIDTH = 420
_ALL = "all"


class PreviewTab(QWidget):
    """Follows the facts while it is seen; while it is not, nothing is made and hardly anything kept."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("previewTab")
        self._session = session
        self._preview: Preview | None = None
        self._chapters: list[Chapter] = []
        self._all_gaps = self._print_next = False
        self.shown = 0
        """How many previews have been shown."""
        self._making, self._printing = Previewing(self), Jobs(self)
        self.view = PaperView()
        self._page, self._zoom, self._state = QLabel(), QLabel(), QLabel()
        self._gaps, self._message = QLabel(), QLabel()
        self._chapter, self._pages = QComboBox(), QStackedWidget()
        self._tools: list[QToolButton] = []
        self._arrange()
        self._connect()
        self._say("")
        self._tell("正在生成预览…")

    # -- parts -------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        for label, name in (
            (self._page, "pageNumber"),
            (self._zoom, "zoomPercent"),
            (self._state, "previewState"),
            (self._gaps, "previewGaps"),
            (self._message, "previewMessage"),
        ):
            label.setObjectName(name)
        self._gaps.setWordWrap(True)
        self._gaps.setTextFormat(Qt.TextFormat.RichText)
        self._gaps.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        corner = QVBoxLayout(self.view.viewport())
        corner.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self._gaps)
        column.addWidget(self._pages, 1)

    def _bar(self) -> QWidget:
        view, bar = self.view, QWidget()
        bar.setObjectName("previewBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(2)
        for label, width in ((self._page, 64), (self._zoom, 48)):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMinimumWidth(width)
        self._chapter.setObjectName("chapterPicker")
        self._chapter.setAccessibleName("章节")
        self._chapter.setToolTip("转到章节")
        self._chapter.setPlaceholderText("章节")
        self._chapter.setMinimumWidth(110)
        self._chapter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._chapter.setMaximumWidth(_CHAPTER_WIDTH)
        self._chapter.view().setMinimumWidth(_CHAPTER_WIDTH)
        row.addWidget(self._tool("‹", "上一页（PageUp）", "previousPage", lambda: view.go(view.page - 1)))
        row.addWidget(self._page)
        row.addWidget(self._tool("›", "下一页（PageDown）", "nextPage", lambda: view.go(view.page + 1)))
        row.addSpacing(6)
        row.addWidget(self._chapter, 10)
        row.addSpacing(6)
        row.addWidget(self._tool("－", "缩小（Ctrl+滚轮）", "zoomOut", lambda: view.zoom_by(-1)))
        row.addWidget(self._zoom)
        row.addWidget(self._tool("＋", "放大（Ctrl+滚轮）", "zoomIn", lambda: view.zoom_by(1)))
        row.addWidget(self._tool("页宽", "按窗口宽度显示", "fitWidth", lambda: view.set_fit("width")))
        row.addWidget(self._tool("整页", "一次看到整页", "fitPage", lambda: view.set_fit("page")))
        row.addStretch(1)
        row.addWidget(self._tool("打印…", "打印（Ctrl+Alt+P）", "printPages", self.print_report))
        return bar

    def _tool(self, words: str, hint: str, name: str, deed: Callable[[], object]) -> QToolButton:
        self._tools.append(tool(words, hint, name, deed))
        return self._tools[-1]

    def _connect(self) -> None:
        session, making = self._session, self._making
        session.opened.connect(self._forget)
        session.checked.connect(self.refresh)
        session.ending.connect(self._end)
        making.made.connect(self._show)
        making.failed.connect(self._fail)
        making.running.connect(lambda running: self._say("正在更新…" if running else ""))
        self._printing.busy.connect(self._say)
        self._printing.failed.connect(session.failed)
        self.view.moved.connect(self._follow)
        self.view.pointed.connect(self._go_to_form)
        self._chapter.activated.connect(self._go_to_chapter)
        self._gaps.linkActivated.connect(self._go_to_gap)

    # -- making ------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Make the pages anew if anything has changed, and somebody looks."""
        if self.isVisible() and self._session.report is not None:
            self._making.start(self._session.preview_job())

    def wait(self) -> None:
        """Let running work end; what it made is shown with the next events."""
        self._making.wait()
        self._printing.wait()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._making.stop()
        self._print_next = False
        self.view.forget_images()

    def _forget(self) -> None:
        """Another report: nothing is kept of the last one."""
        self._making.forget()
        self._preview, self._chapters = None, []
        self._print_next = self._all_gaps = False
        self.view.clear()
        self.view.go(0)
        self._tell("正在生成预览…")

    def _end(self) -> None:
        self._making.forget()
        self.wait()
        self.view.clear()

    def _show(self, preview: Preview) -> None:
        pdf = Pdf(preview.pdf)
        self._preview = preview
        self._fill_chapters(pdf.chapters())
        self.view.show_pdf(pdf)
        self.shown += 1
        self._pages.setCurrentWidget(self.view)
        self._list_gaps()
        self._enable()
        if self._print_next:
            self.print_report()

    def _fail(self, error: UserError) -> None:
        self._preview, self._print_next = None, False
        self.view.clear()
        self._tell(f"{error.sentence}\n\n{error.hint}".strip())

    def _tell(self, words: str) -> None:
        """Words in place of the pages."""
        self._message.setText(words)
        self._pages.setCurrentWidget(self._message)
        self._fill_chapters([])
        self._list_gaps()
        self._enable()

    def _say(self, words: str) -> None:
        """Quietly, in the corner."""
        self._state.setText(words)
        self._state.setVisible(bool(words))

    def _enable(self) -> None:
        for one in [*self._tools, self._chapter]:
            one.setEnabled(self._preview is not None)
        self._follow()

    # -- where one is ------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Page, zoom and chapter of what is looked at."""
        page, count = self.view.page, self.view.pages
        self._page.setText(f"{page + 1} / {count}" if count else "")
        self._zoom.setText(f"{self.view.zoom:.0%}" if count else "")
        before = [n for n, chapter in enumerate(self._chapters) if chapter.page < page]
        here = [n for n, chapter in enumerate(self._chapters) if chapter.page == page]
        self._chapter.setCurrentIndex((here[:1] or before[-1:] or [-1])[0])

    def _fill_chapters(self, chapters: list[Chapter]) -> None:
        names = ["　" * chapter.level + chapter.title for chapter in chapters]
        if names != [self._chapter.itemText(n) for n in range(self._chapter.count())]:
            with QSignalBlocker(self._chapter):
                self._chapter.clear()
                self._chapter.addItems(names)
        self._chapters = chapters

    def _go_to_chapter(self, number: int) -> None:
        chapter = self._chapters[number]
        self.view.go(chapter.page, chapter.y)
        self.view.setFocus()

    def _go_to_form(self, page: int, x: float, y: float) -> None:
        """From a cell on paper to where it is typed, on the form as it is printed."""
        from desktop.exchange.pdf_out.cell_places import cell_at

        key = cell_at(self._preview.cells, page, x, y) if self._preview is not None else None
        if key is not None:
            self._session.form_wanted.emit(key)

    # -- what is missing ---------------------------------------------------------------------------------

    def _list_gaps(self) -> None:
        """What is still to be written, what is not printed and what no font has, each a way to where it is."""
        preview = self._preview
        lines = []
        if preview and preview.gaps:
            shown = preview.gaps if self._all_gaps else preview.gaps[:_MOST_GAPS]
            links = "、".join(_link(f"gap:{n}", gap.name) for n, gap in enumerate(shown))
            count = len(preview.gaps)
            more = f"　{_link(_ALL, f'全部{count}处')}" if len(shown) < count else ""
            lines.append(f"还没有填写，打印出来为空：{links}{more}")
        if preview and preview.unplaced:
            links = "、".join(_link(f"unplaced:{n}", gap.name) for n, gap in enumerate(preview.unplaced))
            lines.append(f"未归入提纲，不会印出：{links}")
        if preview and preview.without_font:
            links = "　".join(_link(f"glyph:{n}", glyph) for n, glyph in enumerate(preview.without_font))
            lines.append(f"字库里没有这些字，印成“〓”：{links}")
        self._gaps.setText("<br>".join(lines))
        self._gaps.setVisible(bool(lines))

    def _go_to_gap(self, link: str) -> None:
        if self._preview is None:
            return
        kind, _, number = link.partition(":")
        if kind == _ALL:
            self._all_gaps = True
            self._list_gaps()
        elif kind == "gap":
            self._session.jump.emit(self._preview.gaps[int(number)].key)
        elif kind == "unplaced":
            self._session.jump.emit(self._preview.unplaced[int(number)].key)
        else:
            place = _place_of(self._preview.without_font[int(number)], self._session)
            if place is not None:
                self._session.jump.emit(place)

    # -- printing ----------------------------------------------------------------------------------------

    def print_report(self) -> None:
        """Ask for printer and pages, and print in the background; once the pages are there, if they are not."""
        from desktop.ui.printing import chosen_pages, print_pages

        self._print_next = self._preview is None and self._session.report is not None
        if self._preview is None:
            return
        data, count = self._preview.pdf, self.view.pages
        printer = messages.choose_printer(self, count)
        if printer is None:
            return
        pages = chosen_pages(printer, count, self.view.page)
        self._printing.start(
            f"正在打印{len(pages)}页…",
            lambda: print_pages(data, printer, pages),
            lambda sent: self._session.said.emit(f"已送到打印机：共{sent}页"),
        )


def _link(address: str, words: str) -> str:
    shown = words if len(words) <= _LONGEST_GAP else words[:_LONGEST_GAP] + "…"
    return f'<a href="{address}">{html.escape(shown)}</a>'


def _place_of(glyph: str, session: Session) -> FactKey | Words | None:
    """Where a character was typed; in the report's text it is selected."""
    for key, text in session.facts.items():
        at = text.find(glyph)
        if at >= 0:
            return Words(key.row, at, at + len(glyph)) if key.base == "narrative" else key
    return None
