"""A program killed in the middle of its work has lost nothing it had said was saved."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from desktop.domain.keys import FactKey, ReportId
from desktop.storage.catalog import Catalog
from desktop.storage.db import open_database
from desktop.storage.store import Store

CHILD = """
import sys
from pathlib import Path
from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.storage.db import open_database
from desktop.storage.store import Store

path, year, first = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
report = ReportId(1, year)
store = Store(open_database(path))
for n in range(first, first + 100000):
    cells = [(FactKey("t", "last", "n"), str(n)), (FactKey("t", str(n), "n"), str(n))]
    store.apply(edit_from(report, f"{n}", store.facts(report), cells))
    print(n, flush=True)
"""


def test_ten_kills_lose_no_acknowledged_edit(path: Path) -> None:
    db = open_database(path)
    unit = Catalog(db).add_unit("甲局").id
    report = Catalog(db).add_report(ReportId(unit, 2024), "hunan-2023").id
    db.close()
    chance, saved = random.Random(1), -1
    for _ in range(10):
        acknowledged = _work_until_killed(path, saved + 1, chance.randrange(1, 25))
        db = open_database(path)
        store = Store(db)
        facts = store.facts(report)
        saved = int(facts[FactKey("t", "last", "n")])
        assert saved >= acknowledged
        assert all(facts[FactKey("t", str(n), "n")] == str(n) for n in range(saved + 1))
        assert FactKey("t", str(saved + 1), "n") not in facts
        assert store.undo_label(report) == str(saved)
        db.close()


def _work_until_killed(path: Path, first: int, edits: int) -> int:
    """Start a child that edits and reports each edit; kill it at work; the last edit it reported."""
    command = [sys.executable, "-c", CHILD, str(path), "2024", str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _ in range(edits):
            child.stdout.readline()
        child.kill()
        rest = child.stdout.read().split("\n")
    heard = [int(line) for line in rest[:-1]]
    return heard[-1] if heard else first + edits - 1
