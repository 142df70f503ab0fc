"""Cells that nobody can see are found, and what is proposed puts them back or takes away nothing but them."""

from __future__ import annotations

import pytest

from desktop import paths
from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.inspection import inspect
from desktop.domain.keys import UNIT_NAME, FactKey
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates

YEAR = 2023
NAME = "清河县农业农村局"


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_templates(paths.resources_dir())


@pytest.fixture
def facts() -> dict[FactKey, str]:
    samples = sample_reports(paths.resources_dir())
    return dict(next(sample for sample in samples if sample.year == YEAR).facts) | {UNIT_NAME: NAME}


def put_right(facts: dict[FactKey, str], templates: Templates) -> dict[FactKey, str]:
    """The facts with everything put right, which must then be without a flaw."""
    new = dict(facts)
    for flaw in inspect(templates, facts, YEAR, NAME):
        for key, text in flaw.changes:
            new.pop(key, None)
            if text is not None:
                new[key] = text
    assert inspect(templates, new, YEAR, NAME) == []
    return new


def test_sound_report_has_no_flaws(templates: Templates, facts: dict[FactKey, str]) -> None:
    assert inspect(templates, facts, YEAR, NAME) == []


@pytest.mark.parametrize(
    "key",
    [
        FactKey("nothing", "a", "b"),
        FactKey("three_public", "total", "nothing"),
        FactKey("three_public@1", "total", "final"),  # a table of the unit, given a project
        FactKey("annex3_goals", "this", "annual"),  # a project's table without one
    ],
)
def test_cell_of_no_table_is_told_and_its_removal_not_advised(
    templates: Templates, facts: dict[FactKey, str], key: FactKey
) -> None:
    (flaw,) = inspect(templates, facts | {key: "1"}, YEAR, NAME)
    assert flaw.cells == (key,) and not flaw.advised
    assert put_right(facts | {key: "1"}, templates) == facts


def test_row_without_place_is_put_back_at_the_end(templates: Templates, facts: dict[FactKey, str]) -> None:
    lost = FactKey("projects", "item:55", "name")
    again = FactSheet(templates, put_right(facts | {lost: "丢了的项目"}, templates), YEAR)
    assert again.rows("projects", "item")[-1] == "item:55"
    assert again.text(lost) == "丢了的项目"


def test_project_missing_from_the_list_is_put_back(templates: Templates, facts: dict[FactKey, str]) -> None:
    column = templates.tables["annex3_goals"].columns[0].id
    key = FactKey("annex3_goals@77", "this", column)
    again = FactSheet(templates, put_right(facts | {key: "目标"}, templates), YEAR)
    assert again.projects()[-1] == "77" and again.text(key) == "目标"


def test_project_without_place_is_put_back_once(templates: Templates, facts: dict[FactKey, str]) -> None:
    scope = FactSheet(templates, facts, YEAR).projects()[0]
    del facts[FactKey("projects", f"item:{scope}", "order")]
    again = FactSheet(templates, put_right(facts, templates), YEAR)
    assert sorted(again.projects()) == sorted({*again.projects()}) and scope in again.projects()


@pytest.mark.parametrize("place", ["1", "第一"])
def test_rows_of_the_same_place_keep_their_visible_order(
    templates: Templates, facts: dict[FactKey, str], place: str
) -> None:
    before = FactSheet(templates, facts, YEAR).rows("projects", "item")
    facts |= {FactKey("projects", row, "order"): place for row in before}
    seen = FactSheet(templates, facts, YEAR).rows("projects", "item")
    again = FactSheet(templates, put_right(facts, templates), YEAR)
    assert again.rows("projects", "item") == seen


@pytest.mark.parametrize(
    ("text", "plain"), [("1,000.50", "1000.5"), ("１２", "12"), ("3万元", "3"), ("5.0", "5")]
)
def test_number_spelling_becomes_canonical(
    templates: Templates, facts: dict[FactKey, str], text: str, plain: str
) -> None:
    key = FactKey("three_public", "abroad", "final")
    assert put_right(facts | {key: text}, templates)[key] == plain


@pytest.mark.parametrize("text", ["约20", "不详", "12人"])
def test_text_that_is_no_plain_number_is_left_alone(
    templates: Templates, facts: dict[FactKey, str], text: str
) -> None:
    assert inspect(templates, facts | {FactKey("three_public", "abroad", "final"): text}, YEAR, NAME) == []


def test_differing_unit_name_is_told_and_its_change_not_advised(
    templates: Templates, facts: dict[FactKey, str]
) -> None:
    (flaw,) = inspect(templates, facts, YEAR, "清河县农业局")
    assert flaw.cells == (UNIT_NAME,) and not flaw.advised
    assert flaw.changes == ((UNIT_NAME, "清河县农业局"),)
