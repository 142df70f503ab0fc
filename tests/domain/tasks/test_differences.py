"""What differs between two editions is said in words that a clerk knows from the forms."""

from __future__ import annotations

from desktop.domain.all_templates import Templates
from desktop.domain.tasks.differences import Difference, differences
from desktop.domain.tasks.parsing import parse_task
from desktop.domain.tasks.task import TaskEdition
from tests.county_task import TASK
from tests.domain.tasks.conftest import Contents
from tests.forms import OTHER_FORMS, templates_with


def test_from_the_edition_it_is_like(parsed: TaskEdition, known: Templates) -> None:
    found = differences(known.edition, parsed.edition, known)
    assert Difference("资产出租收入", "新增的表，3行") in found
    assert Difference("指标体系", "“产出指标”由50分改为40分") in found
    assert Difference("指标体系", "减少一级指标“满意度指标”（10分）") in found
    assert Difference("核对关系", "增加：出租收入不大于其他收入") in found
    assert any(one.where == "报告提纲" for one in found)


def test_the_same_is_no_difference(parsed: TaskEdition, known: Templates) -> None:
    assert differences(parsed.edition, parsed.edition, known) == []
    assert differences(known.edition, known.edition, known) == []


def test_between_issues(parsed: TaskEdition, known: Templates, contents: Contents) -> None:
    table = contents["tables/rents.toml"]
    table["row"][0]["label"] = "门面房出租"
    table["row"].insert(0, {"id": "land", "label": "场地出租"})
    table["row"][-1]["formula"] = "land + shops + sum(other.*)"
    del table["column"][2]
    contents["checks.toml"]["check"][0]["level"] = "错误"
    second = parse_task(TASK._replace(issue=2), contents, known)
    both = known.with_edition(second.edition, second.own_system, second.outline)
    said = {one.said for one in differences(parsed.edition, second.edition, both)}
    assert said >= {
        "增加1行：场地出租",
        "“门面出租”改为“门面房出租”",
        "减少1栏：比上年",
        "自动计算的公式改了",
        "改了：出租收入不大于其他收入",
    }
    back = {one.said for one in differences(second.edition, parsed.edition, both)}
    assert {"减少1行：场地出租", "增加1栏：比上年"} <= back


def test_a_new_row_is_no_changed_formula(parsed: TaskEdition, known: Templates, contents: Contents) -> None:
    contents["tables/rents.toml"]["row"].insert(0, {"id": "land", "label": "场地出租"})
    second = parse_task(TASK._replace(issue=2), contents, known)
    both = known.with_edition(second.edition, second.own_system, second.outline)
    said = {one.said for one in differences(parsed.edition, second.edition, both)}
    assert "增加1行：场地出租" in said and "自动计算的公式改了" not in said


def test_every_difference_of_known_forms_can_be_told() -> None:
    for name in OTHER_FORMS:
        templates = templates_with(name)
        first, *others = templates.editions.values()
        for other in others:
            for old, new in ((first, other), (other, first)):
                found = differences(old, new, templates)
                assert found and all(one.where and one.said and "{" not in one.said for one in found)
