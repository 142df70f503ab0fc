"""What a number is read as: its noun, its stage, its year, its kind; inherited where its own words do not say it."""

from __future__ import annotations

import pytest

from desktop.audit.read_as import ReadAs, noun, read_as
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import CHANGE, LEVEL, RATE


def read(raw: str) -> dict[str, ReadAs]:
    """Each number as it is written, with what it was read as in a report of 2023."""
    reading = Reading(raw, year=2023)
    return {reading.text.flat[start:end]: found for (start, end), found in read_as(reading).items()}


def measures(raw: str) -> dict[str, str]:
    return {number: found.measure for number, found in read(raw).items()}


def test_a_sentence_of_budget_and_outcome_is_read_whole() -> None:
    raw = "公用经费年初预算60万元，全年预算62万元，决算数58.9万元，执行率95%，比上年减少1.1万元，下降1.83%。"
    assert list(read(raw).values()) == [
        ReadAs("公用经费", "年初预算", "2023", "金额"),
        ReadAs("公用经费", "全年预算", "2023", "金额"),
        ReadAs("公用经费", "决算", "2023", "金额"),
        ReadAs("公用经费", "", "2023", "执行率"),
        ReadAs("公用经费", "较上年", "2023", "减少额"),
        ReadAs("公用经费", "较上年", "2023", "下降率"),
    ]


@pytest.mark.parametrize(
    ("words", "role", "unit", "name"),
    [
        ("其中我局“三公”经费决算数为", LEVEL, "万元", "三公经费"),
        ("公务用车运行维护费支出", LEVEL, "万元", "公车运行"),
        ("全年总支出", LEVEL, "万元", "支出"),
        ("2023年度支出总计", LEVEL, "万元", "支出总计"),
        ("财政拨款基本支出", LEVEL, "万元", "财政拨款基本支出"),
        ("对个人和家庭的补助", LEVEL, "万元", "个人家庭补助"),
        ("年末结转和结余", LEVEL, "万元", "年末结转和结余"),
        ("监测预警经费比上年增加", CHANGE, "万元", "监测预警经费"),
        ("在职人员控制率", RATE, "%", "在职人员"),
        ("公用经费占基本支出的", RATE, "%", "公用经费"),
        ("年末实际在职", LEVEL, "人", "在职人员"),
        ("预算执行得", LEVEL, "分", "预算执行"),
        ("全年预算数", LEVEL, "万元", ""),
        ("满分", LEVEL, "分", ""),
    ],
)
def test_a_noun_is_what_time_stage_and_verb_leave(words: str, role: str, unit: str, name: str) -> None:
    assert noun(words, role, unit) == name


def test_a_share_is_of_the_figure_before_it_not_of_the_whole() -> None:
    found = read("基本支出60万元，占支出合计的60%；项目支出40万元，占40%。")
    assert found["60%"] == ReadAs("基本支出", "", "2023", "占比")
    assert found["40%"].measure == "项目支出"


def test_a_sentence_goes_on_with_the_head_of_its_paragraph() -> None:
    raw = "1. 水质监测84万元，其中：采样50万元，化验34万元。全年预算数86万元。支出比上年减少4万元。"
    assert measures(raw)["86万元"] == measures(raw)["4万元"] == "水质监测"


@pytest.mark.parametrize(
    "raw",
    [
        "1.水质监测专项。年初预算86万元，支出84万元。",
        "①水质监测专项，预算86万元，支出84万元。",
        "水质监测专项预算86万元，支出84万元；化验专项预算20万元，支出19万元。",
    ],
)
def test_what_is_spent_on_a_project_is_not_the_total(raw: str) -> None:
    assert measures(raw)["86万元"] == measures(raw)["84万元"] == "水质监测专项"


def test_below_the_heading_of_a_known_figure_it_need_not_be_named() -> None:
    raw = "（一）“三公”经费支出情况\n年初预算8万元，全年支出6万元。\n（二）其他\n全年支出100万元。"
    assert list(measures(raw).values()) == ["“三公”经费", "“三公”经费", "支出合计"]


def test_the_total_told_below_such_a_heading_is_the_total_all_the_same() -> None:
    raw = "（一）“三公”经费支出情况\n年初预算8万元。综上，全年支出合计100万元。"
    assert measures(raw)["100万元"] == "支出合计"


