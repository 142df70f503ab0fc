"""What an issue of a task is called, and that no two are called alike."""

from __future__ import annotations

import pytest

from desktop.domain.tasks.task import (
    MOST_ISSUES,
    Task,
    edition_id,
    is_task_id,
    named_as_issue,
    suggested_id,
    task_of,
)

TASK = Task("清河县财政局-2024", "自评", 2024, "清河县财政局")


@pytest.mark.parametrize("issue", [1, 2, 9, 10, MOST_ISSUES])
def test_an_edition_tells_its_task_and_issue(issue: int) -> None:
    assert task_of(edition_id(TASK.id, issue)) == (TASK.id, issue)


def test_what_is_no_issue_is_the_first_of_its_own() -> None:
    assert task_of("annexes-2023") == ("annexes-2023", 1)
    assert task_of("清河县-2024-2025") == ("清河县-2024-2025", 1)


def test_no_issue_is_called_as_another_task_is() -> None:
    assert not is_task_id(edition_id(TASK.id, 2), 2024)
    assert not is_task_id(edition_id(TASK.id, MOST_ISSUES), 2024)


@pytest.mark.parametrize(
    "bad",
    ["", "-2024", "清河县-2023", "清 河-2024", "a/b-2024", "../x-2024", "甲" * 80 + "-2024", "甲\n-2024"],
)
def test_an_id_is_letters_with_the_year_at_the_end(bad: str) -> None:
    assert not is_task_id(bad, 2024)
    assert is_task_id("清河县财政局-2024", 2024) and is_task_id("qinghe-2024", 2024)


def test_a_suggested_id_is_one() -> None:
    for issuer in ("清河县财政局", "  清河县（市） 财政局! ", "", "！！"):
        assert is_task_id(suggested_id(issuer, 2024), 2024)


def test_edition_system_and_outline_are_called_as_the_issue_is() -> None:
    contents = {
        "forms.toml": {"id": "清河县财政局-2024", "name": "表", "year": 2024},
        "system.toml": {"id": "x"},
        "outline.toml": {"id": "y", "name": "提纲"},
    }
    named = named_as_issue(TASK._replace(issue=2), contents)
    assert {named[name]["id"] for name in contents} == {"清河县财政局-2024-2"}
    assert named["forms.toml"]["outline"] == "清河县财政局-2024-2"
    assert (
        named["forms.toml"]["name"] == "表（第2次发布）"
        and named["outline.toml"]["name"] == "提纲（第2次发布）"
    )
    assert contents["system.toml"]["id"] == "x"
