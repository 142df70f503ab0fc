"""PySide's search for features is not left in place: it would read the source of every module loaded later."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ASKED = "import linecache, desktop.app, desktop.ui.tabs.tables; print(*linecache.cache, sep='\\n')"


def test_the_window_is_loaded_without_its_source_being_read() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    read = [Path(line) for line in done.stdout.splitlines()]
    assert [path for path in read if "ui" in path.parts and path.stem != "__init__"] == []
