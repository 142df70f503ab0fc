"""Markup in what users type stays text: no label, hint or page of the window takes it for its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QDialog, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop import app, paths
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.template import LABEL
from desktop.storage.backups.backup import BEFORE_MENDING
from desktop.storage.recovery.rescue import look
from desktop.ui import messages
from desktop.ui.dialogs.history import HistoryDialog
from desktop.ui.dialogs.import_preview import ImportPreview
from desktop.ui.dialogs.rescue import Damage, RescueDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from desktop.ui.tabs import TABS
from desktop.ui.tabs.preview import PreviewTab
from desktop.work_items import Source
from desktop.workplace import Workplace
from tests.ui.opening import OPEN

BAD = "<b>x</b><img src=file:///etc/passwd>"
FOLDER = "<b>x<img src=x>"
ROOT = Path(__file__).resolve().parents[2]
_HINTS = ("setToolTip", "setWhatsThis")
_TEXTS = ("text", "longtext", "date")


def hostile(place: Workplace) -> dict[FactKey, str]:
    """The sample with every text replaced by markup; numbers stay, so that all that is computed is shown."""
    report = place.add_samples()
    facts = place.store.facts(report.id)
    sheet = FactSheet(place.templates, facts, report.id.year)
    for key in facts:
        column = sheet.column(key)
        if key.column == LABEL or (column is not None and column.kind in _TEXTS):
            facts[key] = BAD
    own = {FactKey("headings", "own:1", "title"): BAD, FactKey("narrative", "own:1", "text"): BAD}
    return {**facts, **own, FactKey("headings", "own:1", "level"): "1"}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    """Even the folder is called so."""
    place = Workplace.open(paths.locate(tmp_path / FOLDER), paths.resources_dir())
    yield place
    place.close()


@pytest.fixture
def session(qtbot: QtBot, place: Workplace) -> Iterator[Session]:
    app.application()
    report = place.create(BAD, 2024, "", hostile(place))
    session = app.make_session(place)
    session.open(report.id)
    yield session
    session.end()


def raw_labels(root: QWidget) -> list[str]:
    """Labels that show the user's own words and may take them for markup."""
    labels = [root, *root.findChildren(QLabel)] if isinstance(root, QLabel) else root.findChildren(QLabel)
    return [
        f"{label.objectName()}: {label.text()[:80]}"
        for label in labels
        if label.textFormat() != Qt.TextFormat.PlainText and "<img" in label.text()
    ]


def raw_hints(root: QWidget) -> Iterator[str]:
    """Hints that are not escaped: Qt guesses of every hint whether it is markup."""
    for widget in [root, *root.findChildren(QWidget)]:
        if "<img" in widget.toolTip():
            yield f"{widget.objectName() or type(widget).__name__}: {widget.toolTip()[:80]}"
    for view in [*root.findChildren(QAbstractItemView), *root.findChildren(QComboBox)]:
        model = view.model()
        if model is not None:
            yield from (f"{view.objectName()}: {tip[:80]}" for tip in tips(model) if "<img" in tip)
    for action in root.findChildren(QAction):
        for button in action.associatedObjects():
            if isinstance(button, QWidget) and not button.inherits("QMenu") and "<img" in action.toolTip():
                yield f"{action.text()[:80]} on {type(button).__name__} {button.objectName()}"


def tips(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
            yield str(model.data(model.index(row, column), Qt.ItemDataRole.ToolTipRole) or "")


def pictures(root: QWidget) -> list[str]:
    return [
        text.objectName()
        for text in root.findChildren(QTextEdit)
        if any(form.isImageFormat() for form in text.document().allFormats())
    ]


def check(root: QWidget) -> None:
    assert raw_labels(root) == []
    assert sorted(set(raw_hints(root))) == []
    assert pictures(root) == []


def test_every_tab_shows_markup_as_it_was_typed(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    for number in range(2):
        session.write(f"{number} {BAD}", [(FactKey("unit", "this", "head"), f"{number} {BAD}")])
    session.undo()  # what is to be undone, and redone, is said in hints
    session.settle()
    session.checking.wait()
    window.actions_.findings.trigger()
    for number in range(len(TABS)):
        tab = window.show_tab(number)
        if isinstance(tab, PreviewTab):
            tab.wait()
        QApplication.processEvents()
        check(window)
    seen = set[str]()
    for target in _one_of_each_table(session):
        session.jump.emit(target)
        QApplication.processEvents()
        check(window)
        seen |= {label.objectName() for label in window.findChildren(QLabel) if "<img" in label.text()}
    assert {"sectionTitle", "caption"} <= seen


def _one_of_each_table(session: Session) -> list[FactKey]:
    """A cell with words of each table, and the heading that is the user's own."""
    found = {key.base: key for key in session.facts if session.facts[key] == BAD}
    return [*found.values(), FactKey("narrative", "own:1", "text")]


def test_dialogs_show_markup_as_it_was_typed(
    qtbot: QtBot, window: MainWindow, session: Session, place: Workplace
) -> None:
    from desktop.exchange.package.reader import Package

    package = Package(BAD, 2024, BAD, BAD, BAD, {**session.facts, FactKey(BAD, BAD, BAD): BAD})
    empty = Source(f"{BAD}.zpb", package, f"别的{BAD}", 2021)
    name = FactKey("unit", "this", "head")
    session.write(BAD, [(name, f"又是{BAD}"), (FactKey("narrative", "own:1", "text"), f"改为{BAD}")])
    place.delete_report(place.create(f"删{BAD}", 2020))
    place.care.keep(BEFORE_MENDING)
    place.settings.set("second_backup_folder", BAD)
    dialogs: list[QDialog] = [
        *(open_(window) for open_ in OPEN.values()),
        HistoryDialog(session, window.jobs, name, window),
        ImportPreview(session, empty, window),
        RescueDialog(lambda: look(Path(BAD), Path(BAD)), Damage(BAD, BAD, BAD)),
    ]
    for dialog in dialogs:
        dialog.show()
        for view in dialog.findChildren(QAbstractItemView):
            if view.model() is not None and view.model().rowCount():
                view.setCurrentIndex(view.model().index(0, 0))
        qtbot.wait(60)
        check(dialog)
        dialog.close()


def test_a_hint_is_a_fixed_text_or_escaped() -> None:
    """A hint with words of the user that no test shows is found here."""
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in _HINTS:
                names = {part.id for part in ast.walk(node.args[-1]) if isinstance(part, ast.Name)}
                fixed = isinstance(node.args[-1], ast.Constant)
                assert fixed or "paragraph" in names, f"{path.name}, line {node.lineno}"


def test_boxes_show_markup_as_it_was_typed(qtbot: QtBot) -> None:
    box = messages._box(None, "Warning", BAD, BAD)
    qtbot.addWidget(box)
    box.setDetailedText(BAD)
    box.show()
    check(box)


def test_the_check_finds_what_it_looks_for(qtbot: QtBot) -> None:
    bad, good = QLabel(BAD), QLabel(BAD)
    good.setTextFormat(Qt.TextFormat.PlainText)
    bad.setToolTip(BAD)
    page = QWidget()
    for label in (bad, good):
        label.setParent(page)
        qtbot.addWidget(label)
    rich = QTextEdit(page)
    rich.setHtml(BAD)
    assert len(raw_labels(page)) == len(list(raw_hints(page))) == len(pictures(page)) == 1
