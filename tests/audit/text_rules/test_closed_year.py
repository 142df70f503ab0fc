"""R70: words of a running year in a report on one that is over."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    "text",
    [
        "截至目前，共开展水质检测36次。",
        "剩余8户预计年底前完成改造。",
        "新聘的3名技术员即将到岗。",
        "水厂扩建工程有望于年内建成。",
        "管网改造预计2023年12月完成验收。",
    ],
)
def test_words_of_a_running_year_are_hints(text: str) -> None:
    assert levels("R70", text) == {"提示"}


@pytest.mark.parametrize(
    "text",
    [
        "截至12月31日，共开展水质检测36次。",
        "倒排工期，确保年底前完成改造。",
        "剩余工程预计2024年6月完成。",
        "尾款将于次年年底支付。",
        "一、下一步打算\n管网改造预计年底前完成。",
        "印发《关于预计年底完成项目的通知》。",
        "预计全年受益2000人，按计划年底完成。",
    ],
)
def test_plans_and_other_years_have_no_finding(text: str) -> None:
    assert findings_of("R70", text) == []
