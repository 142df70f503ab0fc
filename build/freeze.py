"""Runs PyInstaller on installer.spec, here or under Wine, and starts what came out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pe_checksum
import windows_python
from machine import Done, ToolFailed, say
from version_info import ROOT
from wine import UID, WORK, Wine

SOURCES = ("desktop", "resources", "build")
SPEC = "installer.spec"
OUTPUT_SHOWN = 3000


def freeze_here(dist: Path, work: Path, python: str = sys.executable) -> Path:
    """The frozen folder for the system this runs on. `python` has the dependencies and PyInstaller."""
    words = ["--noconfirm", "--log-level", "WARN", "--distpath", str(dist), "--workpath", str(work)]
    done = subprocess.run(
        [python, "-m", "PyInstaller", SPEC, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise ToolFailed(f"PyInstaller 失败：\n{done.stderr[-OUTPUT_SHOWN:]}")
    return dist / "ziping"


def smoke_test_here(folder: Path) -> str:
    """Start the frozen program offscreen, with nothing of the sources in reach; what it printed."""
    program = folder / ("ziping-cli.exe" if sys.platform == "win32" else "ziping")
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "QT_"))}
    done = subprocess.run(
        [str(program), "--smoke-test"],
        cwd=folder.parent,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=300,
    )
    if done.returncode:
        raise ToolFailed(f"打包后的程序没有通过自检：\n{(done.stdout + done.stderr)[-OUTPUT_SHOWN:]}")
    return done.stdout


# -- under Wine ------------------------------------------------------------------------------------------


def copy_sources(wine: Wine, name: str) -> Path:
    """The project as Wine is to see it."""
    target = wine.outside(f"{WORK}/{name}")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for folder in SOURCES:
        shutil.copytree(ROOT / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / SPEC, target)
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


def freeze_in_wine(wine: Wine, source: Path, spec: tuple[str, ...] = (SPEC,)) -> Path:
    """The folder that PyInstaller makes of a copied project; its programs have valid checksums."""
    python = windows_python.provide(wine, ROOT)
    wine.must("chown", "chown", "-R", f"{UID}:{UID}", wine.inside(source), user=0)
    words = ["--noconfirm", "--log-level", "WARN", "--distpath", "dist", "--workpath", "work"]
    command = ["wine", wine.inside(python / "python.exe"), "-m", "PyInstaller", *words, *spec]
    enter = ["sh", "-c", 'cd "$0" && exec "$@"', wine.inside(source)]
    done = wine.must("PyInstaller", *enter, *command)
    folder = next((source / "dist").iterdir())
    say(f"冻结用时 {done.seconds:.0f} 秒：{folder}")
    check_programs(folder)
    return folder


def check_programs(folder: Path) -> None:
    """Every program in the folder gets its checksum, if PyInstaller did not see to it."""
    for program in folder.glob("*.exe"):
        if not pe_checksum.is_valid(program):
            pe_checksum.fix(program)


def must(done: Done, what: str, code: int = 0) -> Done:
    """The same, or ToolFailed where it ended otherwise than with that code."""
    if done.code != code:
        raise ToolFailed(f"{what}：退出码 {done.code}，应为 {code}\n{done.output[-OUTPUT_SHOWN:]}")
    return done
