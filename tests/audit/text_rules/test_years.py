"""R10: last year's text left as it was, and the middle of the year as the result of all of it."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels, marked

BODY = "一、基本情况\n2023年我局收入100万元。\n2023年支出100万元。\n2023年，我局完成任务。\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年度本部门无国有资本经营预算支出。",
        "2022年，我单位紧紧围绕中心工作，较好完成了各项任务。",
        "截至2022年12月31日，我局在职人员45人，退休人员12人。",
        "截至２０２２年末，在职人员四十五人，退休人员十二人。",
        "2022年全县共排查隐患320处，全部完成整改。",
        "2022年度部门整体支出绩效自评报告",
        "（二）2021年度我中心没有政府性基金支出。",
    ],
)
def test_a_year_left_over_from_last_year_is_found(sentence: str) -> None:
    assert levels("R10", BODY + sentence) == {"错误"}


@pytest.mark.parametrize(
    "sentence",
    [
        "支出100万元，比2022年增加8万元，增长8.7%。",
        "2022年支出92万元，2023年支出100万元。",
        "根据《关于开展2022年度绩效自评工作的通知》（财预〔2022〕8号）要求，我局开展自评。",
        "2022年结转资金18万元已按规定使用。",
        "2022年高标准农田建设项目支出200万元。",
        "自2019年以来，我局持续推进信息化建设。",
        "我局于2019年机构改革时组建。",
        "落实2021-2025年发展规划，完善三年行动方案。",
        "我局被评为2022年度先进单位。",
        "清河县农业农村局2024年3月26日",
        "报告于2024年4月印发并公开。",
        "2022年3月，我局取得项目用地手续。",
        "同期数为2022年的水平，与上年持平。",
        "2022年部门决算公开比规定时限晚3天。",
    ],
)
def test_other_years_in_comparisons_and_plans_are_right(sentence: str) -> None:
    assert findings_of("R10", BODY + sentence) == []


def test_a_year_beside_this_year_is_only_a_check() -> None:
    text = BODY + "2022年我局有在职人员45人。2023年我局有在职人员46人。"
    assert levels("R10", text) == {"核实"}


def test_no_error_where_the_years_are_nearly_as_frequent() -> None:
    assert levels("R10", "2023年收入10万元。\n2022年我局收入9万元。\n") == {"核实"}


def test_a_wrong_year_is_marked_with_what_it_should_be() -> None:
    text = BODY + "五、社会保险基金\n2022年度\n我局没有社会保险基金预算支出。"
    assert marked("R10", BODY + "2022年度我局没有社会保险基金预算支出。").startswith("2022年度")
    assert all(f.expected == "2023年度" for f in findings_of("R10", text))


@pytest.mark.parametrize(
    "sentence",
    [
        "截至6月底，累计完成投资320万元。",
        "上半年共开展检查12次，发现隐患35处。",
        "截止2023年9月30日，完成支出80万元。",
        "1-6月，共发放补助资金35万元。",
        "前三季度实现收入60万元。",
    ],
)
def test_words_of_a_part_of_the_year_are_found(sentence: str) -> None:
    assert levels("R10", BODY + sentence) == {"提示"}


@pytest.mark.parametrize(
    "sentence",
    [
        "上半年完成投资120万元，下半年完成200万元。",
        "截至12月底，累计完成投资320万元。",
        "春季集中免疫于4月26日结束。",
        "上半年组织学习。",
        "截至2024年3月底，完成支付20万元。",
    ],
)
def test_parts_of_the_year_in_dates_and_periods_are_right(sentence: str) -> None:
    assert "提示" not in levels("R10", BODY + sentence)


def test_plans_in_the_chapter_of_remedies_have_no_finding() -> None:
    assert findings_of("R10", BODY + "八、下一步改进措施\n上半年完成制度修订3项，2024年完成验收。") == []


TITLE = "2023年度清河县水利局部门整体支出绩效自评报告\n"


def test_a_year_of_the_title_makes_another_certain() -> None:
    assert levels("R10", TITLE + "本局2022年度自评结果将作为编制预算的参考。\n", year=None) == {"错误"}
    assert levels("R10", TITLE + "2022年度本部门整体支出绩效自评得93分。\n", year=None) == {"错误"}


def test_money_left_over_is_not_used_in_its_own_year() -> None:
    text = "年末结转和结余20万元，比上年增加3万元，结转资金将于2023年继续使用。"
    (finding,) = findings_of("R10", BODY + text)
    assert (finding.level, finding.expected) == ("错误", "2024年")
    assert findings_of("R10", BODY + "上年结转资金20万元将于2023年使用完毕。") == []
    assert findings_of("R10", BODY + text.replace("于2023年", "于2024年")) == []


def test_a_comparison_with_the_year_before_last_is_to_be_checked() -> None:
    assert levels("R10", BODY + "接待费较2021年下降2.6%。") == {"核实"}
    assert findings_of("R10", BODY + "接待费较2022年下降2.6%。") == []
    assert findings_of("R10", BODY + "接待费连续两年压减，较2021年下降2.6%。") == []


def test_plans_for_the_year_after_are_right() -> None:
    assert findings_of("R10", BODY + "自评结果作为安排2024年预算的参考。") == []


def test_an_aim_in_the_year_that_is_over_is_found() -> None:
    plans = BODY + "第四部分下一步打算\n对未办结事项按月调度，力争2023年9月底前完成。"
    assert levels("R10", plans) == {"错误"}
    assert findings_of("R10", plans.replace("2023年9月", "2024年9月")) == []


TITLE = "2023年度清河县水利局部门整体支出绩效自评报告\n"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("年末结转25.00万元，为工程尾款。上述资金已列入2023年部门预算继续使用。", "2024年"),
        ("下一步将在编制2022年预算时细化指标。", "2024年"),
        ("三公经费比2021年的22.15万元下降3.40%。上年三公经费22.15万元。", "2022年"),
        ("2022年出诊1300次。2023年出诊1450次，较2021年增加150次。", "2022年"),
        ("2023年修路目标20公里，2022年完成21公里，完成率105%。", "2023年"),
    ],
)
def test_a_year_that_the_figures_or_the_plan_refute_is_found(text: str, right: str) -> None:
    (finding,) = findings_of("R10", TITLE + text)
    assert (finding.level, finding.expected) == ("错误", right)


@pytest.mark.parametrize(
    "text",
    [
        "年末结转25.00万元，为工程尾款。上述资金已列入2024年部门预算继续使用。",
        "上年结转25.00万元已列入2023年部门预算继续使用。",
        "下一步将在编制2024年预算时细化指标。",
        "下一步总结2023年预算执行情况。",
        "2023年修路目标20公里，2023年完成21公里，完成率105%。",
        "2022年收入合计300.00万元。与上年相比，收入合计减少20.00万元。2023年收入合计280.00万元。",
        "2022年出诊1300次。2023年出诊1450次，较2022年增加150次。",
        "2024年将按季通报进度。",
    ],
)
def test_a_year_that_fits_the_figures_or_the_plan_is_right(text: str) -> None:
    assert findings_of("R10", TITLE + text) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong", "expected"),
    [
        ("与上年（{}年）相比，接待费减少0.60万元。", "2022", "2021", "2022年"),
        ("与去年（{}年）相比，接待费减少0.60万元。", "2022", "2021", "2022年"),
        ("下一年度即{}年，将压减接待费。", "2024", "2025", "2024年"),
        ("截至2023年末，专项尾款18.40万元结转至{}年。", "2024", "2025", ""),
        ("截至2023年12月31日，水闸尾款结转到{}年。", "2024", "2023", ""),
        ("尚未完工的泵站计划于{}年6月底前建成。", "2024", "2023", "2024年"),
        ("八、下一步改进措施\n到校率不高，力争{}年稳定在90%以上。", "2024", "2023", "2024年"),
        # Words between the money and its use.
        ("年末结转资金18.40万元中的三座泵站及两处水闸的工程尾款，将在{}年拨付。", "2024", "2023", "2024年"),
    ],
)
def test_a_year_is_the_one_that_it_is_called(text: str, right: str, wrong: str, expected: str) -> None:
    assert findings_of("R10", BODY + text.format(right)) == []
    told = findings_of("R10", BODY + text.format(wrong))
    assert {(f.level, f.expected) for f in told} == {("错误", expected)}


@pytest.mark.parametrize(
    "text",
    [
        # Another year is spoken of, whose 上年 it may be.
        "上年（2021年）接待费2.60万元，2022年接待费2.10万元。",
        # Planned for the year, and done.
        "泵站计划于2023年6月底前建成，已按期建成。",
        "截至2022年末的水闸尾款结转至2023年。",
    ],
)
def test_a_year_called_so_by_another_year_is_right(text: str) -> None:
    assert findings_of("R10", BODY + text) == []


@pytest.mark.parametrize(
    "text",
    ["原计划2023年6月建成的泵站未完成。", "泵站计划于2023年6月完成，实际未完成。"],
    ids=["planned then", "and what came of it"],
)
def test_an_aim_of_the_year_told_with_what_came_of_it_is_right(text: str) -> None:
    assert findings_of("R10", f"2023年度自评报告\n{text}") == []


def test_money_carried_over_into_a_year_that_is_over_is_told_once() -> None:
    text = "2023年度自评报告\n年末结转资金18.40万元中的质保金及工程尾款，拟于2023年拨付。"
    assert len(findings_of("R10", text)) == 1


def test_a_year_left_over_twice_in_a_sentence_is_wrong_at_both_places() -> None:
    text = "2023年度自评报告\n2022年收入合计80.00万元，2022年支出合计75.00万元。"
    (finding,) = findings_of("R10", text)
    marked = [(text[slice(*span)], level) for span, level in finding.marks()]
    assert marked == [("2022年收入合计80.00万元", "错误"), ("2022年支出合计75.00万元", "错误")]
