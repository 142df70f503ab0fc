"""Moving, adding, renaming, hiding headings: what is printed afterwards, and that nothing is lost."""

from __future__ import annotations

from random import Random

import pytest

from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.outline import outline_edits as edits
from desktop.domain.outline.outline import numbered


def written(sheet: FactSheet, changes: edits.Changes) -> FactSheet:
    """The sheet with the changes made; each cell is named once."""
    facts = dict(sheet.facts)
    assert len({key for key, _ in changes}) == len(changes)
    for key, value in changes:
        assert sheet.templates.knows(key)
        facts.pop(key, None)
        if value is not None:
            facts[key] = value
    return FactSheet(sheet.templates, facts, sheet.year)


def lines(sheet: FactSheet) -> list[str]:
    return [number + section.id for number, section in numbered(sheet.outline)]


@pytest.fixture
def plain(templates: Templates) -> FactSheet:
    return FactSheet(templates, {}, 2023)


def facts_of(sheet: FactSheet, table: str = "headings") -> set[tuple[str, str, str]]:
    return {(key.row, key.column, value) for key, value in sheet.facts.items() if key.table == table}


def test_heading_moves_with_its_subheadings(plain: FactSheet) -> None:
    moved = written(plain, edits.move(plain, "unit", 1))
    assert lines(moved)[:6] == [
        "一、general_budget",
        "（一）basic_spending",
        "（二）project_spending",
        "二、unit",
        "（一）duties",
        "（二）structure",
    ]
    back = written(moved, edits.move(moved, "unit", -1))
    assert back.facts == {} and lines(back) == lines(plain)


def test_subheading_moves_past_its_sibling_and_into_the_next_part(plain: FactSheet) -> None:
    swapped = written(plain, edits.move(plain, "structure", -1))
    assert lines(swapped)[1:3] == ["（一）structure", "（二）duties"]
    onward = written(plain, edits.move(plain, "structure", 1))
    assert lines(onward)[2:5] == ["二、general_budget", "（一）structure", "（二）basic_spending"]
    assert written(onward, edits.move(onward, "structure", -1)).facts == {}


def test_first_and_last_heading_do_not_move_beyond_the_ends(plain: FactSheet) -> None:
    assert written(plain, edits.move(plain, "unit", -1)).facts == {}
    assert written(plain, edits.move(plain, "duties", -1)).facts == {}
    assert written(plain, edits.move(plain, "other", 1)).facts == {}
    assert edits.move(plain, "nowhere", 1) == []
    first = written(plain, edits.move(plain, "other", -100))
    assert lines(first)[0] == "一、other" and facts_of(first) == {("other", "place", "0.5")}


def test_move_writes_only_the_moved_heading(plain: FactSheet) -> None:
    moved = written(plain, edits.move(plain, "problems", 2))
    assert facts_of(moved) == {("problems", "place", "13.5")}


def test_random_moves_keep_every_heading(plain: FactSheet) -> None:
    chance, sheet = Random(7), plain
    new, changes = edits.add_after(plain, "unit", "引言", 3)
    sheet = written(plain, changes)
    for _ in range(60):
        row = chance.choice(edits.headings(sheet)).section.id
        wanted = edits.move(sheet, row, chance.choice((-2, -1, 1, 2)))
        sheet = written(sheet, wanted)
        assert sorted(h.section.id for h in edits.headings(sheet)) == sorted(
            [new, *(h.section.id for h in edits.headings(plain))]
        )
    assert all(len(value) < 8 for _, column, value in facts_of(sheet) if column == "place")


def test_own_heading_is_added_behind_the_chosen_one(plain: FactSheet) -> None:
    new, changes = edits.add_after(plain, "unit", " 党建\n工作 ", 1)
    added = written(plain, changes)
    assert new == "own:1" and lines(added)[3:5] == ["二、own:1", "三、general_budget"]
    assert edits.title_of(added, new) == "党建 工作"
    below, changes = edits.add_after(added, "unit", "沿革", 2)
    both = written(added, changes)
    assert below == "own:2" and lines(both)[:3] == ["一、unit", "（一）own:2", "（二）duties"]
    _, changes = edits.add_after(both, "nowhere", "附言", 9)
    assert lines(written(both, changes))[-1] == "①own:3"


def test_removing_an_own_heading_empties_its_cells_and_text(plain: FactSheet) -> None:
    new, changes = edits.add_after(plain, "unit", "党建工作", 1)
    text = (FactKey("narrative", new, "text"), "正文")
    added = written(plain, [*changes, text])
    assert written(added, edits.remove_own(added, new)).facts == {}
    assert edits.remove_own(added, "unit") == []
    assert edits.add_after(written(plain, [text]), "unit", "又一个", 1)[0] == "own:2"


