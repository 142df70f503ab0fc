"""R21: sentences and paragraphs twice."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels

LONG = "我局严格执行预算管理制度，规范资金审批程序，提高资金使用效益"
MORE = "同时加强内部控制建设，完善绩效目标管理，定期通报项目进度，确保年度任务按期完成"


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}。其他工作正常。{LONG}。",
        f"{LONG}。\n{LONG.replace('，', ',')}。",
        f"1、{LONG}。\n2、{LONG}。",
        f"{LONG}。 {LONG}；并及时公开。{LONG}。",
        f"一、甲\n{LONG}！\n二、乙\n{LONG}。",
    ],
)
def test_a_sentence_written_twice_is_found(text: str) -> None:
    assert levels("R21", text) == {"提示"}


def test_a_paragraph_written_twice_is_found() -> None:
    paragraph = f"{LONG}。{MORE}。"
    assert levels("R21", f"{paragraph}\n中间一段。\n{paragraph}\n") == {"核实"}
    assert len(findings_of("R21", f"{paragraph}\n中间一段。\n{paragraph}\n")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "我局没有政府性基金支出。我局没有政府性基金支出。",
        "我局2023年度没有政府性基金预算支出。\n我局2023年度没有国有资本经营预算支出。",
        "三、存在的问题及原因分析\n三、存在的问题及原因分析\n",
        f"{LONG}。{MORE}。",
        "无。\n无。\n无。",
    ],
)
def test_short_or_different_sentences_are_no_repetition(text: str) -> None:
    assert findings_of("R21", text) == []


def test_paragraphs_copied_together_are_told_once() -> None:
    duty = "（{}）负责全县第{}类水利工程的建设、运行和维护，指导乡镇开展河道巡查与清淤，并组织防汛演练、统计灾情和调配抢险物资。"
    duties = "\n".join(duty.format(n, n) for n in "一二三") + "\n"
    found = findings_of("R21", f"局的职责是：\n{duties}单位的职责是：\n{duties}")
    assert len(found) == 1 and "3段" in found[0].message
