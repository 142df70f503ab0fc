"""Field marks: what they show, that nothing is lost, how they are edited, and when an overwritten one is wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.assessment import Assessment
from desktop.domain.fields import fields
from desktop.domain.fields.fields import Piece
from desktop.domain.fields.values import FIELDS
from desktop.domain.fields.wording import shares
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import Passage, Section
from desktop.paths import resources_dir
from desktop.resource_files.templates import load_templates

TEMPLATES = load_templates(resources_dir())
FACTS = {
    "unit.this.name": "清河县农业农村局",
    "three_public.vehicle_purchase.final": "0",
    "three_public.vehicle_purchase.last_final": "0",
    "three_public.vehicle_running.final": "5.12",
    "three_public.vehicle_running.last_final": "5.6",
    "three_public.vehicle_running.note": "统一调度车辆。",
    "three_public.abroad.final": "0",
    "three_public.abroad.last_final": "0",
    "three_public.reception.final": "1.76",
    "three_public.reception.last_final": "1.95",
    "three_public.reception.budget": "2",
    "function_class.item:1.order": "1",
    "function_class.item:1.label": "行政运行",
    "function_class.item:1.final": "75",
    "function_class.item:2.order": "2",
    "function_class.item:2.label": "病虫害控制",
    "function_class.item:2.final": "0",
    "function_class.item:3.order": "3",
    "function_class.item:3.label": "农田建设",
    "function_class.item:3.final": "25",
    "staff.institution.authorised": "26",
    "unit.this.economy_measures": "一是少开会；\n二是少用车。",
}
TOTAL = "three_public.total.final"
CHANGE = "change three_public.total.final three_public.total.last_final"
TEXT = f"共⟦{TOTAL}⟧万元，比上年⟦{CHANGE}⟧。"


def report(**more: str) -> Assessment:
    facts = {FactKey(*name.split(".")): text for name, text in FACTS.items()}
    facts |= {FactKey("narrative", section, "text"): text for section, text in more.items()}
    return Assessment(TEMPLATES, facts, 2023, "form-2023")


REPORT = report()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (TOTAL, "6.88"),
        ("three_public.reception.rate", "88.00%"),
        ("staff.institution.authorised", "26"),
        ("unit.this.name", "清河县农业农村局"),
        ("percent three_public.reception.final/three_public.total.final", "25.58%"),
        ("money three_public.total.last_final-three_public.total.final", "0.67"),
        (CHANGE, "减少0.67万元，下降8.87%"),
        ("change three_public.total.final three_public.abroad.last_final", "增加6.88万元"),
        ("change three_public.abroad.final three_public.abroad.last_final", "与上年持平"),
        ("compare three_public.abroad.final three_public.abroad.last_final", "与上年持平"),
        ("compare three_public.total.last_final three_public.total.final", "比上年增加0.67万元，增长9.74%"),
        (
            "difference three_public.reception.final three_public.reception.budget",
            "比年初预算减少0.24万元，完成预算的88.00%",
        ),
        ("reason three_public.vehicle_running.note", "主要是统一调度车辆"),
        ("list function_class", "行政运行75.00万元，占75.00%；农田建设25.00万元，占25.00%"),
        ("paragraphs unit.this.economy_measures", "一是少开会。\n二是少用车。"),
        ("list posts", "事业编制26名"),
        ("year", "2023"),
        ("last_year", "2022"),
        ("unit_short", "我局"),
        ("count projects", "0"),
        ("system_name", "整体支出绩效自评表（附件2）"),
    ],
)
def test_field_shows_the_value_of_its_cells(name: str, shown: str) -> None:
    assert fields.value_of(REPORT, name) == shown
    assert fields.expanded(REPORT, f"（⟦{name}⟧）") == f"（{shown}）"
    assert fields.label_of(REPORT, name) != name


def test_three_public_field_lists_each_item_with_its_change() -> None:
    assert fields.value_of(REPORT, "list three_public") == (
        "公务用车购置费0.00万元，与上年持平；公务用车运行维护费5.12万元，比上年减少0.48万元，下降8.57%，"
        "主要是统一调度车辆；因公出国（境）费0.00万元，与上年持平；公务接待费1.76万元，比上年减少0.19万元，"
        "下降9.74%"
    )


def with_indicators(**cells: dict[str, str]) -> Assessment:
    """附件2 with one indicator of quantity for each keyword, of weight 10."""
    facts = {}
    for number, (name, said) in enumerate(cells.items(), 1):
        for column, text in ({"order": str(number), "name": name, "weight": "10"} | said).items():
            facts[FactKey("annex2_indicators", f"quantity:{number}", column)] = text
    funds = {"initial": "100", "adjusted": "100", "executed": "100"}
    facts |= {FactKey("annex2_funds", "general", column): text for column, text in funds.items()}
    return Assessment(TEMPLATES, facts, 2023, "form-2023")


def test_indicator_fields_give_target_result_and_reason() -> None:
    reached = {"operator": "≥", "target": "5", "unit": "场", "actual": "=6"}
    word = {"target": "按时举办", "actual": "达成预期指标"}
    short = {"operator": "≥", "target": "10", "unit": "件", "actual": "8"}
    report_ = with_indicators(培训=reached, 会议=word, 办件=short | {"reason": "人手不足。明年增加一人。"})
    said = {name: fields.value_of(report_, f"list {name}") for name in ("met_indicators", "indicator_counts")}
    assert said["met_indicators"] == (
        "“培训”年度指标值不低于5场，实际完成6场；“会议”年度指标值为“按时举办”，实际完成情况为“达成预期指标”"
    )
    assert said["indicator_counts"] == "3项绩效指标中，2项达到年度指标值，1项未完全达到"
    assert fields.value_of(report_, "list lost_points") == (
        "1. “办件”年度指标值不低于10件，实际完成8件，得8.00分，失2.00分。原因是人手不足。"
    )
    assert fields.value_of(report_, "list improvements") == ("1. 针对“办件”没有得满分的问题，明年增加一人。")
    full = with_indicators(培训=reached, 会议=word)
    assert fields.value_of(full, "list indicator_counts") == "2项绩效指标全部达到年度指标值"


@pytest.mark.parametrize(
    ("reason", "cause", "measure"),
    [
        ("服务窗口少；拟增设网上办理", "服务窗口少。", "拟增设网上办理。"),
        ("人手不足；下一步增加人员；加强培训。", "人手不足。", "下一步增加人员；加强培训。"),
        ("人手不足。2024年将增加一人；我局要加强培训", "人手不足。", "2024年将增加一人；我局要加强培训。"),
        ("窗口少; 计划增设网上办理。按月调度。", "窗口少。", "计划增设网上办理。按月调度。"),
        ("预算偏大；计划数编制不准；要求不明", "预算偏大；计划数编制不准；要求不明。", ""),
        ("拟增设窗口。", "", "拟增设窗口。"),
        ("天气原因；人手不足", "天气原因；人手不足。", ""),
    ],
)
def test_reason_is_parted_into_cause_and_measures(reason: str, cause: str, measure: str) -> None:
    short = {"operator": "≥", "target": "10", "unit": "件", "actual": "8", "reason": reason}
    told = with_indicators(办件=short)
    lost = fields.value_of(told, "list lost_points")
    assert lost is not None and lost.partition("失2.00分。")[2] == (f"原因是{cause}" if cause else "")
    improvements = fields.value_of(told, "list improvements")
    assert improvements == (
        f"1. 针对“办件”没有得满分的问题，{measure}" if measure else "〔未填：失分指标的改进措施〕"
    )


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("three_public.reception.last_budget", "公务接待·2022年预算数"),
        ("compare base.public_funds.final base.public_funds.last_final", "公用经费·2023年决算数"),
        ("list economic wages", "工资福利支出明细"),
        ("staff.total.in_post", "财政供养人员情况·合计·2023年实际在职人数"),
        ("score", "部分指标的自评得分"),
    ],
)
def test_field_without_data_names_what_is_missing(name: str, what: str) -> None:
    assert fields.value_of(REPORT, name) == f"〔未填：{what}〕"
    assert fields.unfilled(f"共{fields.value_of(REPORT, name)}元") == [(1, len(what) + 6, what)]


@pytest.mark.parametrize(
    "name",
    [
        "年度",
        "three_public.total",
        "three_public.total.nothing",
        "nowhere.total.final",
        "staff.total.order",
        "annex3_funds.total.executed",
        "change three_public.total.final",
        "year 2",
        "score of.what",
        "change three_public.total.last_budget wages",
        "narrative.problems.text",
        "list economic bread",
        "percent 1/",
        "percent total",
        f"percent {'(' * 60}1{')' * 60}",
        "money round(1,99999999)*",
        "x" * 300,
    ],
)
def test_mark_of_an_unknown_field_is_plain_text(name: str) -> None:
    assert fields.value_of(REPORT, name) is None
    assert fields.expanded(REPORT, f"⟦{name}⟧⟦{name}=甲⟧") == f"⟦{name}⟧⟦{name}=甲⟧"
    assert fields.label_of(REPORT, name) == name


NAMES = [TOTAL, CHANGE, "year", "grade", "无此字段", "percent 1/0", "three_public.total.note"]
MARKED = st.lists(
    st.one_of(
        st.text(alphabet="⟦⟧=年a1.\n 〔", max_size=6),
        st.sampled_from(NAMES).map(lambda name: f"⟦{name}⟧"),
        st.tuples(st.sampled_from(NAMES), st.text(max_size=5)).map(lambda m: f"⟦{m[0]}={m[1]}⟧"),
    ),
    max_size=12,
).map("".join)


@given(st.one_of(MARKED, st.text()))
def test_pieces_join_to_the_stored_text(stored: str) -> None:
    parts = fields.pieces(REPORT, stored)
    assert fields.stored_of(parts) == stored
    assert fields.expanded(REPORT, stored) == "".join(piece.text for piece in parts)
    for found in fields.disagreements(REPORT, stored):
        assert fields.expanded(REPORT, stored)[found.start : found.end] == found.shown


@given(MARKED, st.data(), st.text(alphabet="1.减少万元", max_size=4))
def test_replacement_changes_only_the_replaced_text(stored: str, data: st.DataObject, new: str) -> None:
    before = fields.expanded(REPORT, stored)
    end = data.draw(st.integers(0, len(before)))
    start = data.draw(st.integers(0, end))
    after = fields.replaced(REPORT, stored, start, end, new)
    wanted = before[:start] + new + before[end:]
    # brackets that were plain text may come to stand around a field's name, and make a mark of it
    assert fields.expanded(REPORT, after) == wanted or "⟦" in wanted


WORDS = [
    *FIELDS,
    TOTAL,
    "base.special:1.final",
    "annex3_funds@*.total.final",
    "wages",
    "met",
    "sum(",
    ")",
    "-",
    "/",
]
EMPTY = Assessment(TEMPLATES, {}, 2023, "hunan-2023")


@given(st.lists(st.sampled_from(WORDS), max_size=6), st.sampled_from(["", " "]))
def test_field_of_any_name_has_a_value_or_none(words: list[str], gap: str) -> None:
    name = gap.join(words)
    for assessment in (REPORT, EMPTY):
        shown, label = fields.value_of(assessment, name), fields.label_of(assessment, name)
        assert (shown is None) == (label == name)
        assert shown is None or "⟦" not in shown


def test_brackets_without_end_are_plain_text() -> None:
    for stored in ("⟦" * 100_000, "⟦a=" * 30_000, "⟦year⟧" * 10_000, "⟦" + "a" * 100_000):
        assert fields.stored_of(fields.pieces(REPORT, stored)) == stored


@pytest.mark.parametrize(
    ("old", "new", "stored"),
    [
        ("6.88", "6.90", TEXT.replace(f"{TOTAL}⟧", f"{TOTAL}=6.90⟧", 1)),
        ("6.88万元", "7.00万元", TEXT.replace(f"{TOTAL}⟧", f"{TOTAL}=7.00⟧", 1)),
        ("6.88", "16.88", TEXT.replace(f"{TOTAL}⟧", f"{TOTAL}=16.88⟧", 1)),
        ("0.67", "0.7", TEXT.replace(f"{CHANGE}⟧", f"{CHANGE}=减少0.7万元，下降8.87%⟧")),
        ("共6.88", "合计6.88", TEXT.replace("共", "合计")),
        ("6.88", "6.88", TEXT),
        ("6.88", "", TEXT.replace(f"⟦{TOTAL}⟧", "", 1)),
        ("。", "，已公开。", TEXT.replace("。", "，已公开。")),
    ],
)
def test_edited_field_becomes_overwritten(old: str, new: str, stored: str) -> None:
    start = fields.expanded(REPORT, TEXT).index(old)
    assert fields.replaced(REPORT, TEXT, start, start + len(old), new) == stored


def test_text_beside_a_field_leaves_it_live_unless_it_joins_its_number() -> None:
    assert fields.replaced(REPORT, TEXT, 1, 1, "约") == TEXT.replace("共", "共约")
    assert f"⟦{TOTAL}=16.88⟧" in fields.replaced(REPORT, TEXT, 1, 1, "1")
    assert f"⟦{TOTAL}=6.885⟧" in fields.replaced(REPORT, TEXT, 5, 5, "5")
    assert fields.replaced(REPORT, "", 0, 0, "甲") == "甲"


def test_overwritten_field_given_its_current_value_is_live_again() -> None:
    assert fields.replaced(REPORT, f"共⟦{TOTAL}=9⟧", 1, 2, "6.88") == f"共⟦{TOTAL}⟧"


def test_edit_outside_a_field_keeps_it_live() -> None:
    assert fields.edited(REPORT, TEXT, fields.expanded(REPORT, TEXT)) == TEXT
    said = fields.expanded(REPORT, TEXT).replace("万元", "万元整", 1)
    assert fields.edited(REPORT, TEXT, said) == TEXT.replace("万元", "万元整", 1)
    assert fields.edited(REPORT, "甲", "乙") == "乙"


def test_brackets_typed_into_a_field_make_it_plain_text() -> None:
    assert fields.stored_of([Piece("甲⟧乙", TOTAL, True), Piece("丙")]) == "甲⟧乙丙"


@pytest.mark.parametrize(
    ("field", "shown", "agrees"),
    [
        (TOTAL, "6.88", True),
        (TOTAL, "6.9", True),
        (TOTAL, "6.880", True),
        (TOTAL, "68800元", True),
        (TOTAL, "6.98", False),
        (TOTAL, "7.55", False),
        ("three_public.reception.rate", "88%", True),
        ("three_public.reception.rate", "87.5%", False),
        (CHANGE, "减少0.67万元，降幅8.9%，原因是合并下乡线路", True),
        (CHANGE, "增加0.67万元，增长8.87%", False),
        (CHANGE, "减少0.76万元，下降8.87%", False),
        (CHANGE, "有所减少", True),
        (CHANGE, "与上年持平", False),
        ("unit.this.name", "清河县农业农村局（本级）", True),
        ("unit.this.name", "清河县林业局", False),
        ("list economic wages", "基本工资9.00万元", True),
    ],
)
def test_overwritten_field_disagrees_only_where_it_says_something_else(
    field: str, shown: str, agrees: bool
) -> None:
    found = fields.disagreements(REPORT, f"前文⟦{field}={shown}⟧后文")
    assert (not found) == agrees
    if found:
        assert found[0][:4] == (2, 2 + len(shown), field, shown)
        assert found[0].current == fields.value_of(REPORT, field)


SECTION = Section("other", "其他", 1, starting="{year}年无其他情况。", fallback="unit.this.duties")


def test_section_text_falls_back_on_its_cell_and_starting_text() -> None:
    assert fields.section_text(report(other="⟦year⟧年的事。"), SECTION) == "2023年的事。"
    assert fields.section_text(REPORT, SECTION) == "2023年无其他情况。"
    disproved = SECTION._replace(disproved_by=(TOTAL,))
    assert fields.section_text(REPORT, disproved) == ""
    assert fields.section_text(REPORT, SECTION._replace(fallback="unit.this.name")) == "清河县农业农村局"


def test_passage_is_offered_once_its_data_are_there() -> None:
    known = {
        "ready": Passage("ready", "有数", f"⟦{TOTAL}⟧万元。", (f"nonzero {TOTAL}",)),
        "nothing": Passage("nothing", "为零", "甲", ("nonzero three_public.abroad.final",)),
        "waiting": Passage("waiting", "缺数", "甲", ("three_public.abroad.budget",)),
    }
    assessment = Assessment(TEMPLATES._replace(passages=known), REPORT.sheet.facts, 2023, "form-2023")
    found = fields.offered(assessment, SECTION._replace(passages=("ready", "nothing", "waiting", "gone")))
    assert [(passage.id, text) for passage, text in found] == [
        ("ready", "6.88万元。"),
        ("nothing", ""),
        ("waiting", ""),
    ]


def test_shares_add_up_to_100_where_rounding_allows() -> None:
    assert shares([Decimal(1), Decimal(1), Decimal(1)]) == [Decimal("33.33")] * 3
    tied = shares([Decimal("50.005"), Decimal("49.995")])
    assert tied == [Decimal("50.00"), Decimal("50.00")]
    assert shares([Decimal(0)]) == [Decimal(0)]
