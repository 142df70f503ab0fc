"""All forms of one file, each by what is left of its cells: for the import and for the audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.audit.forms_in_text.forms_in_text import AnnexReading, read_annexes
from desktop.audit.text.flat_text import Text
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.exchange.audited.audited_file import audit_file
from desktop.exchange.export_job import ExportJob
from desktop.exchange.exporters import EXPORTERS
from desktop.exchange.import_report.report_import import plan_document
from tests.audit.annex_layouts import ANNEX1, ANNEX2, annex3, cells_of, one_a_line, tabbed
from tests.exchange.import_forms.test_grids_in_report import SAMPLE, SPOILS
from tests.exchange.made_reports import TEMPLATES, lines_of
from tests.places import RESOURCES

MIXED = (
    tabbed(ANNEX1)
    + one_a_line(annex3("灌区节水改造", "340", "323"))
    + tabbed(annex3("新的项目", "100", "90"))
)


def read(raw: str) -> AnnexReading:
    text = Text(raw)
    bare = read_annexes(text, TEMPLATES, 2023)
    assert bare is not None
    return cells_of(raw)(text, bare)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_audit_of_a_file_reads_its_forms_by_their_cells(kind: str, tmp_path: Path) -> None:
    """Without targets the cells of a row cannot be told apart by their looks; points and weights are as before."""
    facts = {key: SPOILS["no targets"](key, text) for key, text in SAMPLE.facts.items()}
    path = tmp_path / f"报告.{kind}"
    EXPORTERS[kind].run(path, ExportJob(TEMPLATES, facts, SAMPLE.year, SAMPLE.system, RESOURCES))
    assert {f.code for f in audit_file(path, path.name, TEMPLATES).findings} == {
        "R23"
    }  # points not yet filled in


def test_a_form_of_bare_lines_is_guessed_beside_those_that_have_cells() -> None:
    plan = plan_document(lines_of(MIXED), FactSheet(TEMPLATES, {}, 2023))
    cells = {(item.where.partition("（第")[0].partition("第")[0], item.ticked) for item in plan.items}
    assert {("附件1", True), ("附件3（2）", True), ("附件3", False)} <= cells
    assert ("附件1", False) not in cells and ("附件3（2）", False) not in cells


def test_audit_keeps_apart_the_projects_of_both_kinds() -> None:
    reading = read(MIXED)
    amounts = {
        reading.facts[FactKey(f"annex3_funds@{scope}", "fiscal", "executed")] for scope in reading.scopes
    }
    assert (amounts, reading.has_grid) == ({"323", "90"}, False)
    spans = {key: "".join(Text(MIXED).flat[slice(*place)]) for key, place in reading.places.items()}
    assert {spans[key] for key in spans if key.column == "executed"} >= {"323", "90"}
    assert {reading.stated[scope, "points"][0] for scope in reading.scopes} == {100}


@pytest.mark.parametrize("layout", [tabbed, one_a_line])
def test_audit_is_told_what_belongs_to_no_cell(layout: object) -> None:
    assert callable(layout)
    stated = {what: told[0] for what, told in read(layout(ANNEX2)).stated.items()}
    assert stated["", "execution_weight"] == 10 and stated["", "block:output"] == 50
    assert stated["", "income"] == read(layout(ANNEX2)).assessment().sheet.number(
        FactKey("annex2_funds", "total", "executed")
    )
