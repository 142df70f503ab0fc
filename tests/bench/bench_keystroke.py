"""From a keystroke to the updated score on the screen, with 60 and with 500 indicators; and on the form as it is printed."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import paths
from desktop.domain.keys import FactKey
from desktop.workplace import Workplace
from tests.bench.table import Row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.ui.session import Session

KEYSTROKES = 300
PROMISED_MS = 16.0
KEY = FactKey("annex2_indicators", "quantity:1", "actual")
_GROUPS = ("quantity", "quality", "timeliness", "cost", "economic", "social", "sustainable", "satisfaction")


def rows() -> list[Row]:
    found = []
    for count, tab, where in ((60, "indicators", ""), (500, "indicators", ""), (60, "forms", "，附表")):
        taken = sorted(measured(count, tab))
        half, most = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
        found.append(Row(f"按键到得分更新，{count}项指标{where}，p50", half, "ms", PROMISED_MS))
        found.append(Row(f"按键到得分更新，{count}项指标{where}，p99", most, "ms", PROMISED_MS, 1))
    return found


def measured(count: int, tab: str = "indicators") -> list[float]:
    """Milliseconds from each change of an editor's text until the window is painted again."""
    with with_window(count, tab) as (session, app):
        return milliseconds_of_keys(session, app)


@contextmanager
def with_window(count: int, tab: str = "indicators") -> Iterator[tuple[Session, QApplication]]:
    """The window at the tab of a report's `count` indicators, or at the form (`forms`) on which they stand."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from shiboken6 import delete

    from desktop import app as root
    from desktop.ui.main_window import MainWindow
    from desktop.ui.tabs import TABS

    app = root.application()
    with tempfile.TemporaryDirectory() as folder:
        place = Workplace.open(paths.locate(Path(folder)), paths.resources_dir())
        report = place.create("清河县第1单位", 2023, facts=indicators(count))
        session = root.make_session(place)
        session.open(report.id)
        window = MainWindow(session)
        window.show()
        window.show_tab([spec.name for spec in TABS].index(tab))
        window.show_key(KEY)
        yield session, app
        window.close()
        session.end()
        place.close()
        delete(window)  # or the next one's widgets would be looked for among these


def milliseconds_of_keys(session: Session, app: QApplication, pause: float = 0.0) -> list[float]:
    taken = []
    for number in range(KEYSTROKES):
        start = time.perf_counter()
        session.preview(KEY, str(number % 100))
        app.processEvents()
        taken.append((time.perf_counter() - start) * 1000)
        time.sleep(pause)
    session.end_preview()
    return taken[10:]


def indicators(count: int) -> dict[FactKey, str]:
    """`count` indicators over the groups of 附件2, all of them with numbers."""
    facts = {}
    for number in range(count):
        group = _GROUPS[number % len(_GROUPS)]
        row = f"{group}:{number // len(_GROUPS) + 1}"
        cells = {
            "order": str(number),
            "name": f"完成工作任务数量{number}",
            "operator": "≥",
            "target": "95",
            "unit": "%",
            "actual": "90",
            "weight": "0.5",
            "reason": "受汛期影响",
        }
        facts.update({FactKey("annex2_indicators", row, column): text for column, text in cells.items()})
    return facts
