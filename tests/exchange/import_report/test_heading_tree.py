"""Which lines of a file are its headings, of which level, and how they are numbered."""

from __future__ import annotations

import pytest

from desktop.domain.outline.outline import heading_number
from desktop.exchange.import_report.file_body.body_lines import BodyLine
from desktop.exchange.import_report.heading_tree import HeadingTree, heading_tree
from desktop.exchange.read_text.lines import LineType


def tree_of(text: str, contents: str = "", styles: dict[str, int] | None = None) -> HeadingTree:
    levels = styles or {}
    lines = [BodyLine(line, number, levels.get(line, 0)) for number, line in enumerate(text.split("\n"), 1)]
    return heading_tree(lines, contents.split("\n"))


def headings(tree: HeadingTree) -> list[tuple[int, str]]:
    return [(part.level, part.title) for part in tree.parts if not part.unassigned]


@pytest.mark.parametrize(
    ("numbers", "numbering"),
    [
        (("第一部分 ", "一、", "二、", "第二部分 ", "一、"), "第一部分|一、"),
        (("第一章 ", "第一节 ", "第二节 ", "第二章 ", "第一节 "), "第一章|第一节"),
        (("一、", "（一）", "（二）", "二、", "（一）"), "一、|（一）"),
        (("壹、", "（一）", "（二）", "贰、", "（一）"), "一、|（一）"),
        (("1 ", "1.1 ", "1.2 ", "2 ", "2.1 "), "1|1.1"),
        (("1.", "1.1", "1.2", "2.", "2.1"), "1.|1.1"),
        (("一、", "1.", "2.", "二、", "1."), "一、|1."),
        (("1、", "（1）", "（2）", "2、", "（1）"), "1、|（1）"),
    ],
)
def test_levels_follow_the_kinds_of_numbers(numbers: tuple[str, ...], numbering: str) -> None:
    titles = ("部门概况", "主要职能", "机构设置", "资金情况", "收入情况")
    texts = ("", "负责水利。\n", "有股室。\n", "", "全年收入10万元。")
    text = "\n".join(
        f"{n}{title}\n{words}".rstrip() for n, title, words in zip(numbers, titles, texts, strict=True)
    )
    tree = tree_of(text)
    assert headings(tree) == list(zip((1, 2, 2, 1, 2), titles, strict=True))
    assert tree.numbering == numbering


def test_words_of_a_heading_are_kept_with_what_stands_in_brackets() -> None:
    tree = tree_of("一、履职效能（50分，得47.6分）\n得分情况见下。\n二、“三公”经费\n控制在预算内。")
    assert headings(tree) == [(1, "履职效能（50分，得47.6分）"), (1, "“三公”经费")]


def test_a_heading_with_its_text_in_one_line_is_parted() -> None:
    tree = tree_of(
        "一、概况\n（一）职能职责。负责全县水利。\n（二）机构设置：有6个股室，编制62人。\n二、其他\n无。"
    )
    assert headings(tree)[1:3] == [(2, "职能职责"), (2, "机构设置")]
    assert [part.lines for part in tree.parts[1:3]] == [["负责全县水利。"], ["有6个股室，编制62人。"]]


def test_items_of_a_list_are_text() -> None:
    listed = (
        "一、存在的问题\n1.预算编制不细。\n2.支出进度偏慢。\n二、改进措施\n1.早编预算\n2.按月通报\n3.加强培训"
    )
    tree = tree_of(listed)
    assert headings(tree) == [(1, "存在的问题"), (1, "改进措施")]
    assert len(tree.parts[1].lines) == 3


def test_a_number_that_goes_on_with_nothing_is_text() -> None:
    tree = tree_of("一、概况\n有股室。\n八、九两项指标未完成\n二、其他\n无。")
    assert headings(tree) == [(1, "概况"), (1, "其他")]


def test_the_contents_name_headings_without_any_number() -> None:
    text = "部门概况\n负责水利。\n职责履行\n完成较好。\n问题与建议\n进度偏慢。"
    contents = "部门概况……1\n职责履行……2\n问题与建议\t3"
    assert headings(tree_of(text, contents)) == [(1, "部门概况"), (1, "职责履行"), (1, "问题与建议")]
    assert tree_of(text, contents).numbering == "-"
    assert headings(tree_of(text)) == []


