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


@pytest.mark.parametrize(
    "text",
    [
        "追加的省级补助118.46万元用于校舍维修和操场改造。其他工作正常。2023年追加的省级补助118万元用于校舍维修和操场改造。",
        "3、加强设备采购管理，严格控制库存。\n4、加强设备采购管理，严格控制库存，及时盘点。",
        "为农业生产提供了可靠的用水保障，为城乡居民提供了可靠的用水保障。",
        "一、做法\n（一）加强对乡镇水站的技术指导，定期组织水质检测，及时公布检测结果。\n"
        "（二）针对水质波动的情况，加强对乡镇水站的技术指导，定期组织水质检测，及时公布检测结果。",
    ],
)
def test_the_same_words_again_are_a_hint(text: str) -> None:
    assert levels("R21", text) == {"提示"}


def test_a_problem_copied_as_a_remedy_is_to_be_checked() -> None:
    problem = "采购进度偏慢。部分设备参数论证时间较长，招标启动较晚，支付集中在四季度"
    text = f"一、存在的问题\n1.{problem}。\n2.人员紧张。\n二、改进措施\n1.{problem}。\n2.充实人员。"
    (finding,) = findings_of("R21", text)
    assert finding.level == "核实" and finding.message.startswith("改进措施照抄")


@pytest.mark.parametrize(
    "text",
    [
        "（一）办公费。\n决算数小于预算数的主要原因：落实过紧日子要求，压减一般性支出。\n"
        "（二）会议费。\n决算数小于预算数的主要原因：落实过紧日子要求，压减一般性支出。\n",
        "第三部分清河县水利局部门决算情况说明以及有关表格\n第三部分清河县水利局部门决算情况说明以及有关表格\n",
        "编制了一般公共预算财政拨款收入支出决算，政府性基金预算财政拨款收入支出决算。",
        "全年完成办公用房年初预算支出的95%。其他正常。全年完成办公用房年初预算支出的95.2%。",
    ],
)
def test_reasons_headings_and_parallel_figures_are_no_repetition(text: str) -> None:
    assert findings_of("R21", text) == []


def test_paragraphs_copied_together_are_told_once() -> None:
    duty = "（{}）负责全县第{}类水利工程的建设、运行和维护，指导乡镇开展河道巡查与清淤，并组织防汛演练、统计灾情和调配抢险物资。"
    duties = "\n".join(duty.format(n, n) for n in "一二三") + "\n"
    found = findings_of("R21", f"局的职责是：\n{duties}单位的职责是：\n{duties}")
    assert len(found) == 1 and "3段" in found[0].message


def test_an_item_that_stands_twice_in_its_list_is_a_hint() -> None:
    text = "7.1山区道路远，施工进度不够快。\n7.2年中追加比重偏高。\n7.3山区道路远，施工进度不够快。"
    assert levels("R21", text) == {"提示"}
    assert findings_of("R21", text.replace("7.3山区", "7.3湖区")) == []


def test_the_result_of_an_item_told_of_the_next_is_a_question() -> None:
    text = (
        "（1）病虫防治。清理枯木3260株，虫口密度明显下降。\n（2）森林防火。清理枯木3260株，虫口密度明显下降。"
    )
    assert levels("R21", text) == {"核实"}
    assert findings_of("R21", text.replace("防火。清理枯木3260", "防火。清理枯木1820")) == []
