"""Where Windows programs run during the build: on this machine, or (build/wine.py) on Linux under Wine."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class ToolFailed(Exception):
    """A step of the build went wrong; the text says which, and what the tool said."""


def say(text: str) -> None:
    """Progress, on stderr like dev.py's."""
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended: its exit code, what it printed, and how long it took in seconds."""

    code: int
    output: str
    seconds: float


def collect(process: subprocess.Popen[str], timeout: float) -> str:
    """What a process prints until it ends, not until its pipe closes: Wine's own helpers keep that open."""
    said: list[str] = []

    def read() -> None:
        assert process.stdout is not None
        said.extend(process.stdout)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        process.wait(timeout)
    finally:
        if process.poll() is None:
            process.kill()
        reader.join(1.0)
    return "".join(said)


class Machine(Protocol):
    """A Windows to try programs in. Paths are as this script sees them; `told` is how Windows names one."""

    @property
    def local(self) -> Path: ...

    @property
    def roaming(self) -> Path: ...

    @property
    def desktop(self) -> Path: ...

    def told(self, path: Path) -> str: ...

    def start(self, *command: str | Path) -> subprocess.Popen[str]: ...

    def windows(self, *command: str | Path, timeout: float = 600) -> Done: ...


class Here:
    """This machine, which is a Windows."""

    @property
    def local(self) -> Path:
        return Path(os.environ["LOCALAPPDATA"])

    @property
    def roaming(self) -> Path:
        return Path(os.environ["APPDATA"])

    @property
    def desktop(self) -> Path:
        return Path.home() / "Desktop"

    def told(self, path: Path) -> str:
        return str(path)

    def start(self, *command: str | Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )

    def windows(self, *command: str | Path, timeout: float = 600) -> Done:
        begun = time.monotonic()
        process = self.start(*command)
        output = collect(process, timeout)
        return Done(process.returncode, output, time.monotonic() - begun)
