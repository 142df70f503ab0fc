"""Reads the templates in `resources/` (tables, systems, outlines, passages) into memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.domain.checks import parse_checks
from desktop.domain.outline.outline import DEFAULT, parse_outline, parse_passages
from desktop.domain.template import Table, Templates, parse_system, parse_table

PREPARED = "prepared.json"
"""Beside the files of a packaged program: what they say, parsed when it was packaged. A start is 10 ms shorter."""

_FILES = ("*.toml", "outlines/*.toml", "systems/*.toml", "systems/*/system.toml", "tables/*.toml")


def load_templates(resources: Path) -> Templates:
    """All templates under a resources folder. Raises TemplateError where one contradicts itself."""
    files = _contents(resources)
    meanings = files["sections.toml"]
    systems = [parse_system(data) for name, data in files.items() if name.endswith("/system.toml")]
    outlines = [parse_outline(data, meanings) for name, data in files.items() if name.startswith("outlines/")]
    outlines.sort(key=lambda outline: outline.id != DEFAULT)
    return Templates(
        tables=_tables(files),
        systems={system.id: system for system in systems},
        outlines={outline.id: outline for outline in outlines},
        tabs={tab: tuple(tables) for tab, tables in files["tables/tabs.toml"].items()},
        checks=parse_checks(files["systems/checks.toml"]["check"]),
        passages=parse_passages(files["passages.toml"]["passage"]),
    )


def prepare(resources: Path) -> str:
    """What `PREPARED` is to hold: the sum of the files that were read, its own, and what they say."""
    texts = _texts(resources)
    body = json.dumps(_parsed(texts), ensure_ascii=False, separators=(",", ":"))
    return f"{_sum(_text_of(texts))} {_sum(body)}\n{body}"


def _tables(files: Mapping[str, Any]) -> dict[str, Table]:
    """Tables that stand alone first, so that `like` finds its model whatever the files are called."""
    found = [data for n, data in files.items() if n.startswith("tables/") and n != "tables/tabs.toml"]
    tables: dict[str, Table] = {}
    for data in sorted(found, key=lambda data: "like" in data):
        tables[data["id"]] = parse_table(data, tables)
    return tables


def _contents(resources: Path) -> dict[str, Any]:
    """What each file says, in the order of their names."""
    texts = _texts(resources)
    prepared = _prepared(resources / PREPARED, texts)
    return _parsed(texts) if prepared is None else prepared


def _texts(resources: Path) -> dict[str, str]:
    paths = sorted(path for pattern in _FILES for path in resources.glob(pattern))
    return {path.relative_to(resources).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _parsed(texts: Mapping[str, str]) -> dict[str, Any]:
    import tomllib

    return {name: tomllib.loads(text) for name, text in texts.items()}


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