def test_title_is_renamed_and_an_empty_one_restores_the_outlines(plain: FactSheet) -> None:
    renamed = written(plain, edits.rename(plain, "unit", "部门概况"))
    assert renamed.outline[0].title == "部门概况"
    assert written(renamed, edits.rename(renamed, "unit", "  ")).facts == {}
    assert written(renamed, edits.rename(renamed, "unit", "单位基本情况")).facts == {}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("（三）固定资产情况", "固定资产情况"),
        ("(3) 固定资产情况", "固定资产情况"),
        ("七、存在的主要问题", "存在的主要问题"),
        ("十二．其他", "其他"),
        ("1.党建工作", "党建工作"),
        ("2、 党建工作", "党建工作"),
        ("（1）党建工作", "党建工作"),
        ("①党建工作", "党建工作"),
        ("第一部分 单位概况", "单位概况"),
        ("第二部分单位概况", "单位概况"),
        ("三、（一）单位概况", "单位概况"),
        ("七、三公经费", "三公经费"),
        ("2023年重点工作", "2023年重点工作"),
        ("1.5倍目标", "1.5倍目标"),
        ("一、二级项目情况", "一、二级项目情况"),
        ("一般公共预算", "一般公共预算"),
        ("第一季度工作", "第一季度工作"),
        ("第一部分", "第一部分"),
        ("（新）政策", "（新）政策"),
        ("十四五规划", "十四五规划"),
    ],
)
def test_number_typed_before_a_title_is_dropped(plain: FactSheet, typed: str, kept: str) -> None:
    new, changes = edits.add_after(plain, "unit", typed, 2)
    added = written(plain, changes)
    assert edits.title_of(added, new) == kept
    assert edits.title_of(written(added, edits.rename(added, "problems", typed)), "problems") == kept


def test_title_of_a_number_alone_is_empty(plain: FactSheet) -> None:
    assert written(plain, edits.rename(plain, "unit", "（一）")).facts == {}


def test_hiding_takes_subheadings_along_and_showing_the_headings_above(plain: FactSheet) -> None:
    hidden = written(plain, edits.hide(plain, "unit", True))
    assert lines(hidden)[0] == "一、general_budget" and len(edits.headings(hidden)) == 14
    shown = written(hidden, edits.hide(hidden, "duties", False))
    assert lines(shown)[:3] == ["一、unit", "（一）duties", "二、general_budget"]
    assert written(shown, edits.hide(shown, "unit", False)).facts == {}
    assert edits.hide(plain, "nowhere", True) == []


def test_level_change_takes_subheadings_along(plain: FactSheet) -> None:
    deeper = written(plain, edits.set_level(plain, "general_budget", 2))
    assert lines(deeper)[3:6] == ["（三）general_budget", "1.basic_spending", "2.project_spending"]
    assert written(deeper, edits.set_level(deeper, "general_budget", 1)).facts == {}
    deepest = written(plain, edits.set_level(plain, "unit", 7))
    assert lines(deepest)[:3] == ["①unit", "②duties", "③structure"]
    assert edits.set_level(plain, "nowhere", 2) == []


def test_texts_without_a_printed_heading_are_listed(plain: FactSheet) -> None:
    texts: edits.Changes = [
        (FactKey("narrative", row, "text"), "正文") for row in ("unit", "other", "own:4", "duties")
    ]
    texts.append((FactKey("narrative", "own:5", "text"), "  \n"))
    sheet = written(plain, texts)
    assert edits.texts_without_heading(sheet) == ["own:4"]
    hidden = written(sheet, edits.hide(sheet, "unit", True))
    assert edits.texts_without_heading(hidden) == ["unit", "duties", "own:4"]
    assert edits.unplaced(hidden) == ["own:4"]  # what was hidden was hidden on purpose
    assert edits.title_of(hidden, "unit") == "单位基本情况" and edits.title_of(hidden, "own:4") == ""


def test_opening_without_heading_stays_first(plain: FactSheet) -> None:
    sheet = written(plain, edits.switch(plain, "addressed"))
    assert edits.move(sheet, "opening", 1) == [] and edits.set_level(sheet, "opening", 2) == []
    assert written(sheet, edits.move(sheet, "unit", -1)).facts == sheet.facts
    hidden = written(sheet, edits.hide(sheet, "opening", True))
    assert len(hidden.outline) == len(sheet.outline) - 1
    assert "opening" not in {row for row, _, _ in facts_of(written(sheet, edits.hide(sheet, "unit", False)))}


def test_own_heading_follows_its_anchor_into_any_outline(plain: FactSheet) -> None:
    new, changes = edits.add_after(plain, "structure", "固定资产情况", 2)
    second, more = edits.add_after(written(plain, changes), new, "信息化情况", 2)
    sheet = written(written(plain, changes), more)
    expected = {
        "ten-part": ["（二）structure", "（三）own:1", "（四）own:2"],
        "six-part": ["（二）structure", "（三）own:1", "（四）own:2"],
        "blocks": ["2.structure", "3.own:1", "4.own:2"],
        "ten-part-scale": ["2.structure", "3.own:1", "4.own:2"],
        "addressed": ["一、unit", "（一）own:1", "（二）own:2"],
    }
    for outline in ("addressed", "blocks", "six-part", "ten-part-scale", "addressed", "ten-part"):
        sheet = written(sheet, edits.switch(sheet, outline))
        order = lines(sheet)
        at = next(n for n, line in enumerate(order) if line.endswith(new))
        assert order[at - 1 : at + 2] == expected[outline], outline
    assert second == "own:2"


