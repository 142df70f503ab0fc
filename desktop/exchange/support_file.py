"""支持信息: what whoever mends the program needs to know, in one .zip that holds no report unless that is wanted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from desktop.scrubbing import without_paths, without_paths_of_faults


class Part(NamedTuple):
    """One file in the bundle: its name there, what it is in words, and what is in it."""

    name: str
    about: str
    content: bytes

    @property
    def text(self) -> str:
        """For the eye, before it is given away; '' of what is no text."""
        return "" if b"\0" in self.content else self.content.decode("utf-8-sig", errors="replace")


def text_part(name: str, about: str, text: str) -> Part:
    """With a mark in front, by which every editor on Windows sees that it is UTF-8."""
    return Part(name, about, text.encode("utf-8-sig"))


def log_parts(logs: Sequence[Path]) -> list[Part]:
    """The logs that there are, read now: the program may go on writing. Names of folders and files are left out."""
    return [_log_part(log) for log in logs if log.is_file() and log.stat().st_size]


def _log_part(log: Path) -> Part:
    said = log.read_text(encoding="utf-8", errors="replace")
    if "-fault" in log.name:
        return Part(log.name, "崩溃时的记录", without_paths_of_faults(said).encode())
    return Part(log.name, "运行日志", without_paths(said).encode())


def support_bytes(parts: Sequence[Part]) -> bytes:
    """The bundle as a .zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bundle:
        for part in parts:
            bundle.writestr(part.name, part.content)
    return stream.getvalue()
