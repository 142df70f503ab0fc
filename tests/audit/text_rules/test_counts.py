"""R12: the number of things against the names listed for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    "text",
    [
        "我局内设4个股室：办公室、人事股、财务股。",
        "内设机构为五个：办公室、政工室（人事室、老干室）、财务科、法规科。",
        "我中心下设３个科室（综合科、业务科、财务科、信息科）。",
        "所属事业单位2个，分别为县种子站、县农机站、县植保站。",
        "局机关设有六个职能股室，分别是办公室、人事股、财务股、法规股、执法股。",
    ],
)
def test_a_count_unlike_the_names_listed_is_found(text: str) -> None:
    assert levels("R12", text) == {"错误"}


@pytest.mark.parametrize(
    "text",
    [
        "我局内设3个股室：办公室、人事股、财务股。",
        "内设机构为四个：办公室（信访室、档案室）、人事股、财务股和法规股。",
        "内设9个股室，分别为办公室、人事股、财务股等。",
        "下辖2个副科级、1个股级所属单位，其中2个为公益一类（种子站和农机站）。",
        "所属单位3个，分别为县种子站、县农机站、县植保站，经费统一纳入局机关核算。",
        "存在3个问题：预算不细、进度不快。",
        "联合住建、卫健、市场监管等9个部门开展检查。",
        "下设3个单位（详见附件）。",
        "下辖12个乡镇，4个街道。",
        "高标准农田、动物防疫、质量监管3个项目全部完成。",
        "两个下属单位：种子站和农机站。",
    ],
)
def test_a_count_equal_to_the_names_listed_is_right(text: str) -> None:
    assert findings_of("R12", text) == []


def test_names_are_cut_short_only_where_they_are_long() -> None:
    (short,) = findings_of("R12", "我局内设4个股室：办公室、人事股、财务股。")
    assert short.message.endswith("（办公室、人事股、财务股）")
    names = "办公室、人事教育股、计划财务股、政策法规股、市场信息股"
    (long,) = findings_of("R12", f"我局内设6个股室：{names}。")
    assert long.message.endswith("…）") and names not in long.message


def test_an_ambiguous_joiner_is_a_hint() -> None:
    text = "我局内设3个股室（办公室、法规股与监管股、财务股）。"
    assert levels("R12", text) == {"提示"}


def test_names_that_nothing_joins_are_certain_and_joined_ones_a_question() -> None:
    assert levels("R12", "设4个股室：办公室、人事、财务。") == {"错误"}
    assert levels("R12", "现有5个专业，分别为会计、林果栽培与加工、护理、幼教。") == {"核实"}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("我局组织办公室、人事股、财务股、法规股等3个股室开展自查。", "4个"),
        ("机关设有办公室、规划股、建设股，共4个股室。", "3个"),
        ("设内科、外科2个临床科室和检验科、影像科、药剂科4个医技科室。", "3个"),
        ("病虫统防统治、农机购置补助、耕地质量监测、农民技术培训5项目标均已完成。", "4项"),
    ],
)
def test_names_listed_before_their_count_are_counted(text: str, right: str) -> None:
    (finding,) = findings_of("R12", text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        "机关设有办公室、规划股、建设股，共3个股室。",
        "预算单位为局机关及所属种子站、农机站、植保站，共4个单位。",
        "设内科、外科2个临床科室和检验科、影像科、药剂科3个医技科室。",
        "全年实施道路、桥梁、水渠，共5个项目。",
        "数量、质量、时效4项目标均已完成。",
        "病虫统防统治、农机购置补助、耕地质量监测等5项目标均已完成。",
        "病虫统防统治和测报、农机购置补助、耕地质量监测4项目标均已完成。",
    ],
)
def test_what_a_count_behind_its_names_may_mean_is_right(text: str) -> None:
    assert findings_of("R12", text) == []


def test_names_behind_their_noun_are_as_many_as_told_at_the_end(codes_on: Callable[..., list[str]]) -> None:
    text = "内设机构：党政办、党建办、经发办、平安办，共{}个。"
    assert "R12" not in codes_on(text.format("4"))
    assert "R12" in codes_on(text.format("5"), "错误")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("学校开设4个专业：会计、护理、幼教{}。", "、烹饪"),
        ("辖5个居委会，分别为东街、西街、南街、北街{}。", "、河街"),
        ("修订制度4项：财务管理、资产管理、合同管理{}。", "、档案管理"),
        ("走访4家单位：供水站、林场、粮站{}。", "、苗圃"),
        ("辖4所学校：实验小学、城东小学、城西小学{}。", "、城南小学"),
    ],
)
def test_specialities_places_and_rules_are_counted_like_offices(text: str, right: str) -> None:
    assert findings_of("R12", text.format(right)) == []
    (finding,) = findings_of("R12", text.format(""))
    assert finding.level == "错误"
    assert finding.expected == f"{text.count('、') + 1}个"


@pytest.mark.parametrize(
    "text",
    [
        "改造危桥{}座，即上湾桥、石板桥、罗家桥、东溪桥、枫林桥。",
        "管护小型水库{}座（双河、石门、黄沙、长岭、云台）。",
    ],
)
def test_places_counted_by_other_words_than_个_are_counted_too(text: str) -> None:
    assert levels("R12", text.format(5)) == set()
    assert levels("R12", text.format(6)) == {"错误"}
