"""A heading finds its section by wording, in whatever words it is put, and no other."""

from __future__ import annotations

import pytest

from desktop.exchange.import_report.title_match import EXACT, BigramWeights, SectionTitles, normal_title
from tests.exchange.made_reports import TEMPLATES


@pytest.fixture(scope="module")
def titles() -> SectionTitles:
    return SectionTitles(TEMPLATES.outlines["ten-part"].sections, BigramWeights(TEMPLATES.outlines))


def best(titles: SectionTitles, words: str) -> str:
    similar = titles.similar(words)
    return TEMPLATES.outlines["ten-part"].sections[similar[0][0]].id if similar else ""


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
def test_reworded_title_means_its_section(titles: SectionTitles, words: str, section: str) -> None:
    assert best(titles, words) == section


def test_every_title_and_alias_means_its_own_section() -> None:
    weights = BigramWeights(TEMPLATES.outlines)
    for outline in TEMPLATES.outlines.values():
        mine = SectionTitles(outline.sections, weights)
        for place, section in enumerate(outline.sections):
            assert (place, EXACT) in mine.similar(section.title), (outline.id, section.title)


def test_small_words_and_the_unit_are_no_part_of_a_title() -> None:
    assert normal_title("本部门2023年度存在的主要问题及原因分析") == normal_title("存在问题和原因")
    assert normal_title("我局") == "我局"


def test_title_glued_to_its_text_is_split_off(titles: SectionTitles) -> None:
    assert titles.glued_title("机构设置我局内设6个股室") == "机构设置"
    assert titles.glued_title("我局内设6个股室") == ""
