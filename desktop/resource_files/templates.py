"""Reads the templates in `resources/` (tables, systems, outlines, passages) into memory."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from desktop.domain.checks import parse_checks
from desktop.domain.outline.outline import DEFAULT, parse_outline, parse_passages
from desktop.domain.template import Table, Templates, parse_system, parse_table


def load_templates(resources: Path) -> Templates:
    """All templates under a resources folder. Raises TemplateError where one contradicts itself."""
    tabs = _read(resources / "tables" / "tabs.toml")
    systems = [parse_system(_read(path)) for path in sorted((resources / "systems").glob("*/system.toml"))]
    meanings = _read(resources / "sections.toml")
    outlines = [
        parse_outline(_read(path), meanings) for path in sorted((resources / "outlines").glob("*.toml"))
    ]
    outlines.sort(key=lambda outline: outline.id != DEFAULT)
    return Templates(
        tables=_tables(resources / "tables"),
        systems={system.id: system for system in systems},
        outlines={outline.id: outline for outline in outlines},
        tabs={tab: tuple(tables) for tab, tables in tabs.items()},
        checks=parse_checks(_read(resources / "systems" / "checks.toml")["check"]),
        passages=parse_passages(_read(resources / "passages.toml")["passage"]),
    )


def _tables(folder: Path) -> dict[str, Table]:
    """Tables that stand alone first, so that `like` finds its model whatever the files are called."""
    texts = [_read(path) for path in sorted(folder.glob("*.toml")) if path.name != "tabs.toml"]
    tables: dict[str, Table] = {}
    for data in sorted(texts, key=lambda data: "like" in data):
        tables[data["id"]] = parse_table(data, tables)
    return tables


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
