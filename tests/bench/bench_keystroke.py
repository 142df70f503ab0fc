"""From a keystroke to the updated score on the screen, with 60 and with 500 indicators."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from desktop import paths
from desktop.domain.keys import FactKey
from desktop.workplace import Workplace
from tests.bench.table import Row

KEYSTROKES = 300
PROMISED_MS = 16.0
_GROUPS = ("quantity", "quality", "timeliness", "cost", "economic", "social", "sustainable", "satisfaction")


def rows() -> list[Row]:
    found = []
    for count in (60, 500):
        taken = sorted(measured(count))
        half, most = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
        found.append(Row(f"按键到得分更新，{count}项指标，p50", half, "ms", PROMISED_MS))
        found.append(Row(f"按键到得分更新，{count}项指标，p99", most, "ms", PROMISED_MS, 1))
    return found


def measured(count: int) -> list[float]:
    """Milliseconds from each change of an editor's text until the window is painted again."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop import app as root
    from desktop.ui.main_window import MainWindow

    app = root.application()
    with tempfile.TemporaryDirectory() as folder:
        place = Workplace.open(paths.locate(Path(folder)), paths.resources_dir())
        place.create("清河县第1单位", 2023, facts=indicators(count))
        session = root.make_session(place)
        session.open(place.catalog.reports()[0].id)
        window = MainWindow(session)
        window.show()
        window.show_tab(3)
        key = FactKey("annex2_indicators", "quantity:1", "actual")
        window.show_key(key)
        taken = []
        for number in range(KEYSTROKES):
            start = time.perf_counter()
            session.preview(key, str(number % 100))
            app.processEvents()
            taken.append((time.perf_counter() - start) * 1000)
        session.end_preview()
        window.close()
        place.close()
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
