"""What stands before the first heading is printed, and nothing of it changes."""

from __future__ import annotations

import pytest

from desktop.audit.text.flat_text import Text
from desktop.exchange.import_report.file_body.body import body_of
from desktop.exchange.import_report.opening import place_opening
from desktop.exchange.import_report.sections import Part, read_sections
from desktop.exchange.import_report.title_match import BigramWeights
from desktop.exchange.read_text.lines import joined
from tests.exchange.made_reports import TEMPLATES, UNIT, flat, lines_of

WORDINGS = BigramWeights(TEMPLATES.outlines)
OPENING = "根据通知要求，我局认真开展自评，现将情况报告如下："
TITLE = f"2023年度{UNIT}部门整体支出绩效自评报告\n"
BODY = "一、单位基本情况\n有股室。\n二、存在的问题\n推迟。"


def parts_of(text: str, outline: str = "ten-part") -> list[Part]:
    lines = lines_of(TITLE + text)
    sections = TEMPLATES.outlines[outline].sections
    body = body_of(lines, Text(joined(lines))).lines
    return place_opening(read_sections(body, sections, WORDINGS).parts, sections)


def names(parts: list[Part]) -> list[str]:
    return [part.section.id if part.section else "rest" if part.unassigned else part.title for part in parts]


@pytest.mark.parametrize("heading", ["", "前言\n", "引 言\n"])
def test_opening_goes_above_the_text_of_the_first_part(heading: str) -> None:
    first, problems = parts_of(f"{heading}{OPENING}\n{BODY}")
    assert first.text == f"{OPENING}\n有股室。"
    assert (first.opening, first.opening_line) == (heading.strip(), 3 if heading else 2)
    assert problems.text == "推迟。"


@pytest.mark.parametrize("heading", ["", "前言\n"])
def test_opening_goes_to_its_own_section(heading: str) -> None:
    opening, first, _ = parts_of(f"{heading}{OPENING}\n{BODY}", "addressed")
    assert opening.section is not None and opening.section.id == "opening"
    assert (opening.text, first.text) == (OPENING, "有股室。")


def test_opening_goes_to_a_first_part_whose_heading_is_missing() -> None:
    parts = parts_of(f"{OPENING}\n（一）职能职责\n管水。\n二、存在的问题\n推迟。")
    assert names(parts) == ["unit", "duties", "problems"]
    assert parts[0].text == OPENING


@pytest.mark.parametrize(
    "text", ["清水办字3号\n内部资料\n", "全年巡查水库三十六次，整改隐患一十二处。\n" * 200]
)
def test_cover_lines_and_text_without_headings_are_no_opening(text: str) -> None:
    parts = parts_of(text + BODY)
    assert names(parts) == ["rest", "unit", "problems"]
    assert flat([parts[0].text]) == flat([text])


def test_file_without_headings_has_no_opening() -> None:
    assert names(parts_of(OPENING)) == ["rest"]
