"""Start to painted window with 20 units × 5 years, against a bare window; and the peak memory."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from desktop import paths
from desktop.workplace import Workplace
from tests.bench.table import Row
from tests.bench.windows import ROOT, installed, packaged, seconds_to_paint, with_compiled_support

UNITS, YEARS, RUNS = 20, 5, 12
PROMISED_TIMES_BARE = 2.2
"""Measured 2.0 to 2.15. What is left is Qt's: its enumerations in Python (20 ms), the widgets of the first page,
made, dressed and painted (55 ms), and the check of the data file before anything may be written to it (10 ms)."""
PROMISED_MEGABYTES = 160
WITH_PREVIEW_MEGABYTES = 230
"""Setting a PDF takes 40 MB for the fonts, and every export takes as much."""


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder, env = f"{name}/data", installed(Path(name) / "compiled")
        fill(folder)
        ours_env = with_compiled_support(env, Path(name) / "site")
        ours_opened = ("ours", folder, str(packaged(Path(name) / "resources")))
        pairs = [
            (seconds_to_paint(ours_env, *ours_opened), seconds_to_paint(env, "bare")) for _ in range(RUNS + 1)
        ][1:]
        ours, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
        tour = subprocess.run(
            [sys.executable, "-m", "tests.bench.windows", *ours_opened, "tour"],
            cwd=ROOT,
            env=ours_env,
            capture_output=True,
            text=True,
            check=True,
        )
        peak, with_preview = map(float, tour.stdout.split()[-2:])
    return [
        Row("启动到窗口画出（20单位×5年）÷ 空窗口", ours, "s", bare, PROMISED_TIMES_BARE),
        Row("窗口内存峰值（看过每一页）÷ 承诺", peak, "MB", PROMISED_MEGABYTES, 1),
        Row("窗口内存峰值（又看过打印预览）÷ 承诺", with_preview, "MB", WITH_PREVIEW_MEGABYTES, 1),
    ]


def fill(folder: str) -> None:
    """Units with five years each, every year with the sample's facts; the last one is open at start."""
    place = Workplace.open(paths.locate(Path(folder)), paths.resources_dir())
    sample = place.add_samples()
    facts = {k: v for k, v in place.store.facts(sample.id).items() if k.table != "unit" or k.column != "name"}
    for unit in range(UNITS):
        for year in range(2019, 2019 + YEARS):
            report = place.create(f"清河县第{unit + 1}单位", year, facts=facts)
    place.catalog.remember_opened(report.id)
    place.close()
