"""Which forms and systems there are for a report: by its year, by its use, and not all for ever."""

from __future__ import annotations

import pytest

from desktop.domain.all_templates import Templates, kind_of
from tests.forms import OTHER_FORMS, templates_with

TEMPLATES = templates_with(*OTHER_FORMS)


def later(system_id: str, year: int) -> Templates:
    """The templates with another year's system of the kind of `hunan-2023`."""
    system = TEMPLATES.systems["hunan-2023"]._replace(id=system_id, year=year)
    return TEMPLATES._replace(systems={**TEMPLATES.systems, system_id: system})


@pytest.mark.parametrize(
    ("year", "offered"),
    [
        (2022, ["annexes-2023"]),
        (2023, ["annexes-2023"]),
        (2024, ["annexes-2023", "columns-2024", "hubei-2024", "sources-2024"]),
        (2025, ["annexes-2023", "columns-2024", "hubei-2024", "sources-2024", "next-2025"]),
    ],
)
def test_forms_up_to_the_year_are_offered(year: int, offered: list[str]) -> None:
    assert [edition.id for edition in TEMPLATES.editions_for(year)] == offered


def ids(templates: Templates, year: int, used: str = "", hidden: str = "") -> list[str]:
    return [system.id for system in templates.systems_for(year, used, hidden.split())]


def test_of_a_system_of_several_years_the_newest_is_offered() -> None:
    templates = later("hunan-2025", 2025)
    assert ids(templates, 2025) == ["form-2023", "blocks-2023", "hunan-2025"]
    assert ids(templates, 2024) == ["form-2023", "blocks-2023", "hunan-2023"]


def test_the_system_in_use_is_offered_whatever_its_year_and_though_it_is_hidden() -> None:
    templates = later("hunan-2025", 2025)
    assert ids(templates, 2026, used="hunan-2023") == ["form-2023", "blocks-2023", "hunan-2025", "hunan-2023"]
    assert ids(TEMPLATES, 2024, "blocks-2023", "blocks-2023 hunan-2023") == ["form-2023", "blocks-2023"]


def test_a_kind_is_what_is_left_without_the_year() -> None:
    assert (kind_of("hunan-2023"), kind_of("qinghe-2024.2"), kind_of("own")) == ("hunan", "qinghe", "own")
