"""The page 文件结构 of the import: what each line was read as, and what the clerk makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QTableWidget, QTreeWidget
from pytestqt.qtbot import QtBot

from desktop.ui.dialogs.import_preview import ImportPreview
from desktop.ui.dialogs.report_structure import ReportStructure
from desktop.ui.session import Session

REPORT = """2023年度清溪县水利局整体支出绩效自评报告
目录
一、概况
二、绩效
三、问题
一、概况
单位负责水利工作。
二、绩效
产出情况
完成除险加固13座。
三、问题
进度偏慢。
四、打算
早安排。
清溪县水利局
2024年3月8日
"""


@pytest.fixture
def preview(qtbot: QtBot, session: Session, tmp_path: Path) -> ImportPreview:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    dialog = ImportPreview(session, session.place.read_source(path))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def lines(dialog: ImportPreview) -> QTableWidget:
    found = dialog.findChild(QTableWidget, "structureLines")
    assert found is not None
    return found


def row_of(dialog: ImportPreview, words: str) -> int:
    """The last line with these words."""
    table = lines(dialog)
    return max(
        r for r in range(table.rowCount()) if str(table.model().index(r, 1).data()).strip("　") == words
    )


def said(dialog: ImportPreview, words: str) -> str:
    return str(lines(dialog).model().index(row_of(dialog, words), 0).data())


def tree(dialog: ImportPreview) -> list[str]:
    found = dialog.findChild(QTreeWidget, "structureTree")
    assert found is not None
    items = [found.topLevelItem(n) for n in range(found.topLevelItemCount())]
    return [
        text
        for item in items
        if item is not None
        for text in (item.text(0), *(item.child(n).text(0) for n in range(item.childCount())))
    ]


def choose(dialog: ImportPreview, words: str, choice: int) -> None:
    lines(dialog).selectRow(row_of(dialog, words))
    structure = dialog.findChild(ReportStructure)
    assert structure is not None
    structure.choose(choice)


def test_every_line_says_what_it_was_read_as(preview: ImportPreview) -> None:
    assert tree(preview) == ["一、概况", "二、绩效", "三、问题", "四、打算"]
    assert said(preview, "单位负责水利工作。") == "正文" and said(preview, "一、概况") == "标题（1级）"
    assert said(preview, "目录") == "不读入：目录" and said(preview, "2024年3月8日") == "不读入：落款"


def test_a_line_becomes_a_heading_text_or_nothing_before_it_is_written(
    preview: ImportPreview, session: Session
) -> None:
    choose(preview, "产出情况", 2)
    choose(preview, "早安排。", -1)
    choose(preview, "三、问题", 0)
    assert tree(preview) == ["一、概况", "二、绩效", "产出情况", "四、打算"]
    session.take_import(preview.draft, preview.ticked())
    titles = [(section.level, section.title) for section in session.sheet.outline if section.level]
    assert titles == [(1, "概况"), (1, "绩效"), (2, "产出情况"), (1, "打算")]
    texts = [session.sheet.get("narrative", section.id, "text") for section in session.sheet.outline]
    assert "完成除险加固13座。\n三、问题\n进度偏慢。" in texts and "早安排。" not in texts


def test_what_was_left_out_can_be_brought_back_and_all_be_taken_back(preview: ImportPreview) -> None:
    before = said(preview, "清溪县水利局")
    choose(preview, "清溪县水利局", 0)
    assert said(preview, "清溪县水利局") == "正文" != before
    back = preview.findChild(QPushButton, "structureBack")
    assert back is not None
    back.click()
    assert said(preview, "清溪县水利局") == before and not back.isEnabled()


def test_ticks_of_the_clerk_stay_when_the_file_is_read_anew(preview: ImportPreview) -> None:
    table = preview.findChild(QTableWidget, "importLines")
    assert table is not None
    row = next(r for r in range(table.rowCount()) if "概况" in str(table.model().index(r, 1).data()))
    tick = table.item(row, 0)
    assert tick is not None
    tick.setCheckState(Qt.CheckState.Unchecked)
    key = preview.draft.plan.items[row].key
    choose(preview, "产出情况", 2)
    items = preview.draft.plan.items
    assert key not in {items[number].key for number in preview.ticked()}
    assert len(preview.ticked()) == len(preview.draft.plan.ticked) - 1


def test_keys_change_the_selected_lines(qtbot: QtBot, preview: ImportPreview) -> None:
    lines(preview).selectRow(row_of(preview, "产出情况"))
    qtbot.keyClick(lines(preview), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert said(preview, "产出情况") == "标题（2级）"
    qtbot.keyClick(lines(preview), Qt.Key.Key_Delete)
    assert said(preview, "产出情况").startswith("不读入")


def test_headings_of_the_file_replace_those_of_the_report_where_that_is_chosen(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT.replace("清溪县水利局", "清河县农业农村局"), encoding="utf-8")
    dialog = ImportPreview(session, session.place.read_source(path))
    qtbot.addWidget(dialog)
    choice = dialog.findChild(QCheckBox, "structureAsFile")
    assert choice is not None and not choice.isHidden()
    before = {item.label for item in dialog.draft.plan.items}
    choice.setChecked(True)
    assert "报告提纲" in {item.label for item in dialog.draft.plan.items} - before
