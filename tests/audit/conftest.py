"""The program's own templates and sample unit, loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.audit.auditing import audit_text
from desktop.audit.finding import Finding
from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES


@pytest.fixture(scope="session")
def templates() -> Templates:
    return load_templates(RESOURCES)


@pytest.fixture(scope="session")
def samples(templates: Templates) -> dict[int, Assessment]:
    """The sample unit's reports by year."""
    reports = sample_reports(RESOURCES)
    return {r.year: Assessment(templates, r.facts, r.year, r.system) for r in reports}


TITLE = "2022年度部门整体支出绩效自评报告\n"


@pytest.fixture
def findings_on(templates: Templates) -> Callable[[str], list[Finding]]:
    """All findings on a text put under a title of 2022."""
    return lambda text: audit_text(TITLE + text, templates=templates)


@pytest.fixture
def codes_on(findings_on: Callable[[str], list[Finding]]) -> Callable[..., list[str]]:
    """The codes of the findings of one level."""
    return lambda text, level="错误": [f.code for f in findings_on(text) if f.level == level]
