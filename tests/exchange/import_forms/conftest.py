"""The real templates, and a published report's forms as a workbook, imported."""

from __future__ import annotations

import pytest

from desktop.domain.all_templates import Templates
from desktop.exchange.import_plan import ImportPlan
from desktop.resource_files.templates import load_templates
from tests.exchange.planning import plan_of
from tests.exchange.published_figures import published
from tests.places import RESOURCES


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_templates(RESOURCES)


@pytest.fixture(scope="module")
def plain004(templates: Templates) -> ImportPlan:
    return plan_of(templates, published())
