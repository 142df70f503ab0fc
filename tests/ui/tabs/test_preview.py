"""打印预览: in step with the facts while it is seen, and printed page by page."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.exchange import report_files
from desktop.exchange.export_job import ExportJob
from desktop.ui import messages
from desktop.ui.audit_runner import Words
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.tabs.preview import PreviewTab

PROBLEMS = FactKey("narrative", "problems", "text")


def settled(qtbot: QtBot, tab: PreviewTab) -> PreviewTab:
    qtbot.waitUntil(lambda: tab.view.pages > 0 and words(tab, "previewState") == "")
    return tab


def words(tab: PreviewTab, name: str) -> str:
    label = tab.findChild(QLabel, name)
    assert label is not None
    return label.text()


def press(tab: PreviewTab, name: str) -> None:
    button = tab.findChild(QToolButton, name)
    assert button is not None
    button.click()


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> PreviewTab:
    window.actions_.preview.trigger()
    return settled(qtbot, window.show_preview())


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What stands under `problems` in each preview that was made to its end."""
    real, found = report_files.preview, list[str]()

    def preview(job: ExportJob, *rest: object) -> report_files.Preview:
        answer = real(job, *rest)  # type: ignore[arg-type]
        found.append(job.facts.get(PROBLEMS, ""))
        return answer

    monkeypatch.setattr(report_files, "preview", preview)
    return found


