"""A heading finds its section by wording, in whatever words it is put, and no other."""

from __future__ import annotations

import pytest

from desktop.exchange.import_report.title_match import EXACT, Titles, Wordings, normal
from tests.exchange.made_reports import TEMPLATES


@pytest.fixture(scope="module")
def titles() -> Titles:
    return Titles(TEMPLATES.outlines["ten-part"].sections, Wordings(TEMPLATES.outlines))


def best(titles: Titles, words: str) -> str:
    found = titles.like(words)
    return TEMPLATES.outlines["ten-part"].sections[found[0][0]].id if found else ""


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("单位整体支出绩效情况", "performance"),
        ("2023年度部门（单位）整体支出绩效情况", "performance"),
        ("存在的主要问题和原因", "problems"),
        ("下一步的改进措施", "improvements"),
        ("单位整体支出绩效自评结果拟应用和公开情况", "publication"),
        ("社会保险基金预算支出", "social_insurance_budget"),
        ("政府性基金支出情况", "fund_budget"),
        ("机构设置及人员情况", "structure"),
        ("强化政治引领", ""),
        ("预算执行进度有待加快", ""),
        ("智慧水利建设情况", ""),
    ],
)
def test_the_section_a_heading_means(titles: Titles, words: str, section: str) -> None:
    assert best(titles, words) == section


def test_every_title_and_alias_means_its_own_section() -> None:
    wordings = Wordings(TEMPLATES.outlines)
    for outline in TEMPLATES.outlines.values():
        mine = Titles(outline.sections, wordings)
        for place, section in enumerate(outline.sections):
            assert (place, EXACT) in mine.like(section.title), (outline.id, section.title)


def test_small_words_and_who_it_is_about_do_not_count() -> None:
    assert normal("本部门2023年度存在的主要问题及原因分析") == normal("存在问题和原因")
    assert normal("我局") == "我局"


def test_a_title_glued_to_its_text_is_found(titles: Titles) -> None:
    assert titles.begins("机构设置我局内设6个股室") == "机构设置"
    assert titles.begins("我局内设6个股室") == ""
