"""A report's text lands under the headings it was written under, and none of it is lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from desktop.audit.text.flat_text import Text
from desktop.domain.text_blocks.marks import block_mark, note_mark
from desktop.exchange.import_report.file_body.body import body_of
from desktop.exchange.import_report.file_body.body_lines import BodyLine
from desktop.exchange.import_report.sections import (
    Part,
    Sections,
    best_outline,
    read_sections,
    with_notes_of_headings,
)
from desktop.exchange.import_report.title_match import SURE, BigramWeights
from desktop.exchange.read_text.any_file import read_lines
from desktop.exchange.read_text.lines import DocumentLine, joined
from tests.exchange.made_reports import BROKEN, COVERED, OTHER_WORDS, TEMPLATES, flat, lines_of, styled
from tests.places import CASES

WEIGHTS = BigramWeights(TEMPLATES.outlines)
TEN = TEMPLATES.outlines["ten-part"]
ALL = {"broken": BROKEN, "other words": OTHER_WORDS, "covered": COVERED}


def body_lines(lines: Sequence[DocumentLine]) -> list[BodyLine]:
    return body_of(lines, Text(joined(lines))).lines


def in_ten(lines: Sequence[DocumentLine]) -> Sections:
    return read_sections(body_lines(lines), TEN.sections, WEIGHTS)


def name_of(part: Part) -> str:
    return part.section.id if part.section else "rest" if part.unassigned else part.title


def texts_by_section(sections: Sections) -> dict[str, str]:
    return {name_of(part): part.text for part in sections.parts}


def test_headings_with_broken_numbers_are_known() -> None:
    texts = texts_by_section(in_ten(lines_of(BROKEN)))
    assert list(texts) == [
        "unit",
        "duties",
        "structure",
        "general_budget",
        "basic_spending",
        "project_spending",
        "fund_budget",
        "performance",
        "problems",
        "improvements",
        "publication",
        "other",
    ]
    assert texts["structure"] == "内设6个股室，编制62人。"
    assert texts["basic_spending"] == "基本支出880.1万元。"
    assert texts["project_spending"].endswith("1.小型水库除险加固511.25万元。")
    assert "（二）推进工程建设\n完成除险加固13座。" in texts["performance"]


def test_unknown_heading_keeps_its_text_and_its_subheadings() -> None:
    parts = in_ten(lines_of(OTHER_WORDS)).parts
    texts = {name_of(part): part.text for part in parts}
    assert (texts["智慧水利建设情况"], texts["站点建设"]) == ("建成监测站12处。", "站点全部联网。")
    assert [part.level for part in parts if part.section is None and not part.unassigned] == [1, 2]
    assert texts["rest"].startswith("根据通知要求")
    assert (texts["problems"], texts["improvements"]) == ("征地推迟。", "先征地后招标。")


def test_reworded_heading_is_known_by_the_sections_below_it() -> None:
    part = next(part for part in in_ten(lines_of(OTHER_WORDS)).parts if part.number == 12)
    assert part.section is not None and part.section.id == "general_budget"
    assert (part.text, part.likeness < SURE) == ("全年支出1936.4万元。", True)


def test_repeated_heading_is_one_and_text_behind_a_heading_is_text() -> None:
    sections = in_ten(lines_of(COVERED))
    assert sections.parts[0].heading == "一、部门、单位基本情况（一）单位基本情况"
    assert texts_by_section(sections)["duties"].startswith("我局负责全县水资源")


def test_word_styles_make_headings_without_numbers() -> None:
    sections = in_ten(styled())
    texts = texts_by_section(sections)
    assert texts["人才队伍"] == "引进技术人员2名。"
    assert texts["数字水利"] == "建成平台。"
    assert texts["problems"] == "征地推迟。\n科目\u3000金额\n工资\u3000500\n以上数据来自决算。"
    assert [part.level for part in sections.parts if part.section is None] == [2, 1]


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
@pytest.mark.parametrize("outline", TEMPLATES.outlines)
def test_every_character_is_kept_in_order(text: str, outline: str) -> None:
    lines = body_lines(lines_of(text))
    sections = read_sections(lines, TEMPLATES.outlines[outline].sections, WEIGHTS)
    assert flat([part.heading + part.text for part in sections.parts]) == flat([line.text for line in lines])


def test_numbered_list_within_a_section_is_text() -> None:
    text = "一、基本情况\n有股室。\n二、存在的问题\n一、人员不足\n二、经费紧张\n三、改进措施\n加强管理。"
    assert list(texts_by_section(in_ten(lines_of(text)))) == ["unit", "problems", "improvements"]
    assert texts_by_section(in_ten(lines_of(text)))["problems"] == "一、人员不足\n二、经费紧张"


@pytest.mark.parametrize(
    "title", ["二、绩效完成情况", "三、绩效目标完成情况分析", "二、智慧水利建设", "二、 数字水利"]
)
def test_part_with_the_number_of_the_one_before_is_a_heading(title: str) -> None:
    text = (
        "一、基本情况\n有股室。\n二、一般公共预算支出情况\n（一）基本支出情况\n八百万元。\n（二）项目支出情况\n"
        f"百万元。\n{title}\n完成除险3座。\n四、存在的问题\n推迟。\n五、改进措施\n加强。"
    )
    texts = texts_by_section(in_ten(lines_of(text)))
    own = title.partition("、")[2].strip()
    name_of_part = "performance" if "绩效" in title else own
    assert (texts["project_spending"], texts[name_of_part]) == ("百万元。", "完成除险3座。")
    assert (texts["problems"], texts["improvements"]) == ("推迟。", "加强。")


def test_second_heading_of_an_opened_section_is_text() -> None:
    text = "二、一般公共预算支出情况\n（一）基本支出情况\n八百万元。\n三、部门整体支出绩效情况\n（一）基本支出情况\n完成率高。"
    texts = texts_by_section(in_ten(lines_of(text)))
    assert texts["basic_spending"] == "八百万元。"
    assert texts["performance"] == "（一）基本支出情况\n完成率高。"


def test_outline_whose_headings_stand_in_the_file_is_chosen() -> None:
    for outline in TEMPLATES.outlines.values():
        text = "\n".join(f"{section.title}\n写了一些字。" for section in outline.sections)
        lines = [DocumentLine(line) for line in text.split("\n")]
        marked = [line._replace(level=1) for line in lines]
        levels = {section.title: section.level for section in outline.sections}
        marked = [line._replace(level=levels.get(line.text, 0)) for line in lines]
        chosen, sections = best_outline(body_lines(marked), TEN, TEMPLATES.outlines, WEIGHTS)
        assert chosen.id == outline.id
        assert sections.matched == len(outline.sections)


EXPECTED = {
    "000": "unit duties structure general_budget basic_spending project_spending performance problems"
    " improvements other",
    "002": "unit duties structure general_budget basic_spending project_spending fund_budget"
    " state_capital_budget social_insurance_budget performance problems improvements publication other",
    "004": "unit duties structure general_budget basic_spending project_spending fund_budget"
    " state_capital_budget social_insurance_budget performance problems improvements publication other",
}


@pytest.mark.parametrize("case", EXPECTED)
def test_published_reports_are_split_into_their_sections(case: str) -> None:
    path = next(CASES.glob(f"{case}_*.txt"), None)
    if path is None:
        pytest.skip("the published reports are not here")
    lines = body_lines(read_lines(path))
    sections = read_sections(lines, TEN.sections, WEIGHTS)
    assert [part.section.id for part in sections.parts if part.section] == EXPECTED[case].split()
    assert not any(part.unassigned for part in sections.parts)
    assert flat([part.heading + part.text for part in sections.parts]) == flat([line.text for line in lines])


def test_footnotes_of_headings_come_to_the_next_text_or_to_the_last() -> None:
    part, below, end = (Part(None, waiting=note_mark(words) if words else "") for words in ("甲", "", "乙"))
    below.lines = [block_mark("1"), "有6人。"]
    with_notes_of_headings([part, below, end])
    assert below.lines[1] == f"有6人。{note_mark('甲')}{note_mark('乙')}"
