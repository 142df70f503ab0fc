"""The window's start: its icon, a second start's wish, and the warning of a shared folder."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop import app, paths
from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.system import garbage, shared_folders
from desktop.system.run_mark import NAME
from desktop.system.single_instance import SingleInstance
from desktop.ui import messages
from desktop.ui.dialogs import rescue as rescue_dialog
from desktop.ui.dialogs.rescue import REPORT_DAMAGED, Damage
from desktop.ui.main_window import MainWindow
from desktop.ui.widgets.notice import Notice
from desktop.workplace import Workplace


@pytest.fixture
def place(tmp_data_dir: Path) -> Iterator[Workplace]:
    place = Workplace.open(paths.locate(tmp_data_dir), paths.resources_dir())
    yield place
    place.close()


@pytest.fixture
def window(qtbot: QtBot, place: Workplace, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    app.application()
    window = MainWindow(app.make_session(place))
    monkeypatch.setattr(window, "raise_", lambda: None)  # the offscreen platform only complains of it
    qtbot.addWidget(window)
    window.show()
    return window


def test_nothing_of_qt_is_missing(qtbot: QtBot) -> None:
    app.application()
    assert app.missing_parts() == []
    assert not QApplication.windowIcon().isNull()


def test_a_second_start_brings_the_window_and_the_file(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(window.actions_, "import_file", opened.append)
    window.showMinimized()
    app.come_forward(window, "/表/附件2.xlsx")
    assert not window.isMinimized() and window.isVisible()
    app.come_forward(window, "")
    assert opened == ["/表/附件2.xlsx"]


def test_a_file_waits_while_a_question_is_open(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window.actions_, "import_file", lambda path: pytest.fail("opened over a dialog"))
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.show()
    app.come_forward(window, "/表/附件2.xlsx")
    assert "附件2.xlsx" in window.statusBar().currentMessage()
    dialog.close()


def test_a_shared_folder_is_warned_of_once(
    window: MainWindow, place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda parent, sentence, hint: told.append(sentence))
    monkeypatch.setattr(shared_folders, "warning", lambda folder: f"在同步盘里：{folder.name}")
    for folder in ("甲", "甲", "乙"):
        app.warn_of_place(window, place, Path(folder))
    assert told == ["在同步盘里：甲", "在同步盘里：乙"]


def test_a_second_start_ends_at_once(
    qtbot: QtBot, tmp_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.setattr(SingleInstance, "pass_on", lambda self, file: given.append(file) or True)
    assert app.run_window(str(tmp_data_dir), "表.xlsx") == 0
    assert given == ["表.xlsx"]
    assert not (tmp_data_dir / "ziping.db").exists()


# -- damaged data, and runs that broke off ------------------------------------------------------------------

During = Callable[[MainWindow], object]


@pytest.fixture
def turns(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[During]:
    """What is done with the window each time there is one; then it is closed, if it is not yet."""
    given = list[During]()

    def run() -> int:
        QApplication.processEvents()
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
        if not windows:  # it closed itself
            return 0
        (window,) = windows
        window.jobs.wait()
        QApplication.processEvents()
        given.pop(0)(window)
        window.close()
        return 0

    monkeypatch.setattr(app.QApplication, "exec", run)
    monkeypatch.setattr(SingleInstance, "pass_on", lambda *_: False)
    monkeypatch.setattr(SingleInstance, "listen", lambda _: None)
    monkeypatch.setattr(shared_folders, "warning", lambda _: "")
    return given


@pytest.fixture
def rescues(monkeypatch: pytest.MonkeyPatch) -> list[str | Path | None]:
    """The answers to the choice of what takes the data's place; beside them it is noted what was asked."""
    given = list[str | Path | None]()

    def answer(where: paths.Paths, system: str, damage: Damage) -> str | Path | None:
        if damage is REPORT_DAMAGED:  # the window has let go of its file
            Workplace.open(where, paths.resources_dir()).close()
        found = given.pop(0)
        if isinstance(found, str):
            where.database.unlink()
        return found

    monkeypatch.setattr(rescue_dialog, "rescue", answer)
    return given


def filled(folder: Path) -> Path:
    place = Workplace.open(paths.locate(folder), paths.resources_dir())
    place.catalog.remember_opened(place.add_samples().id)
    place.close()
    return folder / "ziping.db"


def spoil_a_cell(folder: Path) -> None:
    place = Workplace.open(paths.locate(folder), paths.resources_dir())
    with place._db.atomic() as conn:
        conn.execute("UPDATE facts SET value = value || '!' WHERE tbl = 'unit'")
    place.close()


def words_on_top(window: MainWindow) -> str:
    notice = window.findChild(Notice)
    return notice.findChild(QLabel, "noticeWords").text() if notice else ""


def test_a_normal_run_leaves_nothing_and_says_nothing(turns: list[During], tmp_data_dir: Path) -> None:
    filled(tmp_data_dir)
    for _ in range(2):
        said = list[str]()
        turns.append(lambda w, said=said: said.extend([words_on_top(w), str((tmp_data_dir / NAME).exists())]))
        assert app.run_window(str(tmp_data_dir)) == 0
        assert said == ["", "True"]
        assert not (tmp_data_dir / NAME).exists()


