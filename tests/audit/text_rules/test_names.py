"""R14, R14k: self-names, short forms, other counties."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels

OWN = "清河县农业农村局是县政府工作部门。\n"


@pytest.mark.parametrize(
    "text",
    [
        "我局加强管理。我办认真落实。",
        "我局加强管理，本单位认真落实，本部门按时公开。",
        "我中心加强管理。我局认真落实。",
        "我校加强管理。我局认真落实。",
        "本委加强管理。我局认真落实。",
        OWN + "清河县农业局认真落实。",
        OWN + "清河县农农局认真落实。",
    ],
)
def test_several_names_for_the_unit_are_found(text: str) -> None:
    assert levels("R14", text) == {"提示"}


@pytest.mark.parametrize(
    "text",
    [
        "我局加强管理。我单位认真落实。",
        "本部门加强管理。我局认真落实。",
        "我局按照我办公室的安排办理。",
        "清河县农业农村局（以下简称县农业局）是县政府工作部门。清河县农业局认真落实。",
        OWN + "受到清江市农业农村局通报表扬。",
        OWN + "清河县财政局下达资金。清河县农业农村局认真落实。",
        OWN + "一、单位概况\n县农业农村局内设5个股室。",
        OWN + "全县粮食增产，全市领先，园区和全区域推进。",
    ],
)
def test_one_name_for_the_unit_is_right(text: str) -> None:
    assert findings_of("R14", text) == []


def test_a_unit_of_another_county_is_found() -> None:
    assert levels("R14", OWN + OWN + "平山县农业农村局内设5个股室。") == {"错误"}
    assert levels("R14", OWN + OWN + "我们学习了平山县农业农村局的做法。") == {"核实"}


def test_the_area_of_another_county_is_found() -> None:
    text = OWN + "全县增产。全县增收。全县稳定。全区农户受益。"
    assert levels("R14", text) == {"核实"}


STREET = "清河县石桥街道办事处2023年度部门整体支出绩效自评报告\n"


def test_another_kind_of_office_than_the_own_is_found() -> None:
    assert levels("R14k", STREET + "石桥镇人民政府对部门整体和5个项目开展了绩效自评。") == {"错误"}
    assert levels("R14k", STREET + "我镇加强预算管理，我镇按时公开。") == {"核实"}


@pytest.mark.parametrize(
    "text",
    [
        "石桥街道办事处对部门整体和5个项目开展了绩效自评。我街道加强管理。",
        "县财政局对部门整体支出自评进行了复核。各镇人民政府按要求开展工作。",
        "落实本乡村振兴任务，解决本局部问题。",
    ],
)
def test_the_own_kind_and_others_deeds_are_right(text: str) -> None:
    assert findings_of("R14k", STREET + text) == []


def test_a_wrong_name_is_wrong_wherever_it_stands() -> None:
    text = "我局抓预算。我局抓执行。我局抓绩效。我办抓采购。我办抓资产。"
    (finding,) = findings_of("R14", text)
    assert [(text[slice(*span)], level) for span, level in finding.marks()] == [("我办", "提示")] * 2
