"""The choice of what takes a damaged data file's place, and what comes of each answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QRadioButton, QTableWidget
from pytestqt.qtbot import QtBot

from desktop import app, paths
from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.storage.backups.backup import BY_HAND
from desktop.storage.db import DamagedFile
from desktop.storage.recovery.rescue import Offer, look
from desktop.ui import messages
from desktop.ui.dialogs import rescue as rescue_dialog
from desktop.ui.dialogs.rescue import REPORT_DAMAGED, UNREADABLE, RescueDialog, damage_of, rescue
from desktop.workplace import Workplace

PAGE = 4096
Answer = Callable[[RescueDialog], bool]


@pytest.fixture
def where(tmp_path: Path) -> paths.Paths:
    """Two backups, an edit after them, and then the head of the file is gone."""
    where = paths.locate(tmp_path / "data")
    place = Workplace.open(where, paths.resources_dir())
    report = place.add_samples()
    place.backups.make(BY_HAND)
    place.create("青山县教育局", 2023)
    place.backups.make(BY_HAND)
    cell = FactKey("narrative", "own:1", "text")
    place.store.apply(edit_from(report.id, "填写", place.store.facts(report.id), [(cell, "备份以后写的")]))
    place.close()
    data = where.database.read_bytes()
    where.database.write_bytes(bytes(PAGE) + data[PAGE:])
    return where


@pytest.fixture
def answers(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    """What is done with the dialog each time it is shown; True is 继续."""
    app.application()
    given = list[Answer]()

    def run(dialog: RescueDialog) -> bool:
        filled(dialog)
        return given.pop(0)(dialog)

    monkeypatch.setattr(RescueDialog, "exec", run)
    return given


def filled(dialog: RescueDialog) -> RescueDialog:
    dialog._jobs.wait()
    QApplication.processEvents()
    return dialog


def made(qtbot: QtBot, where: paths.Paths) -> RescueDialog:
    dialog = RescueDialog(lambda: look(where.database, where.backups), UNREADABLE)
    qtbot.addWidget(dialog)
    assert not dialog.findChild(QRadioButton, "useSalvaged").isEnabled()
    return filled(dialog)


def tick(name: str) -> Answer:
    def answer(dialog: RescueDialog) -> bool:
        dialog.findChild(QRadioButton, name).setChecked(True)
        return True

    return answer


def test_both_are_shown_side_by_side(qtbot: QtBot, where: paths.Paths) -> None:
    dialog = made(qtbot, where)
    salvaged = dialog.findChild(QRadioButton, "useSalvaged")
    assert salvaged.isChecked() and "推荐" in salvaged.text()
    table = dialog.findChild(QTableWidget, "rescueReports")
    assert table.rowCount() == 3
    assert "完整" in table.item(0, 1).text() and "不" not in table.item(0, 1).text()
    backups = dialog.findChild(QComboBox, "rescueBackups")
    assert backups.count() == 2
    row = next(n for n in range(3) if "青山县" in table.item(n, 0).text())
    assert table.item(row, 2).text() == "1 项，完整"
    backups.setCurrentIndex(1)
    assert table.item(row, 2).text() == "没有"
    dialog.findChild(QRadioButton, "useBackup").setChecked(True)
    choice = dialog.choice()
    assert isinstance(choice, Offer) and len(choice.holding.cells) == 2


def test_nothing_left_but_another_folder(qtbot: QtBot, tmp_path: Path) -> None:
    where = paths.locate(tmp_path / "data")
    where.database.write_bytes(b"\xff" * PAGE)
    dialog = made(qtbot, where)
    assert dialog.choice() == "folder"
    assert not dialog.findChild(QRadioButton, "useSalvaged").isEnabled()
    assert not dialog.findChild(QRadioButton, "useBackup").isEnabled()
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "备份文件夹里没有完好的备份。" in said and "没有找到可以读出的报告。" in said


def test_leaving_does_nothing(answers: list[Answer], where: paths.Paths) -> None:
    before = where.database.read_bytes()
    said = list[str]()
    answers.append(lambda d: bool(said.extend(button.text() for button in d.findChildren(QPushButton))))
    assert rescue(where, "hunan-2023", REPORT_DAMAGED) is None
    assert "暂不处理" in said
    assert where.database.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "words"), [("useSalvaged", "已换用抢救出的内容"), ("useBackup", "的备份恢复")]
)
def test_each_puts_a_sound_file_there(
    answers: list[Answer], where: paths.Paths, name: str, words: str
) -> None:
    answers.append(tick(name))
    said = rescue(where, "hunan-2023", UNREADABLE)
    assert isinstance(said, str) and words in said
    place = Workplace.open(where, paths.resources_dir())
    assert len(place.catalog.reports()) == 3
    place.close()


def test_another_folder(answers: list[Answer], where: paths.Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thinking better of the folder leads back to the choice."""
    chosen = ["", "/别处"]
    monkeypatch.setattr(messages, "choose_folder", lambda *_: chosen.pop(0))
    answers += [tick("useFolder"), tick("useFolder")]
    assert rescue(where, "hunan-2023", UNREADABLE) == Path("/别处")


def test_a_failure_is_told_and_leads_back(
    answers: list[Answer], where: paths.Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[str]()

    def fails(*_: object) -> str:
        raise UserError("磁盘已满，还没有恢复。")

    monkeypatch.setattr(rescue_dialog, "use_salvaged", fails)
    monkeypatch.setattr(messages, "tell_error", lambda _, error: told.append(error.sentence))
    answers += [tick("useSalvaged"), lambda _: False]
    assert rescue(where, "hunan-2023", UNREADABLE) is None
    assert told == ["磁盘已满，还没有恢复。"]


def lost(database: Path) -> None:
    database.unlink()


def emptied(database: Path) -> None:
    database.write_bytes(b"")


def folder_instead(database: Path) -> None:
    database.unlink()
    database.mkdir()
    (database / "别的.txt").write_text("别的", encoding="utf-8")


def folder_for_journal(database: Path) -> None:
    (database.parent / "ziping.db-journal").mkdir()


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        (lost, "不见了，或者是空的"),
        (emptied, "不见了，或者是空的"),
        (folder_instead, "“ziping.db”的文件夹占用"),
        (folder_for_journal, "“ziping.db-journal”的文件夹占用"),
    ],
)
def test_what_is_not_damaged_is_not_called_so(
    answers: list[Answer], where: paths.Paths, deed: Callable[[Path], None], said: str
) -> None:
    deed(where.database)
    with pytest.raises(DamagedFile) as raised:
        Workplace.open(where, paths.resources_dir())
    seen = list[str]()

    def use_backup(dialog: RescueDialog) -> bool:
        seen.extend(label.text() for label in dialog.findChildren(QLabel))
        return tick("useBackup")(dialog)

    answers.append(use_backup)
    done = rescue(where, "hunan-2023", damage_of(raised.value))
    assert said in seen[0] and raised.value.hint in "".join(seen)
    assert isinstance(done, str) and "损坏" not in seen[0] + done
    place = Workplace.open(where, paths.resources_dir())
    assert len(place.catalog.reports()) == 3
    place.close()
    if deed is folder_instead:
        (aside,) = where.data_dir.glob("ziping-damaged-*")
        assert (aside / "别的.txt").exists()
