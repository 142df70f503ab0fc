"""Forms of other years and counties are filled in, scored, printed and read back, with a folder each and no code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.forms.laid_out import lay_out
from desktop.domain.keys import FORMS, FactKey
from desktop.domain.numbers import number_of
from desktop.domain.template import LABEL, ORDER
from desktop.exchange.export_job import ExportJob
from desktop.exchange.exporters import EXPORTERS
from desktop.exchange.import_forms.workbook_import import plan_import
from desktop.exchange.import_plan import ImportPlan
from desktop.exchange.import_report.report_import import plan_document
from desktop.exchange.read_sheet.workbook import read_workbook
from desktop.exchange.read_text.any_file import read_lines
from desktop.resource_files.sample import sample_reports
from tests.exchange.planning import Facts, after
from tests.forms import OTHER_FORMS, templates_with
from tests.places import RESOURCES

TEMPLATES = templates_with(*OTHER_FORMS)
SAMPLE = max(sample_reports(RESOURCES), key=lambda report: report.year)
OWN = {
    "next-2025": {
        "base/services/budget": "3.2",
        "base/services/final": "3.05",
        "base/small_firms/final": "12.4",
    },
    "hubei-2024": {
        "annex2_reasons/this/deviation": "平台因网络改造推迟两个月上线。",
        "annex2_reasons/this/use": "作为下年度安排预算的依据。",
    },
    "columns-2024": {},
    "sources-2024": {"annex2_indicators/quantity:1/source": "县统计公报"},
    "rents-2026": {
        "rents/shops/last_year": "3",
        "rents/shops/this_year": "3.6",
        "rents/other:1/order": "1",
        "rents/other:1/label": "食堂承包",
        "rents/other:1/this_year": "1.2",
        "rent_remarks/this/contracts": "4",
        "rent_remarks/this/paid_in": "全部上缴县级国库。",
    },
}
YEARS = {
    "next-2025": 2025,
    "hubei-2024": 2024,
    "columns-2024": 2024,
    "rents-2026": 2026,
    "sources-2024": 2024,
}
_TYPED = ("name", LABEL)
_PLAIN_NAMES = ("projects", "paper", "unit", "narrative", "headings")


def facts_by(edition: str) -> Facts:
    """The sample filled in by these forms; 产出指标 of 50 points become 40 where the forms have so many."""
    own = {FactKey(*name.split("/")): text for name, text in OWN[edition].items()}
    facts = {**SAMPLE.facts, FORMS: edition, **own}
    if edition != "hubei-2024":
        return facts
    output = ("quantity", "quality", "timeliness", "cost")
    for key, text in SAMPLE.facts.items():
        if key.base.endswith("_indicators") and key.column == "weight" and key.row.startswith(output):
            facts[key] = f"{float(text) * 0.8:.1f}"
    return facts


def printed(edition: str, facts: Mapping[FactKey, str]) -> set[FactKey]:
    """The facts that the forms show on paper."""
    assessment = Assessment(TEMPLATES, facts, YEARS[edition], "form-2023")
    keys = set()
    for form in assessment.sheet.templates.edition.printed:
        for scope in assessment.sheet.projects() if form.per_project else [""]:
            lines = (line for part in lay_out(form, assessment, scope).parts for line in part.lines)
            keys |= {cell.key for line in lines for cell in line.cells if cell.key is not None}
    return {key for key in keys if facts.get(key, "").strip()}


def by_name(facts: Mapping[FactKey, str]) -> dict[tuple[str, ...], str]:
    """Cells under the names of their rows and projects, which another report may number in another way."""
    names = {key[:2]: text for key, text in facts.items() if key.column in _TYPED and ":" in key.row}
    projects = {row.partition(":")[2]: name for (table, row), name in names.items() if table == "projects"}
    return {
        (key.base, projects.get(key.scope, ""), names.get(key[:2], key.row), key.column): text.strip()
        for key, text in facts.items()
        if key.column != ORDER
    }


def same(one: str, other: str) -> bool:
    return one == other or (number_of(one) is not None and number_of(one) == number_of(other))


@pytest.fixture(scope="module", params=OTHER_FORMS)
def edition(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def plan_of(path: Path, year: int) -> ImportPlan:
    """What an empty report, of the usual forms, would take from a file."""
    sheet = FactSheet(TEMPLATES, {}, year)
    if path.suffix == ".xlsx":
        return plan_import(read_workbook(path), sheet)
    return plan_document(read_lines(path), sheet)


def test_it_is_scored_whole(edition: str) -> None:
    report = Assessment(TEMPLATES, facts_by(edition), YEARS[edition], "form-2023")
    assert report.form.id == ("hubei-score-2024" if edition == "hubei-2024" else "form-2023")
    assert all(block.balanced for block in report.main.blocks)
    assert [p.message for i in report.main.indicators for p in i.problems] == []
    assert report.main.grade == "优"


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
def test_what_is_printed_comes_back(edition: str, kind: str, tmp_path: Path) -> None:
    facts, year = facts_by(edition), YEARS[edition]
    job = ExportJob(TEMPLATES, facts, year, "form-2023", RESOURCES, prefer_system_fonts=False)
    path = tmp_path / f"report.{kind}"
    next(exporter for exporter in EXPORTERS.values() if exporter.ending == f".{kind}").run(path, job)
    plan = plan_of(path, year)
    read = by_name({key: text for key, text in after(plan).items() if text})
    named = {key: text for key, text in facts.items() if key.column in _TYPED}
    wanted = by_name({key: facts[key] for key in printed(edition, facts)} | named)
    wanted = {
        key: text
        for key, text in wanted.items()
        if kind == "xlsx" or key[0] not in ("function_class", "economic_class")
    }
    assert {
        key: (text, read.get(key)) for key, text in wanted.items() if not same(text, read.get(key, ""))
    } == {}
    assert read["paper", "", "this", "forms"] == edition
    assert [p.message for p in plan.problems if "没有认出" in p.message or "应为" in p.message] == []
