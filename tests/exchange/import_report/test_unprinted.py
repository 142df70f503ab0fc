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


def test_a_heading_stays_above_one_that_is_printed() -> None:
    found = hidden({}, *FILE)
    assert "profile" not in found
    assert {"structure", "staffing", "mission", "tasks", "duty_effect"} <= found.keys()
    assert not found.keys() & set(FILE)


def test_what_is_written_or_stands_elsewhere_is_printed() -> None:
    found = hidden({FactKey("annex2_goals", "this", "expected"): "保障安全。"}, *FILE, written=("tasks",))
    assert not found.keys() & {"overall_goal", "tasks", "mission"}


def test_a_piece_of_a_report_hides_nothing() -> None:
    assert hidden({}, "problems", "improvements") == {}


def test_a_hidden_heading_comes_back_with_those_above_it() -> None:
    rows = ("unit", "profile", "duties", "structure")
    facts = {FactKey("headings", row, "hidden"): "是" for row in rows}
    assert hidden(facts, "duties", written=("duties",)) == {"unit": "", "profile": "", "duties": ""}
