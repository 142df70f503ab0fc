"""The handbook says what is there: headings that are cited, files and functions that are named."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.places import ROOT

DOCS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
CITATION = re.compile(r"docs/(\w+)\.md((?:,? \d+(?:\.\d+)?)+)")
"""`docs/domain.md 1.5` or `docs/domain.md 1.3, 1.4`."""
ENDINGS = {".py", ".toml", ".md", ".txt", ".qss", ".spec"}
# A path from the project's folder, and what of a module is meant: `desktop/cli.py`, `desktop/cli.py:main`.
NAMED = re.compile(r"(?<![\w./~-])((?:desktop|resources|tests|build|docs|\.ci)/[\w./-]*)(?::([\w.]+))?")
TO_BE_MADE = "adding.md"
"""It names files that its reader will make: of these the folder is there."""


def cited() -> Iterator[tuple[Path, str, str]]:
    """Every citation of a heading: where, which document, which number."""
    for room in ("desktop", "resources", "tests", "build", "docs"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in ENDINGS:
                for match in CITATION.finditer(path.read_text(encoding="utf-8")):
                    for number in re.findall(r"\d+(?:\.\d+)?", match[2]):
                        yield path, match[1], number


@cache
def headings(document: str) -> frozenset[str]:
    path = ROOT / "docs" / f"{document}.md"
    return frozenset(re.findall(r"^#+ (\d+(?:\.\d+)?) ", path.read_text(encoding="utf-8"), re.M))


def test_cited_headings_stand_in_the_handbook() -> None:
    found = list(cited())
    assert len(found) > 10
    wrong = [(p.name, d, n) for p, d, n in found if not (ROOT / "docs" / f"{d}.md").is_file()]
    assert not wrong
    assert [(path.name, d, n) for path, d, n in found if n not in headings(d)] == []


def test_the_rules_of_the_field_keep_their_numbers() -> None:
    wanted = {"1": 7, "2": 4, "3": 3, "4": 0, "5": 0, "6": 5, "7": 0}
    numbers = {f"{chapter}.{n}" for chapter, most in wanted.items() for n in range(1, most + 1)}
    assert headings("domain") == numbers | set(wanted)


@cache
def defined(path: Path) -> frozenset[str]:
    """The names at the top of a module, and of what stands in its classes: `Store.apply`."""
    names = set[str]()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names |= _named(node)
        for inner in node.body if isinstance(node, ast.ClassDef) else ():
            names |= {f"{name}.{part}" for name in _named(node) for part in _named(inner)}
    return frozenset(names)


def _named(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_paths_and_functions_named_in_a_document_exist(document: Path) -> None:
    wrong = []
    for match in NAMED.finditer(document.read_text(encoding="utf-8")):
        name, member = match[1].rstrip("."), match[2]
        path = ROOT / name
        if document.name == TO_BE_MADE and not path.exists():
            path = ROOT / Path(*Path(name).parts[:2])
        if not path.exists() or (member and path.is_file() and member.rstrip(".") not in defined(path)):
            wrong.append(match[0])
    assert wrong == []


def test_links_between_documents_lead_somewhere() -> None:
    for document in DOCS:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
