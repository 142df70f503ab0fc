"""Where the program finds its resources and keeps its data."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop import private_files
from desktop.errors import UserError

APP_NAME = "整体支出绩效自评助手"
PORTABLE_MARK = "portable.txt"


@dataclass(frozen=True, slots=True)
class Paths:
    """Everything the program writes of its own accord lies under `data_dir`."""

    data_dir: Path

    @property
    def database(self) -> Path:
        return self.data_dir / "ziping.db"

    @property
    def backups(self) -> Path:
        return self.data_dir / "backups"

    @property
    def log(self) -> Path:
        return self.data_dir / "ziping.log"


def resources_dir() -> Path:
    """The shipped templates, fonts and help; the same place from source and in a frozen folder."""
    return Path(__file__).resolve().parents[1] / "resources"


def program_dir() -> Path:
    """The folder the user sees the program in: of the .exe when frozen, of the source tree otherwise."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[1]


def locate(
    data_dir: str | Path | None = None,
    *,
    program: Path | None = None,
    environ: Mapping[str, str] | None = None,
    windows: bool = sys.platform == "win32",
    make: bool = True,
) -> Paths:
    """The data folder: `--data-dir`, else beside a portable program, else the system's own place.

    The folder is created (unless not to `make` it), for the user alone; UserError where it cannot be. One of
    his own choice that is there already stays open to whom he opened it.
    """
    beside = program or program_dir()
    own_choice = bool(data_dir) or (beside / PORTABLE_MARK).is_file()
    if data_dir:
        folder = Path(data_dir).expanduser().absolute()
    elif own_choice:
        folder = beside / "data"
    else:
        folder = _system_folder(os.environ if environ is None else environ, windows)
    if make:
        if not own_choice:
            private_files.close_folder(folder)
        _create(folder)
    return Paths(folder)


def _system_folder(environ: Mapping[str, str], windows: bool) -> Path:
    if windows:
        local = environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / APP_NAME
    base = Path(environ.get("XDG_DATA_HOME", ""))
    # The XDG specification: a relative value is to be ignored.
    return (base if base.is_absolute() else Path.home() / ".local" / "share") / "ziping"


def _create(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        private_files.make_folder(folder)
    except OSError as error:
        raise UserError(
            f"无法建立数据文件夹：{folder}。",
            "请检查该位置是否存在、是否允许写入，或用 --data-dir 指定另一个文件夹。",
        ) from error


def sync_folder(folder: Path) -> None:
    """Have a rename in the folder outlast a power cut; OSError where the disk fails."""
    if os.name == "nt":  # where a folder cannot be opened, and a rename is kept without it
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        # Some network disks know no such thing.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(opened)
