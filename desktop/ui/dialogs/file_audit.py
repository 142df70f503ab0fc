"""A report's file audited by itself: its text on the left with the wrong words underlined, the list beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QSplitter, QVBoxLayout, QWidget

from desktop.audit.finding import Span
from desktop.resource_files.rule_pages import RulePage
from desktop.ui import messages
from desktop.ui.audit_runner import Entry
from desktop.ui.first_size import open_at
from desktop.ui.hints import paragraph
from desktop.ui.jobs import Jobs
from desktop.ui.number_words import hint_of
from desktop.ui.session import Session
from desktop.ui.text_editor.marked_text import MarkedText
from desktop.ui.widgets.findings_dock import export_list
from desktop.ui.widgets.findings_view import NOTHING, FindingsView, Line, rule_name

if TYPE_CHECKING:
    from desktop.exchange.audited.audited_file import AuditedFile


class FileAudit(QDialog):
    """Not modal: the file can be read beside the report that is being written."""

    def __init__(
        self, session: Session, jobs: Jobs, file: AuditedFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("fileAudit")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"核对 {file.path.name}")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        open_at(self, 1240, 700)
        self.text = FileText(file, session.place.rule_pages)
        self._spans: Iterator[Span] = iter(())
        self.view = FindingsView(session.place.rule_pages, Qt.Orientation.Vertical)
        self._arrange(file.forms.in_words() if file.forms is not None else "")
        self._go = self.view.add_button("转到", "goToFinding")
        self._go.clicked.connect(self.go_on)
        export = self.view.add_button("导出Excel…", "exportFindings")
        title = f"{file.path.stem}核对结果"
        export.clicked.connect(lambda: export_list(self.view, session, jobs, title, self.view.lines))
        if file.findings:
            mark = self.view.add_button("标注稿…", "exportMarked")
            mark.clicked.connect(lambda: choose_and_mark(self, session, jobs, file.path))
        self.view.shown.connect(self.go)
        self.view.chosen.connect(self.text.setFocus)
        self._alike = {each.findings[0]: each.findings for each in file.told()}
        self.view.fill(list(lines_of(file, session.place.rule_pages)), file.remark or NOTHING)
        self.view.focus_table()

    def _arrange(self, tables: str) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.text)
        split.addWidget(self.view)
        split.setSizes([490, 750])
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 0, 0)
        column.addWidget(split)
        column.setStretchFactor(split, 1)
        if tables:
            line = QLabel(tables)
            line.setObjectName("tablesRead")
            line.setWordWrap(True)
            line.setContentsMargins(0, 0, 8, 8)
            column.addWidget(line)

    def go(self) -> None:
        """Select the words of the current line's finding."""
        line = self.view.current()
        found = self._alike[line.entry.finding] if line is not None else ()
        self._spans = cycle([span for finding in found for span in finding.wrong_spans])
        self.go_on()

    def go_on(self) -> None:
        """Select those of the next finding that says the same; after the last comes the first."""
        span = next(self._spans, None)
        if span is not None:
            self.text.select_words(*span)


class FileText(MarkedText):
    """What was read of a file: marks where something was found, and at each number what is known of it."""

    def __init__(self, file: AuditedFile, pages: Mapping[str, RulePage]) -> None:
        super().__init__()
        self._file, self._pages = file, pages
        self.setObjectName("fileText")
        self.setReadOnly(True)
        # Qt's document ends its lines with \n alone; offsets must not shift.
        self.setPlainText(file.text.replace("\r", " "))
        self.show_marks((*span, level, f.message) for f in file.findings for span, level in f.marks())

    def hint_at(self, position: int) -> str:
        said, at = super().hint_at(position), self.place_in(self._file.text, position)
        number = next((n for n in self._file.numbers if n.start <= at <= n.end), None)
        told = hint_of(number, self._file.text, None, self._pages) if number is not None else ()
        return said + "".join(map(paragraph, told))


def lines_of(file: AuditedFile, pages: Mapping[str, RulePage], tab: str = "") -> Iterator[Line]:
    """A line for all findings of a file that say the same."""
    for told in file.told():
        finding, count = told.findings[0], len(told.findings)
        rule = rule_name(finding.code, pages)
        yield Line(Entry(finding, None), rule, told.where, tab, told.message, count)


def choose_and_mark(dialog: QWidget, session: Session, jobs: Jobs, path: Path) -> None:
    """Ask for a folder, and put there the file with what was found marked in it."""
    folder = messages.choose_folder(dialog, "标注稿放到哪个文件夹", str(path.parent))
    if folder:
        place, without = session.place, session.place.rules_off
        jobs.start(
            "正在写标注稿…",
            lambda: place.mark_file(path, path.name, Path(folder), without),
            lambda target: session.said.emit(f"已导出：{target}"),
        )
