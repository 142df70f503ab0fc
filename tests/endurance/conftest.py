"""What the short versions of the long runs share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop import workplace


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in; workers are forked, which Windows cannot."""
    if sys.platform == "win32":
        pytest.skip("Windows has no fork, no LD_PRELOAD and no disks in memory")
    monkeypatch.setattr(
        workplace, "load_templates", workplace.load_templates
    )  # put back what `prepared` keeps
    return tmp_path
