"""What stands around a report's text is told from it: forms, cover, title, addressee, signature, page numbers."""

from __future__ import annotations

import pytest

from desktop.audit.text.flat_text import Text
from desktop.exchange.import_report.file_body.body import Body, body_of
from desktop.exchange.read_text.lines import (
    CellPlace,
    DocumentLine,
    LineType,
    TableCell,
    joined,
    table_lines,
)
from tests.exchange.made_reports import (
    BROKEN,
    COVERED,
    OTHER_WORDS,
    UNIT,
    lines_of,
    with_forms,
)


def body(text: str) -> Body:
    lines = lines_of(text)
    return body_of(lines, Text(joined(lines)))


def test_cover_and_title_in_two_lines_give_unit_year_and_date() -> None:
    read = body(COVERED)
    assert (read.unit, read.year, read.date) == (UNIT, 2023, "2024年4月2日")
    assert read.title == f"2023年度{UNIT}整体支出绩效自评报告"
    assert read.lines[0].text == "一、部门、单位基本情况"
    assert len(read.auto_printed) == 5


def test_contents_addressee_annex_list_and_signature_are_no_text() -> None:
    read = body(OTHER_WORDS)
    assert read.addressee == "清溪县财政局"
    texts = [line.text for line in read.lines]
    assert texts[0].startswith("根据通知要求")
    assert texts[-1] == "先征地后招标。"
    assert texts.count("一、部门概况") == 1


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("spaced", [True, False])
def test_printed_forms_are_no_body_wherever_they_stand(first: bool, spaced: bool) -> None:
    read = body(with_forms(BROKEN, first=first, joined=spaced))
    assert [line.text for line in read.lines] == [line.text for line in body(BROKEN).lines]


def test_page_numbers_and_contents_with_pages_are_no_text() -> None:
    read = body(
        "一、基本情况........3\n二、存在的问题\t5\n一、基本情况\n有6个股室。\n— 3 —\n第4页 共9页\n全年36次。"
    )
    assert [line.text for line in read.lines] == ["一、基本情况", "有6个股室。", "全年36次。"]


def test_wrapped_line_continues_only_in_files_without_paragraphs() -> None:
    long = "全年共组织开展水库大坝安全巡查三十六次并及时整改发现的各类安全隐患"
    plain = body(f"一、基本情况\n{long}\n一共十二处。")
    assert [line.continues for line in plain.lines] == [False, False, True]
    word = [DocumentLine("基本情况", 1), DocumentLine(long), DocumentLine("一共十二处。")]
    assert not any(line.continues for line in body_of(word, Text(joined(word))).lines)


def test_table_rows_survive_empty_cells_and_cells_of_two_lines() -> None:
    texts = (("项目", "", "金额"), ("", "水库\n维修", "3"))
    cells = (
        TableCell([DocumentLine(cell)], CellPlace(number, column))
        for number, row in enumerate(texts)
        for column, cell in enumerate(row)
    )
    read = body_of(lines := table_lines(cells), Text(joined(lines)))
    assert [(line.text, line.begins_row, line.continues) for line in read.lines] == [
        ("项目", True, False),
        ("金额", False, False),
        ("水库", True, False),
        ("维修", False, True),
        ("3", False, False),
    ]


def test_second_report_in_one_file_is_kept_apart() -> None:
    read = body(COVERED + OTHER_WORDS.replace(UNIT, "清溪县林业局"))
    assert read.unit == UNIT
    assert read.second_report[0].text.startswith("清溪县林业局2023年度")


COVERS = (
    f"{UNIT}\n整体支出绩效自评报告\n（2024年）",
    f"二〇二四年度\n{UNIT}\n部门整体支出绩效自评报告",
    f"{UNIT}\n2025年4月\n2024年度部门整体支出绩效自评报告",
    f"{UNIT}\n内部资料\n2024年度部门整体支出绩效自评报告",
    f"2024年度部门整体支出绩效自评报告\n{UNIT}\n二〇二五年四月",
)


@pytest.mark.parametrize("cover", COVERS)
def test_cover_names_the_unit_without_a_label(cover: str) -> None:
    read = body(f"{cover}\n壹、单位概况\n有股室。\n贰、存在的问题\n推迟。")
    assert (read.unit, read.year) == (UNIT, 2024)
    texts = [line.text for line in read.lines if line.text != "内部资料"]
    assert texts == ["壹、单位概况", "有股室。", "贰、存在的问题", "推迟。"]


