"""Reads the sample unit of `resources/sample/`: one TOML file per year, written to be read by people.

A table's rows stand under its id. A fixed row is a table of columns; a list of tables is a group of open
rows in their order. Forms have columns only; the narrative has one text per section. Each project carries
its funds, goals, indicators and answers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.domain.all_templates import Templates
from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey, scoped
from desktop.domain.numbers import canonical, number_of, parse_money
from desktop.domain.scoring.scoring import ANSWERS
from desktop.domain.template import ORDER, THIS, Table
from desktop.resource_files.templates import load_templates

NARRATIVE = "narrative"
_OWN = ("name", "department", "implementer")
"""A project's columns in the list of projects; its other entries are tables of its own."""

Facts = Iterator[tuple[FactKey, str]]


@dataclass(frozen=True, slots=True)
class SampleReport:
    """One year of the sample unit, ready for `Catalog.add_report`."""

    unit_name: str
    year: int
    system: str
    facts: Mapping[FactKey, str]


def sample_reports(resources: Path) -> list[SampleReport]:
    """The sample unit's reports, earliest year first. ValueError where a file names an unknown cell."""
    templates = load_templates(resources)
    files = sorted((resources / "sample").glob("*.toml"))
    return [_report(tomllib.loads(path.read_text(encoding="utf-8")), templates) for path in files]


def _report(data: dict[str, Any], templates: Templates) -> SampleReport:
    year, system = data.pop("year"), data.pop("system")
    facts = {key: _stored(templates, key, text) for key, text in _facts(data, templates)}
    return SampleReport(data["unit"]["name"], year, system, facts)


def _facts(data: Mapping[str, Any], templates: Templates) -> Facts:
    for name, content in data.items():
        if name == PROJECTS:
            yield from _projects(content, templates)
        elif name == ANSWERS:
            for system, rows in content.items():
                yield from _rows(scoped(ANSWERS, system), rows)
        elif name == NARRATIVE:
            yield from ((FactKey(NARRATIVE, section, "text"), text) for section, text in content.items())
        else:
            yield from _table(_known(templates, name), name, content)


def _projects(projects: list[dict[str, Any]], templates: Templates) -> Facts:
    yield from _rows(PROJECTS, {"item": [{column: p[column] for column in _OWN} for p in projects]})
    for number, project in enumerate(projects, 1):
        for part, content in project.items():
            if part == ANSWERS:
                yield from _rows(scoped(ANSWERS, str(number)), content)
            elif part not in _OWN:
                name = f"annex3_{part}"
                yield from _table(_known(templates, name), scoped(name, str(number)), content)


def _known(templates: Templates, name: str) -> Table:
    if name not in templates.tables:
        raise ValueError(f"sample: no table {name}")
    return templates.tables[name]


def _table(table: Table, name: str, content: Mapping[str, Any]) -> Facts:
    return _rows(name, {THIS: content} if table.kind == "form" else content)


def _rows(table: str, rows: Mapping[str, Any]) -> Facts:
    for row, content in rows.items():
        if isinstance(content, list):
            for number, cells in enumerate(content, 1):
                item = f"{row}:{number}"
                yield FactKey(table, item, ORDER), str(number)
                yield from _cells(table, item, cells)
        else:
            yield from _cells(table, row, content)


def _cells(table: str, row: str, cells: Mapping[str, str]) -> Facts:
    return ((FactKey(table, row, column), text) for column, text in cells.items())


def _stored(templates: Templates, key: FactKey, text: str) -> str:
    """A value as the store keeps it: numbers canonical, texts trimmed."""
    table = templates.table_of(key)
    if table is None or not table.has(key.row, key.column):
        raise ValueError(f"sample: no cell {key}")
    column = next((c for c in table.columns if c.id == key.column), None)
    if column is None or not (column.numeric or column.kind == "points"):
        return text.strip()
    value = parse_money(text) if column.kind == "money" else number_of(text)
    if value is None:
        raise ValueError(f"sample: {text!r} at {key} is no number")
    return canonical(value)
