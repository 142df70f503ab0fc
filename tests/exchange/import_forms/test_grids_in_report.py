"""The forms of our own Word and PDF files are read back as those of our workbook are, whatever cells are empty."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.audit.forms_in_text.regions import annex_regions
from desktop.audit.text.flat_text import Text
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.exchange.audited.audited_file import audit_file
from desktop.exchange.export_job import ExportJob
from desktop.exchange.exporters import EXPORTERS
from desktop.exchange.import_forms.grids_in_report import grids_of_forms
from desktop.exchange.import_forms.workbook_import import plan_import
from desktop.exchange.import_plan import ImportPlan
from desktop.exchange.import_report.report_import import plan_document
from desktop.exchange.read_sheet.grid import Grid
from desktop.exchange.read_sheet.workbook import read_workbook
from desktop.exchange.read_text.any_file import read_lines
from desktop.exchange.read_text.lines import CellPlace, DocumentLine, joined
from desktop.resource_files.sample import sample_reports
from tests.exchange.made_reports import TEMPLATES
from tests.exchange.planning import after
from tests.places import RESOURCES

SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
LONG = (
    "因受强降雨影响，项目施工期缩短，监理单位按合同调整了进度计划，已于年底前完成全部建设内容并通过初步验收。"
    * 4
)

Spoil = Callable[[FactKey, str], str]
SPOILS: dict[str, Spoil] = {
    "no actual values": lambda key, text: "" if key.column == "actual" else text,
    "no targets": lambda key, text: "" if key.column in ("target", "operator", "unit") else text,
    "no reasons": lambda key, text: "" if key.column in ("reason", "note") else text,
    "long reasons": lambda key, text: LONG if key.column == "reason" else text,
    "no outcome in 附件1": lambda key, text: "" if key.column in ("final", "current") else text,
}


def plan_of(facts: dict[FactKey, str], kind: str, folder: Path) -> ImportPlan:
    path = folder / f"报告.{kind}"
    EXPORTERS[kind].run(path, ExportJob(TEMPLATES, facts, SAMPLE.year, SAMPLE.system, RESOURCES))
    sheet = FactSheet(TEMPLATES, {}, SAMPLE.year)
    if kind == "xlsx":
        return plan_import(read_workbook(path), sheet, system=SAMPLE.system)
    return plan_document(read_lines(path), sheet, system=SAMPLE.system)


def unlike(facts: dict[FactKey, str], kind: str, folder: Path) -> set[FactKey]:
    """Cells of the forms that a file of that kind gives otherwise than the workbook. Text of the report is no form;
    `介于` of a range and the order of rows are told by the workbook only."""
    told, oracle = (after(plan_of(facts, each, folder)) for each in (kind, "xlsx"))
    assert len(oracle) > 200
    keys = {
        k
        for k in told.keys() | oracle.keys()
        if k.table not in ("narrative", "paper") and k.column != "order"
    }
    return {k for k in keys if told.get(k) != oracle.get(k) and told.get(k) != "介于"}


@pytest.fixture(scope="module", params=["docx", "pdf"])
def kind_and_unlike(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, set[FactKey]]:
    kind = str(request.param)
    return kind, unlike(dict(SAMPLE.facts), kind, tmp_path_factory.mktemp(kind))


def test_forms_come_back_as_from_the_workbook(kind_and_unlike: tuple[str, set[FactKey]]) -> None:
    """Of staff, 三公 and funds the workbook keeps more than the forms print: posts, last year, remarks."""
    whole = ("base", "buildings", "annex2_indicators", "annex2_goals", "annex3_indicators", "annex3_goals")
    assert [key for key in kind_and_unlike[1] if key.base in whole] == []


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
def test_empty_and_long_cells_change_no_other_cell(
    kind_and_unlike: tuple[str, set[FactKey]], spoil: Spoil, tmp_path: Path
) -> None:
    kind, as_it_is = kind_and_unlike
    facts = {key: spoil(key, text) for key, text in SAMPLE.facts.items()}
    assert unlike(facts, kind, tmp_path) - as_it_is == set()


def form_of(lines: list[DocumentLine]) -> Grid | None:
    text = Text(joined(lines))
    (form,) = grids_of_forms(lines, text, annex_regions(text)).values()
    if form is not None:  # each cell is found again in the text
        shown = {f"{form.grid.name}!{c.address}": "".join(c.text.split()) for c in form.grid.cells.values()}
        assert {at: text.flat[slice(*place)] for at, place in form.places.items()} == shown
    return form.grid if form is not None else None


def cell(text: str, *place: int) -> DocumentLine:
    return DocumentLine(f"\t{text}", in_table=True, place=CellPlace(*place))


TITLE = DocumentLine("2023年度项目支出绩效自评表")
ROWS = [
    *(cell("项目支出名称", 0, 0), cell("河道清淤", 0, 1, 1, 3)),
    *(cell("三级指标", 1, 0), cell("年度指标值", 1, 1), cell("全年执行数", 1, 2), cell("得分", 1, 3)),
    *(cell("受益户", 2, 0), cell("≥120", 2, 1), cell("", 2, 2), cell("10", 2, 3)),
]


def test_paragraphs_and_tables_stand_below_one_another_in_one_grid() -> None:
    grid = form_of([TITLE, *ROWS, DocumentLine("单位：万元"), cell("合计", 0, 0), cell("3", 0, 1)])
    assert grid is not None
    assert {position: c.text for position, c in grid.cells.items() if position[0] > 2} == {
        **{(3, 0): "受益户", (3, 1): "≥120", (3, 3): "10"},
        **{(4, 0): "单位：万元", (5, 0): "合计", (5, 1): "3"},
    }
    assert grid.merged == ((1, 1, 1, 3),)


def test_a_form_of_bare_lines_or_of_a_thousand_columns_is_no_grid() -> None:
    assert form_of([TITLE, *(DocumentLine(line.text.strip()) for line in ROWS)]) is None
    assert form_of([TITLE, *ROWS, cell("甲", 3, 0, 1, 1000)]) is None


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_audit_of_a_file_reads_its_forms_by_their_cells(kind: str, tmp_path: Path) -> None:
    """Without targets the cells of a row cannot be told apart by their looks; points and weights are as before."""
    facts = {key: SPOILS["no targets"](key, text) for key, text in SAMPLE.facts.items()}
    path = tmp_path / f"报告.{kind}"
    EXPORTERS[kind].run(path, ExportJob(TEMPLATES, facts, SAMPLE.year, SAMPLE.system, RESOURCES))
    assert {f.code for f in audit_file(path, path.name, TEMPLATES).findings} == {
        "R23"
    }  # points not yet filled in