def test_styles_of_the_file_decide_and_what_only_looks_numbered_is_text() -> None:
    text = "部门概况\n主要职能\n负责水利。\n（一）防汛抗旱\n机构设置\n有股室。"
    styles = {"部门概况": 1, "主要职能": 2, "机构设置": 2}
    assert headings(tree_of(text, styles=styles)) == [(1, "部门概况"), (2, "主要职能"), (2, "机构设置")]


def test_text_before_the_first_heading_is_kept_apart() -> None:
    tree = tree_of("根据通知，现报告如下。\n一、概况\n有股室。\n二、其他\n无。")
    assert tree.parts[0].unassigned and tree.parts[0].lines == ["根据通知，现报告如下。"]


def test_cells_of_a_table_are_no_headings_and_stand_row_by_row() -> None:
    cells = [
        BodyLine("一、支出", 2, cell=True, begins_row=True),
        BodyLine("金额", 3, cell=True),
        BodyLine("工资", 4, cell=True, begins_row=True),
        BodyLine("10", 5, cell=True),
    ]
    tree = heading_tree([BodyLine("一、概况", 1), *cells, BodyLine("二、其他", 6), BodyLine("无。", 7)])
    assert headings(tree) == [(1, "概况"), (1, "其他")]
    assert tree.parts[0].lines == ["一、支出\u3000金额", "工资\u300010"]
    assert tree.parts[0].tables == {2: 2}


TEXT, BOLD = LineType(32, False, "仿宋"), LineType(32, True, "仿宋")


def typed_tree(*said: tuple[str, LineType], contents: str = "") -> HeadingTree:
    lines = [BodyLine(text, number, type=found) for number, (text, found) in enumerate(said, 1)]
    return heading_tree(lines, contents.split("\n"))


def test_headings_without_numbers_are_known_by_their_type() -> None:
    top = LineType(36, True, "黑体", True)
    said = (
        *(("部门概况", top), ("机构设置", BOLD), ("有六个股室，编制六十二人。", TEXT), ("人员情况", BOLD)),
        *(("在职五十八人。", TEXT), ("主要绩效", top), ("完成水库除险加固三座。", TEXT)),
    )
    told = [(1, "部门概况"), (2, "机构设置"), (2, "人员情况"), (1, "主要绩效")]
    assert headings(typed_tree(*said)) == told
    listed = "部门概况\n机构设置\n人员情况\n主要绩效"
    assert headings(typed_tree(*said, contents=listed)) == told


def test_a_heading_set_like_numbered_ones_is_of_their_level() -> None:
    top = LineType(32, False, "黑体")
    said = (
        *(
            ("一、概况", top),
            ("（一）职能", BOLD),
            ("负责全县水利工作和防汛抗旱。", TEXT),
            ("（二）机构", BOLD),
        ),
        *(
            ("有六个股室。", TEXT),
            ("二、绩效", top),
            ("完成水库除险加固三座。", TEXT),
            ("结语", top),
            ("特此报告。", TEXT),
        ),
    )
    assert headings(typed_tree(*said))[-2:] == [(1, "绩效"), (1, "结语")]


def test_a_numbered_line_in_plain_type_is_text_where_headings_stand_out() -> None:
    said = (
        *(("一、支出", BOLD), ("1.基本支出", BOLD), ("全年支出六百万元，用于人员和公用经费。", TEXT)),
        *(
            ("2.项目支出", BOLD),
            ("全年支出四百万元，包括：", TEXT),
            ("1.水库加固", TEXT),
            ("2.渠道清淤", TEXT),
        ),
        *(("以上项目均已完工。", TEXT), ("二、其他", BOLD), ("没有别的。", TEXT)),
    )
    assert headings(typed_tree(*said)) == [(1, "支出"), (2, "基本支出"), (2, "项目支出"), (1, "其他")]


def test_a_bold_beginning_with_a_number_is_a_heading_and_without_one_is_text() -> None:
    led = TEXT._replace(lead=7)
    said = (
        *(
            ("一、支出", BOLD),
            ("1.基本支出。全年支出六百万元。", led),
            ("2.项目支出。全年支出四百万元。", led),
        ),
        *(("3.严格管理。此处没有加粗。", TEXT), ("加强监督。全年检查十二次。", TEXT._replace(lead=5))),
        *(("二、其他", BOLD), ("没有别的。", TEXT)),
    )
    tree = typed_tree(*said)
    assert headings(tree) == [(1, "支出"), (2, "基本支出"), (2, "项目支出"), (1, "其他")]
    assert tree.parts[2].lines == [
        "全年支出四百万元。",
        "3.严格管理。此处没有加粗。",
        "加强监督。全年检查十二次。",
    ]


