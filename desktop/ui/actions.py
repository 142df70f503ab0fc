"""Everything the menu and the top bar offer, as actions with their keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from desktop import __version__
from desktop.audit.finding import ERROR
from desktop.exchange.exporters import EXPORTERS
from desktop.ui import messages
from desktop.ui.audit_runner import open_counts
from desktop.ui.data_menu import DataMenu
from desktop.ui.dialogs import answered
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session

KEYS = """Enter：下一行　　Tab：右边下一个可填的格
Ctrl+C、Ctrl+V：与 Excel、WPS 互相复制整块
Insert：添加一行　　Ctrl+Delete：删除本行
Alt+↑、Alt+↓：移动本行
Delete：清除；手工填的合计或得分恢复为计算值
附表：在空行里填写即新增一行；长文字按 Ctrl+Enter 或 Tab 离开；Ctrl+滚轮 缩放
自评报告的标题：F2 改名　Insert 添加　Alt+方向键 移动、升降级
自评报告的正文：Ctrl+J 插入数据
Ctrl+Z、Ctrl+Y：撤销、重做
F8：核对结果（Enter 转到，Esc 关闭）　Shift+F8：读到的数　F9：展开或收起右栏
Ctrl+N 新建　Ctrl+I 导入　{exports}
Ctrl+F2 打印预览　Ctrl+Alt+P 打印""".format(
    exports="　".join(f"{e.keys} {e.menu.partition('（')[0]}" for e in EXPORTERS.values() if e.keys)
)


class Actions(QObject):
    """The actions, enabled as the open report allows."""

    asked_for_findings = Signal()
    asked_for_numbers = Signal()
    asked_for_panel = Signal()
    asked_for_preview = Signal()
    asked_for_printing = Signal()

    def __init__(self, window: QWidget, session: Session, jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._session, self._jobs = window, session, jobs
        self.new = self._action("新建单位或年度…", self.new_report, "Ctrl+N")
        self.sample = self._action("打开示例单位", session.open_sample)
        self.import_ = self._action("导入报告包、表格或报告…", lambda: self.import_file(), "Ctrl+I")
        self.audit_file_ = self._action("核对报告文件…", lambda: self.audit_file())
        self.audit_folder_ = self._action("核对文件夹里的报告…", self.audit_folder)
        self.findings = self._action("核对结果", self.asked_for_findings.emit, "F8")
        self.numbers = self._action("读到的数", self.asked_for_numbers.emit, "Shift+F8")
        self.exports = {
            kind: self._action(f"{exporter.menu}…", partial(self.export, kind), exporter.keys)
            for kind, exporter in EXPORTERS.items()
        }
        # Ctrl+F2 as in Word and Excel.
        self.preview = self._action("打印预览", self.asked_for_preview.emit, "Ctrl+F2")
        self.print_ = self._action("打印…", self.asked_for_printing.emit, "Ctrl+Alt+P")
        self.panel = self._action("展开或收起右栏", self.asked_for_panel.emit, "F9")
        self.audit_page = self._audit_page()
        self.delete = self._action("删除本报告…", self.delete_report)
        self.data = DataMenu(window, session, jobs)
        self.quit = self._action("退出", window.close, "Ctrl+Q")
        self.undo = self._action("撤销", session.undo, QKeySequence.StandardKey.Undo)
        self.redo = self._action("重做", session.redo, "Ctrl+Y")
        self.keys = self._action("键盘操作", lambda: messages.tell(self._window, "键盘操作", KEYS), "F1")
        self.about = self._action("关于", self.tell_about)
        session.setting_changed.connect(self._take_setting)
        session.changed.connect(self._enable)
        session.opened.connect(self._enable)
        self._enable()

    def _action(
        self, words: str, deed: Callable[[], object], keys: str | QKeySequence.StandardKey = ""
    ) -> QAction:
        action = QAction(words, self._window)
        action.triggered.connect(lambda _=False: deed())
        if keys:
            action.setShortcut(QKeySequence(keys))
        return action

    def _audit_page(self) -> QAction:
        """A choice that is kept: for the copy that goes round in the house, not for the one handed in."""
        action = QAction("PDF末页附核对情况", self._window, checkable=True)
        action.setObjectName("auditPage")
        settings = self._session.settings
        action.setChecked(settings.flag("audit_page"))
        action.toggled.connect(lambda wanted: settings.set("audit_page", wanted))
        action.toggled.connect(self._session.settle)  # the preview shows that page too
        return action

    def _take_setting(self) -> None:
        """What was set in the dialog shows in the menu, in the findings and in the preview."""
        self.audit_page.setChecked(self._session.settings.flag("audit_page"))
        self._session.settle()

    def fill_menu(self, bar: QMenuBar) -> None:
        file = bar.addMenu("文件(&F)")
        for action in (
            self.new,
            self.sample,
            None,
            self.import_,
            self.audit_file_,
            self.audit_folder_,
            None,
            *self.exports.values(),
            self.audit_page,
            None,
            self.preview,
            self.print_,
            None,
        ):
            file.addAction(action) if action else file.addSeparator()
        file.addAction(self.delete)
        file.addSeparator()
        file.addAction(self.quit)
        edit = bar.addMenu("编辑(&E)")
        edit.addActions([self.undo, self.redo])
        edit.addSeparator()
        edit.addActions([self.findings, self.numbers, self.panel])
        self.data.fill(bar.addMenu("数据(&D)"))
        help_menu = bar.addMenu("帮助(&H)")
        help_menu.addActions([self.keys, self.about])

    def _enable(self) -> None:
        is_open = self._session.report is not None
        asked = (self.preview, self.print_, self.delete, self.findings, self.numbers)
        for action in (*self.exports.values(), *asked):
            action.setEnabled(is_open)
        undo, redo = self._session.undo_label(), self._session.redo_label()
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        self.undo.setText(f"撤销：{undo}" if undo else "撤销")
        self.redo.setText(f"重做：{redo}" if redo else "重做")

    # -- deeds -------------------------------------------------------------------------------------------

    def new_report(self) -> None:
        from desktop.ui.dialogs.new_report import NewReportDialog

        dialog = NewReportDialog(self._session, self._window)
        with answered(dialog) as agreed:
            if agreed:
                dialog.make()

    def import_file(self, path: str = "") -> None:
        from desktop.ui.dialogs.import_preview import choose_and_import

        choose_and_import(self._window, self._session, self._jobs, path)

    def audit_file(self, path: str = "") -> None:
        from desktop.ui.dialogs.audit_choice import choose_and_audit

        choose_and_audit(self._window, self._session, self._jobs, path)

    def audit_folder(self) -> None:
        from desktop.ui.dialogs.audit_choice import choose_folder_and_audit

        choose_folder_and_audit(self._window, self._session, self._jobs)

    def open_files(self, paths: Sequence[str]) -> None:
        """What was dropped: reports of several, or a folder with them, are audited; else the first is opened."""
        from desktop.exchange.read_text.any_file import READABLE

        reports = [path for path in paths if path.lower().endswith(READABLE) or Path(path).is_dir()]
        if len(reports) > 1 or (reports and Path(reports[0]).is_dir()):
            from desktop.ui.dialogs.audit_choice import audit_all

            audit_all(self._window, self._session, self._jobs, reports)
        else:
            self.open_file(paths[0])

    def open_file(self, path: str) -> None:
        """Tables are imported, a task is shown; with a report's text the user says whether it is to be imported."""
        from desktop.exchange.read_text.any_file import READABLE
        from desktop.exchange.task_file.format import ENDING as TASK_ENDING

        if path.lower().endswith(TASK_ENDING):
            self.data.open_task(path)
            return
        if not path.lower().endswith(READABLE):
            self.import_file(path)
            return
        answer = messages.choose(
            self._window,
            f"“{Path(path).name}”是一份报告，要怎样打开？",
            "导入：把正文和附件1–3读进本程序，写入前可逐项核对。\n只核对：检查文件里的错误，不改动本程序里的数据。",
            ("导入", "只核对"),
        )
        if answer is not None:
            (self.import_file, self.audit_file)[answer](path)

    def export(self, kind: str) -> None:
        """Ask where to, write in the background, and offer to open what was written."""
        task = self._session.export_task(kind)
        kinds = f"{task.label} (*{task.ending})"
        chosen = messages.choose_target(self._window, task.label, str(task.suggested_path), kinds)
        if not chosen:
            return
        target = Path(chosen)
        target = (
            target if target.suffix.lower() == task.ending else target.with_name(target.name + task.ending)
        )
        self._session.settings.set("export_folder", str(target.parent))
        self._jobs.start(
            f"正在导出{task.label}…", lambda: task.run(target), lambda notes: self._exported(target, notes)
        )

    def _exported(self, target: Path, notes: list[str]) -> None:
        """Say where it lies and what to look at before it is handed in, then open it; of a package, which is
        opened by this program itself, the folder."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        from desktop.exchange.package.format import ENDING as PACKAGE_ENDING

        self._session.settle()
        wrong = open_counts(self._session.entries)[ERROR]
        warnings = [f"注意：报告里还有{wrong}处错误没有改，见右侧“需要核对”。"] if wrong else []
        self._session.said.emit(f"已导出：{target}")
        if warnings or notes:
            messages.tell(self._window, f"已导出：{target.name}", "\n".join([*warnings, *notes]))
        shown = target.parent if target.suffix.lower() == PACKAGE_ENDING else target
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown)))

    def delete_report(self) -> None:
        report = self._session.report
        if report and messages.confirm(
            self._window,
            f"删除“{report.unit_name}”{report.id.year}年度的报告？",
            "报告会移入回收处，不会清除；以后可从“数据”菜单的“恢复已删除的报告”找回。",
            "删除",
        ):
            self._session.delete_report()

    def tell_about(self) -> None:
        messages.tell(self._window, f"{messages.TITLE} {__version__}", "所有数据只保存在本机，程序从不联网。")
