"""Parts against their totals."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.audit.finding import Finding


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("R37", "我局现有编制46个，其中行政编制20个，事业编制28个。"),
        ("R2", "全年争取上级资金3520万元，其中中央资金2000万元，省级资金1000万元，市级资金620万元。"),
        ("R2", "基本支出1500.50万元，其中：人员经费1350.45万元，公用经费160.05万元。"),
        ("R36", "自评得分96.5分，其中预算执行10分，产出指标45.5分，效益指标28分，满意度指标10分。"),
    ],
)
def test_parts_unlike_their_total_are_found(
    code: str, sentence: str, codes_on: Callable[..., list[str]]
) -> None:
    assert code in codes_on(sentence)


@given(parts=st.lists(st.integers(1, 10**6), min_size=2, max_size=8), off=st.integers(300, 10**5))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_that_add_up_are_never_wrong_and_too_many_are(
    parts: list[int], off: int, codes_on: Callable[..., list[str]]
) -> None:
    names = "甲乙丙丁戊己庚辛"
    listed = "，".join(f"{names[n]}项目经费{Decimal(p) / 100}万元" for n, p in enumerate(parts))
    whole = sum(parts)
    assert "R2" not in codes_on(f"全年安排专项资金{Decimal(whole) / 100}万元，其中：{listed}。")
    assert "R2" in codes_on(f"全年安排专项资金{Decimal(whole + off) / 100}万元，分别为：{listed}。")


@pytest.mark.parametrize(
    "sentence",
    [
        "排查隐患3755个，其中一般隐患1356个，均已整改；重大隐患2399个，整改2395个。",
        "下设2个副科级、1个股级单位，其中2个公益一类单位、1个公益二类单位。",
        "争取资金3520万元，其中用于道路1000万元，用于桥梁500万元。",
        "支出100万元，其中：人员经费60万元（其中工资50万元，津贴10万元），公用经费40万元。",
    ],
)
def test_lists_that_are_no_sums_are_left_alone(sentence: str, codes_on: Callable[..., list[str]]) -> None:
    assert "R2" not in codes_on(sentence)


def test_parts_in_lines_below_their_total_are_added(codes_on: Callable[..., list[str]]) -> None:
    text = "项目支出为1194.6万元，其中：\n业务工作经费482.55万元，主要用于日常工作。\n建设专项809.11万元，主要用于建设。"
    assert "R2" in codes_on(text)


def test_a_list_of_more_items_than_any_report_has_is_no_sum(codes_on: Callable[..., list[str]]) -> None:
    items = "，".join(f"第{n}村道路{n + 0.5}万元" for n in range(1, 60))
    assert "R2" not in codes_on(f"全年支出90万元，其中{items}。")


def test_people_by_kind_that_fall_short_are_to_be_checked(codes_on: Callable[..., list[str]]) -> None:
    assert "R37" in codes_on("实有在职人员35人，其中：行政人员15人、事业人员18人。", "核实")
    assert "R37" not in codes_on("实有在职人员33人，其中：行政人员15人、事业人员18人。", "核实")
    assert "R2" not in codes_on("在职人员35人，其中党员15人、妇女18人。", "核实")


def test_a_list_in_the_next_sentence_belongs_to_the_final_figure(codes_on: Callable[..., list[str]]) -> None:
    text = "“三公”经费预算8万元，决算支出6.32万元。其中：公务接待费1.82万元，公务用车运行维护费{}万元。"
    assert "R2" not in codes_on(text.format("4.50"))
    assert "R2" in codes_on(text.format("4.80"))


@pytest.mark.parametrize(
    "text",
    [
        "本年收入由两部分构成：财政拨款收入318.66万元和其他收入27.04万元，共计{}万元。",
        "财政拨款收入318.66万元、其他收入27.04万元，两项合计{}万元。",
        "专项资金{}万元，分项如下：\n1.河道治理318.66万元；\n2.水质监测27.04万元。",
        "“三公”经费决算{}万元。公务用车运行维护费318.66万元，与上年持平。公务接待费27.04万元。因公出国（境）费0万元。公务用车购置费0万元。",
    ],
)
def test_totals_behind_in_paragraphs_and_of_closed_sets_are_added(
    text: str, codes_on: Callable[..., list[str]]
) -> None:
    assert "R2" not in codes_on(text.format("345.70"))
    assert "R2" in {*codes_on(text.format("347.70")), *codes_on(text.format("347.70"), "核实")}


@pytest.mark.parametrize(
    "text",
    [
        # Right behind its total: no other is meant.
        "在岗人员合计73人，其中：医师22人、护理29人、药剂11人、后勤13人。",
        "公务车5辆：机要通信1辆、应急保障2辆、其他用车3辆。",
        "职工61人。按岗位分：医生22人，护士21人，药剂9人，后勤19人。",
        # Counts in a row, of one division.
        "现有教学班37个，一年级12个、二年级13个、三年级13个。",
        # Two digits exchanged explain the gap.
        "在册经营主体28316户，其中公司6190户、个体户21540户、合作社568户。",
        # All of it was used.
        "年中追加64.50万元，全部用于增资28.50万元、修缮22.00万元、图书10.00万元。",
        # The total says that it is of all that stands above.
        "①河道清淤：预算124.00万元，支出120.28万元；\n②绿化养护：预算210.00万元，支出189.00万元；\n"
        "③路灯维修：预算60.00万元，支出54.00万元。\n上述项目预算共394.00万元，支出共309.28万元。\n二、其他情况",
        "办公费比上年减少2.15万元、差旅费减少0.48万元，两项共减少2.36万元。",
    ],
)
def test_a_list_that_can_be_of_nothing_else_is_certain(codes_on: Callable[..., list[str]], text: str) -> None:
    assert "R2" in codes_on(text, "错误")


@pytest.mark.parametrize(
    "text",
    [
        # One part is named; the next sentence tells another story.
        "授予中小企业合同112.40万元，其中授予小微企业65.90万元，占58.63%。固定资产原值341.60万元。",
        # What was paid, of items of which one does not say it.
        "①设备更新98.00万元，全部支付；\n②楼房改造62.40万元，支付54.80万元。\n上述项目共支付152.80万元。",
        "编制60名，在职52名，退休11名，空编8名。",
    ],
)
def test_what_may_be_no_part_is_left_alone(codes_on: Callable[..., list[str]], text: str) -> None:
    assert "R2" not in codes_on(text, "错误")


def test_an_item_whose_name_ends_in_a_word_of_change_is_an_item(codes_on: Callable[..., list[str]]) -> None:
    text = "支持外贸发展370万元，支持商贸稳增长30万元，支持总部经济1106万元，推进会展153万元，合计{}万元。"
    assert "R2" not in codes_on(text.format(1659))


def test_an_item_that_was_not_read_as_one_is_not_missing(codes_on: Callable[..., list[str]]) -> None:
    text = "年中追加735.28万元，分别是：国土绿化420.00万元、防火能力提升186.50万元、湿地保护128.78万元。"
    assert "R2" not in codes_on(text)


def test_the_three_public_expenses_leave_nothing_out(codes_on: Callable[..., list[str]]) -> None:
    text = "“三公”经费决算{}万元。公务用车运行维护费9.60万元。公务接待费3.70万元。因公出国（境）费0万元。"
    assert "R2" not in codes_on(text.format("13.30"))
    assert "R2" in codes_on(text.format("14.80"), "错误")
    bought = text.format("14.80") + "公务用车购置费1.50万元。"
    assert "R2" not in codes_on(bought)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("公务用车购置及运行维护费21.00万元（购置费0万元、运行维护费{}万元）。", "21.00", "24.00"),
        (
            "基本支出512.40万元。工资福利支出398.20万元，商品和服务支出92.60万元，对个人和家庭的补助{}万元。",
            "21.60",
            "24.60",
        ),
    ],
)
def test_sets_that_leave_nothing_out_are_known_by_their_usual_names(
    codes_on: Callable[..., list[str]], text: str, right: str, wrong: str
) -> None:
    assert "R2" not in codes_on(text.format(right))
    assert "R2" in codes_on(text.format(wrong), "错误")


def test_cars_with_more_than_buying_and_running_are_no_closed_set(codes_on: Callable[..., list[str]]) -> None:
    text = "车辆111.67万元，由购置2.55万元、运行79.22万元、其他交通工具1.44万元和其他交通费28.46万元组成。"
    assert "R2" not in codes_on(text)


def test_parts_behind_a_colon_are_those_of_the_amount_before_it(codes_on: Callable[..., list[str]]) -> None:
    text = "按组织形式：集中采购54.20万元、部门集中4.10万元、分散采购74.30万元，合{}万元。"
    assert "R2" not in codes_on(text.format("132.60"))
    assert "R2" in codes_on(text.format("162.60"), "错误")


def test_classes_larger_than_every_total_of_the_report_own_no_list(
    codes_on: Callable[..., list[str]],
) -> None:
    text = "全年支出90.20万元。\n教育支出180.26万元、卫生健康支出7.62万元、住房保障支出11.04万元、农林水支出9.10万元。"
    assert "R2" not in codes_on(text)


def test_an_item_too_many_in_the_row_is_not_dropped_to_make_it_fit(
    codes_on: Callable[..., list[str]],
) -> None:
    text = "维修支出35.20万元，具体为屋面12.40万元，管网14.60万元，电路8.20万元，围栏{}。"
    assert "R2" in codes_on(text.format("6.30万元"))
    assert "R2" in codes_on(text.format("6.30万元，合计35.20万元"))


@pytest.mark.parametrize(
    "text",
    [
        "维修支出35.20万元，具体为屋面12.40万元，管网14.60万元，电路8.20万元，目前已拨付30.10万元。",
        # The same people divided in two ways.
        "在校学生39人，其中男生21人、女生18人、寄宿生20人。",
    ],
)
def test_a_list_that_ends_earlier_is_a_sum_all_the_same(
    codes_on: Callable[..., list[str]], text: str
) -> None:
    assert "R2" not in codes_on(text) + codes_on(text, "核实")


def test_the_rest_named_behind_its_number_is_an_item(findings_on: Callable[[str], list[Finding]]) -> None:
    text = "支出合计253.80万元。其中：基本支出162.40万元，剩余{}万元为项目支出。"
    assert [f.message for f in findings_on(text.format("94.40")) if f.code == "R2"] == [
        "支出253.8万元，其中各项合计256.8万元，多出3万元"
    ]
    assert not [f for f in findings_on(text.format("91.40")) if f.code in ("R2", "R2n")]


def test_the_rest_stops_a_closed_set_that_it_is_a_part_of(
    findings_on: Callable[[str], list[Finding]],
) -> None:
    text = "基本支出253.80万元。工资福利支出162.40万元，商品和服务支出36.90万元，对个人和家庭的补助15.90万元"
    assert [f.level for f in findings_on(f"{text}。") if f.code == "R2"] == ["错误"]
    # 46.10 is a part and wrong, and yet the three before it are not all.
    assert not [f for f in findings_on(f"{text}，剩余46.10万元为资本性支出。") if f.code == "R2"]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            "项目资金290.50万元，来源有三：中央补助182.40万元，省级补助74.50万元，县级配套{}万元。",
            "33.60",
            "36.60",
        ),
        ("三项补助142.60万元，分有三块：种植61.30万元，养殖45.70万元，农机{}万元。", "35.60", "38.60"),
        (
            "其他支出46.20万元，由三个项级科目组成：巡查21.30万元，防火16.40万元，养护{}万元。",
            "8.50",
            "11.50",
        ),
        ("巡查实际186次，含日间巡查102次、夜间巡查{}次。", "84", "94"),
        ("学习班全年办17期。17期学习班中，党员班9期、青年班{}期。", "8", "9"),
        ("在册农户326户，走访率90.00%；农户中，低保户57户、脱贫户{}户。", "269", "279"),
        # Last year's total with its list, where no other is told.
        (
            "2021年度“三公”经费合计24.30万元，其中：公务接待费6.40万元，公车运行维护费{}万元。",
            "17.90",
            "19.40",
        ),
    ],
)
def test_a_list_announced_in_other_words_is_added(
    codes_on: Callable[..., list[str]], text: str, right: str, wrong: str
) -> None:
    assert not {"R2", "R2n"} & {*codes_on(text.format(right)), *codes_on(text.format(right), "核实")}
    assert "R2" in codes_on(text.format(wrong))


def test_the_list_behind_last_years_total_is_of_that_year(
    findings_on: Callable[[str], list[Finding]],
) -> None:
    text = "2021年支出合计186.50万元，其中：基本支出142.30万元，项目支出{}万元。2022年支出合计190.10万元。"
    assert not [f for f in findings_on(text.format("44.20")) if f.code == "R2"]
    (finding,) = [f for f in findings_on(text.format("47.20")) if f.code == "R2"]
    assert finding.message == "支出186.5万元，其中各项合计189.5万元，多出3万元"


def test_what_is_told_beside_ends_a_list(findings_on: Callable[[str], list[Finding]]) -> None:
    text = "采购支出86.40万元，具体为货物42.30万元、服务{}万元，另有工程12.60万元。"
    assert not [f for f in findings_on(text.format("44.10")) if f.code == "R2"]
    (finding,) = [f for f in findings_on(text.format("47.10")) if f.code == "R2"]
    assert finding.message == "采购支出86.4万元，所列各项合计89.4万元，多出3万元"


def test_a_wanted_number_owns_no_list_of_what_was_done(codes_on: Callable[..., list[str]]) -> None:
    text = "演出目标{}场，实际138场，其中下乡演出64场、剧场演出{}场。"
    assert "R2" in codes_on(text.format(145, 78), "错误")
    assert not {"R2", "R2n"} & {*codes_on(text.format(145, 74)), *codes_on(text.format(145, 74), "核实")}


def test_one_list_of_a_total_told_twice_is_told_once(codes_on: Callable[..., list[str]]) -> None:
    text = "支出186.50万元，执行数186.50万元，其中：基本支出142.30万元，项目支出{}万元。"
    assert codes_on(text.format("47.20")).count("R2") == 1
    assert "R2" not in codes_on(text.format("44.20"))


def test_the_three_expenses_are_added_over_paragraphs(codes_on: Callable[..., list[str]]) -> None:
    text = "“三公”经费支出决算3.36万元。\n1.公务用车购置费0万元。\n2.公务用车运行维护费{}万元。\n3.公务接待费1.12万元。"
    assert "R2" not in codes_on(text.format("2.24"))
    assert "R2" in codes_on(text.format("2.42"))


def test_classes_behind_two_kinds_of_spending_are_of_both(codes_on: Callable[..., list[str]]) -> None:
    text = "基本支出60.00万元，项目支出40.00万元。工资福利支出55.20万元，商品和服务支出30.10万元，对个人和家庭的补助14.70万元。"
    assert "R2" not in codes_on(text)


def test_parts_told_before_their_number_are_a_whole_list(codes_on: Callable[..., list[str]]) -> None:
    text = "年末未支出151.34万元，由农田建设74.40万元、农机补贴46.08万元、质量监测{}万元三部分组成。"
    assert "R2" not in codes_on(text.format("30.86"))
    assert "R2" in codes_on(text.format("23.70"))


def test_a_total_behind_counts_what_it_is_of_in_any_word(codes_on: Callable[..., list[str]]) -> None:
    text = "纬三路1.26公里、经二路0.94公里、园区支路0.65公里，三条道路共{}公里。"
    assert "R2" not in codes_on(text.format("2.85"))
    assert "R2" in codes_on(text.format("2.58"))


def test_the_total_of_the_table_is_not_of_what_was_carried_over_alone(
    codes_on: Callable[..., list[str]],
) -> None:
    text = "本年收入1739.41万元。此外，年初结转和结余154.00万元，使用非财政拨款结余36.59万元，收入总计1930.00万元。"
    assert "R2" not in codes_on(text)


def test_a_list_whose_subject_names_a_total_told_before_is_of_that_total(
    codes_on: Callable[..., list[str]],
) -> None:
    text = (
        "支出1333.82万元，其中基本支出60.00万元、项目支出1273.82万元。项目支出由五项构成：防火186.40万元，护林412.00万元，"
        "保护268.50万元，油茶{}万元，防治96.00万元。"
    )
    assert "R2" in codes_on(text.format("301.92"))
    assert "R2" not in codes_on(text.format("310.92"))
