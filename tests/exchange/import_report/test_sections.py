"""A report's text lands under the headings it was written under, and none of it is lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from desktop.audit.text.flat_text import Text
from desktop.exchange.import_report.body import BodyLine, body_of
from desktop.exchange.import_report.sections import Part, Sections, best_outline, read_sections
from desktop.exchange.import_report.title_match import SURE, Wordings
from desktop.exchange.read_text.any_file import read_lines
from desktop.exchange.read_text.lines import DocumentLine, joined
from tests.exchange.made_reports import BROKEN, COVERED, OTHER_WORDS, TEMPLATES, flat, lines_of, styled
from tests.places import CASES

WORDINGS = Wordings(TEMPLATES.outlines)
TEN = TEMPLATES.outlines["ten-part"]
ALL = {"broken": BROKEN, "other words": OTHER_WORDS, "covered": COVERED}


def body_lines(lines: Sequence[DocumentLine]) -> list[BodyLine]:
    return body_of(lines, Text(joined(lines))).lines


def in_ten(lines: Sequence[DocumentLine]) -> Sections:
    return read_sections(body_lines(lines), TEN.sections, WORDINGS)


def name(part: Part) -> str:
    return part.section.id if part.section else "rest" if part.rest else part.title


def by_name(found: Sections) -> dict[str, str]:
    return {name(part): part.text for part in found.parts}


def test_broken_numbers_hide_no_heading() -> None:
    found = by_name(in_ten(lines_of(BROKEN)))
    assert list(found) == [
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
    assert found["structure"] == "内设6个股室，编制62人。"
    assert found["basic_spending"] == "基本支出880.1万元。"
    assert found["project_spending"].endswith("1.小型水库除险加固511.25万元。")
    assert "（二）推进工程建设\n完成除险加固13座。" in found["performance"]


def test_a_heading_that_no_outline_knows_keeps_its_text_and_the_headings_below_it() -> None:
    parts = in_ten(lines_of(OTHER_WORDS)).parts
    found = {name(part): part.text for part in parts}
    assert (found["智慧水利建设情况"], found["站点建设"]) == ("建成监测站12处。", "站点全部联网。")
    assert [part.level for part in parts if part.section is None and not part.rest] == [1, 2]
    assert found["rest"].startswith("根据通知要求")
    assert (found["problems"], found["improvements"]) == ("征地推迟。", "先征地后招标。")


def test_a_heading_in_other_words_is_known_by_the_sections_below_it() -> None:
    part = next(part for part in in_ten(lines_of(OTHER_WORDS)).parts if part.number == 12)
    assert part.section is not None and part.section.id == "general_budget"
    assert (part.text, part.likeness < SURE) == ("全年支出1936.4万元。", True)


def test_a_heading_said_twice_is_one_and_glued_text_is_text() -> None:
    found = in_ten(lines_of(COVERED))
    assert found.parts[0].heading == "一、部门、单位基本情况（一）单位基本情况"
    assert by_name(found)["duties"].startswith("我局负责全县水资源")


def test_styles_of_word_make_headings_without_numbers() -> None:
    found = in_ten(styled())
    said = by_name(found)
    assert said["人才队伍"] == "引进技术人员2名。"
    assert said["数字水利"] == "建成平台。"
    assert said["problems"] == "征地推迟。\n科目\u3000金额\n工资\u3000500\n以上数据来自决算。"
    assert [part.level for part in found.parts if part.section is None] == [2, 1]


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
@pytest.mark.parametrize("outline", TEMPLATES.outlines)
def test_no_character_is_lost_and_the_order_stays(text: str, outline: str) -> None:
    lines = body_lines(lines_of(text))
    found = read_sections(lines, TEMPLATES.outlines[outline].sections, WORDINGS)
    assert flat([part.heading + part.text for part in found.parts]) == flat([line.text for line in lines])


def test_a_list_within_a_section_is_no_heading() -> None:
    text = "一、基本情况\n有股室。\n二、存在的问题\n一、人员不足\n二、经费紧张\n三、改进措施\n加强管理。"
    assert list(by_name(in_ten(lines_of(text)))) == ["unit", "problems", "improvements"]
    assert by_name(in_ten(lines_of(text)))["problems"] == "一、人员不足\n二、经费紧张"


@pytest.mark.parametrize(
    "title", ["二、绩效完成情况", "三、绩效目标完成情况分析", "二、智慧水利建设", "二、 数字水利"]
)
def test_a_number_that_stands_twice_hides_no_part(title: str) -> None:
    text = (
        "一、基本情况\n有股室。\n二、一般公共预算支出情况\n（一）基本支出情况\n八百万元。\n（二）项目支出情况\n"
        f"百万元。\n{title}\n完成除险3座。\n四、存在的问题\n推迟。\n五、改进措施\n加强。"
    )
    found = by_name(in_ten(lines_of(text)))
    own = title.partition("、")[2].strip()
    name_of_part = "performance" if "绩效" in title else own
    assert (found["project_spending"], found[name_of_part]) == ("百万元。", "完成除险3座。")
    assert (found["problems"], found["improvements"]) == ("推迟。", "加强。")


def test_a_section_is_opened_once() -> None:
    text = "二、一般公共预算支出情况\n（一）基本支出情况\n八百万元。\n三、部门整体支出绩效情况\n（一）基本支出情况\n完成率高。"
    found = by_name(in_ten(lines_of(text)))
    assert found["basic_spending"] == "八百万元。"
    assert found["performance"] == "（一）基本支出情况\n完成率高。"


def test_the_outline_is_that_whose_headings_are_found() -> None:
    for outline in TEMPLATES.outlines.values():
        text = "\n".join(f"{section.title}\n写了一些字。" for section in outline.sections)
        lines = [DocumentLine(line) for line in text.split("\n")]
        marked = [line._replace(level=1) for line in lines]
        levels = {section.title: section.level for section in outline.sections}
        marked = [line._replace(level=levels.get(line.text, 0)) for line in lines]
        chosen, found = best_outline(body_lines(marked), TEN, TEMPLATES.outlines, WORDINGS)
        assert chosen.id == outline.id
        assert found.matched == len(outline.sections)


EXPECTED = {
    "000": "unit duties structure general_budget basic_spending project_spending performance problems"
    " improvements other",
    "002": "unit duties structure general_budget basic_spending project_spending fund_budget"
    " state_capital_budget social_insurance_budget performance problems improvements publication other",
    "004": "unit duties structure general_budget basic_spending project_spending fund_budget"
    " state_capital_budget social_insurance_budget performance problems improvements publication other",
}


@pytest.mark.parametrize("case", EXPECTED)
def test_published_reports(case: str) -> None:
    path = next(CASES.glob(f"{case}_*.txt"), None)
    if path is None:
        pytest.skip("the published reports are not here")
    lines = body_lines(read_lines(path))
    found = read_sections(lines, TEN.sections, WORDINGS)
    assert [part.section.id for part in found.parts if part.section] == EXPECTED[case].split()
    assert not any(part.rest for part in found.parts)
    assert flat([part.heading + part.text for part in found.parts]) == flat([line.text for line in lines])
