"""标注稿 put into a folder, laid out as the files were that they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from desktop.errors import UserError
from desktop.exchange.atomic_write import write_atomically
from desktop.exchange.audited.audited_file import AuditedFile
from desktop.exchange.file_names import safe_file_name


def write_marked(file: AuditedFile, folder: Path, names: Mapping[str, str]) -> Path | None:
    """Where the 标注稿 of a file lies; None for one in which nothing was found. UserError where it cannot be written.

    `names` are those of the rules by their codes.
    """
    if not file.findings:
        return None
    copy = file.marked(names)
    place = folder / PurePosixPath(file.name).parent if file.source is not None else folder
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError(
            f"文件夹“{place}”建不了，标注稿没有保存。", "请换一个文件夹，例如桌面上的文件夹。"
        ) from None
    stem, dot, ending = copy.name.rpartition(".")
    target = place / safe_file_name(stem, ending=dot + ending)
    write_atomically(target, copy.data)
    return target
