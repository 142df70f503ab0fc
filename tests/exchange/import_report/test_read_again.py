"""A file that was corrected in Word and is read again: its headings changed, and nothing else does."""

from __future__ import annotations

from desktop.audit.text.flat_text import Text
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import numbered
from desktop.exchange.import_report.file_body.body import body_of
from desktop.exchange.import_report.narrative import NarrativePlan, narrative_plan
from desktop.exchange.read_text.lines import DocumentLine, joined
from tests.exchange.import_report.test_as_read import PARTS, printed, report
from tests.exchange.import_report.test_narrative import Facts, plan, table, written
from tests.exchange.made_reports import TEMPLATES


def again(text: str, sheet: FactSheet, *, with_unticked: bool = False) -> FactSheet:
    found = plan(text, dict(sheet.facts))
    facts = dict(sheet.facts)
    for row in found.rows:
        facts |= dict(row.facts)
    for item in found.items:
        if item.ticked or with_unticked:
            facts[item.key] = item.new
    return FactSheet(sheet.templates, {key: text for key, text in facts.items() if text}, sheet.year)


def test_a_renamed_heading_keeps_its_row_and_its_text() -> None:
    renamed = PARTS.replace("二、机构人员", "二、机构和人员情况")
    (item,) = plan(renamed, dict(report().facts)).items
    assert (item.label, item.old, item.new) == ("标题“机构人员”", "机构人员", "机构和人员情况")
    assert printed(again(renamed, report()))[2] == "二、机构和人员情况"


def test_headings_that_changed_places_stand_as_in_the_file() -> None:
    swapped = PARTS.replace("一、主要职责\n负责水利。\n二、机构人员\n有6个股室。",
                            "一、机构人员\n有6个股室。\n二、主要职责\n负责水利。")  # fmt: skip
    (item,) = plan(swapped, dict(report().facts)).items
    assert item.label.endswith("的位置") and item.told.startswith("在“")
    assert printed(again(swapped, report()))[1:3] == ["一、机构人员", "二、主要职责"]
    assert plan(swapped, dict(again(swapped, report()).facts)).items == []


def test_a_new_heading_comes_to_its_place_with_its_text() -> None:
    more = PARTS.replace("第二部分", "三、历史沿革\n2019年组建。\n第二部分")
    sheet = again(more, report())
    assert printed(sheet)[1:4] == ["一、主要职责", "二、机构人员", "三、历史沿革"]
    assert "2019年组建。" in sheet.facts.values()


def test_a_heading_that_is_gone_is_offered_and_not_ticked() -> None:
    less = PARTS.replace("二、机构人员\n有6个股室。\n", "")
    (item,) = plan(less, dict(report().facts)).items
    assert (item.ticked, item.old, item.told) == (False, "印出", "不印")
    hidden = again(less, report(), with_unticked=True)
    shown = [heading for heading in printed(hidden) if "机构人员" in heading]
    assert shown == [] and printed(again(PARTS, hidden)) == printed(report())


def test_another_level_is_told_in_words() -> None:
    text = "一、概况\n负责水利。\n（一）人员\n有6人。\n二、问题\n征地推迟。\n三、改进\n先征地。"
    sheet = written(plan(text))
    lower = text.replace("三、改进", "（一）改进")
    (item,) = plan(lower, dict(sheet.facts)).items
    assert (item.old, item.told) == ("第1级", "第2级")
    assert [number for number, _ in numbered(again(lower, sheet).outline)] == [
        "一、",
        "（一）",
        "二、",
        "（一）",
    ]


def test_another_report_is_not_taken_for_a_changed_one() -> None:
    other = "一、收入情况\n收入5万元。\n二、支出情况\n支出5万元。\n三、下一步\n加强管理。"
    labels = [item.label for item in plan(other, dict(report().facts)).items]
    assert not any(label.endswith("的位置") for label in labels)


def tabled(number: str) -> list[DocumentLine]:
    head = [DocumentLine(line) for line in ("一、概况", "见下表。")]
    rest = [DocumentLine(line) for line in ("二、问题", "征地推迟。")]
    return [*head, *table(("项目", "金额"), ("工资", number), ("油费", "3.00")), *rest]


def plan_lines(lines: list[DocumentLine], facts: Facts) -> NarrativePlan:
    return narrative_plan(body_of(lines, Text(joined(lines))), FactSheet(TEMPLATES, facts, 2023))


def test_a_number_corrected_in_a_table_is_an_item_and_the_same_table_is_none() -> None:
    facts = dict(written(plan_lines(tabled("2.00"), {})).facts)
    assert plan_lines(tabled("2.00"), facts).items == []
    (item,) = plan_lines(tabled("4.00"), facts).items
    assert item.key.table == "narrative" and item.problem == "表格第2行第2列：2.00 → 4.00"


def test_headings_of_the_file_may_replace_those_of_a_report_with_text() -> None:
    ours: Facts = {
        FactKey("narrative", "duties", "text"): "旧的。",
        FactKey("narrative", "problems", "text"): "旧问题。",
    }
    lines = [DocumentLine(line) for line in PARTS.splitlines()]
    body, sheet = body_of(lines, Text(joined(lines))), FactSheet(TEMPLATES, ours, 2023)
    assert (
        narrative_plan(body, sheet).other_headings
        and not narrative_plan(body, FactSheet(TEMPLATES, {}, 2023)).other_headings
    )
    replaced = written(narrative_plan(body, sheet, as_file=True), ours)
    assert printed(replaced) == printed(report())
    assert replaced.facts[FactKey("narrative", "problems", "text")] == "旧问题。"
    assert replaced.facts[FactKey("narrative", "duties", "text")] == "负责水利。"


def test_headings_of_another_file_may_replace_those_that_were_read_in() -> None:
    other = [
        DocumentLine(line)
        for line in "一、收入\n收入5万元。\n（一）明细\n如下。\n二、支出\n支出5万元。".splitlines()
    ]
    body, before = body_of(other, Text(joined(other))), report()
    replaced = written(narrative_plan(body, before, as_file=True), dict(before.facts))
    after = FactSheet(TEMPLATES, {key: text for key, text in replaced.facts.items() if text}, 2023)
    assert printed(after) == ["一、收入", "（一）明细", "二、支出"]
    assert "全年巡查36次。" in after.facts.values()
