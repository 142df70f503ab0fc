"""What another outline does to each heading of a report, before it is done."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.outline.applying import applied
from desktop.domain.outline.outline_edits import add_after, switch
from desktop.resource_files.templates import load_templates

TEMPLATES = load_templates(Path("resources"))


def written(sheet: FactSheet, changes: list[tuple[FactKey, str | None]]) -> FactSheet:
    facts = dict(sheet.facts) | {key: text or "" for key, text in changes}
    return FactSheet(TEMPLATES, {key: text for key, text in facts.items() if text}, sheet.year)


def test_headings_stand_as_they_will_and_lost_texts_behind_them() -> None:
    sheet = FactSheet(TEMPLATES, {FactKey("narrative", "fund_budget", "text"): "没有。"}, 2023)
    new, changes = add_after(sheet, "improvements", "党建工作", 1)
    sheet = written(sheet, changes)
    lines = applied(sheet, "six-part")
    after = written(sheet, switch(sheet, "six-part"))
    assert [line.section for line in lines if line.then] == [section.id for section in after.outline]
    own = next(line for line in lines if line.section == new)
    assert own.own and own.now.endswith("党建工作") and own.then.endswith("党建工作")
    assert [line.section for line in lines if line.without_place] == ["fund_budget"]


def test_the_outline_that_a_report_has_changes_nothing() -> None:
    sheet = FactSheet(TEMPLATES, {}, 2023)
    assert all(line.now == line.then for line in applied(sheet, "ten-part"))
