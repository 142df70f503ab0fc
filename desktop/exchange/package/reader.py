"""Reads a report package: nothing is unpacked to disk, nothing in it is believed before it is checked."""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from desktop.domain.keys import FactKey
from desktop.domain.text_blocks.marks import BLOCKS
from desktop.domain.text_blocks.picture import MOST_BYTES
from desktop.errors import UserError
from desktop.exchange.file_kind import FileKind, open_source, sniff
from desktop.exchange.package.format import ENDING, FORMAT, FORMAT_VERSION, MANIFEST, REPORT
from desktop.exchange.refusals import damaged_package

MOST_PARTS = 32
"""An exported package has half a dozen."""
MOST_FACTS = 50_000
"""A report has some hundreds."""
LONGEST_TEXT = 200_000
"""Characters of one cell: far more than the longest section of a report."""
LONGEST_BLOCK = MOST_BYTES * 4 // 3 + 100
"""The same of a picture in the text: its file, as base64 in JSON."""
LONGEST_NAME = 100
"""Characters of a part of a key, of the unit's name, of a file's name."""
MOST_JSON = 32 * 1024 * 1024
"""Bytes of a part once unpacked: a zip of a few kilobytes may claim gigabytes."""
YEARS = range(1990, 2101)
_PART_NAME = re.compile(r"[^\x00-\x1f\x7f/\\:]{1,100}")
"""A plain file name: no `../`, no `C:`, no control character, though nothing is ever written under it."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters that no text of a report has any use for: all but tab and the ends of lines."""


class Forms(NamedTuple):
    """The edition of the forms that a report is filled in by; '' throughout where a package of older times says none."""

    id: str = ""
    name: str = ""
    sum: str = ""


NO_FORMS = Forms()


@dataclass(frozen=True, slots=True)
class Package:
    """What a package says: a report's facts as they were stored, and of which report."""

    unit: str
    year: int
    system: str
    program: str
    made: str
    facts: Mapping[FactKey, str]
    forms: Forms = NO_FORMS


def is_package(path: Path) -> bool:
    return sniff(path) is FileKind.PACKAGE


def open_package(path: Path) -> Package:
    """UserError for what is no whole package, or one of a newer program."""
    source = open_source(path)
    return read_package(source.data, source.name)


def read_package(data: bytes, name: str, *, verify: bool = True) -> Package:
    """The content of a package's bytes. `verify` off: the sums are not compared, so that what lies behind
    them can be tried out with changed parts."""
    parts = _parts(data, name)
    manifest = _json_object(parts.get(MANIFEST, b""), name)
    _check_format(manifest, name)
    if verify:
        _check_sums(manifest, parts, name)
    report = _json_object(parts.get(REPORT, b""), name)
    unit, year, system = _identity(manifest, name)
    if _identity(report, name) != (unit, year, system):
        raise damaged_package(name)
    return Package(
        unit,
        year,
        system,
        _optional_name(manifest, "program"),
        _optional_name(manifest, "made"),
        _facts(report, name),
        _forms(manifest, name),
    )


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """All parts by name, in memory. Names are looked at, never used as paths."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            names = [entry.filename for entry in entries]
            good = all(_PART_NAME.fullmatch(part) and part.strip(" .") == part for part in names)
            if len(entries) > MOST_PARTS or len(set(names)) != len(names) or not good:
                raise damaged_package(name)
            if any(e.filename in (MANIFEST, REPORT) and e.file_size > MOST_JSON for e in entries):
                raise _too_large(name)
            return {entry.filename: package.read(entry) for entry in entries}
    except UserError:
        raise
    except Exception:  # whatever zipfile trips over, the container is broken
        raise damaged_package(name) from None


def _json_object(part: bytes, name: str) -> dict[str, Any]:
    """A part as a JSON object, in which nothing is said twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) != len(pairs):
            raise ValueError("a name is given twice")
        return members

    def no_constant(constant: str) -> NoReturn:
        raise ValueError(constant)  # NaN and Infinity, which are no JSON

    try:
        content = json.loads(part.decode("utf-8"), object_pairs_hook=once, parse_constant=no_constant)
    except (ValueError, RecursionError):
        raise damaged_package(name) from None
    if not isinstance(content, dict):
        raise damaged_package(name)
    return content


