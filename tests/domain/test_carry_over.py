"""A new year begins with last year's headings and with the texts that stay; the rest is written anew."""

from __future__ import annotations

from desktop.domain.all_templates import Templates
from desktop.domain.carry_over import carried_over
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.outline import outline_edits
from tests.domain.conftest import MakeSheet
from tests.domain.outline.test_outline_edits import lines, written


def after(last: FactSheet) -> FactSheet:
    return FactSheet(last.templates, carried_over(last), last.year + 1)


def test_own_renamed_and_hidden_headings_are_carried_over(templates: Templates) -> None:
    last = FactSheet(templates, {FactKey("paper", "this", "outline"): "blocks"}, 2023)
    new, changes = outline_edits.add_after(last, "structure", "固定资产情况", 3)
    last = written(last, changes)
    last = written(last, outline_edits.rename(last, "problems", "2023年度存在的问题"))
    last = written(last, outline_edits.hide(last, "publication", True))
    last = written(last, [(FactKey("narrative", new, "text"), "年末固定资产1.2万元。")])
    now = after(last)
    assert lines(now) == lines(last) and f"3.{new}" in lines(now)
    assert outline_edits.title_of(now, "problems") == "2024年度存在的问题"
    assert [key for key in now.facts if key.table == "narrative"] == []


def test_print_options_are_carried_over_with_a_title_of_the_new_year(sheet: MakeSheet) -> None:
    choices = {"title": "2023年度绩效报告", "addressee": "清河县财政局", "cover": "否", "annexes_first": "是"}
    now = after(sheet({f"paper.this.{column}": text for column, text in choices.items()}))
    told = {key.column: text for key, text in now.facts.items() if key.table == "paper"}
    assert told == choices | {"title": "2024年度绩效报告"}


def test_lasting_texts_are_carried_over_with_their_fields(sheet: MakeSheet) -> None:
    duties, structure = "贯彻执行方针政策。", "内设9个股室，在职⟦staff.total.in_post⟧人。"
    last = sheet(
        {
            "narrative.duties.text": duties,
            "narrative.structure.text": structure,
            "narrative.problems.text": "执行率偏低。",
            "staff.total.in_post": "47",
        }
    )
    texts = {key.row: text for key, text in after(last).facts.items() if key.table == "narrative"}
    assert texts == {"duties": duties, "structure": structure}


def test_text_that_the_unit_page_holds_is_not_carried_over(sheet: MakeSheet) -> None:
    last = sheet({"unit.this.duties": "单位信息页上的职责。", "narrative.duties.text": "另写的职责。"})
    now = after(last)
    assert now.get("unit", "this", "duties") == "单位信息页上的职责。"
    assert [key for key in now.facts if key.table == "narrative"] == []


def test_tables_of_carried_texts_come_along(sheet: MakeSheet) -> None:
    table = '{"rows":[["股室","人数"]]}'
    last = sheet(
        {
            "narrative.structure.text": "见下表。\n⟦block 2⟧",
            "blocks.2.table": table,
            "narrative.problems.text": "⟦block 3⟧",
            "blocks.3.table": table,
        }
    )
    assert {key: text for key, text in after(last).facts.items() if key.table == "blocks"} == {
        FactKey("blocks", "2", "table"): table
    }
