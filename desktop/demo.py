"""The main job on the sample unit without a screen: score, every export, a picture of every tab."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from desktop import paths
from desktop.exchange.exporters import EXPORTERS
from desktop.exchange.score_out import score_in_words
from desktop.workplace import Workplace

ROUNDS = 8
"""Times that events are worked off until heights and charts have settled."""


def run_demo(out: Path | None, say: Callable[[object], None]) -> int:
    """Do the whole job in a data folder of its own; results go to `out` (to a folder that is thrown away, if None)."""
    with tempfile.TemporaryDirectory(prefix="ziping-") as scratch:
        target = out or Path(scratch) / "out"
        target.mkdir(parents=True, exist_ok=True)
        _work(Path(scratch), target, say)
        if out is not None:
            say(f"\n结果在：{target.absolute()}")
    return 0


def _work(scratch: Path, out: Path, say: Callable[[object], None]) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop.app import application, make_session
    from desktop.ui.main_window import MainWindow
    from desktop.ui.tabs import TABS

    app = application()
    place = Workplace.open(paths.locate(scratch / "data"), paths.resources_dir())
    session = make_session(place)
    session.open_sample()
    assert session.report is not None
    say(score_in_words(session.report.unit_name, session.assessment))
    window = MainWindow(session)
    window.show()
    for number, (_, title, _, _) in enumerate(TABS):
        window.show_tab(number)
        for _ in range(ROUNDS):
            app.processEvents()
        window.grab().save(str(out / f"{number + 1} {title}.png"))
    for kind in EXPORTERS:
        task = session.export_task(kind)
        for note in task.run(out / task.suggested_path.name):
            say(note)
    window.close()
    place.close()
