"""Reads the templates in `resources/` (tables, forms, systems, outlines, passages) into memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, TypeVar

from desktop.domain.all_templates import Basis, Templates
from desktop.domain.forms.edition import HEAD, Contents, FormEdition, parse_edition
from desktop.domain.outline.outline import DEFAULT, parse_outline, parse_passages
from desktop.domain.template import System, Table, TemplateError, parse_system, parse_table

Parsed = TypeVar("Parsed")

PREPARED = "prepared.json"
"""Beside the files of a packaged program: what they say, parsed when it was packaged. A start is 10 ms shorter."""

_FILES = (
    "passages.toml",
    "sections.toml",
    "forms/*/*.toml",
    "forms/*/tables/*.toml",
    "outlines/*.toml",
    "systems/*/system.toml",
    "tables/*.toml",
)


def load_templates(resources: Path) -> Templates:
    """All templates under a resources folder. Raises TemplateError, which names the file, where one is wrong."""
    files = _contents(resources)
    meanings = files["sections.toml"]

    def each(ending: str, parse: Callable[[dict[str, Any]], Parsed]) -> list[Parsed]:
        return [_parsed(name, data, parse) for name, data in files.items() if fnmatch(name, ending)]

    systems = {system.id: system for system in each("systems/*/system.toml", parse_system)}
    outlines = each("outlines/*.toml", lambda data: parse_outline(data, meanings))
    outlines.sort(key=lambda outline: outline.id != DEFAULT)
    (passages,) = each("passages.toml", lambda data: parse_passages(data["passage"]))
    tabs = {tab: tuple(tables) for tab, tables in files.pop("tables/tabs.toml").items()}
    own_tables = {table.id: table for table in each("tables/*.toml", parse_table)}
    editions, form_systems = _editions(files, own_tables, tabs)
    first = next(iter(editions.values()))
    outline_ids = [outline.id for outline in outlines]
    return Templates(
        tables=first.tables,
        systems=dict(sorted((systems | form_systems).items())),
        outlines={outline.id: outline for outline in outlines},
        tabs=first.tabs,
        edition=first,
        editions=editions,
        checks=first.checks,
        passages=passages,
        basis=Basis(
            own_tables, tabs, meanings, frozenset([*editions, *systems, *form_systems, *outline_ids])
        ),
    )


def prepare(resources: Path) -> str:
    """What `PREPARED` is to hold: the sum of the files that were read, its own, and what they say."""
    texts = _texts(resources)
    body = json.dumps(_read(texts), ensure_ascii=False, separators=(",", ":"))
    return f"{_sum(_text_of(texts))} {_sum(body)}\n{body}"


def _editions(
    files: Mapping[str, Any], own_tables: Mapping[str, Table], tabs: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, FormEdition], dict[str, System]]:
    """All editions of the forms, one after those it is like, and their systems."""
    folders: dict[str, dict[str, Any]] = {}
    for name, data in files.items():
        if name.startswith("forms/"):
            _, folder, inner = name.split("/", 2)
            folders.setdefault(folder, {})[inner] = data
    editions: dict[str, FormEdition] = {}
    systems: dict[str, System] = {}
    for folder in _models_first(folders):
        with _naming(f"forms/{folder}"):
            edition, system = parse_edition(folders[folder], editions, own_tables, tabs)
        editions[edition.id] = edition
        systems |= {system.id: system} if system else {}
    return editions, systems


def _models_first(folders: Mapping[str, Contents]) -> list[str]:
    """Folders in the order of their years, each behind the one it is like."""
    ordered: dict[str, None] = {}

    def add(folder: str, followers: tuple[str, ...]) -> None:
        like = folders[folder][HEAD].get("like", "")
        if like in folders and like not in (*followers, folder):
            add(like, (*followers, folder))
        ordered.setdefault(folder)

    for folder in sorted(folders, key=lambda folder: (folders[folder][HEAD]["year"], folder)):
        add(folder, ())
    return list(ordered)


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
