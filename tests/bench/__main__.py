"""Runs `rows()` of every bench_*.py here and prints one table; exit 1 if a limit is exceeded.

Words after the command choose modules: `python3 build/dev.py bench pdf` runs only bench_pdf.py.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.bench.table import Row, drawn


def main(chosen: list[str]) -> int:
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    names = [name for name in names if not chosen or name.removeprefix("bench_") in chosen]
    if not names:
        print("没有可运行的基准 (tests/bench/bench_*.py)。", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name in names:
        print(f"{name} ……", file=sys.stderr, flush=True)
        rows += importlib.import_module(f"tests.bench.{name}").rows()
    print(drawn(rows))
    return 1 if any(row.exceeded for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
