"""任务包 in the window: opened, shown, taken, used by the open report, made and taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTableWidget,
    QTextEdit,
)
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FORMS, FactKey
from desktop.domain.tasks.task import Task
from desktop.errors import UserError
from desktop.exchange.task_file.reader import open_task
from desktop.exchange.task_file.writer import task_file
from desktop.ui import messages
from desktop.ui.dialogs.tasks.bringing_over import BringingOverDialog
from desktop.ui.dialogs.tasks.make_task import MakeTaskDialog
from desktop.ui.dialogs.tasks.task_shown import TaskShown
from desktop.ui.dialogs.tasks.tasks import TasksDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from tests.county_task import RENTS, TASK, TEXTS, written_to
from tests.wrappers import clear_away

SECOND = TASK._replace(issue=2)
CHANGED = {**TEXTS, "tables/rents.toml": RENTS.replace("门面出租", "门面房出租")}
RENT = FactKey("rents", "shops", "this_year")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[QDialog]:
    """The dialogs that were opened, each agreed to at once."""
    dialogs: list[QDialog] = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: dialogs.append(dialog) or 1)
    return dialogs


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What boxes said; questions are denied."""
    said: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _, words, hint="": said.append(words + hint))
    monkeypatch.setattr(messages, "tell_error", lambda _, error: said.append(str(error)))
    monkeypatch.setattr(messages, "confirm", lambda _, words, hint, yes: said.append(words + hint))
    return said


def file_of(folder: Path, task: Task = TASK, texts: dict[str, str] = TEXTS) -> str:
    path = folder / f"{task.edition}.zpt"
    path.write_bytes(task_file(task, texts).data)
    return str(path)


def opened(window: MainWindow, path: str) -> None:
    window.actions_.open_files([path])
    window.jobs.wait()
    QApplication.processEvents()