def test_once_the_window_is_there_unused_objects_are_looked_for_again(
    turns: list[During], tmp_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc, "freeze", lambda: None)  # what other tests have made is not to stay
    seen = list[bool]()
    turns.append(lambda window: seen.append(gc.isenabled()))
    garbage.put_off()
    try:
        assert app.run_window(str(tmp_data_dir)) == 0
    finally:
        gc.enable()
    assert seen == [True]


def test_after_a_crash_the_window_says_how_the_data_are(turns: list[During], tmp_data_dir: Path) -> None:
    filled(tmp_data_dir)
    (tmp_data_dir / NAME).write_text("1")

    def look(window: MainWindow) -> None:
        assert words_on_top(window).startswith("上次没有正常退出。数据已核对：2 份报告、")
        window.findChild(QPushButton, "showLog").click()
        assert window.findChild(QPlainTextEdit, "logText").isVisible()
        window.findChild(QPushButton, "noticeSeen").click()

    turns.append(look)
    assert app.run_window(str(tmp_data_dir)) == 0


def test_after_a_crash_a_fault_leads_to_the_rescue(
    turns: list[During], rescues: list[str | Path | None], tmp_data_dir: Path
) -> None:
    """The damaged report is not the one that is opened; after the rescue the window says what was done."""
    place = Workplace.open(paths.locate(tmp_data_dir), paths.resources_dir())
    place.add_samples()
    place.catalog.remember_opened(place.create("青山县教育局", 2023).id)
    with place._db.atomic() as conn:
        conn.execute("UPDATE facts SET value = value || '!' WHERE tbl = 'unit' AND col = 'code'")
    place.close()
    (tmp_data_dir / NAME).write_text("1")

    def go(window: MainWindow) -> None:
        assert "核对数据时发现问题" in words_on_top(window)
        window.findChild(QPushButton, "wantRescue").click()

    said = list[str]()
    turns += [go, lambda window: said.append(words_on_top(window))]
    rescues.append("已换用抢救出的内容。")
    assert app.run_window(str(tmp_data_dir)) == 0
    assert said == ["已换用抢救出的内容。"] and not rescues


def test_a_file_that_cannot_be_opened(
    turns: list[During], rescues: list[str | Path | None], tmp_data_dir: Path, tmp_path: Path
) -> None:
    """Given up; another folder; rescued."""
    database = tmp_data_dir / "ziping.db"
    database.write_bytes(b"\xff" * 9000)
    rescues.append(None)
    assert app.run_window(str(tmp_data_dir)) == 2
    where = list[Path]()
    rescues.append(tmp_path / "other")
    turns.append(lambda window: where.append(window.session.place.backups.folder.parent))
    assert app.run_window(str(tmp_data_dir)) == 0
    assert where == [tmp_path / "other"] and database.read_bytes() == b"\xff" * 9000
    rescues.append("已用备份恢复。")
    turns.append(lambda window: where.append(Path(words_on_top(window))))
    assert app.run_window(str(tmp_data_dir)) == 0
    assert where[1:] == [Path("已用备份恢复。")]


def test_a_damaged_report_at_start_is_told_once(
    turns: list[During], rescues: list[str | Path | None], tmp_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_data_dir)
    spoil_a_cell(tmp_data_dir)
    told = list[str]()

    def agree(_: object, sentence: str, hint: str, yes: str) -> bool:
        told.append(f"{sentence}{hint}{yes}")
        return True

    monkeypatch.setattr(messages, "confirm", agree)
    opened = list[bool]()
    turns.append(lambda window: opened.append(window.session.report is not None))
    rescues.append(None)
    assert app.run_window(str(tmp_data_dir)) == 0
    assert len(told) == 1 and "已损坏" in told[0] and "怎样恢复" in told[0]
    assert opened == [False]


def test_what_cannot_be_opened_otherwise_is_told(
    turns: list[During], tmp_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_data_dir)
    told = list[UserError]()
    monkeypatch.setattr(messages, "tell_error", lambda _, error: told.append(error))
    place = Workplace.open(paths.locate(tmp_data_dir), paths.resources_dir())
    assert app.run_window(str(tmp_data_dir)) == 2
    place.close()
    assert "另一个正在运行的程序" in told[0].sentence


def test_a_file_that_is_gone_is_not_called_damaged(
    turns: list[During], tmp_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_data_dir)
    turns.append(lambda window: window.session.set(FactKey("unit", "this", "code"), "1"))
    app.run_window(str(tmp_data_dir))
    (tmp_data_dir / "ziping.db").unlink()
    asked = list[Damage]()
    monkeypatch.setattr(rescue_dialog, "rescue", lambda where, system, damage: asked.append(damage))
    assert app.run_window(str(tmp_data_dir)) == 2
    assert "备份还在" in asked[0].sentence and "backups" in asked[0].hint


@pytest.fixture
def read_only(turns: list[During]) -> Iterator[Path]:
    """A data folder nobody may write to: not even the administrator, who is somebody else meanwhile."""
    if os.name == "nt":
        pytest.skip("folder permissions work differently on Windows")
    folder = Path(tempfile.mkdtemp())
    filled(folder).chmod(0o444)
    folder.chmod(0o555)
    administrator = os.geteuid() == 0
    if administrator:  # to whom permissions do not apply
        os.seteuid(65534)
    yield folder
    if administrator:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_is_read_only_is_told_and_nothing_else(
    read_only: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[UserError]()
    monkeypatch.setattr(messages, "tell_error", lambda _, error: told.append(error))
    assert app.run_window(str(read_only)) == 2
    assert "只读" in told[0].sentence and len(told) == 1
