"""What a package would change: all of it exactly, nothing taken away unasked."""

from __future__ import annotations

from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FORMS, FactKey
from desktop.domain.tasks.parsing import parse_task
from desktop.domain.tasks.task import sum_of
from desktop.domain.text_blocks.text_table import TextTable, stored_table
from desktop.exchange.import_plan import ImportPlan, PlanItem
from desktop.exchange.package.plan import knows, plan_package
from desktop.exchange.package.reader import NO_FORMS, Forms, Package
from desktop.exchange.task_file.writer import task_file
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates
from tests.county_task import TASK, TEXTS
from tests.exchange.planning import Facts, after
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)
SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
MORE = {
    FactKey("headings", "own:1", "title"): "补充说明",
    FactKey("narrative", "own:1", "text"): "其中{{three_public.total.this_year}}万元。",
    FactKey("paper", "this", "title"): "关于绩效的\n自评报告",
    FactKey("explanations", "R17-0123456789abcdef", "text"): "已说明：机构改革",
}
WHOLE: Facts = {**SAMPLE.facts, **MORE}
NAME = FactKey("unit", "this", "name")
TEXT = FactKey("narrative", "performance", "text")


def plan(theirs: Facts, ours: Facts | None = None, said_year: int = 2023, **given: object) -> ImportPlan:
    package = Package(
        "清河县农业农村局", said_year, str(given.pop("their_system", SAMPLE.system)), "0.3", "", theirs
    )
    return plan_package(package, FactSheet(TEMPLATES, ours or {}, 2023), source="a.zpb", **given)  # type: ignore[arg-type]


def of(found: ImportPlan, key: FactKey) -> PlanItem:
    (item,) = (item for item in found.items if item.key == key)
    return item


def test_package_into_an_empty_report_gives_exactly_what_was_exported() -> None:
    found = plan(WHOLE)
    assert after(found) == WHOLE
    assert (found.problems, found.system, found.unit_name) == ((), SAMPLE.system, "清河县农业农村局")
    assert all(item.level == "ok" and item.label for item in found.items)
    places = list(dict.fromkeys(item.where for item in found.items))
    assert places[:2] == ["单位信息", "财政供养人员情况"] and "核实说明" in places[-4:]
    project = WHOLE[FactKey("projects", "item:1", "name")]
    assert f"项目资金（{project}）" in places and len(places) == len(set(places))


def test_package_imported_again_changes_nothing() -> None:
    found = plan(WHOLE, WHOLE)
    assert (found.items, found.problems, found.agreed) == ((), (), len(WHOLE))


def test_cell_missing_in_the_package_is_cleared_only_when_ticked() -> None:
    theirs = {key: value for key, value in WHOLE.items() if key != TEXT}
    found = plan(theirs, WHOLE)
    item = of(found, TEXT)
    assert (item.new, item.ticked, item.level) == ("", False, "note")
    assert after(found, WHOLE) == WHOLE
    assert dict(found.wanted([0])) == {TEXT: None}


def test_row_missing_in_the_package_is_told_once_and_kept() -> None:
    theirs = {
        key: value
        for key, value in WHOLE.items()
        if (key.table, key.row) != ("projects", "item:2") and key.scope != "2"
    }
    found = plan(theirs, WHOLE)
    assert found.items == ()
    (problem,) = found.problems
    assert WHOLE[FactKey("projects", "item:2", "name")] in problem.message and "没有删除" in problem.message


def test_rows_are_matched_by_name_not_by_number() -> None:
    """`item:1` of two computers may be two projects."""
    ours = {
        NAME: "甲",
        FactKey("projects", "item:1", "order"): "1",
        FactKey("projects", "item:1", "name"): "别的项目",
    }
    result = after(plan(WHOLE, ours), ours)
    names = {value for key, value in result.items() if key.table == "projects" and key.column == "name"}
    assert "别的项目" in names and len(names) == 4
    tables = {key.scope for key in result if key.base == "annex3_funds"}
    assert len(tables) == 3 and "1" not in tables


def test_row_without_cells_is_imported() -> None:
    bare = {FactKey("projects", "item:1", "order"): "1"}
    assert after(plan(bare)) == bare


def test_unknown_cells_are_listed_and_left_out() -> None:
    strange = {
        FactKey("unheard", "of", "it"): "x",
        FactKey("unit", "this", "password"): "x",
        FactKey("unit@1", "this", "name"): "x",
        FactKey("annex3_funds", "total", "executed"): "1",
        **{FactKey("t", str(number), "c"): "x" for number in range(30)},
    }
    found = plan({**WHOLE, **strange})
    assert after(found) == WHOLE
    assert found.problems[0].message == "本程序的表里没有这一项，没有导入：unheard.of.it：x"
    assert len(found.problems) == 21 and "另有14项" in found.problems[-1].message
    assert not any(knows(TEMPLATES, key) for key in strange)


def test_invalid_values_are_marked() -> None:
    money = FactKey("annex3_funds@1", "total", "executed")
    hidden = FactKey("narrative", "problems", "text")
    found = plan({money: "很多", hidden: "有\x00字\x1b[31m", FactKey("headings", "own:1", "hidden"): "也许"})
    assert of(found, money).problem.startswith("不是数字")
    assert of(found, hidden).new == "有字[31m" and "控制字符" in of(found, hidden).problem
    assert "可选" in of(found, FactKey("headings", "own:1", "hidden")).problem


