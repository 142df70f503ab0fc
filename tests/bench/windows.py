"""Programs that the benchmarks start in a process of their own: a bare window, and ours.

    python -m tests.bench.windows bare
    python -m tests.bench.windows ours DATA_DIR RESOURCES [tour]

Each prints `painted` when its window has been painted; with `tour` then the peak memory, before the preview
has been looked at and after.
Ours is loaded as an installed program has it: modules, templates and PySide's own part in Python compiled, and in
the order of a start. The bare window is what any PySide is without that.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.places import ROOT


def main(words: list[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return _bare() if words[0] == "bare" else _ours(words[1], Path(words[2]), tour="tour" in words)


def _bare() -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("整体支出绩效自评"))
    window.resize(1366, 728)
    window.show()
    QTimer.singleShot(0, lambda: (window.grab(), print("painted", flush=True), app.quit()))
    return app.exec()


def _ours(data_dir: str, resources: Path, tour: bool) -> int:
    from desktop.system import garbage

    sys.modules["_hashlib"] = None  # type: ignore[assignment]  # left out at packaging, build/bundle.py
    garbage.put_off()
    import desktop.cli  # noqa: F401, I001  # what every start loads before Qt
    from PySide6.QtCore import QTimer

    from desktop import app as root
    from desktop import paths
    from desktop.ui.main_window import MainWindow
    from desktop.ui.tabs import TABS
    from desktop.workplace import Workplace

    app = root.application()
    place = Workplace.open(paths.locate(data_dir), resources)
    window = MainWindow(root.make_session(place))
    window.show()

    def painted() -> None:
        window.grab()
        print("painted", flush=True)
        garbage.resume()
        if tour:
            from desktop.ui.tabs.preview import PreviewTab

            for number in range(len(TABS)):
                tab = window.show_tab(number)
                if isinstance(tab, PreviewTab):
                    print(peak_megabytes(), flush=True)
                    tab.wait()
                app.processEvents()
                window.grab()
            print(peak_megabytes(), flush=True)
        window.close()
        app.quit()

    QTimer.singleShot(0, painted)
    app.exec()
    place.close()
    return 0


def peak_megabytes() -> float:
    """The process's own peak (VmHWM), for a child's ru_maxrss begins with its parent's size."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def installed(folder: Path) -> dict[str, str]:
    """An environment in which modules are compiled once, into `folder`, whatever the machine forbids."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return env | {"PYTHONPYCACHEPREFIX": str(folder)}


def packaged(folder: Path) -> Path:
    """The resources as a packaged program has them, in `folder`."""
    from desktop.resource_files.templates import PREPARED, prepare

    folder.mkdir()
    for path in (ROOT / "resources").iterdir():
        (folder / path.name).symlink_to(path)
    (folder / PREPARED).write_text(prepare(folder), encoding="utf-8")
    return folder


def with_compiled_support(env: dict[str, str], folder: Path) -> dict[str, str]:
    """An environment in which PySide finds its own modules compiled, as in a packaged program."""
    import shiboken6

    sys.path.append(str(ROOT / "build"))
    import qt_support

    library = Path(shiboken6.__file__).parent
    shutil.copytree(library, folder / "shiboken6", ignore=shutil.ignore_patterns("files.dir", "include"))
    for name, path in qt_support.compiled(folder).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, folder / name)
    return env | {"PYTHONPATH": str(folder)}


def seconds_to_paint(env: dict[str, str], *words: str) -> float:
    """From starting the process to the line it prints when painted."""
    command = [sys.executable, "-m", "tests.bench.windows", *words]
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        taken = time.perf_counter() - start
        process.communicate()
    if line.strip() != "painted":
        raise RuntimeError(f"{command} did not paint")
    return taken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
