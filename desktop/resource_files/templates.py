"""Reads the templates in `resources/` (tables, systems, outlines, passages) into memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from desktop.domain.checks import parse_checks
from desktop.domain.outline.outline import DEFAULT, parse_outline, parse_passages
from desktop.domain.template import Table, TemplateError, Templates, parse_system, parse_table

Parsed = TypeVar("Parsed")

PREPARED = "prepared.json"
"""Beside the files of a packaged program: what they say, parsed when it was packaged. A start is 10 ms shorter."""

_FILES = (
    "passages.toml",
    "sections.toml",
    "outlines/*.toml",
    "systems/*.toml",
    "systems/*/system.toml",
    "tables/*.toml",
)


def load_templates(resources: Path) -> Templates:
    """All templates under a resources folder. Raises TemplateError, which names the file, where one is wrong."""
    files = _contents(resources)
    meanings = files["sections.toml"]

    def each(ending: str, parse: Callable[[dict[str, Any]], Parsed]) -> list[Parsed]:
        return [_parsed(name, data, parse) for name, data in files.items() if Path(name).match(ending)]

    systems = each("systems/*/system.toml", parse_system)
    outlines = each("outlines/*.toml", lambda data: parse_outline(data, meanings))
    outlines.sort(key=lambda outline: outline.id != DEFAULT)
    (checks,) = each("systems/checks.toml", lambda data: parse_checks(data["check"]))
    (passages,) = each("passages.toml", lambda data: parse_passages(data["passage"]))
    return Templates(
        tables=_tables(files),
        systems={system.id: system for system in systems},
        outlines={outline.id: outline for outline in outlines},
        tabs={tab: tuple(tables) for tab, tables in files["tables/tabs.toml"].items()},
        checks=checks,
        passages=passages,
    )


def prepare(resources: Path) -> str:
    """What `PREPARED` is to hold: the sum of the files that were read, its own, and what they say."""
    texts = _texts(resources)
    body = json.dumps(_read(texts), ensure_ascii=False, separators=(",", ":"))
    return f"{_sum(_text_of(texts))} {_sum(body)}\n{body}"


def _tables(files: Mapping[str, Any]) -> dict[str, Table]:
    """Tables that stand alone first, so that `like` finds its model whatever the files are called."""
    found = [(n, d) for n, d in files.items() if n.startswith("tables/") and n != "tables/tabs.toml"]
    tables: dict[str, Table] = {}
    for name, data in sorted(found, key=lambda file: "like" in file[1]):
        table = _parsed(name, data, lambda data: parse_table(data, tables))
        tables[table.id] = table
    return tables


def _parsed(name: str, data: dict[str, Any], parse: Callable[[dict[str, Any]], Parsed]) -> Parsed:
    with _naming(name):
        return parse(data)


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """What is misspelt or left out is told with its file: `tables/rents.toml: … unexpected … 'lable'`."""
    try:
        yield
    except (TypeError, KeyError, ValueError) as error:
        raise TemplateError(f"{name}: {error!r}") from error


def _contents(resources: Path) -> dict[str, Any]:
    """What each file says, in the order of their names."""
    texts = _texts(resources)
    prepared = _prepared(resources / PREPARED, texts)
    return _read(texts) if prepared is None else prepared


def _texts(resources: Path) -> dict[str, str]:
    paths = sorted(path for pattern in _FILES for path in resources.glob(pattern))
    return {path.relative_to(resources).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _read(texts: Mapping[str, str]) -> dict[str, Any]:
    import tomllib

    read = {}
    for name, text in texts.items():
        with _naming(name):
            read[name] = tomllib.loads(text)
    return read


def _prepared(path: Path, texts: Mapping[str, str]) -> dict[str, Any] | None:
    """What was prepared, if it is whole and the files are still those; a file that is changed or added counts."""
    try:
        sums, _, body = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    if sums != f"{_sum(_text_of(texts))} {_sum(body)}":
        return None
    found: dict[str, Any] = json.loads(body)
    return found


def _text_of(texts: Mapping[str, str]) -> str:
    """Names and texts as one; with their lengths, so that none can give letters to its neighbour."""
    return "".join(f"{len(name)} {len(text)}:{name}{text}" for name, text in texts.items())


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
