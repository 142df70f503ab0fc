"""The text of a report as lines of the import: what goes where, another outline, headings of the clerk's own."""

from __future__ import annotations

from desktop.audit.text.flat_text import Text
from desktop.domain.facts import FactSheet
from desktop.domain.fields.block_fields import block_at
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import CHOSEN, HEADINGS, numbered
from desktop.domain.text_blocks.text_table import TextTable
from desktop.exchange.import_plan import ReadLine
from desktop.exchange.import_report.file_body.body import body_of
from desktop.exchange.import_report.file_body.body_lines import LEFT_OUT, TEXT
from desktop.exchange.import_report.narrative import NarrativePlan, narrative_plan
from desktop.exchange.import_report.read_as import with_unread
from desktop.exchange.read_text.lines import CellPlace, DocumentLine, TableCell, joined, table_lines
from tests.exchange.made_reports import BROKEN, OTHER_WORDS, TEMPLATES, UNIT, lines_of

Facts = dict[FactKey, str]
SIX = "一、部门概况\n有股室。\n二、预算执行及绩效\n三、存在的问题及原因分析\n征地推迟。\n"


def table(*rows: tuple[str, ...]) -> list[DocumentLine]:
    return table_lines(
        TableCell([DocumentLine(cell)], CellPlace(number, column))
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
    )


def text_of(section: str) -> FactKey:
    return FactKey("narrative", section, "text")


def plan(text: str, facts: Facts | None = None) -> NarrativePlan:
    lines = lines_of(text)
    return narrative_plan(body_of(lines, Text(joined(lines))), FactSheet(TEMPLATES, facts or {}, 2023))


def written(narrative: NarrativePlan, facts: Facts | None = None) -> FactSheet:
    """The report when all of it is taken."""
    written_facts = dict(facts or {})
    for item in (*narrative.outline, *narrative.items):
        written_facts[item.key] = item.new
    for row in narrative.rows:
        written_facts.update(row.facts)
    return FactSheet(TEMPLATES, written_facts, 2023)


def test_report_with_text_keeps_its_outline() -> None:
    facts = {text_of("duties"): "旧的。"}
    narrative = plan(OTHER_WORDS, facts)
    assert narrative.outline == []
    item = next(item for item in narrative.items if item.key == text_of("duties"))
    assert (item.old, item.level) == ("旧的。", "note")
    assert "替换" in item.problem


def test_empty_report_takes_the_outline_that_suits_with_a_note() -> None:
    sections = TEMPLATES.outlines["ten-part-scale"].sections
    text = "\n".join(f"{number}{s.title}\n写{i}处。" for i, (number, s) in enumerate(numbered(sections)))
    narrative = plan(text)
    (choice,) = narrative.outline
    assert (choice.key, choice.new) == (CHOSEN, "ten-part-scale")
    assert choice.shown == TEMPLATES.outlines["ten-part-scale"].name
    assert [item.key.row for item in narrative.items] == [section.id for section in sections]
    depending = {item.key.row for item in narrative.items if "不换提纲" in item.problem}
    assert depending == {s.id for s in sections} - {s.id for s in TEMPLATES.outlines["ten-part"].sections}


def test_own_heading_is_added_where_it_stood_in_the_file() -> None:
    narrative = plan(OTHER_WORDS, {text_of("other"): "无。"})
    titles = [section.title for section in written(narrative, {text_of("other"): "无。"}).outline]
    assert titles.index("一般公共预算支出情况") < titles.index("智慧水利建设情况")
    assert titles.index("智慧水利建设情况") < titles.index("存在的问题及原因分析")
    own = next(item for item in narrative.items if item.label.endswith("、智慧水利建设情况"))
    assert own.key.row.startswith("own:")
    assert "自拟标题" in own.problem


def test_text_without_a_section_is_offered_as_unassigned() -> None:
    text = OTHER_WORDS.replace("根据通知要求", "清水办字3号\n根据通知要求")
    rest = next(item for item in plan(text).items if item.key == text_of("rest"))
    assert rest.new == "清水办字3号"
    assert rest.ticked and "不会印出" in rest.problem


