"""Whatever a report trips over is found in the files before: names, formulas, braces, tables of the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop.domain.all_templates import Templates
from desktop.domain.tasks.parsing import parse_task
from desktop.domain.tasks.soundness import faults
from desktop.domain.tasks.task import TaskFault
from tests.county_task import TASK
from tests.domain.tasks.conftest import Contents
from tests.forms import OTHER_FORMS, templates_with

Harm = Callable[[Contents], object]


@pytest.mark.parametrize("name", ["", *OTHER_FORMS])
def test_known_forms_are_sound(name: str) -> None:
    templates = templates_with(*([name] if name else []))
    for edition in templates.editions.values():
        for outline in templates.outlines.values():
            assert list(faults(edition, templates.systems[edition.system], outline, templates)) == []


def rents(**how: Any) -> Harm:
    return lambda contents: contents["tables/rents.toml"].update(how)


def row(**how: Any) -> Harm:
    return lambda contents: contents["tables/rents.toml"]["row"][0].update(how)


def column(**how: Any) -> Harm:
    return lambda contents: contents["tables/rents.toml"]["column"][0].update(how)


def check(**how: Any) -> Harm:
    return lambda contents: contents["checks.toml"]["check"][0].update(how)


def form(text: str, **how: Any) -> Harm:
    """A printed form of a single cell beside its words."""

    def put_in(contents: Contents) -> None:
        cells = [{"text": text}, {"text": "", **how}] if how else [{"text": text}]
        contents["annex4.toml"] = {
            "mark": "附件4",
            "title": "出租",
            "widths": [50, 50],
            "sheet_widths": [20, 20],
            "part": [{"line": [{"cells": cells}]}],
        }

    return put_in


def chain(contents: Contents) -> None:
    rows = [{"id": f"r{n}", "label": f"第{n}", "formula": f"r{n + 1}"} for n in range(60)]
    contents["tables/rents.toml"]["row"] = [*rows, {"id": "r60", "label": "底"}]


HARMS: dict[str, tuple[Harm, str]] = {
    "a word for a width": (column(width="宽"), "width 应是整数"),
    "a column of no kind": (column(kind="x"), "kind 不认识"),
    "a row twice": (row(id="other"), "other 用了2次"),
    "a row with a point": (row(id="a.b"), "代号“a.b”不对"),
    "a formula that ends nowhere": (row(formula="nobody + 1"), "找不到格子"),
    "a formula of another table": (row(formula="staff.total.nobody"), "staff.total.nobody 不是表里的格子"),
    "no formula": (row(formula="1 +"), "读不出"),
    "a formula that needs itself": (row(formula="total"), "互相引用"),
    "a chain of formulas": (chain, "一环套一环"),
    "a number without end": (row(formula="9" * 40), "读不出"),
    "rounding to a million digits": (row(formula="round(1.5, 1000000)"), "读不出"),
    "a thousand rows": (rents(row=[{"id": f"r{n}", "label": "x"} for n in range(1000)]), "太大"),
    "a table in no tab": (lambda c: c["forms.toml"]["tabs"].update(budget=["nobody"]), "tabs 里的表 nobody 没有"),
    "a table of the program": (rents(id="paper"), "是程序自己的"),
    "a known table without its columns": (rents(id="annex2_funds"), "缺少列"),
    "a brace that looks inside": (check(message="{left.__class__}"), "花括号"),
    "a brace that is endless": (check(message="{left:>999999999}"), "花括号"),
    "a brace in a formula": (check(right="annex2_funds.other.{column.real}"), "花括号"),
    "a check of no cell": (check(right="annex2_funds.other"), "找不到格子"),
    "a check of no level": (check(level="大错"), "level 应是"),
    "a check of no code": (check(code="x y"), "代号“x y”不对"),
    "grades from below": (lambda c: c["system.toml"]["grade"].reverse(), "等次应从高到低"),
    "digits of points": (lambda c: c["system.toml"]["settings"].update(points_decimals=90), "points_decimals"),
    "a group without rows": (
        lambda c: c["system.toml"]["block"][1]["group"].append({"id": "x", "name": "甲"}),
        "在指标表里没有对应的行",
    ),
    "an unknown method": (
        lambda c: c["system.toml"]["block"][0]["group"][0]["indicator"][0].update(method="x"),
        "计分方法或分值不对",
    ),
    "a level too deep": (lambda c: c["outline.toml"]["section"][0].update(level=3), "level 不对"),
    "a chart of nothing": (lambda c: c["outline.toml"]["section"][0].update(chart="x"), "chart 不认识"),
    "a line too short": (form("甲"), "附件4.*空着"),
    "a line too long": (form("甲", cols=2), "附件4.*没有位置"),
    "words in braces that nobody fills in": (form("{yaer}年度"), "花括号"),
    "a form of no cell": (form("甲", cell="rents.shops.nobody"), "格子 rents.shops.nobody 没有"),
    "a cell as large as the sea": (form("甲", cols=10_000), "cols、rows 或 indent 不对"),
    "an indicator's cell elsewhere": (form("甲", target=True), "只能放在"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMS)
def test_faults_are_found(contents: Contents, templates: Templates, name: str) -> None:
    harm, words = HARMS[name]
    harm(contents)
    with pytest.raises(TaskFault, match=words):
        parse_task(TASK, contents, templates)


def test_a_form_of_its_own_is_taken(contents: Contents, templates: Templates) -> None:
    form("门面出租", cell="rents.shops.this_year")(contents)
    assert parse_task(TASK, contents, templates).edition.form("annex4") is not None
