"""The main job on the sample unit without a screen: score, every export, a picture of every tab.

`--smoke-test` does the same to find out whether this copy of the program is whole: it fails loudly.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import paths
from desktop.domain.keys import FactKey
from desktop.exchange.exporters import EXPORTERS
from desktop.exchange.read_text.any_file import read_text
from desktop.exchange.scores_out import score_in_words
from desktop.workplace import Workplace

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow
    from desktop.ui.session import Session

ROUNDS = 8
"""Times that events are worked off until heights and charts have settled."""
SMALLEST_EXPORT = 4096
READABLE = (".pdf", ".docx")
SHOWN = {
    "3 三公经费": FactKey("three_public", "total", "rate"),
    "4 指标表 附件2 整体自评表": FactKey("annex2_indicators", "quantity:3", "actual"),
    "5 附表": FactKey("annex2_indicators", "quantity:3", "reason"),
    "6 自评报告": FactKey("narrative", "basic_spending", "text"),
}
"""Where a picture is to show more than the beginning of its tab: how a number came about, a text that follows the
data."""
PAGE_OF_TEXT = 3
"""Counted from 0, of the preview: behind cover and contents, where the report speaks of amounts."""
FAILURE_FILE = "failure.txt"
"""Beside the results: a windowed program on Windows has nowhere to print."""


def run_demo(out: Path | None, say: Callable[[object], None]) -> int:
    """Do the whole job in a data folder of its own; results go to `out`, or are thrown away if it is None.

    1 if anything at all went wrong, also what Qt swallows in a slot.
    """
    with tempfile.TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as scratch:
        target = out or Path(scratch) / "out"
        target.mkdir(parents=True, exist_ok=True)
        with _failures() as failed:
            try:
                _work(Path(scratch), target, say)
            except Exception:
                failed.append(traceback.format_exc())
        if failed:
            say("\n".join(failed))
            (target / FAILURE_FILE).write_text("\n".join(failed), encoding="utf-8")
            return 1
        if out is not None:
            say(f"\n结果在：{target.absolute()}")
    return 0


@contextmanager
def _failures() -> Iterator[list[str]]:
    """What reaches the last hook meanwhile: PySide6 ends a slot that fails there, and goes on."""
    failed: list[str] = []
    previous = sys.excepthook
    sys.excepthook = lambda *error: failed.append("".join(traceback.format_exception(*error)))
    try:
        yield failed
    finally:
        sys.excepthook = previous


def _work(scratch: Path, out: Path, say: Callable[[object], None]) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop.app import application, make_session, missing_parts
    from desktop.ui.main_window import MainWindow

    app = application()
    missing = missing_parts()
    if missing:
        raise RuntimeError(f"missing from this copy: {missing}")
    place = Workplace.open(paths.locate(scratch / "data"), paths.resources_dir())
    session = make_session(place)
    try:
        session.open_sample()
        assert session.report is not None
        say(score_in_words(session.report.unit_name, session.assessment))
        window = MainWindow(session)
        window.show()
        _audited(session, app.processEvents)
        _picture_tabs(window, app.processEvents, out)
        _export(session, out, say)
        _picture_import(window, app.processEvents, out)
        window.close()
    finally:
        session.end()
        place.close()


def _audited(session: Session, settle: Callable[[], None]) -> None:
    """Until then the pages say `正在核对…`; an audit that was under way already is followed by one more."""
    session.settle()
    for _ in range(ROUNDS):
        session.checking.wait()
        settle()
        if session.checking.done:
            return
    raise RuntimeError("the audit did not end")


def _picture_tabs(window: MainWindow, settle: Callable[[], None], out: Path) -> None:
    """`2 预算.png`, and of a tab with pages one each: `2 预算 功能分类.png`."""
    from desktop.ui.tabs import TABS
    from desktop.ui.tabs.preview import PreviewTab
    from desktop.ui.widgets.sub_pages import SubPages

    for number, (_, title, _) in enumerate(TABS):
        tab = window.show_tab(number)
        if isinstance(tab, PreviewTab):
            tab.wait()
            _settled(settle)
            tab.view.set_fit("page")
            tab.view.go(PAGE_OF_TEXT)
        pages = list(tab.titles.items()) if isinstance(tab, SubPages) else [("", "")]
        for page, page_title in pages:
            if isinstance(tab, SubPages):
                tab.choose(page)
            name = f"{number + 1} {title} {page_title}".strip()
            _settled(settle)
            if name in SHOWN:
                window.show_key(SHOWN[name])
                _settled(settle)
            if not window.grab().save(str(out / f"{name}.png")):
                raise RuntimeError(f"no picture of {name}")


def _picture_import(window: MainWindow, settle: Callable[[], None], out: Path) -> None:
    """`8 导入 文件结构.png`: the report just written, as it would be read in."""
    from desktop.ui.dialogs.import_preview import ImportPreview

    written = next(path for path in sorted(out.iterdir()) if path.suffix == ".docx")
    dialog = ImportPreview(window.session, window.session.place.read_source(written), window)
    dialog.show_structure()
    dialog.show()
    _settled(settle)
    if not dialog.grab().save(str(out / "8 导入 文件结构.png")):
        raise RuntimeError("no picture of the import")
    dialog.close()
    dialog.deleteLater()


def _settled(settle: Callable[[], None]) -> None:
    for _ in range(ROUNDS):
        settle()


def _export(session: Session, out: Path, say: Callable[[object], None]) -> None:
    for kind in EXPORTERS:
        task = session.export_task(kind)
        target = out / task.suggested_path.name
        for note in task.run(target):
            say(note)
        if target.stat().st_size < SMALLEST_EXPORT:
            raise RuntimeError(f"{target.name} has only {target.stat().st_size} bytes")
        if target.suffix in READABLE and session.report and session.report.unit_name not in read_text(target):
            raise RuntimeError(f"{target.name} cannot be read back")