def test_opening_goes_above_the_first_part_of_an_outline_without_one() -> None:
    facts = {text_of("other"): "无。"}
    item = next(item for item in plan(OTHER_WORDS, facts).items if item.key == text_of("unit"))
    assert item.new == "根据通知要求，我局认真开展自评，现将情况报告如下："
    assert (item.where, item.level) == ("第6行 一、部门概况", "note")
    assert "开头段" in item.problem


def test_opening_stays_before_the_first_heading_where_the_files_headings_are_taken_over() -> None:
    narrative = plan(OTHER_WORDS)
    item = next(item for item in narrative.items if item.key == text_of("opening"))
    assert item.new == "根据通知要求，我局认真开展自评，现将情况报告如下："
    assert written(narrative).outline[0].id == "opening"


def test_opening_goes_to_its_own_section_of_an_outline_with_one() -> None:
    facts = {CHOSEN: "addressed", text_of("other"): "无。"}
    for text in (OTHER_WORDS, OTHER_WORDS.replace("根据通知要求", "前  言\n根据通知要求")):
        narrative = plan(text, facts)
        item = next(item for item in narrative.items if item.key == text_of("opening"))
        assert item.new == "根据通知要求，我局认真开展自评，现将情况报告如下："
        assert text_of("rest") not in {item.key for item in narrative.items}


def test_second_report_is_unassigned_and_reported() -> None:
    narrative = plan(BROKEN + OTHER_WORDS.replace(UNIT, "清溪县林业局"))
    assert [problem.where for problem in narrative.problems] == ["第29行"]
    rest = next(item for item in narrative.items if item.key == text_of("rest"))
    assert "清溪县财政局：" in rest.new


def test_tables_of_the_text_stay_tables_and_those_behind_it_are_unassigned() -> None:
    lines = [
        *lines_of(BROKEN.rstrip()),
        *table(("科目", "金额"), ("工资", "")),
        DocumentLine("附表1"),
    ]
    lines += table(("项目", "金额"))
    body = body_of(lines, Text(joined(lines)))
    narrative = narrative_plan(body, FactSheet(TEMPLATES, {}, 2023))
    items = {item.key: item for item in narrative.items}
    assert items[text_of("other")].new == "无。\n⟦block 1⟧"
    assert items[text_of("other")].shown == "无。\n［表格 2行2列：科目、金额］"
    assert items[text_of("rest")].new == "附表1\n⟦block 2⟧"
    sheet = written(narrative)
    assert block_at(sheet, "1") == TextTable((("科目", "金额"), ("工资", "")))
    assert block_at(sheet, "2") == TextTable((("项目", "金额"),))


def test_table_whose_cells_nobody_knows_becomes_lines_and_is_told() -> None:
    lines = [*lines_of(BROKEN.rstrip()), DocumentLine(""), DocumentLine("\t科目"), DocumentLine("\t金额")]
    narrative = narrative_plan(body_of(lines, Text(joined(lines))), FactSheet(TEMPLATES, {}, 2023))
    item = next(item for item in narrative.items if item.key == text_of("other"))
    assert item.new == "无。\n科目\u3000金额"
    assert [problem.message.partition("的表格")[0] for problem in narrative.problems] == ["正文里有一张1行"]


def test_second_import_of_a_text_changes_nothing() -> None:
    sheet = written(plan(BROKEN))
    again = plan(BROKEN, dict(sheet.facts))
    assert (again.items, again.rows, again.outline) == ([], [], [])
    assert again.agreed == len(plan(BROKEN).items)


def test_own_headings_are_known_at_the_second_import() -> None:
    sheet = written(plan(OTHER_WORDS))
    again = plan(OTHER_WORDS, dict(sheet.facts))
    assert (again.items, again.rows) == ([], [])


def test_heading_without_text_is_an_item_of_its_own() -> None:
    text = OTHER_WORDS.replace("建成监测站12处。\n", "").replace(
        "四、存在", "（二）平台建设\n上线。\n四、存在"
    )
    narrative = plan(text)
    numbers = {s.title: number for number, s in numbered(written(narrative).outline)}
    own = numbers["智慧水利建设情况"], numbers["站点建设"], numbers["平台建设"]
    assert own[0].endswith("、") and own[1:] == ("（一）", "（二）")
    above = next(item for item in narrative.items if item.new == "智慧水利建设情况")
    assert above.key.table == HEADINGS
    again = plan(text, dict(written(narrative).facts))
    assert (again.items, again.rows) == ([], [])