def _check_format(manifest: Mapping[str, Any], name: str) -> None:
    version = manifest.get("version")
    if manifest.get("format") != FORMAT or type(version) is not int or version < 1:
        raise UserError(
            f"“{name}”不是本程序的报告包。", f"报告包由“文件”菜单的“导出报告包”产生，以 {ENDING} 结尾。"
        )
    if version > FORMAT_VERSION:
        made_by = _optional_name(manifest, "program")
        raise UserError(
            f"报告包“{name}”是用更新的程序{f'（{made_by}版）' if made_by else ''}导出的，本程序读不了。",
            "请先升级本程序，或请对方导出Excel文件。",
        )


def _check_sums(manifest: Mapping[str, Any], parts: Mapping[str, bytes], name: str) -> None:
    listed = manifest.get("parts")
    if not isinstance(listed, list) or not all(isinstance(part, dict) for part in listed):
        raise damaged_package(name)
    stated = [(part.get("name"), part.get("sha256")) for part in listed]
    actual = [(part, hashlib.sha256(data).hexdigest()) for part, data in parts.items() if part != MANIFEST]
    if len(stated) != len(actual) or any(part not in stated for part in actual):
        raise damaged_package(name)


def _identity(part: Mapping[str, Any], name: str) -> tuple[str, int, str]:
    """Unit, year and system, as manifest and report both state them."""
    unit, year, system = part.get("unit"), part.get("year"), part.get("system")
    if not (is_name(unit) and is_name(system) and type(year) is int and year in YEARS):
        raise damaged_package(name)
    return str(unit), year, str(system)


def is_name(value: object) -> bool:
    """One line of visible characters."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_NAME or value != " ".join(value.split()):
        return False
    return not any(unicodedata.category(char) in ("Cc", "Cs") for char in value)


def _optional_name(manifest: Mapping[str, Any], member: str) -> str:
    value = manifest.get(member)
    return value if is_name(value) and isinstance(value, str) else ""


def _forms(manifest: Mapping[str, Any], name: str) -> Forms:
    said = manifest.get("forms", {})
    if not isinstance(said, dict) or not all(
        word in said and is_name(said[word]) for word in Forms._fields if said
    ):
        raise damaged_package(name)
    return Forms(**{word: said[word] for word in Forms._fields}) if said else NO_FORMS


def _facts(report: Mapping[str, Any], name: str) -> dict[FactKey, str]:
    listed = report.get("facts")
    if not isinstance(listed, list):
        raise damaged_package(name)
    if len(listed) > MOST_FACTS:
        raise _too_large(name)
    facts: dict[FactKey, str] = {}
    for line in listed:
        if not isinstance(line, list) or len(line) != 4 or not all(isinstance(part, str) for part in line):
            raise damaged_package(name)
        *address, text = line
        key = FactKey(*address)
        if key in facts or not text or not all(map(is_name, address)):
            raise damaged_package(name)
        if len(text) > (LONGEST_BLOCK if key.table == BLOCKS else LONGEST_TEXT):
            raise _too_large(name)
        try:
            text.encode("utf-8")  # JSON can write a lone surrogate, which nothing could store
        except UnicodeEncodeError:
            raise damaged_package(name) from None
        facts[key] = text
    return facts


def without_control_characters(text: str) -> str:
    """A text without the characters that nobody sees and nothing needs."""
    return _CONTROL.sub("", text)


def _too_large(name: str) -> UserError:
    return UserError(
        f"报告包“{name}”的内容太多，已停止读取。",
        f"一份报告一般只有几百项。请检查是否有一段文字超过{LONGEST_TEXT // 10_000}万字。",
    )
