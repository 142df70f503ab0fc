"""A file that lies in the data folder while the window runs: found at a start, the last run broke off."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from desktop.private_files import opener

NAME = "ziping-running"


class RunMark:
    """To be used by the one program that has the data folder to itself. A mark that fails is no error."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def begin(self) -> bool:
        """Leave the mark, on disk when this returns; whether one lay there already."""
        found = self._lies_there()
        with suppress(OSError), open(self._path, "wb", opener=opener) as file:
            file.write(str(os.getpid()).encode())
            file.flush()
            os.fsync(file.fileno())
        return found

    def end(self) -> None:
        with suppress(OSError):
            try:
                self._path.unlink(missing_ok=True)
            except OSError:  # a folder where nothing may be deleted, and written to all the same
                os.truncate(self._path, 0)

    def _lies_there(self) -> bool:
        """An empty one was taken back as far as the folder allows."""
        try:
            return self._path.stat().st_size > 0
        except OSError:
            return False
