"""The reports of a folder, and the names under which they are told."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange.marked_copy.marked_copy import SUFFIX
from desktop.exchange.read_text.any_file import READABLE


def reports_in(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Every file given, and every report below a folder that is given, each once and with a name of its own.

    Left out of folders: what is no report by its ending, what office programs keep beside an open file, and
    our own 标注稿. UserError where nothing is left.
    """
    found: dict[Path, tuple[Path, str]] = {}
    taken = set[str]()
    for given in paths:
        for path in _below(given) if given.is_dir() else (given,):
            name = path.relative_to(given).as_posix() if path != given else path.name
            whole = path.resolve()
            if whole not in found:
                ways = (name, f"{whole.parent.name}/{name}", whole.relative_to(whole.anchor).as_posix())
                found[whole] = path, next(way for way in ways if way not in taken)
                taken.add(found[whole][1])
    if not found:
        raise UserError(
            "文件夹里没有报告文件。", "能核对的是 Word（.docx、.doc）、WPS、带文字的 .pdf、.txt 和网页文件。"
        )
    return list(found.values())


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            stem, ending = os.path.splitext(name)
            if ending.lower() in READABLE and not name.startswith((".", "~$")) and not stem.endswith(SUFFIX):
                yield Path(place) / name
