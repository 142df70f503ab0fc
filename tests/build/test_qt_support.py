"""PySide finds its own modules compiled, and works with them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import shiboken6

ASKED = """
import sys
from PySide6.QtCore import QSize, Qt
files = {name: module.__file__ for name, module in sys.modules.items() if name.startswith("shibokensupport.")}
print(all("files.dir" in file and file.endswith(".pyc") for file in files.values()), len(files) > 8)
try:
    QSize("no", "size")
except TypeError as error:
    print(repr(str(error)))
print(repr(QSize.setWidth.__doc__))
print(Qt.AlignmentFlag.AlignCenter.name)
"""


def test_pyside_loads_the_compiled_modules_and_words_its_errors_with_them(tmp_path: Path) -> None:
    import qt_support

    site = tmp_path / "site"
    library = Path(shiboken6.__file__).parent
    shutil.copytree(library, site / "shiboken6", ignore=shutil.ignore_patterns("files.dir", "include"))
    for name, path in qt_support.compiled(tmp_path).items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, site / name)
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(site)},
    )
    plain = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == "True True"
    assert plain.stdout.splitlines()[0] == "False True"
    assert done.stdout.splitlines()[1:] == plain.stdout.splitlines()[1:]
