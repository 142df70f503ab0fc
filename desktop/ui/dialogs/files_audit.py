"""Several files audited one after the other: the files on the left, what was found in them beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.audit.finding import LEVELS
from desktop.errors import UserError
from desktop.ui import messages, theme
from desktop.ui.dialogs.file_audit import FileAudit, lines_of
from desktop.ui.first_size import open_at
from desktop.ui.hints import paragraph
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session
from desktop.ui.text_editor.marked_text import ink_of
from desktop.ui.widgets.findings_dock import LIST_KIND
from desktop.ui.widgets.findings_view import NOTHING, FindingsView
from desktop.ui.widgets.lines import lay_out

if TYPE_CHECKING:  # the exchange is loaded when it is first used
    from desktop.exchange.audited.audited_file import AuditedFile

_HEADS, _WIDTHS = ("文件", *LEVELS), (240, 46, 46, 46)
_ALL, _UNREADABLE = "全部文件", "读不出"


class FilesAudit(QDialog):
    """Begins when it is opened and can be stopped; what was found until then stays. Not modal."""

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        reports: Sequence[tuple[Path, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._reports = session, jobs, list(reports)
        self._open, self._stopped = True, False
        self.files: list[AuditedFile] = []
        self.setObjectName("filesAudit")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"核对{len(reports)}份报告")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        open_at(self, 1240, 700)
        self._said, self._bar, self._table = QLabel(), QProgressBar(), QTableWidget()
        self._stop = QPushButton("停止")
        self.view = FindingsView(session.place.rule_pages, Qt.Orientation.Vertical, of_files=True)
        self._go = self.view.add_button("打开原文", "openAuditedFile")
        self._export = self.view.add_button("导出Excel…", "exportFindings")
        self._mark = self.view.add_button("标注稿…", "exportMarked")
        self._arrange()
        self._connect()
        self._list_files()
        self._audit(0)

    def _arrange(self) -> None:
        self._said.setObjectName("filesSaid")
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._bar.setObjectName("filesProgress")
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(260)
        self._stop.setObjectName("stopAudit")
        self._stop.setAutoDefault(False)
        self._table.setObjectName("auditedFiles")
        lay_out(self._table, _HEADS, _WIDTHS, 0)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 12, 0)
        row.addWidget(self._said, 1)
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._table)
        split.addWidget(self.view)
        split.setSizes([340, 900])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 0, 0)
        column.addLayout(row)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        self._table.itemSelectionChanged.connect(self._show_findings)
        self._table.itemActivated.connect(lambda _: self.open_file())
        self.view.shown.connect(self._enable)
        self.view.chosen.connect(self.open_file)
        self._go.clicked.connect(self.open_file)
        self._export.clicked.connect(self.export)
        self._mark.clicked.connect(self.mark)
        self._stop.clicked.connect(self.stop)
        self._session.ending.connect(self._leave)

    # -- the files ---------------------------------------------------------------------------------------

    def _list_files(self) -> None:
        names = [_ALL, *(name for _, name in self._reports)]
        self._table.setRowCount(len(names))
        for row, name in enumerate(names):
            self._put(row, 0, name, hint=name)
        self._table.selectRow(0)

    def _put(self, row: int, column: int, text: str, ink: str = theme.INK, hint: str = "") -> None:
        item = QTableWidgetItem(text)
        item.setForeground(QColor(ink))
        item.setToolTip(paragraph(hint) if hint else "")
        if column:
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        self._table.setItem(row, column, item)

    def _count(self, row: int, files: Sequence[AuditedFile]) -> None:
        for column, level in enumerate(LEVELS, 1):
            count = sum(file.counts[level] for file in files)
            self._put(row, column, str(count), ink_of(level) if count else theme.INK_SOFT)

    # -- one after the other -----------------------------------------------------------------------------

    def _audit(self, number: int) -> None:
        """The next file, in the background."""
        if number == len(self._reports) or self._stopped:
            self._rest(self._in_words())
            return
        path, name = self._reports[number]
        place, without = self._session.place, self._session.place.rules_off

        def take(file: AuditedFile) -> None:
            if self._open:
                self._take(number, file)

        self._step(f"正在核对第{number + 1}份，共{len(self._reports)}份：{name}", number, len(self._reports))
        self._jobs.start(
            "正在核对…", lambda: place.audit_or_tell(path, name, without).without_content(), take
        )

    def _take(self, number: int, file: AuditedFile) -> None:
        self.files.append(file)
        self._count(number + 1, [file])
        if file.error:
            self._put(number + 1, 1, _UNREADABLE, theme.WRONG, file.error)
            self._table.setSpan(number + 1, 1, 1, len(LEVELS))
        elif file.remark:
            self._put(number + 1, 0, file.name, theme.WARN, f"{file.name}：{file.remark}")
        self._count(0, self.files)
        if self._table.currentRow() in (0, number + 1):
            self._show_findings()
        self._audit(number + 1)

    def _step(self, words: str, done: int, of: int) -> None:
        self._said.setText(words)
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        self._bar.show()
        self._stop.show()
        self._enable()

    def _rest(self, words: str) -> None:
        """Nothing is being done."""
        self._stopped = False
        self._said.setText(words)
        self._bar.hide()
        self._stop.hide()
        self._enable()

    def _in_words(self) -> str:
        from desktop.exchange.audited.files_list import summary

        left = len(self._reports) - len(self.files)
        return summary(self.files) + (f"。已停止，{left}份没有核对" if left else "")

    def stop(self) -> None:
        """After the file that is being read."""
        self._stopped = True
        self._stop.hide()

    def _leave(self) -> None:
        """What is still to come is not shown any more."""
        self._open, self._stopped = False, True

    def done(self, result: int) -> None:
        self._leave()
        super().done(result)

    # -- what was found ----------------------------------------------------------------------------------

    def _show_findings(self) -> None:
        row = self._table.currentRow()
        name = self._reports[row - 1][1] if row > 0 else ""
        shown = [file for file in self.files if not name or file.name == name]
        told = next((file.error or file.remark for file in shown), "") if name else ""
        nothing = told or (NOTHING if shown else "还没有核对")
        pages = self._session.place.rule_pages
        self.view.fill([line for file in shown for line in lines_of(file, pages, file.name)], nothing)
        self._enable()

    def _enable(self) -> None:
        at_work = not self._bar.isHidden()
        self._go.setEnabled(self._chosen() is not None)
        self._export.setEnabled(bool(self.files) and not at_work)
        self._mark.setEnabled(any(file.findings for file in self.files) and not at_work)

    def _chosen(self) -> AuditedFile | None:
        """The file of the current finding, else the current file."""
        line, row = self.view.current(), self._table.currentRow()
        name = line.tab if line else self._reports[row - 1][1] if row > 0 else ""
        return next((file for file in self.files if file.name == name and not file.error), None)

    # -- deeds -------------------------------------------------------------------------------------------

    def open_file(self) -> None:
        """The text with its wrong words marked, at the current finding."""
        file, line = self._chosen(), self.view.current()
        if file is not None:
            shown = FileAudit(self._session, self._jobs, file, self.parentWidget())
            shown.show()
            if line is not None:
                shown.view.choose(line.entry.finding)

    def export(self) -> None:
        """Ask where to, and write the list of all files in the background."""
        from desktop.exchange.atomic_write import write_atomically
        from desktop.exchange.audited.files_list import list_of

        suggestion = self._session.place.suggested_path("核对结果", ".xlsx")
        chosen = messages.choose_target(self, "导出核对结果", str(suggestion), LIST_KIND)
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
        files, names = list(self.files), self._session.place.rule_names
        self._jobs.start(
            "正在导出核对结果…",
            lambda: write_atomically(path, list_of(files, names)),
            lambda _: self._tell(f"已导出：{path}"),
        )

    def mark(self) -> None:
        """Ask for a folder, and give each file back with its findings in it."""
        folder = messages.choose_folder(
            self, "标注稿放到哪个文件夹", self._session.settings.text("export_folder")
        )
        if folder:
            found = [file for file in self.files if file.findings]
            self._mark_next(found, Path(folder), 0, [])

    def _mark_next(
        self, files: Sequence[AuditedFile], folder: Path, number: int, problems: list[str]
    ) -> None:
        if number == len(files) or self._stopped:
            said = f"已写好{number - len(problems)}份标注稿：{folder}"
            self._rest(f"{said}；{len(problems)}份没有写成" if problems else said)
            self._session.said.emit(said)
            if problems:
                messages.tell_error(self, UserError(problems[0], "\n".join(problems[1:])))
            return

        def take(problem: str) -> None:
            if self._open:
                self._mark_next(files, folder, number + 1, [*problems, *filter(None, [problem])])

        self._step(f"正在写标注稿，第{number + 1}份，共{len(files)}份", number, len(files))
        self._jobs.start("正在写标注稿…", self._marking(files[number], folder), take)

    def _marking(self, file: AuditedFile, folder: Path) -> Callable[[], str]:
        """The work gives what kept it from being done."""
        place, without = self._session.place, self._session.place.rules_off

        def work() -> str:
            try:
                place.mark_file(file.path, file.name, folder, without)
            except UserError as error:
                return str(error)
            return ""

        return work

    def _tell(self, words: str) -> None:
        self._session.said.emit(words)
        if self._open:
            self._said.setText(words)