def test_differing_year_unit_or_system_is_told() -> None:
    other = plan(WHOLE, year=2023, said_year=2022)
    assert {item.key for item in other.items if item.ticked} <= {k for k in WHOLE if k.table == "unit"}
    assert "2022年度" in other.problems[0].message
    named = plan(WHOLE, unit="别的单位")
    assert not of(named, NAME).ticked and "别的单位" in of(named, NAME).problem
    systems = sorted(TEMPLATES.systems)
    ours = next(system for system in systems if system != SAMPLE.system)
    assert "没有更换" in plan(WHOLE, WHOLE, system=ours).problems[0].message
    gone = plan(WHOLE, their_system="unheard-2099")
    assert gone.system == "" and "unheard-2099" in gone.problems[0].message


COUNTY = parse_task(TASK, task_file(TASK, TEXTS).contents, TEMPLATES)
WITH_TASK = TEMPLATES.with_edition(COUNTY.edition, COUNTY.own_system, COUNTY.outline)
SECOND = parse_task(TASK._replace(issue=2), task_file(TASK, TEXTS).contents, WITH_TASK)
WITH_SECOND = TEMPLATES.with_edition(SECOND.edition, SECOND.own_system, SECOND.outline)
RENT = FactKey("rents", "shops", "this_year")
OF_TASK: Facts = {NAME: "清河县民政局", FORMS: TASK.id, RENT: "12.5"}
SAID = Forms(TASK.id, COUNTY.edition.name, sum_of(COUNTY.edition, COUNTY.system))


def plan_of_task(templates: Templates, ours: Facts | None = None, said: Forms = SAID) -> ImportPlan:
    package = Package("清河县民政局", 2024, TASK.id, "0.3", "", OF_TASK, said)
    return plan_package(package, FactSheet(templates, ours or {}, 2024), source="a.zpb", year=2024)


def told(found: ImportPlan) -> list[str]:
    return [problem.message for problem in found.problems]


def test_a_package_of_a_task_that_is_here_is_read_by_its_forms() -> None:
    found = plan_of_task(WITH_TASK)
    assert after(found) == OF_TASK and told(found) == []


def test_a_missing_task_is_told_before_what_could_not_be_read() -> None:
    found = plan_of_task(TEMPLATES)
    first, *others = told(found)
    assert "本机没有这份表样" in first and "任务包" in first and COUNTY.edition.name in first
    assert any("rents.shops.this_year" in message for message in others)


def test_another_issue_here_is_told_with_both_numbers() -> None:
    assert "第1次发布的表样填报，本机领取的是第2次发布" in told(plan_of_task(WITH_SECOND))[0]
    assert "请对方换到第2次发布" in told(plan_of_task(WITH_SECOND))[0]
    newer = SAID._replace(id=f"{TASK.id}-3")
    assert "请先领取那一次的任务包" in told(plan_of_task(WITH_SECOND, said=newer))[0]


def test_the_same_name_with_another_content_is_told() -> None:
    assert "内容不同" in told(plan_of_task(WITH_TASK, said=SAID._replace(sum="0" * 64)))[0]


def test_a_report_of_other_forms_is_told() -> None:
    ours = {NAME: "清河县民政局", FactKey("staff", "total", "in_post"): "3"}
    messages = told(plan_of_task(WITH_TASK, ours))
    assert any("本报告按“整体支出绩效自评表（附件1至附件3）”填报" in message for message in messages)


def test_a_package_of_older_times_says_nothing_of_forms() -> None:
    assert told(plan_of_task(WITH_TASK, said=NO_FORMS)) == []


def test_tables_of_the_text_are_told_in_words() -> None:
    key = FactKey("blocks", "1", "table")
    ours, theirs = '{"rows":[["甲"]]}', '{"rows":[["甲","乙"]]}'
    text = {FactKey("narrative", "performance", "text"): "⟦block 1⟧"}
    item = of(plan({**text, key: theirs}, {**text, key: ours}), key)
    assert (item.label, item.old, item.told, item.new) == (
        "正文里的表格1",
        "表格（1行1列：甲）",
        "表格（1行2列：甲、乙）",
        theirs,
    )


FIRST = FactKey("blocks", "1", "table")
PAY, FUEL = stored_table(TextTable((("工资", "2.00"),))), stored_table(TextTable((("油费", "1.00"),)))
OTHER = FactKey("narrative", "other", "text")


def test_table_of_a_package_gets_a_number_of_its_own_and_comes_with_its_text() -> None:
    ours = {OTHER: "见表。\n⟦block 1⟧", FIRST: PAY}
    found = plan({TEXT: "油费见表。\n⟦block 1⟧", FIRST: FUEL}, ours)
    changed = {item.key for item in found.items if item.ticked}
    assert changed == {TEXT}
    result = after(found, ours)
    assert (result[OTHER], result[FIRST]) == (ours[OTHER], PAY)
    assert result[TEXT] == "油费见表。\n⟦block 2⟧" and result[FIRST._replace(row="2")] == FUEL


def test_tables_of_a_package_keep_their_numbers_in_an_empty_report_and_again_change_nothing() -> None:
    theirs = {TEXT: "油费见表。\n⟦block 1⟧\n⟦block 4⟧", FIRST: FUEL, FIRST._replace(row="4"): PAY}
    assert after(plan(theirs)) == theirs
    assert plan(theirs, theirs).items == ()


def test_table_changed_in_the_same_text_is_one_cell_of_the_package() -> None:
    ours = {TEXT: "油费见表。\n⟦block 1⟧", FIRST: PAY}
    found = plan({**ours, FIRST: FUEL}, ours)
    assert [item.key for item in found.items] == [FIRST]
    assert after(found, ours) == {**ours, FIRST: FUEL}