def test_number_alone_on_its_line_is_joined_to_the_words_below() -> None:
    read = body("第一部分\n单位概况\n有股室。\n3.\n人员情况。\n支出占比为\n5.\n3%")
    assert [line.text for line in read.lines][:3] == ["第一部分 单位概况", "有股室。", "3.人员情况。"]
    assert read.lines[-1].text == "3%"


@pytest.mark.parametrize(
    "signature",
    [
        "清溪县水利局\n二〇二五年四月一日",
        "\n　　　清溪县水利局（盖章）\n\n\t2025.4.1\n",
        "清溪县水利局\t二○二五年四月一日",
        "填报单位：清溪县水利局\n2025年4月1日",
    ],
)
def test_signature_is_no_text_however_its_date_is_written(signature: str) -> None:
    read = body(f"一、单位基本情况\n有股室。\n二、下一步改进措施\n加强。\n{signature}")
    assert read.lines[-1].text == "加强。"
    assert (read.unit, read.date) == (UNIT, "2025年4月1日")


def test_the_unit_below_the_contents_belongs_to_the_title_though_it_stands_again_at_the_end() -> None:
    read = body(
        f"目 录\n一、概况........1\n二、其他........2\n{UNIT}\n２０２３年度部门整体支出绩效自评报告\n"
        f"一、概况\n有股室。\n二、其他\n无。\n{UNIT}\n2024年4月1日"
    )
    assert read.title == f"{UNIT}２０２３年度部门整体支出绩效自评报告" and read.year == 2023
    assert [line.text for line in read.lines] == ["一、概况", "有股室。", "二、其他", "无。"]


def test_a_line_of_the_contents_may_be_worded_otherwise_in_the_text() -> None:
    names = ("一、部门概况", "二、履职情况", "三、存在的问题", "四、改进措施")
    text = "\n".join(
        f"{name}（5分）\n有话说。" if name == names[1] else f"{name}\n有话说。" for name in names
    )
    read = body("目录\n" + "\n".join(names) + "\n" + text)
    assert [line.text for line in read.contents] == list(names)
    assert "\n".join(line.text for line in read.lines) == text


@pytest.mark.parametrize("number", ["1  ", "1.1 ", ""])
def test_addressee_is_known_whatever_numbers_the_headings_have(number: str) -> None:
    read = body(f"{UNIT}2023年度整体支出绩效自评报告\n清溪县财政局:\n{number}部门概况\n负责水利。")
    assert read.addressee == "清溪县财政局" and read.lines[0].text.endswith("部门概况")


def test_words_that_lead_to_the_report_are_no_addressee() -> None:
    read = body(f"{UNIT}2023年度整体支出绩效自评报告\n现将自评情况报告如下：\n一、概况\n有股室。")
    assert read.addressee == "" and read.lines[0].text == "现将自评情况报告如下："


def test_a_title_in_lines_set_alike_is_one() -> None:
    top = LineType(44, False, "小标宋", True)
    lines = [
        DocumentLine("清溪县科协", type=top),
        DocumentLine("关于2023年度整体支出绩效自评情况的报告", type=top),
    ]
    lines += [DocumentLine(text, type=LineType(32)) for text in ("一、概况", "有股室。")]
    read = body_of(lines, Text(joined(lines)))
    assert read.title == "清溪县科协关于2023年度整体支出绩效自评情况的报告"


def test_files_that_tell_their_type_have_whole_paragraphs() -> None:
    said = (
        "一、基本情况",
        "全年共组织开展水库大坝安全巡查三十六次并及时整改发现的各类安全隐患",
        "一共十二处。",
    )
    lines = [DocumentLine(text, type=LineType(32)) for text in said]
    assert not any(line.continues for line in body_of(lines, Text(joined(lines))).lines)


def test_blanks_of_a_scan_are_closed_up_in_text_and_not_in_cells() -> None:
    lines = [
        DocumentLine("一、预 算 编 制"),
        *table_lines([TableCell([DocumentLine("合 计 数 额")], CellPlace(0, 0))]),
    ]
    lines += table_lines(
        [TableCell([DocumentLine("数")], CellPlace(0, 0)), TableCell([DocumentLine("额")], CellPlace(0, 1))]
    )
    read = body_of(lines, Text(joined(lines)))
    assert [line.text for line in read.lines][:2] == ["一、预算编制", "合 计 数 额"]


