"""核对结果: what the audit of the open report found, under the tabs; from here it is mended or explained."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDockWidget, QMainWindow

from desktop.audit.explanations import can_be_explained
from desktop.ui import messages
from desktop.ui.audit_runner import Entry
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session
from desktop.ui.tabs import tab_title
from desktop.ui.widgets.findings_view import NOTHING, FindingsView, Line, rule_name

LIST_KIND = "Excel 工作簿 (*.xlsx)"
_LONGEST = 14


class FindingsDock(QDockWidget):
    """Follows the session while it is open."""

    def __init__(self, session: Session, jobs: Jobs, window: QMainWindow) -> None:
        super().__init__("核对结果", window)
        self._session, self._jobs = session, jobs
        self.setObjectName("findingsDock")
        self.view = FindingsView(session.place.rule_pages)
        self.setWidget(self.view)
        self._go = self.view.add_button("转到", "goToFinding")
        self._mend = self.view.add_button("改为…", "mendFinding")
        self._explain = self.view.add_button("说明…", "explainFinding")
        self._export = self.view.add_button("导出Excel…", "exportFindings")
        self._go.clicked.connect(self.go)
        self._mend.clicked.connect(self.mend)
        self._explain.clicked.connect(self.explain)
        self._export.clicked.connect(self.export)
        self.view.shown.connect(self._enable)
        self.view.chosen.connect(self.go)
        close = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        close.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        close.activated.connect(self.hide)
        for signal in (session.checked, session.audited, session.opened):
            signal.connect(self.follow)
        self._enable()

    def open(self) -> None:
        """Show it, with what there is now, ready for the keyboard."""
        self.show()
        self.raise_()
        self.follow()
        self.view.focus_table()

    def follow(self) -> None:
        if self.isVisible():
            pages = self._session.place.rule_pages
            templates, place_name = self._session.templates, self._session.place_name
            lines = [
                Line(e, rule_name(e.code, pages), place_name(e.target), tab_title(e.target, templates))
                for e in self._session.entries
            ]
            done = self._session.checking.done
            self.view.fill(lines, NOTHING if done else self._session.found_in_words())
            self._enable()

    @property
    def _entry(self) -> Entry | None:
        line = self.view.current()
        return line.entry if line else None

    def _enable(self) -> None:
        entry = self._entry
        self._go.setEnabled(entry is not None and entry.target is not None)
        sure = entry is not None and bool(self._session.mending(entry))
        self._mend.setEnabled(sure)
        words = entry.expected if entry and sure else ""
        self._mend.setText(f"改为“{_short(words)}”".replace("&", "&&") if words else "改为…")
        self._explain.setEnabled(entry is not None and can_be_explained(entry.finding))

    # -- deeds -------------------------------------------------------------------------------------------

    def go(self) -> None:
        entry = self._entry
        if entry is not None and entry.target is not None:
            self._session.jump.emit(entry.target)

    def mend(self) -> None:
        """Write what is expected, as one step that Ctrl+Z takes back."""
        entry = self._entry
        if entry is not None and self._session.mend(entry):
            self._session.said.emit(f"已改为“{_short(entry.expected)}”，按 Ctrl+Z 可撤销")
            self.go()

    def explain(self) -> None:
        entry = self._entry
        if entry is None:
            return
        text = messages.ask_text(self, "核实说明", entry.message, entry.explanation)
        if text is not None and self._session.explain(entry, text):
            self._session.settle()

    def export(self) -> None:
        report = self._session.report
        if report is None:
            return
        title = f"{report.unit_name}{report.id.year}年度绩效自评报告核对结果"
        export_list(self, self._session, self._jobs, title, self.view.lines)


def export_list(
    parent: FindingsDock | FindingsView, session: Session, jobs: Jobs, title: str, lines: list[Line]
) -> None:
    """Ask where to, and write the list in the background."""
    from desktop.exchange.atomic_write import write_atomically
    from desktop.exchange.excel_out.findings_list import KIND
    from desktop.exchange.excel_out.list_sheet import list_bytes

    suggestion = session.place.suggested_path(title, ".xlsx")
    chosen = messages.choose_target(parent, "导出核对结果", str(suggestion), LIST_KIND)
    if not chosen:
        return
    path = Path(chosen)
    path = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
    rows = [line.exported() for line in lines]
    jobs.start(
        "正在导出核对结果…",
        lambda: write_atomically(path, list_bytes(KIND, title, rows)),
        lambda _: session.said.emit(f"已导出：{path}"),
    )


def _short(words: str) -> str:
    """What fits on a button: the beginning of a list that fills itself."""
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