def test_a_budget_of_nothing_named_is_that_of_all_expenditure() -> None:
    raw = "一、预算执行情况\n2023年，我局年初预算820万元，年中追加42万元，全年预算862万元，执行数845万元。"
    assert list(measures(raw).values()) == ["支出合计"] * 4


def test_below_the_heading_of_projects_it_is_of_nothing_known() -> None:
    assert measures("（一）防汛物资储备项目\n年初预算82万元。") == {"82万元": ""}


def test_a_lead_that_names_a_fault_is_no_figure() -> None:
    assert measures("1.支付进度偏慢。年初预算86万元。")["86万元"] == ""


def test_a_bracket_is_left_with_its_end() -> None:
    raw = "公用经费20万元（其中差旅费3万元），占10%。"
    assert measures(raw) == {"20万元": "公用经费", "3万元": "差旅费", "10%": "公用经费"}


def test_the_parts_of_a_budget_are_of_the_budget() -> None:
    found = read("年初预算总支出100万元，其中：基本支出60万元，项目支出40万元；实际支出95万元。")
    assert [one.stage for one in found.values()] == ["年初预算"] * 3 + ["决算"]


def test_years_are_those_said_and_not_those_compared_with() -> None:
    found = read(
        "2022年公务接待费4万元，公用经费9万元；2023年公务接待费3万元，较2022年决算数4.5万元减少1.5万元。"
    )
    assert [one.year for one in found.values()] == ["2022", "2022", "2023", "2022", "2023"]
    assert read("公用经费执行率95%，上年93%。")["93%"] == ReadAs("公用经费", "", "2022", "比率")


def test_a_change_tells_what_it_is_a_change_from() -> None:
    raw = "公务接待费3万元，较年初预算数5万元减少2万元，较上年4万元减少1万元；公用经费预算9万元，比上年增加0.5万元；年中追加7万元。"
    found = read(raw)
    assert (found["5万元"].stage, found["5万元"].year) == ("年初预算", "2023")
    changes = ("2万元", "1万元", "0.5万元", "7万元")
    assert [found[n].stage for n in changes] == ["较预算", "较上年", "预算较上年", "年中追加"]


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("满意度93%，高于90%的目标。", "90%"),
        ("基本支出60万元，项目支出40万元，合计100万元。", "100万元"),
        ("公务接待费3万元，人均120元。", "120元"),
        ("防控物资本年起统一配发，上年支出66万元。", "66万元"),
        ("编制20名，另有3名。", "3名"),
    ],
)
def test_a_number_that_is_of_nothing_named_is_left_without(raw: str, number: str) -> None:
    assert measures(raw)[number] == ""


@pytest.mark.parametrize(
    "row", ["共计", "数额", "合计总计", "年度年初", "增加了额", "得分自评", "上年度", "多支出"]
)
@pytest.mark.parametrize("role", [LEVEL, CHANGE, RATE])
def test_a_row_of_what_is_taken_off_is_taken_off_at_once(row: str, role: str) -> None:
    for unit in ("万元", "分"):
        assert len(noun(row * 28 + "甲乙", role, unit)) <= 100


def test_of_a_row_of_words_without_end_a_name_is_left() -> None:
    (name,) = measures("水质监测与化验" * 20_000 + "3万元。").values()
    assert 0 < len(name) <= 30


def test_a_head_that_is_a_known_figure_names_its_paragraph_whole() -> None:
    raw = "2.项目支出。年初预算98.20万元，执行率88.42%。"
    assert measures(raw) == {"98.20万元": "项目支出", "88.42%": "项目支出"}
    assert set(measures(raw.replace("项目支出", "水闸支出")).values()) == {"水闸"}
    assert set(measures(raw.replace("项目支出", "项目支出偏慢")).values()) == {""}


def test_a_rate_that_is_only_so_high_is_read_as_that_rate() -> None:
    assert read("公用经费执行率只有84.20%。")["84.20%"] == ReadAs("公用经费", "", "2023", "执行率")
    assert read("公用经费执行率仅84.20%。")["84.20%"] == ReadAs("公用经费", "", "2023", "执行率")


def test_a_heading_of_project_spending_names_what_is_spent_below_it() -> None:
    raw = "（二）项目支出情况\n项目支出严格按照范围使用。2023年支出401.8万元。"
    assert measures(raw)["401.8万元"] == "项目支出"
