"""R13: instructions, placeholders, half sentences."""

from __future__ import annotations

import pytest

from tests.audit.rule_cases import findings_of, levels, marked


@pytest.mark.parametrize(
    "text",
    [
        "四、存在问题\n主要反映各项支出偏离目标的情况，并分析原因。",
        "简要说明项目资金的安排落实、总投入等情况。",
        "从经济性、效率性、有效性等方面归纳反映部门整体支出绩效情况。",
        "概述部门主要职责和机构设置等情况。",
        "（请填写本单位实际情况）",
        "我局在职人员××人。",
        "××县农业农村局",
        "XX年度绩效自评报告",
        "[bookmark: _Toc12345678]我局无其他情况。",
        "详见错误!未找到引用源。",
        "附表（可另附页）",
        "3、（此处根据实际情况填写）",
    ],
)
def test_what_the_template_left_in_is_found(text: str) -> None:
    assert "错误" in levels("R13", text)


@pytest.mark.parametrize(
    "text",
    [
        "（此页为封面）",
        "……",
        "（三）……",
        "1、\n2、加强管理。",
        "根据本年度绩效评价工作方案。",
        "按照县财政局关于开展绩效自评工作的通知要求。",
        "部门（单位）名称：（盖章）",
        "五、乙\n六、丙\n无。",
        "厉行节约保障措施\n制度措施\n说明：无",
        "全年共开展宣传活动二百五十余次，出动宣传人员二千八百余人次，制作展板四百余块，发放资料七万余份\n七、问题",
        "年月日",
    ],
)
def test_unfinished_sentences_and_chapters_are_found(text: str) -> None:
    assert levels("R13", text) == {"提示"}


@pytest.mark.parametrize(
    "text",
    [
        "我局主要反映在三个方面：一是预算不细，二是进度不快。",
        "提请补充预算，申请补充经费35万元。",
        "根据县财政局的通知要求，我局开展了绩效自评。",
        "按照规定程序执行。",
        "群众反映的问题全部得到解决。",
        "面积2×3米，XXL号防护服20套。",
        "一、基本概况………………4\n二、机构设置……………18",
        "一、甲\n（一）子\n我局好。",
        "我局建立了内部控制制度，严格执行预算，全年支出控制在预算以内，没有发生违规使用资金的情况，效果较好。",
        "厉行节约保障措施\n制定公务接待、公车管理、办公用品采购三项制度，按季度通报执行情况。",
        "单位负责人签字：  填表人：  联系电话：",
    ],
)
def test_finished_text_has_no_finding(text: str) -> None:
    assert findings_of("R13", text) == []


def test_a_number_whose_title_stands_in_the_next_line_is_no_empty_item() -> None:
    assert findings_of("R13", "第一部分\n水利局概况\n一、主要职责\n负责全县水利工作。\n") == []


def test_an_instruction_on_how_much_to_write_is_found() -> None:
    assert levels("R13", "五、绩效情况\n（此处简述自评开展情况，不少于200字）\n我局开展自评。") == {"错误"}


@pytest.mark.parametrize(
    "note", ["（业务股补数后再改）", "【此处请办公室补充数据】", "（如有变化请据实修改）"]
)
def test_notes_from_one_writer_to_another_are_a_hint(note: str) -> None:
    assert levels("R13", f"全年完成改造3处{note}，群众满意。") == {"提示"}


def test_the_end_of_an_unfinished_paragraph_is_marked_with_whole_numbers() -> None:
    told = (
        "我局严格执行预算，全年支出安排合理，按月核对，按季通报，其中基本支出2336.91万元，占79.49%；项目支出"
    )
    assert marked("R13", f"{told}\n二、其他情况\n无。") == "2336.91万元，占79.49%；项目支出"
