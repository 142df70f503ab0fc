"""No heading is printed over nothing, and none is hidden that holds anything."""

from __future__ import annotations

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import CHOSEN
from desktop.exchange.import_report.sections import Part
from desktop.exchange.import_report.unprinted import unprinted
from tests.exchange.made_reports import TEMPLATES

BLOCKS = TEMPLATES.outlines["blocks"]
FILE = ("unit", "duties", "performance", "problems_and_improvements", "publication")


def hidden(facts: dict[FactKey, str], *file: str, written: tuple[str, ...] = ()) -> dict[str, str]:
    parts = [Part(section) for section in BLOCKS.sections if section.id in file]
    sheet = FactSheet(TEMPLATES, {CHOSEN: "blocks"} | facts, 2023)
    return {item.key.row: item.new for item in unprinted(sheet, parts, written)[0]}


def test_heading_above_a_printed_one_is_printed() -> None:
    hidden_headings = hidden({}, *FILE)
    assert "profile" not in hidden_headings
    assert {"structure", "staffing", "mission", "tasks", "duty_effect"} <= hidden_headings.keys()
    assert not hidden_headings.keys() & set(FILE)


def test_heading_with_text_or_a_fallback_is_printed() -> None:
    hidden_headings = hidden(
        {FactKey("annex2_goals", "this", "expected"): "保障安全。"}, *FILE, written=("tasks",)
    )
    assert not hidden_headings.keys() & {"overall_goal", "tasks", "mission"}


def test_part_of_a_report_hides_no_heading() -> None:
    assert hidden({}, "problems", "improvements") == {}


def test_hidden_heading_is_shown_again_with_those_above_it() -> None:
    rows = ("unit", "profile", "duties", "structure")
    facts = {FactKey("headings", row, "hidden"): "是" for row in rows}
    assert hidden(facts, "duties", written=("duties",)) == {"unit": "", "profile": "", "duties": ""}
