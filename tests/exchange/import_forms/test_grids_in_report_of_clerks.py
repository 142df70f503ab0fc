"""Forms as clerks have them: forty projects, and rows put into the Word file by hand."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey, scoped
from desktop.domain.template import LABEL, ORDER
from desktop.exchange.export_job import ExportJob
from desktop.exchange.exporters import EXPORTERS
from tests.exchange.import_forms.test_grids_in_report import SAMPLE, plan_of, read_plan
from tests.exchange.made_reports import TEMPLATES
from tests.exchange.planning import after
from tests.places import RESOURCES

WHOLE = ("base", "annex2_indicators", "annex2_goals", "annex3_indicators", "annex3_goals", PROJECTS)
"""Of these the printed forms keep everything but the order of rows, and `介于` of a range."""


def with_projects(count: int) -> dict[FactKey, str]:
    """The sample with copies of its first project, each with a name and amounts of its own."""
    facts = dict(SAMPLE.facts)
    first = {key: text for key, text in facts.items() if key.scope == "1"}
    row = {key.column: text for key, text in facts.items() if key[:2] == (PROJECTS, "item:1")}
    for number in range(4, count + 1):
        for key, text in first.items():
            amount = key.base == "annex3_funds" and text.replace(".", "").isdigit()
            own = f"{number}{text}" if amount else text
            facts[key._replace(table=scoped(key.base, str(number)))] = own
        own_row = row | {ORDER: str(number), "name": f"{row['name']}第{number}期"}
        facts |= {FactKey(PROJECTS, f"item:{number}", column): text for column, text in own_row.items()}
    return facts


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_forty_projects_come_back_each_with_its_own_figures(kind: str, tmp_path: Path) -> None:
    facts = with_projects(40)
    told = after(plan_of(facts, kind, tmp_path))
    assert sum(key.table == PROJECTS and key.column == "name" for key in told) == 40
    printed = {
        key: text
        for key, text in facts.items()
        if (key.base in WHOLE or (key.base == "annex3_funds" and key.column == "executed"))
        and key.column not in (ORDER, "points")
        and text != "介于"
    }
    assert len(printed) > 1500
    assert {key: told.get(key) for key in printed} == printed


def test_rows_that_a_clerk_put_into_the_word_file_are_read_and_change_no_other(tmp_path: Path) -> None:
    path, changed = tmp_path / "报告.docx", tmp_path / "改过.docx"
    EXPORTERS["docx"].run(path, ExportJob(TEMPLATES, SAMPLE.facts, SAMPLE.year, SAMPLE.system, RESOURCES))
    named = {key: text for key, text in SAMPLE.facts.items() if key.column in ("name", LABEL)}
    special = next(text for key, text in named.items() if key[:2] == ("base", "special:1"))
    indicator = next(text for key, text in named.items() if key[:2] == ("annex2_indicators", "quality:1"))
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for part in source.namelist():
            data = source.read(part)
            if part == "word/document.xml":
                data = _with_rows(data.decode(), special, indicator).encode()
            target.writestr(part, data)
    before, told = (by_names(after(read_plan(each, "docx"))) for each in (path, changed))
    new = {key: text for key, text in told.items() if key not in before}
    assert {key: told[key] for key in before} == before
    assert {name for _, name, _ in new} == {f"{special}（二）", f"{indicator}（二）"}
    assert all(
        text == before[table, name.removesuffix("（二）"), column]
        for (table, name, column), text in new.items()
    )


def by_names(facts: dict[FactKey, str]) -> dict[tuple[str, str, str], str]:
    """Cells of the forms by table, name of the row and column: rows below one that was put in have other numbers."""
    names = {key[:2]: text for key, text in facts.items() if key.column in ("name", LABEL)}
    return {
        (key.table, names.get(key[:2], key.row), key.column): text
        for key, text in facts.items()
        if key.base in WHOLE and key.column not in (ORDER, "name", LABEL, "points")
    }


def _with_rows(document: str, *names: str) -> str:
    """After the first row that holds each name the same row again, under another name."""
    for name in names:
        rows = re.finditer(r"<w:tr[ >].*?</w:tr>", document, re.DOTALL)
        row = next(found for found in rows if f">{name}<" in found[0])
        again = row[0].replace(f">{name}<", f">{name}（二）<")
        # What is merged with the rows below goes on in a row that is put in.
        again = again.replace('<w:vMerge w:val="restart"/>', "<w:vMerge/>")
        document = document[: row.end()] + again + document[row.end() :]
    return document