def test_contents_end_where_their_first_entry_stands_again() -> None:
    contents = "第一部分 概况\n一、职责\n第二部分 决算表\n一、收入表\n第三部分 说明\n"
    text = "第一部分　概况\n一、主要职责\n管水。\n第二部分 决算\n见表。\n第三部分 说明\n无。"
    read = body(f"目录\n{contents}{text}")
    assert [line.text for line in read.contents] == contents.split("\n")[:-1]
    assert [line.text for line in read.lines] == text.split("\n")


def test_number_alone_is_joined_to_words_that_begin_with_a_year() -> None:
    read = body("第一部分\n单位概况\n管水。\n第二部分\n2023年度决算说明\n支出十万元。")
    assert [line.text for line in read.lines][2] == "第二部分 2023年度决算说明"


def test_unit_of_the_cover_is_the_whole_name_of_which_the_title_has_the_beginning() -> None:
    cover = "岳河市2023年度部门整体支出绩效自评报告\n部门（单位）名称：岳河市水政监察支队\n一、概况\n管水。"
    assert body(cover).unit == "岳河市水政监察支队"


@pytest.mark.parametrize(
    "line",
    ["（联系人：张三；联系电话：0731-1234567）", "电子邮箱：a@b.example", "抄送：县审计局"],
)
def test_who_to_ask_below_the_signature_is_no_text(line: str) -> None:
    read = body(f"一、概况\n管水。\n二、绩效\n好。\n{UNIT}（印章）  2024年3月8日\n{line}")
    assert [each.text for each in read.lines] == ["一、概况", "管水。", "二、绩效", "好。"]
    assert read.date == "2024年3月8日"


def test_what_is_attached_behind_the_signature_is_kept_apart() -> None:
    read = body(
        f"一、概况\n管水。\n二、绩效\n好。\n{UNIT}\n2024年3月8日\n附件1\n水库名册\n红旗水库\n2024年1月2日"
    )
    assert [each.text for each in read.attached] == ["附件1", "水库名册", "红旗水库", "2024年1月2日"]
    assert read.date == "2024年3月8日"


def test_annexes_numbered_on_are_of_the_list_whatever_they_are_called() -> None:
    read = body(f"一、概况\n管水。\n附件：1.整体支出绩效自评表\n2.重点项目清单\n{UNIT}\n2024年3月8日")
    assert [each.text for each in read.lines] == ["一、概况", "管水。"]


def test_who_is_addressed_and_the_opening_between_contents_and_text_are_no_entries() -> None:
    contents = "目录\n一、概况\n二、绩效情况\n三、打算\n"
    text = "根据通知要求，现将有关情况报告如下：\n一、概况\n管水。\n二、绩效情况\n达标。\n三、打算\n早安排。"
    read = body(f"{UNIT}2023年度整体支出绩效自评报告\n{contents}清溪县财政局：\n{text}")
    assert read.addressee == "清溪县财政局"
    assert "\n".join(line.text for line in read.lines) == text


def test_date_behind_the_unit_of_a_cover_is_no_part_of_its_name() -> None:
    cover = f"2023年度整体支出绩效自评报告\n单位名称：{UNIT}（盖章）2024年3月18日\n一、概况\n管水。"
    assert body(cover).unit == UNIT


def test_a_title_in_the_style_of_chapters_heads_none() -> None:
    title = DocumentLine(f"{UNIT}2023年度整体支出绩效自评报告", 1)
    lines = [title, DocumentLine("基本情况", 2), DocumentLine("有6个股室。")]
    read = body_of(lines, Text(joined(lines)))
    assert (read.title, read.lines[0].text) == (title.text, "基本情况")


def test_a_slogan_above_a_subtitle_with_a_dash_is_the_title() -> None:
    read = body(f"改革促发展　提质又增效\n——{UNIT}2023年度整体支出绩效自评报告\n一、概况\n有股室。")
    assert read.title == f"改革促发展提质又增效——{UNIT}2023年度整体支出绩效自评报告"


def test_one_annex_without_a_number_and_what_a_web_page_has_around_its_text_are_no_text() -> None:
    read = body(
        "一、概况\n有股室。\n附件：部门整体支出绩效自评打分表（略）\n扫一扫在手机打开当前页【打印本页】【关闭窗口】"
    )
    assert [line.text for line in read.lines] == ["一、概况", "有股室。"]
