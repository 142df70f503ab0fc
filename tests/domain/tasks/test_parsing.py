"""A task's files become an edition, or one Chinese sentence says which of them is wrong and how."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from desktop.domain.all_templates import Templates
from desktop.domain.tasks.parsing import other_model, parse_task
from desktop.domain.tasks.task import TaskEdition, TaskFault, sum_of
from tests.county_task import TASK
from tests.domain.tasks.conftest import Contents

Harm = Callable[[Contents], object]


def test_an_edition_like_a_known_one(parsed: TaskEdition, templates: Templates) -> None:
    edition = parsed.edition
    assert (edition.id, edition.year, edition.system, edition.outline) == (TASK.id, 2024, TASK.id, TASK.id)
    assert set(edition.tables) == {*templates.tables, "rents"} and edition.tabs["budget"][-1] == "rents"
    assert parsed.own_system is parsed.system and parsed.outline.sections[-2].title == "存在的主要问题"


def test_an_edition_without_a_system_of_its_own(contents: Contents, templates: Templates) -> None:
    del contents["system.toml"], contents["outline.toml"]
    parsed = parse_task(TASK, contents, templates)
    assert parsed.own_system is None and parsed.system is templates.form_system() and parsed.outline is None


def test_another_sum_of_the_model_is_told(contents: Contents, templates: Templates) -> None:
    model = templates.edition
    true = sum_of(model, templates.systems[model.system])
    assert other_model(TASK._replace(like_sum=true), contents, templates) == ""
    assert "不是同一个版本" in other_model(TASK._replace(like_sum="0" * 64), contents, templates)
    del contents["forms.toml"]["like"]
    assert other_model(TASK, contents, templates) == ""


HARMS: dict[str, tuple[Harm, str]] = {
    "no head": (lambda c: c.pop("forms.toml"), "缺少 forms.toml"),
    "a model that is not here": (lambda c: c["forms.toml"].update(like="foo-2020"), "以“foo-2020”为底本"),
    "its own model": (lambda c: c["forms.toml"].update(like=TASK.id), "为底本"),
    "another year": (lambda c: c["forms.toml"].update(year=2025), "与任务的代号、年度不一致"),
    "another id": (lambda c: c["forms.toml"].update(id="甲-2024"), "与任务的代号、年度不一致"),
    "no name": (lambda c: c["forms.toml"].pop("name"), "缺少 name"),
    "a list for a name": (lambda c: c["forms.toml"].update(name=[]), "name 写得不对"),
    "a strange word": (lambda c: c["forms.toml"].update(colour="x"), "forms.toml 写得不对：不认识的词"),
    "a misspelt column": (lambda c: c["tables/rents.toml"]["column"][0].update(lable="x"), "tables/rents.toml 写得不对：不认识的词 lable"),
    "a table without a title": (lambda c: c["tables/rents.toml"].pop("title"), "tables/rents.toml 写得不对：缺少 title"),
    "a word for a list": (lambda c: c["tables/rents.toml"].update(row=5), "tables/rents.toml 写得不对"),
    "weights that do not add up": (lambda c: c["system.toml"].update(full=90), "system.toml 写得不对：.*分值合计不等于90"),
    "a weight of words": (lambda c: c["system.toml"]["block"][0].update(weight="多"), "system.toml 写得不对：有一处应是数字"),
    "a check of no kind": (lambda c: c["checks.toml"]["check"][0].update(kind="x"), "checks.toml 写得不对：核对关系 QH1"),
    "a meaning that nobody knows": (lambda c: c["outline.toml"]["section"][0].update(id="x"), "outline.toml 写得不对"),
    "an outline that is not here": (
        lambda c: (c.pop("outline.toml"), c["forms.toml"].update(outline="x")),
        "报告提纲“x”本程序没有",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMS)
def test_what_is_wrong_is_told_in_chinese(contents: Contents, templates: Templates, name: str) -> None:
    harm, words = HARMS[name]
    harm(contents)
    with pytest.raises(TaskFault, match=words) as caught:
        parse_task(TASK, contents, templates)
    assert not re.search("Error|expected|argument", str(caught.value))


def test_no_task_is_called_as_the_programs_own(contents: Contents, templates: Templates) -> None:
    contents["forms.toml"].update(id="annexes-2023", year=2023)
    with pytest.raises(TaskFault, match="程序自带"):
        parse_task(TASK._replace(id="annexes-2023", year=2023), contents, templates)
