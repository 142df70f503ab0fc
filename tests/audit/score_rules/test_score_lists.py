"""R36l: what is said of a list of scores or rates."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of

BANDS = "90分（含）以上为优，80（含）至90分为良。"
RATES = (
    "（1）护栏更换。预算20万元，执行率95.00%。\n"
    "（2）水质监测。预算30万元，执行率88.00%。\n"
    "（3）护林员补助。预算10万元，执行率90.00%。\n"
)


@pytest.mark.parametrize(
    ("text", "level", "right"),
    [
        ("项目得分：（1）项98分，（2）项84分，（3）项91分，简单平均为92分。", "错误", "91分"),
        ("四个项目全部达到优等。得分：甲98分，乙88.6分，丙96分，丁95分。" + BANDS, "错误", ""),
        ("四个项目全部达到优等。得分：甲98分，乙88.6分，丙96分，丁95分。", "核实", ""),
        ("得分：甲98分，乙84分，丙91分。" + BANDS + "优3个、良0个。", "错误", ""),
        ("得分最高的是甲项目98分，最低的是乙项目91分，丙项目90分。", "错误", ""),
        (RATES + "三个项目中，执行率最低的是护林员补助。", "错误", ""),
        (RATES + "执行率最低的是水质监测，最高的是护林员补助。", "错误", ""),
    ],
)
def test_what_a_list_does_not_bear_out_is_found(text: str, level: str, right: str) -> None:
    (finding,) = findings_of("R36l", text)
    assert (finding.level, finding.expected) == (level, right)


@pytest.mark.parametrize(
    "text",
    [
        "项目得分：（1）项98分，（2）项84分，（3）项91分，简单平均为91分。",
        "四个项目全部达到优等。得分：甲98分，乙90.6分，丙96分，丁95分。" + BANDS,
        "得分：甲98分，乙84分，丙91分。" + BANDS + "优2个、良1个。",
        "得分：甲98分，乙84分，其余见附表。" + BANDS + "优5个、良1个。",
        "得分最高的是甲项目98分，最低的是乙项目90分，丙项目91分，平均得分89分。",
        RATES + "三个项目中，执行率最低的是水质监测，最高的是护栏更换。",
        RATES.replace("95.00%", "125.00%") + "执行率最高的是护林员补助。",
        RATES + "执行率最低的是文化惠民工程。",
    ],
)
def test_what_a_list_bears_out_is_silent(text: str) -> None:
    assert findings_of("R36l", text) == []
