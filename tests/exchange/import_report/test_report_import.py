"""A whole report read in: text, forms, unit and year, whatever the file looks like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from desktop.audit.text.flat_text import Text
from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.fields.fields import section_text
from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.exchange.export_job import ExportJob
from desktop.exchange.exporters import EXPORTERS
from desktop.exchange.import_forms.workbook_import import plan_import
from desktop.exchange.import_plan import ImportPlan
from desktop.exchange.import_report.file_body.body import body_of
from desktop.exchange.import_report.report_import import (
    identify_document,
    is_report_file,
    plan_document,
    read_report,
)
from desktop.exchange.read_text.any_file import read_lines
from desktop.exchange.read_text.lines import DocumentLine, joined
from desktop.resource_files.sample import sample_reports
from tests.audit import annex_layouts
from tests.exchange import published_figures
from tests.exchange.made_reports import (
    BROKEN,
    COVERED,
    FORMAL,
    OTHER_WORDS,
    TEMPLATES,
    UNIT,
    flat,
    lines_of,
    styled,
    with_forms,
)
from tests.exchange.planning import after
from tests.places import CASES, RESOURCES

SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
REPORTS = {
    "broken": lines_of(with_forms(BROKEN)),
    "other words, forms first": lines_of(with_forms(OTHER_WORDS, first=True)),
    "covered, rows joined": lines_of(with_forms(COVERED, joined=True)),
    "two reports": lines_of(COVERED + OTHER_WORDS),
    "formal": lines_of(FORMAL),
    "styled": styled(),
}
each_report = pytest.mark.parametrize("lines", REPORTS.values(), ids=REPORTS)


def plan_of(
    lines: Sequence[DocumentLine], facts: dict[FactKey, str] | None = None, **given: Any
) -> ImportPlan:
    return plan_document(lines, FactSheet(TEMPLATES, facts or {}, 2023), **given)


def said_anywhere(plan: ImportPlan) -> str:
    """Everything that the preview shows; a heading stands right before its text."""
    return flat([*(item.where + item.new for item in plan.items), *(p.message for p in plan.problems)])


@each_report
def test_plan_holds_every_line_of_the_body(lines: list[DocumentLine]) -> None:
    plan = plan_of(lines)
    body = body_of(lines, Text(joined(lines)))
    shown = said_anywhere(plan)
    headings = {section.title for outline in TEMPLATES.outlines.values() for section in outline.sections}
    lost = [
        line.text for line in (*body.lines, *body.second_report, *body.auto_printed) if line.flat not in shown
    ]
    titles = flat(sorted(headings))
    assert [
        line for line in lost if flat([line]).lstrip("一二三四五六七八九（）、1234567890 ") not in titles
    ] == []


def test_import_of_an_imported_report_changes_nothing() -> None:
    lines = lines_of(with_forms(BROKEN))
    facts = after(plan_of(lines))
    again = plan_of(lines, facts)
    assert [item.label for item in again.items if item.ticked] == []
    assert again.rows == ()


@each_report
def test_second_import_of_the_same_file_changes_nothing(lines: list[DocumentLine]) -> None:
    facts = after(plan_of(lines))
    again = plan_of(lines, facts)
    assert [item.label for item in again.items if item.ticked and item.key.table != "paper"] == []


@each_report
def test_unit_and_year_are_read_from_the_report(lines: list[DocumentLine]) -> None:
    assert identify_document(lines) == (UNIT, 2023)


def test_given_year_decides_and_the_text_is_not_changed() -> None:
    plan = plan_of(lines_of(BROKEN), year=2024, unit=UNIT)
    assert plan.year == 2024
    assert "2023年度" in plan.problems[0].message
    assert any(item.new == "支出65万元。" and item.ticked for item in plan.items)


def test_cell_that_the_file_states_twice_is_offered_once() -> None:
    keys = [item.key for item in plan_of(lines_of(with_forms(COVERED))).items]
    assert len(keys) == len(set(keys))
    assert FactKey("unit", "this", "report_date") in keys


def test_figures_of_another_year_are_offered_unticked() -> None:
    plan = plan_of(lines_of(with_forms(BROKEN)), year=2024, unit=UNIT)
    ticked = {item.key.base for item in plan.items if item.ticked}
    assert ticked == {"narrative", "unit"}
    assert any(item.key.base == "base" for item in plan.items)


def test_file_of_another_unit_is_reported_and_does_not_rename_the_chosen_one() -> None:
    plan = plan_of(lines_of(BROKEN), unit="清溪县林业局")
    assert FactKey("unit", "this", "name") not in {item.key for item in plan.items}
    assert any(UNIT in p.message and "清溪县林业局" in p.message for p in plan.problems)


# -- forms -------------------------------------------------------------------------------------------

FORMS = {
    "official": [published_figures.annex1(), published_figures.annex2(), published_figures.annex3()],
    "made up": [[list(row) for row in form] for form in annex_layouts.FORMS],
}


def word_file(path: Path, forms: Sequence[Sequence[Sequence[Any]]]) -> None:
    """The forms as real tables; lines of one cell that are no rows stand between them."""
    import docx

    document = docx.Document()
    for form in forms:
        width = max(len(row) for row in form)
        table = None
        for row in form:
            if (len(row) == 1 and not str(row[0])[0].isdigit()) or "自评表" in str(row[0]):
                document.add_paragraph(row[0])
                table = None
                continue
            table = table or document.add_table(0, width)
            for cell, value in zip(table.add_row().cells, row, strict=False):
                cell.text = "" if value is None else str(value)
    document.save(str(path))


@pytest.mark.parametrize("forms", FORMS.values(), ids=FORMS)
def test_word_tables_give_the_same_facts_as_excel_tables(forms: Any, tmp_path: Path) -> None:
    path = tmp_path / "附件.docx"
    word_file(path, forms)
    book = published_figures.book(
        *(published_figures.grid(f"附件{n}", form) for n, form in enumerate(forms, 1))
    )
    excel = plan_import(book, FactSheet(TEMPLATES, {}, 2023))
    word = plan_of(read_lines(path))
    assert after(word) == after(excel)
    remarks = [{(item.label, item.problem) for item in plan.items if item.problem} for plan in (word, excel)]
    assert remarks[0] == remarks[1]


def test_amount_without_a_known_label_is_listed() -> None:
    text = with_forms(BROKEN).replace("政府采购金额", "从未听说过的这一行，")
    messages = [problem.message for problem in plan_of(lines_of(text)).problems]
    assert any("401.18" in message for message in messages)


def test_rows_are_matched_to_the_report_by_name() -> None:
    facts = after(plan_of(lines_of(with_forms(BROKEN))))
    text = with_forms(BROKEN).replace("511.25\n511.25", "511.26\n511.26")
    plan = plan_of(lines_of(text), facts)
    assert plan.rows == ()
    changed = {item.key.base for item in plan.items if item.ticked}
    assert changed == {"annex3_funds"}


def test_published_report_gives_all_its_forms_and_sections() -> None:
    path = next(CASES.glob("004_*.txt"), None)
    if path is None:
        pytest.skip("the published reports are not here")
    plan = plan_of(read_lines(path))
    assert not [item for item in plan.items if item.key == FactKey("paper", "this", "outline")]
    assert sum(item.key.table == "narrative" for item in plan.items) == 12
    numbers = after(plan)
    assert numbers[FactKey("base", "special:2", "final")] == "809.11"
    assert numbers[FactKey("annex2_funds", "other", "executed")] == "6.26"
    assert numbers[FactKey("annex3_indicators@1", "quantity:2", "target")] == "15"
    assert not [p.message for p in plan.problems if "没有认出" in p.message]


# -- our own -----------------------------------------------------------------------------------------


def exported(kind: str, path: Path) -> list[DocumentLine]:
    job = ExportJob(TEMPLATES, SAMPLE.facts, SAMPLE.year, SAMPLE.system, RESOURCES)
    EXPORTERS[kind].run(path, job)
    return read_lines(path)


def printed(facts: dict[FactKey, str]) -> dict[str, str]:
    """The text of each section as a reader sees it."""
    assessment = Assessment(TEMPLATES, facts, SAMPLE.year, SAMPLE.system)
    return {s.id: flat([section_text(assessment, s)]) for s in assessment.sheet.outline}


def test_exported_word_file_is_imported_as_printed(tmp_path: Path) -> None:
    facts = after(plan_of(exported("docx", tmp_path / "报告.docx")))
    assert printed(facts) == printed(dict(SAMPLE.facts))
    changed = {k for k, v in facts.items() if k.table != "narrative" and SAMPLE.facts.get(k, v) != v}
    assert changed == set()
    forms = {"base", "buildings", "projects", "annex2_goals", "annex3_goals", "annex3_indicators"}
    lost = {key for key in SAMPLE.facts if key.base in forms and key not in facts}
    assert lost == set()


def test_import_of_the_printed_report_changes_no_text(tmp_path: Path) -> None:
    plan = plan_of(exported("docx", tmp_path / "报告.docx"), dict(SAMPLE.facts), system=SAMPLE.system)
    assert [item.label for item in plan.items if item.key.table in ("narrative", "paper")] == []


def test_exported_pdf_is_imported_with_all_sections(tmp_path: Path) -> None:
    """Words of the charts come in behind the text of two sections."""
    sections = printed(after(plan_of(exported("pdf", tmp_path / "报告.pdf"))))
    for section, text in printed(dict(SAMPLE.facts)).items():
        assert sections[section].startswith(text)
        assert sections[section] == text or section in ("basic_spending", "project_spending")


def test_exported_text_is_imported_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(joined(exported("docx", tmp_path / "报告.docx")), encoding="gb18030")
    assert printed(after(plan_of(read_report(path)))) == printed(dict(SAMPLE.facts))


# -- anything ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    ["这里只有一些字，不是报告。".encode(), bytes(range(1, 256)) * 40, b"\x89PNG\r\n\x1a\n" + b"\x00" * 99],
)
def test_file_without_report_headings_or_forms_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "文件.txt"
    path.write_bytes(data)
    with pytest.raises(UserError):
        read_report(path)


def test_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "空.txt"
    path.write_bytes(b"")
    with pytest.raises(UserError):
        read_report(path)


def test_title_alone_gives_unit_and_year(tmp_path: Path) -> None:
    path = tmp_path / "标题.txt"
    path.write_text(BROKEN.splitlines()[0], encoding="utf-8")
    plan = plan_of(read_report(path))
    assert (plan.unit_name, plan.year) == (UNIT, 2023)
    assert [item.key.column for item in plan.items] == ["title", "name"]


def test_forms_alone_give_only_their_cells() -> None:
    plan = plan_of(lines_of(with_forms("")))
    assert not [item for item in plan.items if item.key.table == "narrative"]
    assert FactKey("base", "special:1", "label") in after(plan)


def test_web_page_is_a_report_where_it_has_headings(tmp_path: Path) -> None:
    page, table = tmp_path / "报告.html", tmp_path / "附件.xls"
    paragraphs = "".join(f"<p>{line}</p>" for line in BROKEN.splitlines())
    page.write_text(f"<html><meta charset=utf-8><body>{paragraphs}</body></html>", encoding="utf-8")
    table.write_text("<html><table><tr><td>一、编制数</td><td>62</td></tr></table></html>", encoding="utf-8")
    assert is_report_file(page)
    assert not is_report_file(table)


def test_long_text_is_read_whole() -> None:
    text = BROKEN + "（一）推进工作\n" + "全年巡查水库三十六次，整改隐患一十二处。\n" * 5000
    plan = plan_of(lines_of(text))
    assert sum(len(flat([item.new])) for item in plan.items) >= 5000 * 20


def test_date_below_the_text_goes_before_those_of_the_forms() -> None:
    signed = "单位负责人签字：\t填表人：张三\t联系电话：0730\t填报日期：2024年3月8日\n"
    form = "预算单位名称\t清河县水利局\n财政供养人员情况(人)\t编制数\t2023年实际在职人数\n\t49\t47\n三公经费\t9.1\t7.9\t7.7\n"
    title = "附件1\n2023年度预算单位整体支出绩效评价基础数据表\n"
    text = BROKEN + f"{UNIT}\n2024年4月2日\n" + title + form + signed
    assert after(plan_of(lines_of(text)))[FactKey("unit", "this", "report_date")] == "2024年4月2日"
