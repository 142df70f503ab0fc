"""What to do about a damaged data file: the newest backups and what could be salvaged, side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import UserError
from desktop.paths import Paths, resources_dir
from desktop.storage.db import DamagedFile
from desktop.storage.recovery.rescue import (
    Holding,
    Offer,
    Rescue,
    look,
    moment_in_words,
    use_backup,
    use_salvaged,
)
from desktop.ui import messages, theme
from desktop.ui.first_size import open_at
from desktop.ui.jobs import Jobs

_INDENT = 26


class Damage(NamedTuple):
    """What is said of the damage, what leaving the dialog is called, and what else there is to know."""

    sentence: str
    leave: str
    hint: str = ""


UNREADABLE = Damage("数据文件已损坏，打不开了。", "退出")
REPORT_DAMAGED = Damage("有些内容已损坏，与保存时不一致。", "暂不处理")


def damage_of(error: DamagedFile) -> Damage:
    """What is lost, or in the way, is said as it is: only what is damaged is called so."""
    if type(error) is DamagedFile:
        return UNREADABLE
    return Damage(error.sentence, UNREADABLE.leave, error.hint)


def rescue(where: Paths, system: str, damage: Damage) -> str | Path | None:
    """Ask and do it: what was done, in words; another data folder; None where nothing was to be done."""
    dialog = RescueDialog(lambda: look(where.database, where.backups), damage)
    theme.dress(dialog, resources_dir())
    try:
        return _asked(dialog, where, system)
    finally:
        dialog.deleteLater()


def _asked(dialog: RescueDialog, where: Paths, system: str) -> str | Path | None:
    while dialog.exec():
        choice = dialog.choice()
        if choice == "folder":
            folder = messages.choose_folder(dialog, "换一个数据文件夹", str(where.data_dir.parent))
            if folder:
                return Path(folder)
            continue
        assert dialog.rescue is not None
        try:
            if isinstance(choice, Offer):
                return use_backup(dialog.rescue, choice)
            return use_salvaged(dialog.rescue, system)
        except UserError as error:
            messages.tell_error(dialog, error)
    return None


class RescueDialog(QDialog):
    """Runs without a session. Nothing is done here: `choice` says what is to be done."""

    def __init__(self, looking: Callable[[], Rescue], damage: Damage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rescue: Rescue | None = None
        self._jobs = Jobs(self)
        self.setObjectName("rescue")
        self.setWindowTitle(messages.TITLE)
        open_at(self, 760, 560)
        self._said, self._table = QLabel("正在检查备份和损坏的文件，请稍候…"), QTableWidget()
        self._choices = QButtonGroup(self)
        self._backup = QRadioButton("用备份恢复")
        self._salvaged = QRadioButton("用抢救出的内容")
        self._folder = QRadioButton("先不恢复，这一次用另一个数据文件夹…")
        self._backups, self._of_backup, self._of_salvaged = QComboBox(), QLabel(), QLabel()
        self._buttons = QDialogButtonBox()
        self._arrange(damage)
        self._backups.currentIndexChanged.connect(lambda _: self._show())
        self._choices.buttonToggled.connect(lambda *_: self._show())
        self._jobs.start("", looking, self._fill)

    def _arrange(self, damage: Damage) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        title = QLabel(damage.sentence)
        title.setObjectName("sectionTitle")
        title.setWordWrap(True)
        title.setTextFormat(Qt.TextFormat.PlainText)
        note = QLabel(
            f"{damage.hint}\n" * bool(damage.hint)
            + "请选择怎样继续。换下来的数据文件会改名留在数据文件夹里，备份也都保留，什么都不会丢弃。"
        )
        column.addWidget(title)
        for label in (note, self._said, self._of_salvaged, self._of_backup):
            label.setObjectName("quiet")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(note)
        column.addWidget(self._said)
        parts: tuple[tuple[QRadioButton, str, tuple[QWidget, ...]], ...] = (
            (self._salvaged, "useSalvaged", (self._of_salvaged,)),
            (self._backup, "useBackup", (self._backups, self._of_backup)),
            (self._folder, "useFolder", ()),
        )
        for button, name, below in parts:
            button.setObjectName(name)
            self._choices.addButton(button)
            column.addSpacing(6)
            column.addWidget(button)
            for widget in below:
                inside = QVBoxLayout()
                inside.setContentsMargins(_INDENT, 0, 0, 0)
                inside.addWidget(widget)
                column.addLayout(inside)
        self._backups.setObjectName("rescueBackups")
        self._backups.setAccessibleName("备份")
        self._table.setObjectName("rescueReports")
        self._table.setAccessibleName("各份报告")
        column.addSpacing(8)
        column.addWidget(self._table, 1)
        self._buttons.setObjectName("rescueButtons")
        self._go_on = self._buttons.addButton("继续", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(damage.leave, QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column.addWidget(self._buttons)
        for control in (self._backup, self._salvaged, self._backups, self._go_on):
            control.setEnabled(False)

    def _fill(self, found: Rescue) -> None:
        """The looking is over: say what there is, and tick what is to be recommended."""
        self.rescue = found
        self._said.hide()
        salvaged = found.salvaged
        last = f"最后一次修改：{moment_in_words(salvaged.last_edit)}。" if salvaged.last_edit else ""
        self._of_salvaged.setText(f"{salvaged.in_words()}{last}")
        for offer in found.backups:
            backup = offer.backup
            self._backups.addItem(f"{moment_in_words(backup.moment.time)}　{backup.reason}")
        self._of_backup.setText("备份文件夹里没有完好的备份。")
        self._backup.setEnabled(bool(found.backups))
        self._backups.setEnabled(bool(found.backups))
        self._salvaged.setEnabled(bool(salvaged.reports))
        best = self._salvaged if found.salvage_is_better else self._backup if found.backups else self._folder
        if best is not self._folder:
            best.setText(f"{best.text()}（推荐）")
        best.setChecked(True)
        best.setFocus()
        self._go_on.setEnabled(True)
        self._go_on.setDefault(True)
        self._show()

    def _offer(self) -> Offer | None:
        number = self._backups.currentIndex()
        return self.rescue.backups[number] if self.rescue and number >= 0 else None

    def _show(self) -> None:
        """Every report with what one would have of it."""
        found, offer = self.rescue, self._offer()
        if found is None:
            return
        other = offer.holding if offer else Holding({}, None)
        if offer:
            self._of_backup.setText(f"{other.in_words()}。")
        reports = list(dict.fromkeys([*found.by_salvage.cells, *other.cells]))
        self._table.setColumnCount(3)
        self._table.setRowCount(len(reports))
        self._table.setHorizontalHeaderLabels(["报告", "抢救出的内容", "这份备份"])
        self._table.verticalHeader().hide()
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            self._table.setColumnWidth(column, 170)
        for row, report in enumerate(reports):
            whole = report in found.by_salvage.cells and report not in found.partly
            words = _cells(found.by_salvage, report, "完整" if whole else "不完整")
            self._put(row, 0, f"{report[0]}　{report[1]}年度", "")
            self._put(row, 1, words, theme.GOOD if whole else theme.WRONG)
            self._put(row, 2, _cells(other, report, "完整"), "")
        self._table.setVisible(bool(reports))

    def _put(self, row: int, column: int, words: str, colour: str) -> None:
        item = QTableWidgetItem(words)
        if colour:
            item.setForeground(QColor(colour))
        self._table.setItem(row, column, item)

    def choice(self) -> Offer | str:
        """The backup chosen, `salvaged` or `folder`."""
        offer = self._offer()
        if self._backup.isChecked() and offer is not None:
            return offer
        return "salvaged" if self._salvaged.isChecked() else "folder"

    def done(self, result: int) -> None:
        self._jobs.wait()
        super().done(result)


def _cells(holding: Holding, report: tuple[str, int], state: str) -> str:
    return f"{holding.cells[report]} 项，{state}" if report in holding.cells else "没有"
