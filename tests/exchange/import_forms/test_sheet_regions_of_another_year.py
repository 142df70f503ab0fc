"""A form of last year left in a file, or its heads left as they were: offered by place, and nothing ticked."""

from __future__ import annotations

import pytest

from tests.exchange.import_forms.pages import ANNEX1, ANNEX3, HEADS, SIGNED, plan_of, table, told

MONEY = "资金|年初预算数|全年预算数|全年执行数"
OLD = table("项目|2021年决算数|2022年预算数|2022年决算数", "“三公”经费|18|20|16", "公用经费|9|10|8")
NEW = OLD.replace("2022年", "2023年").replace("2021年", "2022年")


def test_heads_of_another_year_are_read_by_place_and_not_ticked() -> None:
    plan = plan_of(ANNEX1 + OLD + SIGNED)
    items = [item for item in plan.items if item.key.row == "public_funds"]
    assert [(item.key.column, item.new) for item in items] == [
        ("last_final", "9"),
        ("budget", "10"),
        ("final", "8"),
    ]
    assert not any(item.ticked for item in plan.items if item.key.base in ("base", "three_public"))
    assert {item.problem for item in items} == {"表上写的是2022年，没有勾选"}
    assert "文件是2023年度的：按各列的位置列出，都没有勾选" in told(ANNEX1 + OLD + SIGNED)


def test_heads_of_this_year_are_ticked_whatever_the_title_says() -> None:
    page = "<p>某局2023年度部门整体支出绩效自评报告</p><p>一、部门概况</p>" + ANNEX1.replace("2023", "2022")
    figures = [item for item in plan_of(page + NEW + SIGNED).items if item.key.base == "base"]
    assert len(figures) == 3 and all(item.ticked for item in figures)


@pytest.mark.parametrize("title", [ANNEX3.replace("2023", "2022"), ANNEX3 + "<p>（2022年度）</p>"])
def test_a_form_whose_title_is_of_another_year_is_not_ticked(title: str) -> None:
    form = table(
        "项目名称|清淤", MONEY, "财政拨款|1|2|3", HEADS, "产出指标|数量指标|巡查|≥36次|38次|50|40|雨"
    )
    plan = plan_of(ANNEX1 + NEW + SIGNED + title + form + SIGNED)
    of_project = [item for item in plan.items if item.key.scope or item.key.base == "projects"]
    assert len(of_project) > 8 and not any(item.ticked for item in of_project)
    assert any(item.ticked for item in plan.items if item.key.base == "base")


def test_the_day_of_the_signature_is_no_year_of_the_form() -> None:
    page = ANNEX1.replace("</p><p>单位", "</p><p>填表日期：2024年4月2日</p><p>单位") + NEW + SIGNED
    assert all(item.ticked for item in plan_of(page).items if item.key.base == "base")
