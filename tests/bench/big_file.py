"""A data file as large as a whole county's: `python -m tests.bench.big_file FOLDER` makes one to try things on."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.domain.keys import UNIT_NAME
from desktop.paths import Paths, resources_dir
from desktop.resource_files.sample import sample_reports
from desktop.storage.catalog import local_now
from desktop.storage.checksums import report_sum
from desktop.workplace import Workplace

UNITS, YEARS = 300, 5


def make(folder: Path, units: int = UNITS, years: int = YEARS) -> None:
    """Units with several years each, every one with the sample's cells; the last one is open at start.

    Row by row it is `Workplace.create` in one transaction: a thousand of these would take minutes to sync.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sample = max(sample_reports(resources_dir()), key=lambda report: report.year)
    facts = [(*key, value) for key, value in sample.facts.items() if key != UNIT_NAME]
    made = local_now().isoformat(timespec="milliseconds")
    place = Workplace.open(Paths(folder), resources_dir())
    try:
        with place._db.atomic() as conn:
            for unit in range(1, units + 1):
                conn.execute("INSERT INTO units VALUES (?, ?)", (unit, f"清河县第{unit}单位"))
                for year in range(2024 - years, 2024):
                    checksum = report_sum(unit, year, sample.system, facts)
                    head = (None, unit, year, sample.system, made, None, checksum)
                    number = conn.execute("INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?)", head).lastrowid
                    rows = ((number, *fact) for fact in facts)
                    conn.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", rows)
        place.catalog.remember_opened(place.catalog.reports()[-1].id)
    finally:
        place.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