def test_own_first_subheading_stays_first_in_any_outline(plain: FactSheet) -> None:
    new, changes = edits.add_after(plain, "unit", "沿革", 2)
    sheet = written(plain, changes)
    for outline in ("blocks", "addressed", "six-part"):
        sheet = written(sheet, edits.switch(sheet, outline))
        order = [section.id for section in sheet.outline]
        assert order[order.index("unit") + 1] == new


def test_missing_anchor_is_replaced_by_the_heading_before_it(plain: FactSheet) -> None:
    new, changes = edits.add_after(plain, "state_capital_budget", "专户管理资金", 1)
    sheet = written(plain, changes)
    six = written(sheet, edits.switch(sheet, "six-part"))
    assert lines(six)[5:8] == ["（二）project_spending", "三、own:1", "四、performance"]
    renamed = written(six, edits.move(six, "improvements", -1))  # elsewhere: it goes on waiting
    back = written(renamed, edits.switch(renamed, "ten-part"))
    order = [section.id for section in back.outline]
    assert order[order.index(new) - 1] == "state_capital_budget"


def test_own_heading_of_older_versions_stands_by_its_place(plain: FactSheet) -> None:
    """A report that only says `place` prints as it did, and switches behind the heading it stands behind."""
    facts = {"title": "党建工作", "level": "2", "place": "3.5"}
    sheet = written(plain, [(FactKey("headings", "own:1", column), text) for column, text in facts.items()])
    assert lines(sheet)[2:4] == ["（二）structure", "（三）own:1"]
    assert lines(written(sheet, edits.switch(sheet, "blocks")))[3:5] == ["2.structure", "3.own:1"]
    moved = written(sheet, edits.move(sheet, "own:1", -1))
    assert lines(moved)[1:4] == ["（一）duties", "（二）own:1", "（三）structure"]


def test_own_headings_anchored_in_a_circle_are_printed(plain: FactSheet) -> None:
    circle: edits.Changes = [
        (FactKey("headings", f"own:{one}", column), text)
        for one, other in ((1, 2), (2, 1))
        for column, text in (("title", "甲"), ("after", f"own:{other}"))
    ]
    assert {"own:1", "own:2"} <= {section.id for section in written(plain, circle).outline}


def test_random_edits_of_own_headings_move_nothing_else(plain: FactSheet) -> None:
    """Moved, indented, removed, hidden among many own headings: only what was meant changes its place."""
    chance, sheet = Random(11), plain
    for number in range(6):
        row = chance.choice(edits.headings(sheet)).section.id
        _, changes = edits.add_after(sheet, row, f"自拟{number}", chance.choice((1, 2, 2, 3)))
        sheet = written(sheet, changes)
    for step in range(80):
        if step % 10 == 9:
            outline = chance.choice(sorted(plain.templates.outlines))
            sheet = written(sheet, edits.switch(sheet, outline))
        now = [h.section.id for h in edits.headings(sheet)]
        row = chance.choice(now)
        moved = written(sheet, edits.move(sheet, row, chance.choice((-1, 1))))
        there = [h.section.id for h in edits.headings(moved)]
        assert sorted(there) == sorted(now)
        levels = {h.section.id: h.section.level for h in edits.headings(moved)}
        changed = written(moved, edits.set_level(moved, row, levels[row] + chance.choice((-1, 1))))
        assert [h.section.id for h in edits.headings(changed)] == there
        sheet = changed


def test_switching_the_outline_keeps_texts_titles_and_own_headings(plain: FactSheet) -> None:
    sheet = written(plain, [(FactKey("narrative", "fund_budget", "text"), "没有。")])
    sheet = written(sheet, edits.rename(sheet, "problems", "主要问题"))
    sheet = written(sheet, edits.move(sheet, "improvements", -1))
    new, changes = edits.add_after(sheet, "fund_budget", "党建工作", 1)
    sheet = written(sheet, changes)
    switched = written(sheet, edits.switch(sheet, "six-part"))
    order = [section.id for section in switched.outline]
    assert order.index(new) > order.index("general_budget")
    assert order.index("problems") < order.index("improvements")
    assert edits.texts_without_heading(switched) == ["fund_budget"]
    assert edits.title_of(switched, "fund_budget") == "政府性基金预算支出情况"
    assert edits.title_of(switched, "problems") == "主要问题"
    back = written(switched, edits.switch(switched, "ten-part"))
    assert [s.id for s in back.outline if s.id != new] == ids(plain, "ten-part")
    assert edits.texts_without_heading(back) == []


def ids(sheet: FactSheet, outline: str) -> list[str]:
    return [section.id for section in sheet.templates.outlines[outline].sections]