def test_a_stop_behind_a_heading_is_kept_as_it_is_written() -> None:
    tree = tree_of(
        "一、执行情况。\n（一）预算执行。\n执行率九成。\n（二）内控管理：\n制度健全。\n二、其他\n无。"
    )
    assert headings(tree) == [(1, "执行情况。"), (2, "预算执行。"), (2, "内控管理："), (1, "其他")]


def test_a_number_that_was_forgotten_to_be_raised_heads_a_part() -> None:
    tree = tree_of("一、概况\n有股室。\n二、支出\n支出十万元。\n二、绩效\n完成三座。\n三、其他\n无。")
    assert [title for _, title in headings(tree)] == ["概况", "支出", "绩效", "其他"]


def test_a_paragraph_with_an_outline_level_may_be_heading_and_text() -> None:
    text = "一、绩效\n（一）产出。完成水库除险加固三座。\n（二）效益。受益两万人。\n二、其他\n无。"
    levels = {line: 2 if line.startswith("（") else 1 for line in text.split("\n") if line != "无。"}
    assert headings(tree_of(text, styles=levels)) == [(1, "绩效"), (2, "产出"), (2, "效益"), (1, "其他")]


def test_a_numbered_list_makes_no_numbered_report() -> None:
    head = LineType(32, False, "黑体")
    said = (
        *(
            ("部门概况", head),
            ("有六个股室，编制六十二人。", TEXT),
            ("改进措施", head),
            ("主要有以下三条：", TEXT),
        ),
        *(
            ("1.早编预算", TEXT),
            ("2.按月通报", TEXT),
            ("3.加强培训", TEXT),
            ("其他", head),
            ("没有别的。", TEXT),
        ),
    )
    assert headings(typed_tree(*said)) == [(1, "部门概况"), (1, "改进措施"), (1, "其他")]


def test_sentences_of_a_list_are_no_headings_though_they_are_short() -> None:
    text = (
        "一、概况\n有股室。\n二、措施\n（一）早编预算。\n（二）按月通报。\n（三）加强培训。\n三、其他\n无。"
    )
    tree = tree_of(text)
    assert headings(tree) == [(1, "概况"), (1, "措施"), (1, "其他")]
    assert tree.parts[1].lines == ["（一）早编预算。", "（二）按月通报。", "（三）加强培训。"]


def test_the_two_signs_of_a_heading_are_closed_up() -> None:
    tree = tree_of("一、绩效\n（一）产 出\n完成三座。\n（二）效　益\n受益两万人。\n二、其他\n无。")
    assert headings(tree) == [(1, "绩效"), (2, "产出"), (2, "效益"), (1, "其他")]


def test_a_question_and_a_heading_with_a_year_are_headings() -> None:
    tree = tree_of("一、2023年度概况\n管水。\n二、钱花到哪里去了？\n支出十万元。\n三、打算\n早安排。")
    assert [title for _, title in headings(tree)] == ["2023年度概况", "钱花到哪里去了？", "打算"]


def test_a_long_heading_with_a_comma_is_one_where_its_type_says_so() -> None:
    words = "（一）就业政策落地见效，带动农村妇女增收"
    said = (
        *(
            ("一、成效", BOLD),
            (words, BOLD),
            ("全年在十二个乡镇办培训十二期，参加的有六百多人，都是家门口上岗的。", TEXT),
            ("（二）维权", BOLD),
            ("全年调解九件。", TEXT),
        ),
        *(("二、打算", BOLD), ("早安排。", TEXT)),
    )
    assert headings(typed_tree(*said))[1] == (2, words[3:])


@pytest.mark.parametrize(
    "items",
    [
        ("（一）预算不准。按上年人数测算。", "（二）进度偏慢。设计变更两次。"),
        ("（一）审核公文。", "（二）研究事项，提出意见，报市政府。"),
        ("（一）入库质量不高。照搬往年。", "（二）结果运用不充分，评价得分没有挂钩。"),
    ],
    ids=["headings of the kind stand alone", "a sentence beside it", "no heading beside it"],
)
def test_items_of_a_list_are_no_headings_though_they_begin_like_one(items: tuple[str, str]) -> None:
    text = (
        "一、概况\n（一）职责\n管水。\n（二）机构\n有股室。\n二、问题\n"
        + "\n".join(items)
        + "\n三、打算\n早安排。"
    )
    titles = [title for _, title in headings(tree_of(text))]
    assert titles == ["概况", "职责", "机构", "问题", "打算"]


