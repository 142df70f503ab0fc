"""Reads a task file: nothing is unpacked to disk, nothing in it is believed before it is checked."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from desktop.domain.keys import YEARS
from desktop.domain.tasks.task import MOST_ISSUES, Task, is_task_id
from desktop.errors import UserError
from desktop.exchange.package.reader import is_name, without_control_characters
from desktop.exchange.task_file.format import (
    ENDING,
    FILE_NAME,
    FORMAT,
    FORMAT_VERSION,
    LONGEST_NAME,
    LONGEST_NOTE,
    MANIFEST,
    MOST_BYTES,
    MOST_PARTS,
    MOST_TEXT,
    MOST_WHOLE,
)
from desktop.exchange.task_file.toml_text import BadToml, read_toml

_MOST_MANIFEST = 100_000


@dataclass(frozen=True, slots=True)
class TaskFile:
    """What a task file says: of which task, and what its files contain. `data` is the file itself."""

    task: Task
    texts: Mapping[str, str]
    contents: Mapping[str, Mapping[str, Any]]
    program: str
    data: bytes


def open_task(path: Path) -> TaskFile:
    """UserError for what is no whole task file, or one of a newer program."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise UserError(f"找不到文件“{path.name}”。", "它可能已被移动或改名，请重新选择。") from None
    except (OSError, ValueError):
        hint = "请检查磁盘、U 盘或网络，把文件复制到本机后再试。"
        raise UserError(f"读不出文件“{path.name}”。", hint) from None
    return read_task(data, path.name)


def read_task(data: bytes, name: str) -> TaskFile:
    """The content of a task file's bytes. Whether its forms are sound is not asked here."""
    if len(data) > MOST_BYTES:
        raise _too_large(name)
    parts = _parts(data, name)
    manifest = _json_object(parts.pop(MANIFEST, b""), name)
    _check_format(manifest, name)
    _check_sums(manifest, parts, name)
    texts = {part: _text(part, content, name) for part, content in sorted(parts.items())}
    if sum(map(len, texts.values())) > MOST_WHOLE:
        raise _too_large(name)
    contents = {part: toml_of(part, text, f"任务包“{name}”") for part, text in texts.items()}
    program = manifest.get("program")
    return TaskFile(
        _task(manifest, name),
        texts,
        contents,
        program if isinstance(program, str) and is_name(program) else "",
        data,
    )


def toml_of(part: str, text: str, source: str) -> dict[str, Any]:
    """What one file says; `source` is what the sentence of a refusal begins with."""
    try:
        return read_toml(text)
    except BadToml as error:
        raise UserError(
            f"{source}里的 {part} 读不出：{error}。", "请制发单位改好后重新制作、重新发送。"
        ) from None


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """All parts by name, in memory. Names are looked at, never used as paths.

    What a zip declares of itself is not to be believed: each part is inflated only as far as it may be long.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if len(entries) > MOST_PARTS or len(set(names)) != len(names):
                raise damaged_task(name)
            if not all(part == MANIFEST or FILE_NAME.fullmatch(part) for part in names):
                raise damaged_task(name)
            if sum(entry.file_size for entry in entries) > 4 * MOST_WHOLE:
                raise _too_large(name)
            return {entry.filename: _inflated(archive, entry, name) for entry in entries}
    except UserError:
        raise
    except Exception:  # whatever zipfile trips over, the container is broken
        raise damaged_task(name) from None


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    longest = 4 * MOST_TEXT
    with archive.open(entry) as stream:
        content = stream.read(longest + 1)
        if len(content) > longest:
            raise _too_large(name)
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise damaged_task(name)
    return content


def _text(part: str, content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise damaged_task(name) from None
    if len(text) > MOST_TEXT:
        raise _too_large(name)
    return text


def _json_object(part: bytes, name: str) -> dict[str, Any]:
    """A part as a JSON object, in which nothing is said twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a name is given twice")
        return dict(pairs)

    def no_constant(constant: str) -> NoReturn:
        raise ValueError(constant)  # NaN and Infinity, which are no JSON

    content = None
    if len(part) <= _MOST_MANIFEST:
        with suppress(ValueError, RecursionError):
            content = json.loads(part.decode("utf-8"), object_pairs_hook=once, parse_constant=no_constant)
    if not isinstance(content, dict):
        raise damaged_task(name)
    return content


def _check_format(manifest: Mapping[str, Any], name: str) -> None:
    version = manifest.get("version")
    if manifest.get("format") != FORMAT or type(version) is not int or version < 1:
        raise UserError(
            f"“{name}”不是本程序的任务包。", f"任务包由制发单位用“数据”菜单的“任务包”制作，以 {ENDING} 结尾。"
        )
    if version > FORMAT_VERSION:
        raise UserError(f"任务包“{name}”是用更新的程序制作的，本程序读不了。", "请先升级本程序。")


def _check_sums(manifest: Mapping[str, Any], parts: Mapping[str, bytes], name: str) -> None:
    listed = manifest.get("files")
    actual = {part: hashlib.sha256(content).hexdigest() for part, content in parts.items()}
    if not isinstance(listed, dict) or listed != actual:
        raise damaged_task(name)


def _task(manifest: Mapping[str, Any], name: str) -> Task:
    """What the manifest says of the task; everything in it is shown to people, so it must be fit for that."""
    words = {
        member: manifest.get(member, "") for member in ("id", "name", "issuer", "deadline", "issued", "note")
    }
    year, issue, model = manifest.get("year"), manifest.get("issue"), manifest.get("like_sum", "")
    if not all(isinstance(word, str) for word in (*words.values(), model)):
        raise damaged_task(name)
    one_line = all(is_name(words[member]) for member in ("id", "name", "issuer"))
    dates = all(not words[member] or is_date(words[member]) for member in ("deadline", "issued"))
    fit = len(words["note"]) <= LONGEST_NOTE and is_plain(words["note"])
    if not one_line or not dates or not fit:
        raise damaged_task(name)
    if type(year) is not int or year not in YEARS or type(issue) is not int or not 1 <= issue <= MOST_ISSUES:
        raise damaged_task(name)
    if not is_task_id(words["id"], year) or len(model) > LONGEST_NAME:
        raise damaged_task(name)
    return Task(year=year, issue=issue, like_sum=model, **words)


def is_date(text: str) -> bool:
    """`2025-03-31`, and a day that there is."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_plain(text: str) -> bool:
    """No control character, and no half character, which JSON can write and nothing could store."""
    return without_control_characters(text) == text and text.encode("utf-8", "ignore").decode() == text


def damaged_task(name: str) -> UserError:
    """The one sentence for a task file that is not what was made."""
    return UserError(
        f"任务包“{name}”不完整或被改动过，没有领取。", "请制发单位重新发送，不要用压缩软件改动它。"
    )


def _too_large(name: str) -> UserError:
    return UserError(f"任务包“{name}”太大，不像任务包，没有领取。", "任务包里只有表样，一般不到 100 KB。")
