"""R11p: lists inside paragraphs."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels


@pytest.mark.parametrize(
    "text",
    [
        "一是抓学习。二是抓落实。四是抓督查。",
        "一是抓学习。二是抓落实。二是抓督查。",
        "一要抓早；二要抓小；四要抓实。",
        "主要做法：1.建章立制；2.加强培训；4.强化考核。",
        "主要做法：（1）建章立制。（2）加强培训。（2）强化考核。（3）及时公开。",
        "主要做法：①建章立制；②加强培训；④强化考核；⑤及时公开。",
    ],
)
def test_gaps_and_repeats_inside_paragraphs_are_found(text: str) -> None:
    assert levels("R11p", text) == {"错误"}


def test_a_list_of_shares_cut_by_a_stop_is_a_hint() -> None:
    text = "其中：水费10万元，占总支出10%；电费20万元，占总支出20%。邮费30万元，占总支出30%。"
    assert levels("R11p", text) == {"提示"}


@pytest.mark.parametrize(
    "text",
    [
        "一是抓学习，其中：一是集中学，二是自学。二是抓落实。三是抓督查。",
        "一是抓学习。\n二是抓落实。\n三是抓督查。\n",
        "一、甲\n一是抓学习。二是抓落实。\n二、乙\n一是抓早。二是抓小。\n",
        "统一是基础，第二是关键，之四是保障。",
        "其中：水费10万元，占总支出10%；电费20万元，占总支出20%；邮费30万元，占总支出30%。",
        "水费10万元，占总支出10%。电费20万元，占总支出20%。",
        "主要做法：1.建章立制；2.加强培训；3.强化考核。",
        "主要做法：1.建章立制；2.加强培训，3.强化考核；4.及时公开。",
        "涉及1.5万户；2.5万人；4.5万亩。",
        "按照（1）、（3）、（4）款执行。",
    ],
)
def test_unbroken_lists_and_references_have_no_finding(text: str) -> None:
    assert findings_of("R11p", text) == []
