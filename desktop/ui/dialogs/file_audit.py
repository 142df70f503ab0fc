"""A report's file audited by itself: its text on the left with the wrong words underlined, the list beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QSplitter, QVBoxLayout, QWidget

from desktop.audit.finding import Finding
from desktop.ui import messages
from desktop.ui.audit_runner import Entry, Words
from desktop.ui.first_size import open_at
from desktop.ui.jobs import Jobs
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
        # Qt's document ends its lines with \n alone; offsets must not shift.
        self._text = file.text.replace("\r", " ")
        self.text = MarkedText()
        self.text.setObjectName("fileText")
        self.text.setReadOnly(True)
        self.text.setPlainText(self._text)
        self.text.show_marks((*f.spans[0], f.level, f.message) for f in file.findings if f.spans)
        self.view = FindingsView(session.place.rule_pages, Qt.Orientation.Vertical)
        self._arrange()
        self._go = self.view.add_button("转到", "goToFinding")
        self._go.clicked.connect(self.go)
        export = self.view.add_button("导出Excel…", "exportFindings")
        title = f"{file.path.stem}核对结果"
        export.clicked.connect(lambda: export_list(self.view, session, jobs, title, self.view.lines))
        if file.findings:
            mark = self.view.add_button("标注稿…", "exportMarked")
            mark.clicked.connect(lambda: choose_and_mark(self, session, jobs, file.path))
        self.view.shown.connect(self.go)
        self.view.chosen.connect(self.text.setFocus)
        pages = session.place.rule_pages
        lines = [self._line(f, rule_name(f.code, pages)) for f in file.findings]
        self.view.fill(lines, file.remark or NOTHING)
        self.view.focus_table()

    def _arrange(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.text)
        split.addWidget(self.view)
        split.setSizes([540, 700])
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 0, 0)
        column.addWidget(split)

    def _line(self, finding: Finding, rule: str) -> Line:
        span = finding.spans[0] if finding.spans else None
        target = Words("", span.start, span.end) if span else None
        where = f"第{self._text.count(chr(10), 0, span.start) + 1}行" if span else ""
        entry = Entry(finding, target)
        return Line(entry, rule, where, "")

    def go(self) -> None:
        """Select the words of the current finding."""
        line = self.view.current()
        if line is not None and isinstance(line.entry.target, Words):
            self.text.select_words(line.entry.target.start, line.entry.target.end)


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
