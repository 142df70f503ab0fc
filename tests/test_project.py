"""The project's own papers: dependencies with bounds and reasons, one version, nothing that only we have."""

from __future__ import annotations

import ast
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest

import desktop
from tests.places import ROOT

TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(TEXT)
DEPENDENCIES: list[str] = PROJECT["project"]["dependencies"]
ALL_DEPENDENCIES = [
    *DEPENDENCIES,
    *PROJECT["dependency-groups"]["test"],
    *PROJECT["dependency-groups"]["endurance"],
]


def plain(name: str) -> str:
    """A distribution's name as registries compare it; the parts PySide6 is split into count as PySide6."""
    lowered = re.sub(r"[-_.]+", "-", re.split(r"[<>=!~ \[]", name)[0]).lower()
    return re.sub(r"^(pyside6)-.*|^shiboken6$", "pyside6", lowered)


@pytest.mark.parametrize("dependency", ALL_DEPENDENCIES)
def test_dependencies_have_bounds_and_a_reason(dependency: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9-]+>=[0-9.]+,<[0-9.]+", dependency)
    line = next(line for line in TEXT.splitlines() if f'"{dependency}"' in line)
    assert len(line.partition("#")[2].strip()) > 3


def test_the_version_stands_in_one_place() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", desktop.__version__)
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert "version" not in PROJECT["project"]
    assert PROJECT["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "desktop.__version__"}


def imported(room: str) -> Iterator[str]:
    """The first names of all that the room's modules import."""
    for path in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


@pytest.mark.parametrize(("room", "declared"), [("desktop", DEPENDENCIES), ("tests", ALL_DEPENDENCIES)])
def test_whatever_is_imported_is_declared(room: str, declared: list[str]) -> None:
    allowed = {plain(dependency) for dependency in declared}
    brought = packages_distributions()
    ours = {"desktop", "tests", *(path.stem for path in (ROOT / "build").glob("*.py"))}
    foreign = set(imported(room)) - set(sys.stdlib_module_names) - ours
    assert not {name for name in foreign if not {plain(d) for d in brought.get(name, [name])} & allowed}


def test_every_dependency_of_the_program_is_used() -> None:
    """A library that nothing imports is a licence, a download and a risk for nothing."""
    brought = packages_distributions()
    used = {plain(name) for module in set(imported("desktop")) for name in brought.get(module, [])}
    used |= {"rl-accel"} if "reportlab" in used else set()  # its own inner loops: no import names them
    assert {plain(dependency) for dependency in DEPENDENCIES} <= used


def test_nothing_of_the_program_reaches_outside_the_project() -> None:
    """Only tests may read what lies beside the project, and skip where it is not there."""
    endings = {".py", ".toml", ".md", ".qss", ".svg", ".spec", ".nsi"}
    files = [p for room in ("desktop", "build", "resources") for p in (ROOT / room).rglob("*")]
    for path in files:
        if path.suffix in endings:
            assert not re.search(r"\.\./shared|/work/|/tmp/", path.read_text(encoding="utf-8")), path


def test_ci_runs_the_one_command() -> None:
    script = ROOT / ".ci" / "run"
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if "python3" in line]
    assert commands == ["exec python3 build/dev.py test"]
    assert os.name == "nt" or os.access(script, os.X_OK)


def test_licence_is_named_and_goes_along_with_the_program() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith(f"{PROJECT['project']['license']} License\n")
    assert licence == (ROOT / "resources" / "licenses" / "ziping.txt").read_text(encoding="utf-8")


def test_commit_hooks_are_the_checks_of_the_test_command() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    tree = ast.parse((ROOT / "build" / "dev.py").read_text(encoding="utf-8"))
    checks = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CHECKS"
    )
    assert re.findall(r"name: (.+)", hooks) == list(checks)
    assert re.findall(r"entry: \.venv/bin/python -m (.+)", hooks) == list(checks.values())
