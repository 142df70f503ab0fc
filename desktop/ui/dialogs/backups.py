"""备份与恢复: all backups, what the chosen one holds and how it differs from now, and the way back to it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.all_templates import Templates
from desktop.errors import UserError
from desktop.storage.backups.backup import BY_HAND, Backup
from desktop.storage.backups.restore import Comparison, Content, ReportContent
from desktop.storage.data_care import Care
from desktop.ui import messages, theme
from desktop.ui.cell_words import CellWords, brief
from desktop.ui.first_size import open_at
from desktop.ui.hints import paragraph
from desktop.ui.jobs import Jobs
from desktop.ui.session import Session

_HEADS = ("时间", "原因", "大小", "内容", "状态")
_WIDTHS = (170, 80, 90, 430, 90)
_INDEX = QModelIndex | QPersistentModelIndex
_SECOND = "second_backup_folder"
_PAUSE_MS = 80
_NAMED = 5
"""Reports that are the same are named up to here; more are counted."""
_ORDER: tuple[Comparison, ...] = ("unknown", "differs", "only there", "only here", "same")


class BackupList(QAbstractTableModel):
    """The backups; what one holds is read from it when its line is first seen."""

    def __init__(self, care: Care, parent: QObject) -> None:
        super().__init__(parent)
        self._care = care
        self.backups: list[Backup] = []
        self._held: dict[int, str | None] = {}

    def show_backups(self, backups: list[Backup]) -> None:
        self.beginResetModel()
        self.backups, self._held = backups, {}
        self.endResetModel()

    def rowCount(self, parent: _INDEX = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.backups)

    def columnCount(self, parent: _INDEX = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADS[section] if shown else None

    def data(self, index: _INDEX, role: int = 0) -> object:
        backup = self.backups[index.row()]
        content = self._content(index.row()) if index.column() > 2 else ""
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 4:
            return QColor(theme.GOOD if content is not None else theme.WRONG)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        time = f"{backup.moment.time:%Y-%m-%d %H:%M:%S}"
        state = "好" if content is not None else "已损坏"
        said = (time, backup.reason, size_in_words(backup.size), content or "", state)[index.column()]
        return paragraph(said) if role == Qt.ItemDataRole.ToolTipRole else said

    def _content(self, row: int) -> str | None:
        """Its units and years in words; None of one that cannot be read."""
        if row not in self._held:
            try:
                backup = self.backups[row]
                self._held[row] = units_in_words(self._care.held(backup.path)) if backup.good else None
            except UserError:
                self._held[row] = None
        return self._held[row]


class BackupsDialog(QDialog):
    """Everything is asked once and said beforehand: a restore replaces all data, which are kept first."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._backups = session, jobs, session.place.backups
        self._asked = 0
        """Counts what is to be read: an answer to an earlier question is not shown."""
        self._open, self.reading = True, False
        self.setObjectName("backupsDialog")
        self.setWindowTitle("备份与恢复")
        open_at(self, 940, 640)
        self._table, self._details = QTableView(), QPlainTextEdit()
        self._model = BackupList(session.place.care, self)
        self._about, self._second = QLabel(), QLabel()
        self._make = self._button("立即备份", "makeBackup", self.make)
        self._restore = self._button("恢复到这一份…", "restoreBackup", self.restore)
        self._clear = self._button("不用第二文件夹", "clearSecond", self.clear_second)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self.read)
        session.ending.connect(self._leave)
        self._arrange()
        self._fill()

    def _button(self, words: str, name: str, deed: object) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(deed)
        return button

    def _arrange(self) -> None:
        self._about.setObjectName("quiet")
        self._second.setObjectName("secondState")
        for label in (self._about, self._second):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._details.setObjectName("backupDetails")
        self._details.setReadOnly(True)
        self._style_table()
        deeds, second = QHBoxLayout(), QHBoxLayout()
        for button in (self._make, self._restore):
            deeds.addWidget(button)
        deeds.addWidget(self._button("打开备份文件夹", "openBackups", self.open_folder))
        deeds.addStretch(1)
        deeds.addWidget(self._button("关闭", "closeBackups", self.accept))
        second.addWidget(self._second, 1)
        second.addWidget(self._button("选择第二备份文件夹…", "chooseSecond", self.choose_second))
        second.addWidget(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self._about)
        column.addWidget(self._table, 3)
        column.addWidget(self._details, 2)
        column.addLayout(second)
        column.addLayout(deeds)

    def _style_table(self) -> None:
        table = self._table
        table.setObjectName("backups")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.setModel(self._model)
        for number, width in enumerate(_WIDTHS):
            table.setColumnWidth(number, width)
        table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(lambda *_: self._read_soon())

    def _fill(self) -> None:
        self._model.show_backups(self._backups.list())
        count = len(self._model.backups)
        self._about.setText(
            f"共{count}份备份，最新的在上面。填写时每10分钟自动备份一次，关闭程序、导入、删除、恢复前也会备份。"
            if count
            else "还没有备份。填写内容后会自动备份，也可以现在点“立即备份”。"
        )
        if self._session.place.care.vanished:
            self._about.setText(
                "数据文件夹不见了（U 盘可能被拔出，或文件夹被移动、改名、删除），现在填写的内容存不下来。"
                f"请把它放回原处，再重新打开程序：{self._backups.folder.parent}"
            )
        self._tell_second()
        if count:
            self._table.selectRow(0)
        else:
            self.read()

    def _tell_second(self) -> None:
        wanted = bool(self._session.settings.text(_SECOND))
        self._clear.setVisible(wanted)
        self._second.setText(
            f"{self._backups.second_state()}。"
            if wanted
            else "第二备份文件夹（例如 U 盘）：没有设置。电脑损坏时，另一处的备份可以救回数据。"
        )

    def current(self) -> Backup | None:
        row = self._table.currentIndex().row()
        return self._model.backups[row] if 0 <= row < len(self._model.backups) else None

    def _leave(self) -> None:
        """What is still to come is not shown any more."""
        self._open = False
        self._soon.stop()

    def done(self, result: int) -> None:
        self._leave()
        super().done(result)

    def _read_soon(self) -> None:
        """Not at once: whoever goes down the list with the arrow key should not wait at each line."""
        self._asked += 1
        self._show("正在读取这份备份，与现在的内容对比…", whole=False)
        self._soon.start()

    def read(self) -> None:
        """Have the whole chosen backup read in the background, and held against the present data."""
        self._soon.stop()
        backup = self.current()
        if backup is None:
            self._show("", whole=False)
            return
        if self.reading:  # it goes on with this one when that is done
            return
        asked, templates = self._asked, self._session.templates
        try:
            compare = self._session.place.care.comparing(backup.path)
        except UserError as error:
            self._show(_in_lines(error), whole=False)
            return

        def work() -> tuple[str, bool]:
            try:
                return content_in_words(compare(), templates), True
            except UserError as error:
                return _in_lines(error), False

        self.reading = True
        self._jobs.start("正在读取备份…", work, lambda answer: self._take(asked, *answer))

    def _take(self, asked: int, said: str, whole: bool) -> None:
        self.reading = False
        if not self._open:
            return
        if asked == self._asked:
            self._show(said, whole=whole)
        else:
            self.read()

    def _show(self, said: str, *, whole: bool) -> None:
        self._details.setPlainText(said)
        self._restore.setEnabled(whole)

    # -- deeds -------------------------------------------------------------------------------------------

    def make(self) -> None:
        problem = self._session.place.care.keep(BY_HAND)
        if problem is not None:
            messages.tell_error(self, problem)
        self._fill()

    def restore(self) -> None:
        backup = self.current()
        if backup is None or not messages.confirm(
            self,
            f"恢复到 {moment_in_words(backup)} 的备份？",
            "所有单位和年度都会回到那时的内容。现在的数据会先另存为一份备份（原因“恢复前”），随时可以再恢复回来。",
            "恢复",
        ):
            return
        kept = self._session.restore(backup.path)
        self._fill()
        if kept is not None:
            messages.tell(
                self,
                f"已恢复到 {moment_in_words(backup)} 的内容。",
                f"恢复前的数据保存在：{kept.name}。接着填写的内容照常自动备份。",
            )

    def open_folder(self) -> None:
        folder = self._backups.folder
        if folder.is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        else:
            messages.tell(self, "备份文件夹还没有建立。", "点“立即备份”后就会有。")

    def choose_second(self) -> None:
        """A copy goes there at once, so that one sees whether it can be written to."""
        chosen = messages.choose_folder(
            self, "选择第二备份文件夹（例如 U 盘）", self._session.settings.text(_SECOND)
        )
        if chosen:
            with self._session.reporting():
                self._session.settings.set(_SECOND, chosen)
            self.make()

    def clear_second(self) -> None:
        with self._session.reporting():
            self._session.settings.set(_SECOND, "")
        self._tell_second()


