"""Files and folders that are the user's alone, whatever others may read of what he makes elsewhere.

What is exported for others is not made by these: it keeps the user's umask. On Windows a user's own folders are
closed to others by themselves, and nothing is done.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_FILE = 0o600
# Python on Windows takes 0o700, and only that, for a list of who may come in.
_FOLDER = 0o777 if os.name == "nt" else 0o700


def opener(path: str, flags: int) -> int:
    """For `open`: a file that it makes is the user's alone."""
    return os.open(path, flags, _FILE)


def make_file(path: Path) -> None:
    """An empty one, if none is there; where it cannot be made, whoever opens it says so."""
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE))


def make_folder(path: Path) -> None:
    """OSError if it cannot be made; one that is there stays as it is. Its parents must be there."""
    path.mkdir(mode=_FOLDER, exist_ok=True)


def close_folder(path: Path) -> None:
    """Keep others out of a folder that earlier versions made for everybody to read."""
    if os.name != "nt":
        with suppress(OSError):
            if path.stat().st_mode & 0o077:
                path.chmod(_FOLDER)