def test_a_heading_takes_its_number_from_the_contents() -> None:
    contents = "第一部分 概况\n第二部分 决算表\n一、收入表\n二、支出表"
    tree = tree_of("第一部分 概况\n管水。\n决算表\n收入表\n见下。\n支出表\n见下。", contents)
    assert headings(tree) == [(1, "概况"), (1, "决算表"), (2, "收入表"), (2, "支出表")]


def led(text: str) -> tuple[str, LineType]:
    """Its words up to the first stop in bold."""
    return text, TEXT._replace(lead=len(text.split("。")[0]) + 1)


def test_bold_words_that_begin_paragraphs_are_headings_where_there_are_no_others() -> None:
    led_by = [led("办学规模。有两个校区。"), led("教职工。在编百人。"), ("校区统一管理。", TEXT)]
    more = [led("支出完成。全年支出百万元。")]
    tree = typed_tree(*led_by, *more)
    assert headings(tree) == [(1, "办学规模"), (1, "教职工"), (1, "支出完成")]
    assert [part.text for part in tree.parts if part.title == "教职工"] == ["在编百人。\n校区统一管理。"]
    below = typed_tree(("学校概况", BOLD), *led_by, ("预算执行", BOLD), *more)
    assert headings(below) == [(1, "学校概况"), (1, "预算执行")]


def test_one_emphasis_and_sentences_that_count_are_no_headings() -> None:
    said = [
        *(
            ("学校概况", BOLD),
            led("一是管理。有制度。"),
            led("二是培训。有安排。"),
            led("三是评价。有结果。"),
        ),
        *(("预算执行", BOLD), led("经费足额。全年百万元。"), ("按月支付。", TEXT)),
    ]
    assert headings(typed_tree(*said)) == [(1, "学校概况"), (1, "预算执行")]


@pytest.mark.parametrize("mark", ["【产出】", "◆预算方面"])
def test_marked_lines_among_numbered_headings_stay_text(mark: str) -> None:
    said = [
        *(("一、概况", BOLD), ("管水。", TEXT), ("二、绩效", BOLD), (mark, BOLD), ("达标。", TEXT)),
        *(("三、打算", BOLD), ("早安排。", TEXT)),
    ]
    assert headings(typed_tree(*said)) == [(1, "概况"), (1, "绩效"), (1, "打算")]


def test_numerals_parted_by_a_blank_are_numbers_and_printed_so() -> None:
    tree = tree_of("一\u3000部门概况\n有股室。\n二\u3000资金使用\n十万元。")
    assert headings(tree) == [(1, "部门概况"), (1, "资金使用")] and tree.numbering == "一"
    assert heading_number("一", [2]) == "二\u3000"


def test_a_heading_may_be_long_with_its_score() -> None:
    words = "全年重点建设项目谋划储备、申报争取和调度推进任务完成情况（15分，自评14.2分）"
    assert headings(tree_of(f"一、{words}\n完成。\n二、问题\n无。"))[0] == (1, words)


@pytest.mark.parametrize(
    ("text", "found", "numbering"),
    [
        ("Ⅰ、概况\n1．职能\n有股室。\n2．人员\n6人。\nⅡ、问题\n无。", [(1, "概况"), (2, "职能"), (2, "人员"), (1, "问题")], "Ⅰ、|1."),
        ("一、概况\nA．职能\n有股室。\nB．人员\n6人。\n二、问题\n无。", [(1, "概况"), (2, "职能"), (2, "人员"), (1, "问题")], "一、|A．"),
    ],
)  # fmt: skip
def test_roman_numerals_and_letters_are_numbers(
    text: str, found: list[tuple[int, str]], numbering: str
) -> None:
    tree = tree_of(text)
    assert (headings(tree), tree.numbering) == (found, numbering)
    assert [heading_number(sample, [4]) for sample in ("Ⅰ、", "A．")] == ["Ⅳ、", "D．"]


def test_words_in_heavy_brackets_are_the_highest_headings_where_nothing_is_numbered_above_them() -> None:
    tree = tree_of(
        "【概况】\n有股室。\n【预算执行】\n1、总体情况\n支出十万元。\n2、专项\n无。\n"
        "【存在不足】\n一、理念有待加强。部分股室不重视。\n二、结转偏多。年末结转五万元。"
    )
    assert [each for each in headings(tree) if each[0] == 1] == [
        (1, "【概况】"),
        (1, "【预算执行】"),
        (1, "【存在不足】"),
    ]
    assert len(tree.parts[-1].lines) == 2
