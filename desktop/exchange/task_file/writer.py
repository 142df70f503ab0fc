"""Writes a task file, and reads it back before it is given out."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping

from desktop import __version__
from desktop.domain.keys import YEARS
from desktop.domain.tasks.task import MOST_ISSUES, Task, is_task_id, suggested_id
from desktop.errors import UserError
from desktop.exchange.package.reader import is_name
from desktop.exchange.task_file.format import (
    ENDING,
    FORMAT,
    FORMAT_VERSION,
    LONGEST_NAME,
    LONGEST_NOTE,
    MANIFEST,
)
from desktop.exchange.task_file.reader import TaskFile, is_date, is_plain, read_task

_MADE = (2020, 1, 1, 0, 0, 0)
"""The time of every part: the same task made twice is the same file, and an issue can be told from another."""


def task_file(task: Task, texts: Mapping[str, str]) -> TaskFile:
    """The file of a task with these files in it. UserError for what its reader would turn away."""
    refuse_unfit(task)
    parts = {name: text.encode("utf-8") for name, text in sorted(texts.items())}
    said = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "program": __version__,
        **task._asdict(),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()},
    }
    manifest = json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in {MANIFEST: manifest, **parts}.items():
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return read_task(stream.getvalue(), f"{task.name}{ENDING}")


def refuse_unfit(task: Task) -> None:
    """UserError that names what whoever makes a task has to write otherwise."""
    for said, name in ((task.name, "任务名称"), (task.issuer, "制发单位")):
        if not is_name(said):
            raise UserError(f"没有填写{name}，或{name}不合要求。", f"请写一行文字，不超过{LONGEST_NAME}字。")
    if task.year not in YEARS:
        raise UserError(f"年度{task.year}不对。", f"请写{YEARS[0]}到{YEARS[-1]}之间的年份。")
    if not is_task_id(task.id, task.year):
        raise UserError(
            f"任务代号“{task.id}”不合要求。",
            f"请用文字、字母、数字和短横线，以“-{task.year}”结尾，例如“{suggested_id(task.issuer, task.year)}”。",
        )
    for said, name in ((task.deadline, "截止日期"), (task.issued, "发布日期")):
        if said and not is_date(said):
            raise UserError(f"{name}“{said}”不是日期。", "请按 2025-03-31 的样子写。")
    if not 1 <= task.issue <= MOST_ISSUES:
        raise UserError(f"发布的次数“{task.issue}”不对。", f"请写1到{MOST_ISSUES}。")
    if len(task.note) > LONGEST_NOTE:
        raise UserError("填报要求太长。", f"请不要超过{LONGEST_NOTE}字，详细的要求另行发文。")
    if not is_plain(task.note):
        raise UserError("填报要求里有看不见的控制字符。", "请只粘贴文字。")
