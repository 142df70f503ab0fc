"""The forms of our own Word and PDF files are read back as those of our workbook are, whatever cells are empty."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.audit.forms_in_text.regions import annex_regions
from desktop.audit.text.flat_text import Text
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.exchange.cell_address import in_text
from desktop.exchange.export_job import ExportJob
from desktop.exchange.exporters import EXPORTERS
from desktop.exchange.import_forms.grids_in_report import grids_of_forms
from desktop.exchange.import_forms.workbook_import import plan_import
from desktop.exchange.import_plan import ImportPlan
from desktop.exchange.import_report.report_import import plan_document
from desktop.exchange.read_sheet.grid import Grid
from desktop.exchange.read_sheet.workbook import read_workbook
from desktop.exchange.read_text.any_file import read_lines
from desktop.exchange.read_text.html import page_lines
from desktop.exchange.read_text.lines import CellPlace, DocumentLine, joined
from desktop.resource_files.sample import sample_reports
from tests.exchange.import_forms.pages import ANNEX1, ANNEX2, facts_of, table
from tests.exchange.made_reports import TEMPLATES
from tests.exchange.planning import after
from tests.exchange.word_files import docx, paragraph, run, saved
from tests.places import RESOURCES

SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
LONG = (
    "因受强降雨影响，项目施工期缩短，监理单位按合同调整了进度计划，已于年底前完成全部建设内容并通过初步验收。"
    * 4
)

LONG_NAME = "农业综合生产能力提升与农产品质量安全监测体系建设"


def long(key: FactKey, text: str) -> str:
    """Reasons and goals of half a page, names that fill several lines of their cells."""
    if key.column in ("reason", "expected", "achieved", "economy_measures"):
        return LONG + text
    named = key.base in ("annex2_indicators", "annex3_indicators", "projects") and key.column == "name"
    return LONG_NAME + text if named or key[::2] == ("base", "label") else text


Spoil = Callable[[FactKey, str], str]
SPOILS: dict[str, Spoil] = {
    "no actual values": lambda key, text: "" if key.column == "actual" else text,
    "no targets": lambda key, text: "" if key.column in ("target", "operator", "unit") else text,
    "no reasons": lambda key, text: "" if key.column in ("reason", "note") else text,
    "long texts": lambda key, text: long(key, text),
    "no outcome in 附件1": lambda key, text: "" if key.column in ("final", "current") else text,
}


def plan_of(facts: dict[FactKey, str], kind: str, folder: Path) -> ImportPlan:
    path = folder / f"报告.{kind}"
    EXPORTERS[kind].run(path, ExportJob(TEMPLATES, facts, SAMPLE.year, SAMPLE.system, RESOURCES))
    return read_plan(path, kind)


def read_plan(path: Path, kind: str) -> ImportPlan:
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
        shown = {
            in_text(form.grid.name, *position): "".join(cell.text.split())
            for position, cell in form.grid.cells.items()
        }
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


def test_heads_of_other_counties_are_known_and_may_be_printed_again_in_other_columns() -> None:
    page = ANNEX2 + table(
        "一级指标|二级指标|三级指标|指标性质|指标值（A）|计量单位|全年实际值（B）|权重|得分|扣分原因",
        "产出指标|数量指标|巡查|≤|36|次|30|10|8|降雨",
        "小计|||||||10|8|",
        "一级指标|二级指标|三级指标|得分|指标性质|指标值（A）|计量单位|全年实际值（B）|权重|扣分原因",
        "产出指标|质量指标|合格率|5|定性|100|%|100|5|",
        "总分|||13|||||15|",
    )
    assert facts_of(page) == {
        **{"quantity:1 operator": "≤", "quantity:1 target": "36", "quantity:1 unit": "次"},
        **{"quantity:1 actual": "30", "quantity:1 weight": "10", "quantity:1 points": "8"},
        **{"quantity:1 reason": "降雨", "quality:1 target": "100", "quality:1 unit": "%"},
        **{"quality:1 actual": "100", "quality:1 weight": "5"},  # its points are reckoned
    }


def test_a_column_of_units_and_sums_below_projects_are_no_projects() -> None:
    page = ANNEX1 + table(
        "项目|计量单位|2023年预算数|2023年决算数",
        "三公经费|万元|5|4",
        "项目支出|||",
        "3、县级专项资金|万元||",
        "执法办案|万元|20|18",
        "小计|万元|20|18",
        "公用经费|万元|30|28",
    )
    facts = facts_of(page)
    assert facts["special:1 budget"] == "20"
    assert not [key for key in facts if key.startswith("special:2")]


def test_two_numbers_under_one_head_are_told_and_not_taken() -> None:
    rows = "<tr><td>项目<td colspan=2>2023年预算数<td>2023年决算数<tr><td>公用经费<td>30<td>35<td>28"
    page = f"{ANNEX1}<table>{rows}<tr><td>三公经费<td colspan=2>5<td>4</table>"
    plan = plan_document(page_lines(page), FactSheet(TEMPLATES, {}, 2023))
    assert any("一格下面有2个数" in problem.message for problem in plan.problems)
    assert "30" not in facts_of(page).values()


def test_borders_a_hair_apart_are_one_column(tmp_path: Path) -> None:
    def row(*cells: tuple[str, int]) -> str:
        return (
            "<w:tr>"
            + "".join(
                f'<w:tc><w:tcPr><w:gridSpan w:val="{wide}"/></w:tcPr>{paragraph(run(text))}</w:tc>'
                for text, wide in cells
            )
            + "</w:tr>"
        )

    widths = "".join(f'<w:gridCol w:w="{width}"/>' for width in (2000, 40, 1500, 40, 1500))
    body = f"<w:tbl><w:tblGrid>{widths}</w:tblGrid>{row(('甲', 2), ('乙', 2), ('丙', 1))}{row(('丁', 1), ('', 2), ('戊', 2))}</w:tbl>"
    read = read_lines(saved(tmp_path, docx(body)))
    assert [(line.text.strip(), line.place[:2]) for line in read if line.place and line.text.strip()] == [
        *(("甲", (0, 0)), ("乙", (0, 1)), ("丙", (0, 2))),
        *(("丁", (1, 0)), ("戊", (1, 2))),
    ]


def test_the_last_cell_of_a_form_nobody_signed_is_no_part_of_the_next_title() -> None:
    def form(project: str, reason: str) -> str:
        heads = "一级指标|二级指标|三级指标|年度指标值|全年执行数|分值|得分|偏差原因"
        row = f"产出指标|数量指标|巡查|≥36次|30次|50|40|{reason}"
        return "<p>项目支出绩效自评表</p>" + table(f"项目名称|{project}", heads, row)

    page = form("清淤", "雨季推迟") + form("绿化", "征地慢")
    facts = after(plan_document(page_lines(page), FactSheet(TEMPLATES, {}, 2023)))
    assert {text for key, text in facts.items() if key.column == "reason"} == {"雨季推迟", "征地慢"}