def button(dialog: QDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


def test_a_dropped_task_is_shown_and_taken(
    window: MainWindow, session: Session, shown: list[QDialog], said: list[str], tmp_path: Path
) -> None:
    opened(window, file_of(tmp_path))
    (dialog,) = shown
    words = dialog.findChild(QTextEdit, "taskWords")
    assert words is not None
    for part in (
        "清河县财政局",
        "2025年3月31日",
        "请于3月底前报送。",
        "产出指标40分",
        "资产出租收入：新增的表",
    ):
        assert part in words.toPlainText()
    assert TASK.id in session.place.templates.editions
    assert "已领取" in said[0] and "仍用原来的表样" in said[0]


def test_what_may_not_be_taken_is_told_and_not_offered(
    window: MainWindow, session: Session, shown: list[QDialog], said: list[str], tmp_path: Path
) -> None:
    opened(window, file_of(tmp_path))
    opened(window, file_of(tmp_path, TASK, CHANGED))
    notice = shown[-1].findChild(QLabel, "taskNotice")
    assert notice is not None and "内容与领取的不同" in notice.text()
    assert shown[-1].findChild(QPushButton, "takeTask") is None
    with pytest.raises(UserError, match="不同"):
        session.place.tasks.take(session.place.tasks.looking_at(Path(file_of(tmp_path, TASK, CHANGED)))())


def test_a_broken_file_is_told(
    window: MainWindow, said: list[str], shown: list[QDialog], tmp_path: Path
) -> None:
    path = tmp_path / "坏.zpt"
    path.write_bytes(b"PK\x03\x04")
    opened(window, str(path))
    assert shown == [] and "不完整" in said[0]


def test_the_open_report_is_asked_for_where_the_year_is_its_own(
    window: MainWindow,
    session: Session,
    shown: list[QDialog],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    task = TASK._replace(id="清河县财政局-2023", year=2023)
    texts = {
        **TEXTS,
        "forms.toml": TEXTS["forms.toml"].replace("-2024", "-2023").replace("year = 2024", "year = 2023"),
    }
    monkeypatch.setattr(messages, "confirm", lambda *_: True)
    opened(window, file_of(tmp_path, task, texts))
    assert [type(dialog) for dialog in shown] == [TaskShown, BringingOverDialog]
    assert session.edition == task.id and session.facts[FORMS] == task.id


def sheets(window: MainWindow) -> list[str]:
    """What the bars below the sheets offer."""
    bars = window.findChildren(QTabBar, "subTabs")
    return [bar.tabText(number) for bar in bars for number in range(bar.count())]


def test_tabs_follow_the_forms_and_undo_brings_them_back(
    window: MainWindow, session: Session, shown: list[QDialog], said: list[str], tmp_path: Path
) -> None:
    opened(window, file_of(tmp_path))
    window.show_tab(1)
    plan = session.bringing_over(TASK.id)
    session.write("换用", plan.changes)
    session.jump.emit(RENT)
    session.set(RENT, "5")
    assert "资产出租收入" in sheets(window)
    assert [block.weight for block in session.assessment.main.blocks] == [20, 40, 40]
    session.undo()
    session.undo()
    assert session.edition == "annexes-2023" and RENT not in session.facts
    clear_away()
    assert "资产出租收入" not in sheets(window)


def test_the_list_and_what_can_be_done_with_a_line(
    window: MainWindow, session: Session, shown: list[QDialog], said: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    opened(window, file_of(tmp_path))
    dialog = TasksDialog(session, window.jobs, window)
    table = dialog.findChild(QTableWidget, "tasks")
    assert table is not None and table.rowCount() == 1
    texts = [table.item(0, column).text() for column in range(6)]
    assert texts[:4] == [TASK.name, TASK.issuer, "2025年3月31日", "第1次"] and texts[5] == "没有"
    button(dialog, "useTask").click()
    assert isinstance(shown[-1], BringingOverDialog) and session.edition == TASK.id
    assert table.item(0, 5).text() == "1份" and not button(dialog, "useTask").isEnabled()
    monkeypatch.setattr(messages, "confirm", lambda *_: True)
    button(dialog, "removeTask").click()
    assert "有报告在用" in said[-1] and table.rowCount() == 1
    session.undo()
    button(dialog, "removeTask").click()
    assert table.rowCount() == 0 and session.place.tasks.taken == []
    problem = dialog.findChild(QLabel, "taskProblem")
    assert problem is not None and "还没有领取任务" in problem.text()


def test_a_newer_issue_leaves_reports_as_they_are(
    window: MainWindow, session: Session, shown: list[QDialog], said: list[str], tmp_path: Path
) -> None:
    opened(window, file_of(tmp_path))
    session.write("换用", session.bringing_over(TASK.id).changes)
    opened(window, file_of(tmp_path, SECOND, CHANGED))
    assert "更新到第2次发布" in button(shown[-1], "takeTask").text()
    assert session.edition == TASK.id and session.sheet.label(RENT) == "门面出租 · 2023年"
    session.write("换用", session.bringing_over(SECOND.edition).changes)
    assert session.sheet.label(RENT) == "门面房出租 · 2023年"


def test_what_does_not_fit_is_listed(window: MainWindow, session: Session, qtbot: QtBot, shown: list[QDialog],
                                     said: list[str], tmp_path: Path) -> None:  # fmt: skip
    opened(window, file_of(tmp_path))
    session.write("换用", [*session.bringing_over(TASK.id).changes, (RENT, "12.5")])
    dialog = BringingOverDialog(session, "annexes-2023", "原来的", window)
    table = dialog.findChild(QTableWidget, "misfits")
    assert table is not None and table.rowCount() == 1
    assert [table.item(0, column).text() for column in range(3)] == [
        "资产出租收入",
        "门面出租 · 2023年",
        "12.50",
    ]


def test_a_task_is_made_of_the_open_report(
    window: MainWindow, session: Session, shown: list[QDialog], said: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def fill(dialog: QDialog) -> int:
        shown.append(dialog)
        if isinstance(dialog, MakeTaskDialog):
            for name, text in (("taskIssuer", "清河县财政局"), ("taskName", "清河县2023年度自评")):
                dialog.findChild(QLineEdit, name).setText(text)  # type: ignore[union-attr]
        return 1

    monkeypatch.setattr(QDialog, "exec", fill)
    monkeypatch.setattr(messages, "choose_target", lambda *_: str(tmp_path / "任务"))
    dialog = TasksDialog(session, window.jobs, window)
    button(dialog, "makeTask").click()
    window.jobs.wait()
    opened_file = tmp_path / "任务.zpt"
    QApplication.processEvents()
    made = open_task(opened_file)
    assert (made.task.id, made.task.issuer, made.task.deadline) == (
        "清河县财政局-2023",
        "清河县财政局",
        "2024-03-31",
    )
    assert [type(dialog) for dialog in shown] == [MakeTaskDialog, TaskShown] and "在本机也领取它吗" in said[
        -1
    ]


def test_making_asks_for_what_is_needed(window: MainWindow, session: Session, tmp_path: Path,
                                        monkeypatch: pytest.MonkeyPatch, said: list[str]) -> None:  # fmt: skip
    dialog = MakeTaskDialog(session, window)
    fields = {
        name: dialog.findChild(QLineEdit, name) for name in ("taskIssuer", "taskName", "taskId", "taskFolder")
    }
    agree = dialog._buttons.buttons()[0]
    assert not agree.isEnabled()
    fields["taskIssuer"].setText("清河县财政局")  # type: ignore[union-attr]
    assert fields["taskId"].text() == "清河县财政局-2023"  # type: ignore[union-attr]
    dialog.findChild(QRadioButton, "taskFromFolder").setChecked(True)  # type: ignore[union-attr]
    monkeypatch.setattr(messages, "choose_folder", lambda *_: str(tmp_path))
    dialog.choose_folder()
    assert "没有 forms.toml" in said[-1] and not agree.isEnabled()
    written_to(tmp_path)
    dialog.choose_folder()
    assert agree.isEnabled() and dialog.task().id == TASK.id and dialog.task().year == 2024
    assert dialog.source() == tmp_path
    session.take_task(session.place.tasks.making(TASK, tmp_path)())
    dialog.choose_folder()
    assert dialog.task() == SECOND._replace(issued=dialog.task().issued, deadline=dialog.task().deadline)