def test_all_pages_of_what_will_be_exported(tab: PreviewTab, session: Session, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    session.export_task("pdf").run(target)
    exported = QPdfDocument()
    exported.load(str(target))
    assert tab.view.pages == exported.pageCount() > 10
    assert words(tab, "pageNumber") == f"1 / {tab.view.pages}"


def test_an_edit_is_seen_and_page_and_place_are_kept(
    qtbot: QtBot, tab: PreviewTab, session: Session, made: list[str]
) -> None:
    tab.view.go(5, 300)
    before = tab.view.verticalScrollBar().value()
    session.set(PROBLEMS, "项目前期准备不足。")
    qtbot.waitUntil(lambda: made == ["项目前期准备不足。"])
    settled(qtbot, tab)
    assert tab.view.page == 5
    assert tab.view.verticalScrollBar().value() == before


def test_a_shorter_report_leaves_one_on_its_last_page(
    qtbot: QtBot, tab: PreviewTab, session: Session
) -> None:
    tab.view.go(tab.view.pages - 1)
    count = tab.view.pages
    projects = [key for key in session.facts if key.scope.isdigit()]
    session.write("", [(key, None) for key in session.facts if key.base == "projects" or key in projects])
    qtbot.waitUntil(lambda: 0 < tab.view.pages < count)
    assert tab.view.page == tab.view.pages - 1


def test_of_many_wishes_the_newest_is_carried_out(
    qtbot: QtBot, tab: PreviewTab, session: Session, made: list[str]
) -> None:
    for number in range(10):
        session.set(PROBLEMS, f"第{number}稿。")
        session.settle()
    settled(qtbot, tab)
    assert made[-1] == "第9稿。"
    assert len(made) <= 2  # one of them may have been past its last checkpoint


def test_nothing_is_made_while_nobody_looks(
    qtbot: QtBot, tab: PreviewTab, session: Session, window: MainWindow, made: list[str]
) -> None:
    session.set(PROBLEMS, "甲。")
    session.settle()
    window.show_tab(0)  # what was begun is broken off
    session.set(PROBLEMS, "乙。")
    session.settle()
    tab.wait()
    qtbot.wait(0)
    assert made == []
    window.show_preview()
    settled(qtbot, tab)
    assert made == ["乙。"]
    window.show_tab(0)
    window.show_preview()
    tab.wait()
    assert made == ["乙。"]  # nothing has changed since


def test_work_is_told_and_done_elsewhere(
    qtbot: QtBot, tab: PreviewTab, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, threads, go_on = report_files.preview, list[str](), threading.Event()

    def preview(job: ExportJob, *rest: object) -> report_files.Preview:
        threads.append(threading.current_thread().name)
        assert go_on.wait(10)
        return real(job)

    monkeypatch.setattr(report_files, "preview", preview)
    session.set(PROBLEMS, "甲。")
    session.settle()
    assert words(tab, "previewState") == "正在更新…"
    assert tab.view.pages > 0
    go_on.set()
    settled(qtbot, tab)
    assert threads != [threading.current_thread().name]


def test_a_failure_is_one_sentence_in_place_of_the_pages(
    qtbot: QtBot, tab: PreviewTab, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> report_files.Preview:
        raise UserError("字体文件不见了。", "请重新安装程序。")

    with monkeypatch.context() as broken:
        broken.setattr(report_files, "preview", fail)
        session.set(PROBLEMS, "甲。")
        qtbot.waitUntil(lambda: "字体文件不见了。" in words(tab, "previewMessage"))
    assert tab.view.pages == 0
    assert not tab.view.isVisible()
    session.set(PROBLEMS, "乙。")
    settled(qtbot, tab)
    assert tab.view.isVisible()


def test_a_bug_reaches_the_crash_hook_and_the_tab_says_so(
    qtbot: QtBot, tab: PreviewTab, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_files, "preview", lambda *_: 1 // 0)
    with qtbot.captureExceptions() as raised:
        session.set(PROBLEMS, "甲。")
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError
    assert "没有生成" in words(tab, "previewMessage")
    assert words(tab, "previewState") == ""


def test_what_is_missing_is_named_and_leads_to_its_place(
    qtbot: QtBot, tab: PreviewTab, session: Session, window: MainWindow
) -> None:
    assert not tab.findChild(QLabel, "previewGaps").isVisible()  # type: ignore[union-attr]
    cleared = [key for key in session.facts if key.base in ("narrative", "unit") and key != PROBLEMS]
    session.write("", [(PROBLEMS, "办结𠮷字号案件。"), *((key, None) for key in cleared)])
    qtbot.waitUntil(lambda: "𠮷" in words(tab, "previewGaps"))
    assert "还没有填写" in words(tab, "previewGaps")
    label = tab.findChild(QLabel, "previewGaps")
    assert label is not None
    names = words(tab, "previewGaps").count("gap:")
    label.linkActivated.emit("all")
    assert words(tab, "previewGaps").count("gap:") > names == 5
    jumped = list[object]()
    session.jump.connect(jumped.append)
    label.linkActivated.emit("gap:0")
    label.linkActivated.emit("glyph:0")
    assert jumped == [FactKey("unit", "this", "name"), Words("problems", 2, 3)]
    assert window.focusWidget() is not None
    assert not tab.isVisible()


def test_what_has_no_place_in_the_outline_is_named_and_leads_there(
    qtbot: QtBot, tab: PreviewTab, session: Session
) -> None:
    stray = FactKey("narrative", "own:9", "text")
    session.write("", [(stray, "党建工作。")])
    qtbot.waitUntil(lambda: "未归入提纲，不会印出" in words(tab, "previewGaps"))
    label = tab.findChild(QLabel, "previewGaps")
    assert label is not None
    with qtbot.waitSignal(session.jump) as jumped:
        label.linkActivated.emit("unplaced:0")
    assert jumped.args == [stray]


def test_pages_chapters_and_zoom(tab: PreviewTab) -> None:
    press(tab, "nextPage")
    press(tab, "nextPage")
    assert words(tab, "pageNumber").startswith("3 /")
    press(tab, "previousPage")
    assert tab.view.page == 1
    chapters = tab.findChild(QComboBox, "chapterPicker")
    assert chapters is not None
    names = [chapters.itemText(n) for n in range(chapters.count())]
    annex = next(n for n, name in enumerate(names) if name.startswith("附件2"))
    chapters.activated.emit(annex)
    assert tab.view.page > 5
    assert chapters.currentText() == names[annex]
    page, before = tab.view.page, tab.view.zoom
    press(tab, "zoomIn")
    assert tab.view.zoom > before and tab.view.page == page
    press(tab, "fitPage")
    assert tab.view.zoom < before and tab.view.page == page


def test_another_report_frees_the_document(qtbot: QtBot, tab: PreviewTab, session: Session) -> None:
    session.close_report()
    assert tab.view.pages == 0
    session.open_sample()
    settled(qtbot, tab)
    assert tab.view.page == 0


# -- printing --------------------------------------------------------------------------------------------


def printer_to(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(10, 10, 10, 10),
            QPageLayout.Unit.Millimeter,
        )
    )
    return printer


def test_every_page_is_printed_the_way_it_lies(
    qtbot: QtBot, tab: PreviewTab, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, said = tmp_path / "printed.pdf", list[str]()
    session.said.connect(said.append)
    monkeypatch.setattr(messages, "choose_printer", lambda parent, pages: printer_to(target))
    press(tab, "printPages")
    qtbot.waitUntil(lambda: bool(said))
    assert said == [f"已送到打印机：共{tab.view.pages}页"]
    printed, shown = QPdfDocument(), QPdfDocument()
    printed.load(str(target))
    session.export_task("pdf").run(tmp_path / "shown.pdf")
    shown.load(str(tmp_path / "shown.pdf"))
    ways = [
        [size.width() > size.height() for size in map(document.pagePointSize, range(document.pageCount()))]
        for document in (printed, shown)
    ]
    assert ways[0] == ways[1]


def test_without_a_printer_that_is_said(tab: PreviewTab, monkeypatch: pytest.MonkeyPatch) -> None:
    told = list[UserError]()
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: [])
    monkeypatch.setattr(messages, "tell_error", lambda parent, error: told.append(error))
    press(tab, "printPages")
    assert [error.sentence for error in told] == ["这台电脑上没有打印机。"]


def test_printing_from_another_tab_waits_for_the_pages(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[int]()
    monkeypatch.setattr(messages, "choose_printer", lambda parent, pages: asked.append(pages))
    window.actions_.print_.trigger()
    assert asked == []
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [window.show_preview().view.pages]