def test_headings_missing_from_the_file_are_hidden() -> None:
    text = BROKEN.replace("（二）机构设置。内设6个股室，编制62人。\n", "")
    narrative = plan(text)
    hidden = [item for item in narrative.items if item.key.table == HEADINGS]
    assert [(item.key.row, item.new, item.shown, item.ticked) for item in hidden] == [
        ("structure", "是", "不印", True)
    ]
    assert any("不印：“机构设置”" in problem.message for problem in narrative.problems)
    printed = [section.id for section in written(narrative).outline]
    assert "structure" not in printed and "state_capital_budget" in printed
    assert plan(text, dict(written(narrative).facts)).items == []


def test_hidden_heading_is_shown_again_by_a_file_that_has_it() -> None:
    facts = dict(written(plan(BROKEN.replace("（二）机构设置。内设6个股室，编制62人。\n", ""))).facts)
    back = {item.key.row: item for item in plan(BROKEN, facts).items if item.key.table == HEADINGS}
    assert (back["structure"].new, back["structure"].shown) == ("", "印")


def test_heading_that_stands_twice_is_known_both_times_at_the_second_import() -> None:
    text = "一、单位基本情况\n有股室。\n二、存在的问题\n有些。\n三、部门整体支出绩效情况\n完成。\n四、存在的问题\n推迟。\n"
    narrative = plan(text)
    texts = {item.new for item in narrative.items if item.key.row in ("problems", "own:1")}
    assert texts == {"有些。", "推迟。"}
    again = plan(text, dict(written(narrative).facts))
    assert (again.items, again.rows) == ([], [])


def test_a_report_of_few_headings_keeps_them_and_gets_no_others() -> None:
    narrative = plan("一、基本情况\n有股室。\n二、智慧水利建设情况\n三、建议\n早安排。\n")
    titles = [text for row in narrative.rows for key, text in row.facts if key.column == "title"]
    assert titles == ["基本情况", "智慧水利建设情况", "建议"]


def test_a_table_that_the_clerk_leaves_out_is_left_out_with_all_of_its_cells() -> None:
    lines = [
        *lines_of("一、基本情况\n见下表。"),
        *table(("项目", "金额"), ("培训", "3.00")),
        *lines_of("二、建议\n早安排。"),
    ]
    text, sheet = Text(joined(lines)), FactSheet(TEMPLATES, {}, 2023)
    first = next(line.number for line in body_of(lines, text).lines if line.block)
    for choices, tables in (({}, 1), ({first: LEFT_OUT}, 0)):
        narrative = narrative_plan(body_of(lines, text, choices=choices), sheet)
        stored = [key for row in narrative.rows for key, _ in row.facts if key.table == "blocks"]
        assert len(stored) == tables and [item.new for item in narrative.items][-1] == "早安排。"
        assert any("培训" in item.new for item in narrative.items) is False


def test_a_line_made_text_before_the_first_heading_is_printed_and_one_left_out_is_told_so() -> None:
    lines = lines_of(f"内部资料\n{UNIT}整体支出绩效自评报告\n机构简介\n根据通知，报告如下。\n" + SIX)
    text, sheet = Text(joined(lines)), FactSheet(TEMPLATES, {}, 2023)
    found = narrative_plan(body_of(lines, text, choices={3: TEXT, 4: LEFT_OUT}), sheet)
    assert found.items[0].new == "机构简介"
    assert next(line.why for line in found.read_as if line.number == 4) == "您选择不读入"


def test_what_could_not_be_read_is_told_where_it_stands() -> None:
    lines = [*lines_of(SIX), DocumentLine("", note="有一张图片没有读入"), DocumentLine("完。")]
    read = with_unread([ReadLine(1, "一、部门概况", "heading", 1), ReadLine(9, "完。", "text")], lines)
    assert [(line.number, line.text) for line in read][1] == (len(lines) - 1, "有一张图片没有读入")
