"""Headings without numbers are told by what they are set in."""

from __future__ import annotations

import pytest

from desktop.exchange.import_report.file_body.body_lines import BodyLine
from desktop.exchange.import_report.set_apart import SetIn, TypeEvidence
from desktop.exchange.read_text.lines import LineType

TEXT = LineType(32, False, "仿宋")
TOP = LineType(36, True, "黑体", True)
LOWER = LineType(32, True, "仿宋")


def lines_of(*said: tuple[str, LineType | None]) -> list[BodyLine]:
    return [BodyLine(text, number, type=found) for number, (text, found) in enumerate(said, 1)]


def ranks(
    lines: list[BodyLine], heads: tuple[int, ...] = (), known: dict[SetIn, str] | None = None
) -> list[int | None]:
    found = TypeEvidence(lines).unnumbered(heads, heads, lambda text: "。" not in text, known or {})
    return [found.get(at) for at in range(len(lines))]


REPORT = lines_of(
    *(("部门概况", TOP), ("机构设置", LOWER), ("有六个股室，编制六十二人。", TEXT), ("人员情况", LOWER)),
    *(("在职五十八人，退休二十人。", TEXT), ("主要绩效", TOP), ("完成水库除险加固三座。", TEXT)),
)


def test_larger_type_is_the_higher_heading() -> None:
    assert ranks(REPORT) == [0, 1, None, 1, None, 0, None]


def test_lines_in_the_middle_are_above_others_set_alike() -> None:
    lines = [
        line._replace(type=LOWER._replace(centred=True)) if line.type == TOP else line for line in REPORT
    ]
    assert ranks(lines) == [0, 1, None, 1, None, 0, None]


def test_another_font_is_enough_and_smaller_type_never() -> None:
    font = [
        line._replace(type=LineType(32, False, "黑体")) if line.type == LOWER else line for line in REPORT
    ]
    assert ranks(font)[1] == 1
    small = [
        line._replace(type=LineType(28, True, "黑体")) if line.type == LOWER else line for line in REPORT
    ]
    assert ranks(small) == [0, None, None, None, None, 0, None]


@pytest.mark.parametrize(
    "text", ["表1 支出情况", "图：支出结构", "重点项目支出表（万元）", "节约措施：", "一是加强管理。"]
)
def test_captions_and_what_leads_on_are_no_headings(text: str) -> None:
    assert ranks([*REPORT, *lines_of((text, LOWER), ("后面的话。", TEXT))])[7] is None


def test_a_remark_with_a_colon_in_another_font_is_no_heading_and_a_bold_one_may_be() -> None:
    kai = LineType(32, False, "楷体")
    remarks = lines_of(
        *(
            (text, kai if "附" in text else TEXT)
            for text in ("附注：含结转", "有话说。", "附注：含补助", "有话说。")
        )
    )
    assert ranks([*REPORT, *remarks])[7:] == [None] * 4
    bold = lines_of(("亮点一：数字监管", LOWER), ("有话说。", TEXT))
    assert ranks([*REPORT, *bold])[7] == 1


def test_one_line_of_its_kind_is_a_heading_only_beside_others() -> None:
    once = lines_of(("机构设置", LOWER), ("有六个股室，编制六十二人。", TEXT))
    assert ranks(once) == [None, None]
    assert ranks([*REPORT, *lines_of(("其他", LineType(36, False, "楷体")), ("没有。", TEXT))])[7] is not None
    assert ranks([*lines_of(("内部资料", LineType(36, False, "楷体"))), *REPORT])[0] is None


def test_bold_lists_are_no_headings() -> None:
    names = lines_of(*((f"第{n}水管站", LOWER) for n in "甲乙丙丁"), ("以上四站合并办公，编制不变。", TEXT))
    assert ranks(names) == [None] * 5


def test_where_headings_have_numbers_others_must_be_set_like_them_or_be_many() -> None:
    lines = lines_of(
        *(("一、概况", TOP), ("有六个股室，编制六十二人。", TEXT), ("注意事项", LOWER), ("没有别的。", TEXT)),
        *(("二、绩效", TOP), ("完成水库除险加固三座。", TEXT), ("结语", TOP), ("特此报告。", TEXT)),
    )
    known = {SetIn(36, True, "黑体"): "chinese"}
    assert ranks(lines, (0, 4), known) == [None, None, None, None, None, None, 0, None]


def test_another_font_is_not_enough_where_headings_have_numbers() -> None:
    kai = LineType(32, False, "楷体")
    said = [
        line for n in "甲乙丙" for line in ((f"{n}类资料", kai), (f"存有{n}类资料若干，由专人保管。", TEXT))
    ]
    lines = lines_of(
        ("一、概况", TOP), ("有股室。", TEXT), ("二、绩效", TOP), ("有进展。", TEXT), ("三、其他", TOP), *said
    )
    assert ranks(lines, (0, 2, 4)) == [None] * 11
    bold = [line._replace(type=LOWER) if line.type == kai else line for line in lines]
    assert ranks(bold, (0, 2, 4))[5:] == [0, None] * 3


def test_lines_of_unknown_type_are_no_headings() -> None:
    plain = [line._replace(type=None) for line in REPORT]
    assert ranks(plain) == [None] * 7 and TypeEvidence(plain).of(plain[0]) is None


def test_bold_words_before_the_text_lead_it() -> None:
    line = BodyLine("1.基本支出。全年支出十万元。", 1, type=TEXT._replace(lead=7))
    assert TypeEvidence.leads(line, "1.基本支出") and not TypeEvidence.leads(line, "1.基本支出。全年支出十万")
    assert not TypeEvidence.leads(line._replace(type=TEXT), "1.基本支出")
