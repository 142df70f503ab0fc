"""A few of the calls that a session makes fail; each of them does in a run by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.endurance.io_faults import compiled


def test_a_few_failing_calls(work: Path) -> None:
    library = compiled(work)
    if library is None:
        pytest.skip("no C compiler, or not Linux")
    command = [sys.executable, "-m", "tests.endurance.io_faults", "--ways", "0", "3", "--step", "250"]
    environ = {**os.environ, "LD_PRELOAD": str(library), "FAIL_NTH": str(library), "TMPDIR": str(work)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.count("lost 0, tracebacks 0") == 2 and "没有保存" in done.stdout
