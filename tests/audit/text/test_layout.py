"""Lines of documents are recognised as cover, contents, tables or body."""

from __future__ import annotations

import time

import pytest

from desktop.audit.text.layout import Kind, kinds_of
from desktop.audit.text.reading import Reading

DOCUMENT = """青石县水务局
2023年度部门决算
目 录
第一部分 青石县水务局概况……1
一、主要职责……1
二、机构设置……2
第二部分 部门决算表……3
一、收入支出决算总表……3
第三部分 决算情况说明……9
一、收入决算情况说明……9
第一部分 青石县水务局概况
一、主要职责
负责全县水资源管理，组织防汛抗旱。
二、机构设置
内设3个股室：办公室、规划股、河道股。
第二部分 部门决算表
"""
BALANCE = [
    ("项目", "决算数", "项目", "决算数"),
    ("一、一般公共预算财政拨款收入", "812.40", "一、一般公共服务支出", ""),
    ("三、国有资本经营预算财政拨款收入", "", "三、国防支出", ""),
    ("四、上级补助收入", "", "四、公共安全支出", ""),
    ("五、事业收入", "20.00", "五、教育支出", "832.40"),
    ("本年收入合计", "832.40", "本年支出合计", "832.40"),
]
WAYS = {
    "one cell a line, a tab before each": "\n".join("\n" + "\n".join(f"\t{c}" for c in r) for r in BALANCE),
    "tabs": "\n".join("\t".join(row) for row in BALANCE),
    "strokes": "\n".join(" | ".join(row) for row in BALANCE),
    "one cell a line": "\n".join(cell for row in BALANCE for cell in row if cell),
    "one cell a line, a stroke behind each": "\n".join(f"{cell} |" for row in BALANCE for cell in row),
}


def kinds(raw: str) -> dict[str, Kind]:
    lines = raw.splitlines(keepends=True)
    return dict(zip((line.strip() for line in lines), kinds_of(lines), strict=True))


def test_cover_and_contents_end_where_the_body_begins() -> None:
    lines = DOCUMENT.splitlines(keepends=True)
    found = kinds_of(lines)
    assert found[:2] == [Kind.COVER] * 2
    assert found[2:10] == [Kind.CONTENTS] * 8
    assert found[10:] == [Kind.BODY] * 6


def test_contents_without_page_numbers_end_at_the_first_entry_met_again() -> None:
    raw = DOCUMENT.replace("……1", "").replace("……2", "").replace("……3", "").replace("……9", "")
    found = kinds_of(raw.splitlines(keepends=True))
    assert found[2:10] == [Kind.CONTENTS] * 8 and found[10] is Kind.BODY


def test_a_body_without_contents_has_none() -> None:
    raw = "一、基本情况\n全局在职30人，退休12人。\n目录清单已经公布。\n二、支出情况\n支出20万元。\n"
    assert set(kinds(raw).values()) == {Kind.BODY}


@pytest.mark.parametrize("way", WAYS)
def test_a_table_of_two_columns_is_no_list_of_headings(way: str) -> None:
    reading = Reading(
        f"{DOCUMENT}收入支出决算总表\n{WAYS[way]}\n一、收入决算情况说明\n本年收入832.40万元。\n"
    )
    body = "".join(sentence.text for sentence in reading.sentences)
    assert "国防支出" not in body and "上级补助收入" not in body
    assert "一、收入决算情况说明" in body and "负责全县水资源管理" in body


def test_rows_parted_by_blanks_are_a_table() -> None:
    rows = "科目 合计 基本支出 项目支出\n201 一般公共服务支出 66.20 50.10 16.10\n20106 财政事务 66.20 50.10 16.10\n"
    assert list(kinds(rows).values())[1:] == [Kind.TABLE] * 2


@pytest.mark.parametrize(
    "line",
    ["1.\t资产情况", "\t本单位2023年收入12.00万元，支出11.00万元。", "（一）收入 说明", "2023年 12月 31日"],
)
def test_a_single_line_with_blanks_or_tabs_is_body(line: str) -> None:
    assert kinds(f"本单位情况如下。\n{line}\n其他情况如下。\n")[line.strip()] is Kind.BODY


def test_indented_headings_are_body() -> None:
    raw = "\t一、基本情况\n\t（一）机构设置\n\t本单位内设办公室、财务股，核定编制20名。\n"
    assert set(kinds(raw).values()) == {Kind.BODY}


def test_a_sentence_in_a_cell_is_body() -> None:
    raw = "\t存在的问题\n\t预算执行偏慢，年末集中支付较多。\n\t改进措施\n"
    assert kinds(raw)["预算执行偏慢，年末集中支付较多。"] is Kind.BODY


def test_marks_of_pages_inside_a_sentence_are_no_text() -> None:
    page = "全年接待{}批，\n— {} —\n青石县水务局决算\n共{}人次。\n"
    reading = Reading("".join(page.format(n, n, 2 * n) for n in range(3, 8)))
    assert "全年接待3批，共6人次。" in reading.text.flat and "决算" not in reading.text.flat


def test_numbers_between_blanks_in_a_sentence_are_no_row() -> None:
    raw = "支出决算总额为 5.48 万元,比预算增加 0 万元,比上年增加\n1.55 万元,增长 39.4 %,主要是车辆运行支出\n增加。\n"
    assert set(kinds(raw).values()) == {Kind.BODY}


def test_labels_and_amounts_far_apart_are_rows() -> None:
    found = kinds("公务接待费    150000\n公务用车费    100000\n公务用车保有量    1\n全年没有超支。\n")
    assert list(found.values()) == [Kind.TABLE] * 3 + [Kind.BODY]


def test_contents_with_dots_and_pages_in_brackets_below_a_ruled_head() -> None:
    head = "| 索引号 | 115002300086863934/2025-00067 | 发文字号 | 无 |\n| 主题 | 林业 | 体裁 | 决算 |\n"
    entries = "目录\n一、概况.............( 1 )\n（一）部门职责.........( 1)\n二、决算公开表……( 2)\n"
    found = kinds(f"{head}{entries}一、概况\n（一）部门职责\n负责全县林业工作，组织造林绿化。\n")
    assert list(found.values()) == [Kind.COVER] * 2 + [Kind.CONTENTS] * 4 + [Kind.BODY] * 3


@pytest.mark.parametrize("line", ["." * 60_000 + "x", "1 " * 60_000, "-" * 60_000 + "x", "a\t" * 60_000])
def test_endless_dots_and_blanks_take_no_time(line: str) -> None:
    begun = time.process_time()
    kinds_of(["目录\n", f"{line}\n", f"{line}\n"])
    assert time.process_time() - begun < 2
