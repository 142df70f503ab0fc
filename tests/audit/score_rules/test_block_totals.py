"""R36b: a block's score against its items in other paragraphs."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of

ITEMS = (
    "（一）产出指标（30分）\n1.清扫（10分）。全部完成，得10分。\n2.清运（10分）。少一成，得9分。\n3.绿化（10分）。得8分。\n"
    "（二）效益指标（70分）\n全面完成，得68分。\n"
)


@pytest.mark.parametrize("claim", ["三、结论\n产出指标合计得分28分，效益指标68分。", "产出得28.5分。"])
def test_a_block_told_in_another_chapter_unlike_its_items_is_wrong(claim: str) -> None:
    (finding,) = findings_of("R36b", ITEMS + claim)
    assert (finding.level, finding.expected) == ("错误", "27分")


@pytest.mark.parametrize(
    "text",
    [
        ITEMS + "三、结论\n产出指标合计得分27分，效益指标68分。",
        # The items do not make the block's weight; the block is told twice; more than its weight is another's.
        ITEMS.replace("3.绿化（10分）", "3.绿化（5分）") + "产出指标合计得分28分。",
        ITEMS + ITEMS + "产出指标合计得分28分。",
        ITEMS + "上年产出得35分。",
        ITEMS.replace("少一成，得9分", "一处得5分，一处得4分，小计9分") + "产出指标合计得分29分。",
    ],
)
def test_blocks_that_agree_or_are_not_whole_are_silent(text: str) -> None:
    assert findings_of("R36b", text) == []
