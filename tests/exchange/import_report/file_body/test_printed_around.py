"""How single lines read that stand around a report's text."""

from __future__ import annotations

import pytest

from desktop.exchange.import_report.file_body.printed_around import (
    ADDRESSEE,
    SIGN_LABEL,
    SIGN_LINE,
    signer_and_date,
    unit_in,
    without_page,
)
from tests.exchange.made_reports import UNIT


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        (f"2023年度{UNIT}部门整体支出绩效自评报告", UNIT),
        (f"{UNIT}2023年度部门整体支出绩效自评报告", UNIT),
        (f"{UNIT}关于2023年度整体支出绩效自评的报告", UNIT),
        (f"{UNIT}整体支出绩效自评报告（2024年）", UNIT),
        ("清河县桃花镇人民政府部门整体支出绩效自评报告", "清河县桃花镇人民政府"),
        (f"关于做好{UNIT}2023年度整体支出绩效自评的报告", UNIT),
        ("2023年度部门整体支出绩效自评报告", ""),
        ("部门整体支出绩效自评报告", ""),
    ],
)
def test_unit_is_read_from_a_title(title: str, unit: str) -> None:
    assert unit_in(title) == unit


@pytest.mark.parametrize(
    "text",
    [
        "单位负责人（签字）：张三",
        "填表人：李四",
        "（联系人：王五；联系电话：0731-1234567）",
        "抄送：县审计局",
        "抄送：县审计局，县人大常委会预算工作委员会。",
        "清溪县水利局办公室2024年4月11日印发",
    ],
)
def test_lines_below_a_signature(text: str) -> None:
    assert SIGN_LINE.match(text)


def test_sentences_and_parts_of_a_report_sign_nothing() -> None:
    assert not SIGN_LINE.match("负责人员培训：全年开展十二次。") and not SIGN_LABEL.match("单位支出情况")
    assert SIGN_LABEL.match("填报单位（盖章）：") and SIGN_LABEL.match("联系人及电话")


def test_who_is_addressed() -> None:
    assert ADDRESSEE.match("清溪县财政局：") and not ADDRESSEE.match("现将有关情况报告如下：")


def test_signer_and_date_on_one_line() -> None:
    assert signer_and_date("（盖章）清溪县水利局    2025年4月1日") == (UNIT, "2025年4月1日")
    assert signer_and_date("填报单位：清溪县水利局") == (UNIT, "")


def test_entries_of_the_contents_lose_their_pages() -> None:
    assert without_page("一、部门概况……3") == "一、部门概况" and without_page(" …… 3") == ""
