"""An annex of a template's own, printed in the report's file, comes into no section of its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.template import parse_table
from desktop.exchange.export_job import ExportJob
from desktop.exchange.exporters import EXPORTERS
from desktop.exchange.import_report.report_import import plan_document
from desktop.exchange.read_text.any_file import read_lines
from desktop.resource_files.sample import sample_reports
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES

SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
RENTS = {
    "id": "rents",
    "title": "出租收入",
    "annex": "{year}年度资产出租收入情况表",
    "column": [{"id": "amount", "label": "{year}年金额"}],
    "row": [{"id": "shop", "label": "门面出租"}],
}


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_its_cells_are_read_and_its_words_are_no_part_of_the_text(kind: str, tmp_path: Path) -> None:
    templates = load_templates(RESOURCES)
    templates = templates._replace(tables={**templates.tables, "rents": parse_table(RENTS)})
    facts = {**SAMPLE.facts, FactKey("rents", "shop", "amount"): "3.5"}
    path = tmp_path / f"报告.{kind}"
    EXPORTERS[kind].run(path, ExportJob(templates, facts, SAMPLE.year, SAMPLE.system, RESOURCES, False))
    sheet = FactSheet(templates, {}, SAMPLE.year)
    plan = plan_document(read_lines(path), sheet, year=SAMPLE.year, system=SAMPLE.system)
    assert len(plan.items) > 200 and not any("门面出租" in item.new for item in plan.items)
    assert {key: text for key, text in plan.wanted() if key.table == "rents"} == {
        FactKey("rents", "shop", "amount"): "3.5"
    }
    assert not any("附件4" in problem.where for problem in plan.problems)
