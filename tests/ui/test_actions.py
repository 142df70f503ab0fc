"""What the menu offers beyond single keys: the page 核对情况 of a PDF is a choice that is kept."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.exchange.read_sheet.workbook import read_workbook
from desktop.ui import messages
from desktop.ui.dialogs.import_preview import ImportPreview
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from tests.ui.auditing import TOTAL, audit, entry


def text_of(path: Path) -> str:
    from pypdf import PdfReader

    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_the_pdf_ends_with_what_was_found_if_one_wants_it(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.set(TOTAL, "9.5")
    audit(qtbot, session)
    session.explain(entry(session, "J14"), "接待任务增加。")
    session.export_task("pdf").run(tmp_path / "plain.pdf")
    window.actions_.audit_page.setChecked(True)
    assert session.settings.flag("audit_page")
    session.export_task("pdf").run(tmp_path / "audited.pdf")
    assert "核对情况" not in text_of(tmp_path / "plain.pdf")
    said = text_of(tmp_path / "audited.pdf")
    assert "核对情况" in said and "接待任务增加。" in said


@pytest.mark.parametrize(("answer", "deed"), [(0, ["import"]), (1, ["audit"]), (None, [])])
def test_a_report_is_imported_or_only_audited_as_the_user_says(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, answer: int | None, deed: list[str]
) -> None:
    opened: list[tuple[str, str]] = []
    actions = window.actions_
    actions.audit_file = lambda path="": opened.append(("audit", path))  # type: ignore[method-assign]
    actions.import_file = lambda path="": opened.append(("import", path))  # type: ignore[method-assign]
    monkeypatch.setattr(messages, "choose", lambda *_: answer)
    for name in ("报告.DOCX", "报告.pdf", "报告.txt", "附件.xls"):
        actions.open_file(name)
    assert [kind for kind, _ in opened] == [*deed * 3, "import"]


def test_a_package_is_exported_and_comes_back_as_one_step(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Explained findings stand in its list; shown is its folder, for the package itself would come back here."""
    session.set(TOTAL, "9.5")
    audit(qtbot, session)
    session.explain(entry(session, "J14"), "接待任务增加。")
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    monkeypatch.setattr(messages, "choose_target", lambda *_: str(tmp_path / "报告包"))
    monkeypatch.setattr(messages, "tell", lambda *_: None)
    window.actions_.exports["package"].trigger()
    qtbot.waitUntil(lambda: bool(shown))
    package = tmp_path / "报告包.zpb"
    assert shown == [str(tmp_path)]
    with zipfile.ZipFile(package) as parts:
        (tmp_path / "list.xlsx").write_bytes(parts.read("核对结果.xlsx"))
    said = [c.text for grid in read_workbook(tmp_path / "list.xlsx").sheets for c in grid.cells.values()]
    assert "接待任务增加。" in said and "核实（已说明）" in said

    before, name = dict(session.facts), FactKey("unit", "this", "name")
    session.write("清空", [(key, None) for key in before if key != name])
    monkeypatch.setattr(ImportPreview, "exec", lambda dialog: 1)
    window.actions_.open_file(str(package))
    qtbot.waitUntil(lambda: len(session.facts) > 1)
    assert dict(session.facts) == before
    session.undo()
    assert list(session.facts) == [name]
