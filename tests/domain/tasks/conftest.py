"""The made-up county's task, as its files say it."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from desktop.domain.all_templates import Templates
from desktop.domain.tasks.parsing import parse_task
from desktop.domain.tasks.task import TaskEdition
from desktop.resource_files.templates import load_templates
from tests.county_task import TASK, TEXTS
from tests.places import RESOURCES

Contents = dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def templates() -> Templates:
    return load_templates(RESOURCES)


@pytest.fixture
def contents() -> Contents:
    return {name: tomllib.loads(text) for name, text in TEXTS.items()}


@pytest.fixture
def parsed(contents: Contents, templates: Templates) -> TaskEdition:
    return parse_task(TASK, contents, templates)


@pytest.fixture
def known(templates: Templates, parsed: TaskEdition) -> Templates:
    return templates.with_edition(parsed.edition, parsed.own_system, parsed.outline)
