"""PySide's part that is written in Python, compiled once: it carries it as text, and compiles that at each start.

Where there is a folder `files.dir` beside its library, PySide loads what lies there (its switch SBK_EMBED=0 makes
the same folder). That spares a start 25 ms, about a tenth.
"""

from __future__ import annotations

import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = "shiboken6/files.dir"
STUB_WRITER = "pyi_generator.py"
"""Of use to who makes PySide itself, and loaded at each start of a program: it goes along empty."""
_UNPACK = "import shiboken6, sys; sys.modules['shibokensupport'].__loader__.zfile.extractall(sys.argv[1])"


def compiled(work: Path, python: str = sys.executable) -> dict[str, Path]:
    """Where each module goes in a folder with PySide, and where it was compiled to under `work`."""
    source = work / "qt_support"
    shutil.rmtree(source, ignore_errors=True)
    subprocess.run([python, "-c", _UNPACK, str(source)], check=True)
    modules = {}
    for path in sorted(source.glob("shibokensupport/**/*.py")):
        if path.name == STUB_WRITER:
            path.write_text("", encoding="utf-8")
        name = path.relative_to(source).as_posix() + "c"
        made = py_compile.compile(str(path), f"{path}c", dfile=name, doraise=True)
        assert made is not None
        modules[f"{FOLDER}/{name}"] = Path(made)
    return modules
