"""A report's file audited by itself: its text on the left with the wrong words underlined, the list beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QSplitter, QVBoxLayout, QWidget

from desktop.audit.finding import Finding
from desktop.exchange.read_text.any_file import READABLE
from desktop.ui import messages
from desktop.ui.audit_runner import Entry, Words
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session
from desktop.ui.text_editor.marked_text import MarkedText
from desktop.ui.widgets.findings_dock import export_list
from desktop.ui.widgets.findings_view import FindingsView, Line, rule_name

KINDS = f"报告 ({' '.join(f'*{ending}' for ending in READABLE)});;所有文件 (*)"


def choose_and_audit(window: QWidget, session: Session, jobs: Jobs, path: str = "") -> None:
    """Ask for a file, audit it in the background, show what was found."""
    folder = session.settings.text("export_folder")
    path = path or messages.choose_file(window, "核对一份报告文件", folder, KINDS)
    if path:
        without = session.place.rules_off
        jobs.start(
            "正在核对…",
            lambda: session.place.audit_file(Path(path), without),
            lambda found: FileAudit(session, jobs, Path(path).name, found, window).show(),
        )


class FileAudit(QDialog):
    """Not modal: the file can be read beside the report that is being written."""

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        name: str,
        found: tuple[str, list[Finding]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("fileAudit")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"核对 {name}")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(1240, 700)
        # Qt's document ends its lines with \n alone; offsets must not shift.
        text, findings = found
        self._text = text.replace("\r", " ")
        self.text = MarkedText()
        self.text.setObjectName("fileText")
        self.text.setReadOnly(True)
        self.text.setPlainText(self._text)
        self.text.show_marks((*f.spans[0], f.level, f.message) for f in findings if f.spans)
        self.view = FindingsView(session.place.rule_pages, Qt.Orientation.Vertical)
        self._arrange()
        self._go = self.view.add_button("转到", "goToFinding")
        self._go.clicked.connect(self.go)
        export = self.view.add_button("导出Excel…", "exportFindings")
        title = f"{Path(name).stem}核对结果"
        export.clicked.connect(lambda: export_list(self.view, session, jobs, title, self.view.lines))
        self.view.shown.connect(self.go)
        self.view.chosen.connect(self.text.setFocus)
        pages = session.place.rule_pages
        self.view.fill([self._line(f, rule_name(f.code, pages)) for f in findings])
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
        entry = Entry(finding.level, finding.message, target, finding.code, finding.expected, "", finding)
        return Line(entry, rule, where, "")

    def go(self) -> None:
        """Select the words of the current finding."""
        line = self.view.current()
        if line is not None and isinstance(line.entry.target, Words):
            self.text.select_words(line.entry.target.start, line.entry.target.end)
