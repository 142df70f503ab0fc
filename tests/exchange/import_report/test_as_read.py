"""A file's own headings in a report without text: their words, levels, order and numbers, and nothing besides."""

from __future__ import annotations

from desktop.domain.facts import FactSheet
from desktop.domain.outline.outline import AS_READ, CHOSEN, NUMBERING, numbered
from desktop.domain.outline.outline_edits import add_after, move, switch
from tests.exchange.import_report.test_narrative import Facts, plan, written

PARTS = """根据通知要求，现将自评情况报告如下。
第一部分 部门概况
一、主要职责
负责水利。
二、机构人员
有6个股室。
第二部分 履职情况
一、防汛抗旱（20分）
全年巡查36次。
第三部分 其他需说明的情况
无。"""


def printed(sheet: FactSheet) -> list[str]:
    return [f"{number}{section.title}" for number, section in numbered(sheet.outline) if section.level]


def report(text: str = PARTS) -> FactSheet:
    return written(plan(text))


def changed(sheet: FactSheet, changes: list) -> FactSheet:  # type: ignore[type-arg]
    facts: Facts = {**sheet.facts, **{key: text or "" for key, text in changes}}
    return FactSheet(sheet.templates, {key: text for key, text in facts.items() if text}, sheet.year)


def test_headings_are_printed_as_the_file_has_them() -> None:
    sheet = report()
    assert (sheet.text(CHOSEN), sheet.text(NUMBERING)) == (AS_READ, "第一部分|一、")
    assert printed(sheet) == [
        "第一部分\u3000部门概况",
        "一、主要职责",
        "二、机构人员",
        "第二部分\u3000履职情况",
        "一、防汛抗旱（20分）",
        "第三部分\u3000其他需说明的情况",
    ]


def test_a_heading_is_known_by_what_it_means() -> None:
    ids = {section.title: section.id for section in report().outline}
    assert ids["主要职责"] == "duties" and ids["防汛抗旱（20分）"].startswith("own:")


def test_nothing_is_printed_that_the_file_does_not_have() -> None:
    assert [section.starting + section.fallback for section in report().outline] == [""] * 7


def test_a_second_import_changes_nothing_and_a_changed_text_is_one_item() -> None:
    sheet = report()
    again = plan(PARTS, dict(sheet.facts))
    assert (again.items, again.rows, again.outline) == ([], [], [])
    (item,) = plan(PARTS.replace("36次", "37次"), dict(sheet.facts)).items
    assert item.new == "全年巡查37次。" and item.old == "全年巡查36次。"


def test_a_heading_is_added_and_moved_among_them() -> None:
    sheet = report()
    _, changes = add_after(sheet, "duties", "历史沿革", 2)
    more = changed(sheet, changes)
    assert printed(more)[1:4] == ["一、主要职责", "二、历史沿革", "三、机构人员"]
    assert printed(changed(more, move(more, "own:1", -1)))[:3] == [
        "第一部分\u3000履职情况",
        "一、防汛抗旱（20分）",
        "第二部分\u3000部门概况",
    ]


def test_another_outline_can_be_put_over_it() -> None:
    sheet = report()
    other = changed(sheet, switch(sheet, "ten-part"))
    assert other.text(NUMBERING) == ""
    assert "（一）职能职责" in printed(other), "the outline's own words, not the file's"


def test_a_report_that_this_program_printed_keeps_its_outline() -> None:
    outline = sheet_of("six-part")
    text = "\n".join(f"{number}{s.title}\n写{i}处。" for i, (number, s) in enumerate(numbered(outline)))
    (choice,) = plan(text).outline
    assert choice.new == "six-part"


def sheet_of(outline: str) -> tuple:  # type: ignore[type-arg]
    return plan(PARTS) and report().templates.outlines[outline].sections