def moment_in_words(backup: Backup) -> str:
    time = backup.moment.time
    return f"{time.year}年{time.month}月{time.day}日 {time:%H:%M}"


def size_in_words(size: int) -> str:
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def units_in_words(reports: list[tuple[str, int]]) -> str:
    """`清河县农业农村局 2023、2022；…`."""
    years: dict[str, list[str]] = {}
    for name, year in reports:
        years.setdefault(name, []).append(str(year))
    return "；".join(f"{name} {'、'.join(each)}" for name, each in years.items()) or "没有报告"


def _in_lines(error: UserError) -> str:
    return f"{error.sentence}\n{error.hint}"


def content_in_words(content: Content, templates: Templates) -> str:
    """How what the backup has of each report differs from what there is now; those that do not, at the end."""
    if not content.reports:
        return "这份备份里没有报告，现在也没有报告。"
    last = content.last_edit
    lines = [
        f"{len(content.reports)}份报告的对比" + (f"（备份里最后修改：{last:%Y-%m-%d %H:%M}）" if last else "")
    ]
    if any(report.comparison == "unknown" for report in content.reports):
        lines.append("现在的数据读不出来，只列出备份里的内容：")
    ordered = sorted(content.reports, key=lambda report: _ORDER.index(report.comparison))
    same = [report for report in ordered if report.comparison == "same"]
    lines += [
        _report_in_words(r, templates) for r in ordered if r.comparison != "same" or len(same) <= _NAMED
    ]
    if len(same) > _NAMED:
        others = "其余" if len(same) < len(ordered) else "全部"
        lines.append(f"{others} {len(same)} 份相同")
    return "\n".join(lines)


def _report_in_words(report: ReportContent, templates: Templates) -> str:
    head = f"{report.unit_name} {report.year}："
    match report.comparison:
        case "same":
            return f"{head}相同（{report.cells}项内容）"
        case "unknown":
            return f"{head}{report.cells}项内容"
        case "only there":
            return f"{head}只在备份里有（{report.cells}项内容）"
        case "only here":
            return f"{head}只在现在有，恢复后不再有（{report.differing}项内容）"
    words = CellWords(templates, report.year, report.here, report.there)
    some = [
        f"　　{words.name(key)}：备份 {brief(words.value(key, report.there.get(key)))}，"
        f"现在 {brief(words.value(key, report.here.get(key)))}"
        for key in report.some
    ]
    return "\n".join([f"{head}{report.differing}处不同，例如", *some])
