"""Every shipped template: references find cells, names are unique, weights add up, releases are frozen."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

import desktop
from desktop.domain import formula
from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.fields.fields import expanded, value_of
from desktop.domain.forms.edition import what_it_says
from desktop.domain.keys import FactKey, base_of, scoped
from desktop.domain.outline.outline import DEFAULT, Outline
from desktop.domain.scoring.scoring import ANSWERS, METHODS
from desktop.domain.scoring.scoring_method import SCORERS
from desktop.domain.template import NUMBER_KINDS, Indicator, System, Table, fill, resolve_names
from desktop.paths import resources_dir
from desktop.resource_files.templates import load_templates
from desktop.ui.tabs import TABS
from tests.template_formulas import formula_cells

RESOURCES = resources_dir()
TEMPLATES = load_templates(RESOURCES)
RELEASED = RESOURCES / "released.sha256"
OUTLINE, FORMS = "outline:", "forms:"
"""How the list of what was released names an outline, and an edition of the forms."""
EXPLAINED = "explanations"
"""Written in the list of findings, not in a tab."""
KINDS = {"money", "people", "area", "number", "percent", "text", "longtext", "choice", "date", "points"}
CHECKLIST_PLACES = 6

each_table = pytest.mark.parametrize("table", TEMPLATES.tables.values(), ids=lambda table: table.id)
each_system = pytest.mark.parametrize("system", TEMPLATES.systems.values(), ids=lambda system: system.id)
each_outline = pytest.mark.parametrize("outline", TEMPLATES.outlines.values(), ids=lambda outline: outline.id)
each_indicator = pytest.mark.parametrize(
    ("system", "indicator"),
    [(system, i) for system in TEMPLATES.systems.values() for i in system.indicators()],
    ids=lambda thing: thing.id,
)


def once(names: Iterable[str]) -> bool:
    return max(Counter(names).values(), default=1) == 1


@each_table
def test_rows_and_columns_are_named_once(table: Table) -> None:
    assert once(row.id for row in table.rows) and once(column.id for column in table.columns)
    assert all(re.fullmatch(r"[a-z]\w*", name.id) for name in (*table.rows, *table.columns))
    assert not {row.id for row in table.rows} & {column.id for column in table.columns}
    assert {column.kind for column in table.columns} <= KINDS


@each_table
def test_labels_tell_rows_and_columns_apart(table: Table) -> None:
    sheet = FactSheet(TEMPLATES, {}, 2023)
    columns = [fill(column.label, 2023) for column in table.columns]
    rows = [sheet.row_label(table, FactKey(table.id, row.id, "x")) for row in table.rows]
    assert once(columns) and once(rows) and all((*columns, *rows))
    assert not any(mark in text for text in (*columns, *rows) for mark in "{}")


@each_table
def test_no_other_name_of_a_row_means_two_rows(table: Table) -> None:
    assert once(name for row in table.rows for name in {fill(row.label, 2023), *row.aliases})
    assert once(name for column in table.columns for name in {fill(column.label, 2023), *column.aliases})


def cells_of(table: Table, row: str, column: str, text: str) -> Iterable[tuple[str, str, str]]:
    for name in formula.references(formula.parse(text)):
        yield resolve_names(table, row, column, name)


def exists(table_id: str, row: str, column: str) -> bool:
    table = TEMPLATES.tables[base_of(table_id)]
    return table.has(row.replace("*", "1"), column)


@each_table
def test_formulas_find_their_cells(table: Table) -> None:
    for row, column, text in formula_cells(table):
        for cell in cells_of(table, row, column, text):
            assert exists(*cell), f"{row}.{column}: {cell}"


def test_no_cell_needs_itself() -> None:
    needs = {
        (table.id, row.replace(":1", ":*"), column): list(cells_of(table, row, column, text))
        for table in TEMPLATES.tables.values()
        for row, column, text in formula_cells(table)
    }
    done: set[tuple[str, str, str]] = set()

    def follow(cell: tuple[str, str, str], above: tuple[tuple[str, str, str], ...]) -> None:
        assert cell not in above, f"{cell} needs itself"
        for inner in needs.get(cell, []) if cell not in done else []:
            follow(inner, (*above, cell))
        done.add(cell)

    for cell in needs:
        follow(cell, ())


@each_table
def test_what_is_carried_over_exists(table: Table) -> None:
    for column in table.columns:
        assert not column.carry or any(c.id == column.carry for c in table.columns)
    for row in table.rows:
        for target, source in row.carry.items():
            assert exists(table.id, row.id, target) and exists(table.id, *source.split("."))


def test_every_table_is_seen_in_one_tab() -> None:
    """`tabs.toml` names every tab of `ui/tabs/__init__.py`, and every table once."""
    shown = [table for tables in TEMPLATES.tabs.values() for table in tables]
    assert list(TEMPLATES.tabs) == [tab.name for tab in TABS], "resources/tables/tabs.toml and TABS differ"
    nowhere = set(TEMPLATES.tables) - {*shown, EXPLAINED}
    assert nowhere == set(), f"write it into resources/tables/tabs.toml: {nowhere}"
    assert set(shown) <= set(TEMPLATES.tables) and once(shown)


@each_table
def test_a_note_on_a_page_needs_no_year(table: Table) -> None:
    """A page stays when another year's report is opened."""
    assert not re.search(r"[{}]", table.note)


@each_outline
def test_outline_sections_are_named_once(outline: Outline) -> None:
    assert once(section.id for section in outline.sections)
    assert not any(":" in section.id or "." in section.id for section in outline.sections)


@each_outline
def test_an_outline_goes_down_level_by_level(outline: Outline) -> None:
    levels = [section.level for section in outline.sections]
    assert levels[0] in (0, 1) and set(levels[1:]) <= {1, 2, 3}
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))


@each_outline
def test_a_heading_met_in_a_report_is_one_section(outline: Outline) -> None:
    assert once(name for section in outline.sections for name in {section.title, *section.aliases})


@each_outline
def test_a_section_says_what_belongs_there_and_finds_its_cells(outline: Outline) -> None:
    for section in outline.sections:
        assert section.guidance.endswith("。") and section.guidance.count("。") <= 2
        cells = [*section.disproved_by, section.fallback] if section.fallback else section.disproved_by
        assert all(exists(*cell.split(".")) for cell in cells)
        assert section.chart in ("", "three_public", "execution")
        assert set(section.passages) <= set(TEMPLATES.passages)
        assert not (section.disproved_by and not section.starting)
    assert once(section.chart or section.id for section in outline.sections)


def test_every_meaning_stands_in_an_outline_and_in_one_place() -> None:
    meanings = tomllib.loads((RESOURCES / "sections.toml").read_text(encoding="utf-8"))
    used = {section.id for outline in TEMPLATES.outlines.values() for section in outline.sections}
    assert used == set(meanings)
    for name, meaning in meanings.items():
        assert once([meaning["title"], *meaning["aliases"]]), name
    assert once(outline.name for outline in TEMPLATES.outlines.values())
    assert next(iter(TEMPLATES.outlines)) == DEFAULT


def test_every_passage_is_made_of_fields_that_exist() -> None:
    empty = Assessment(TEMPLATES, {}, 2023, "form-2023")
    for passage in TEMPLATES.passages.values():
        names = [
            *re.findall("⟦([^⟦⟧]*)⟧", passage.text),
            *(n.removeprefix("nonzero ") for n in passage.needs),
        ]
        assert names and passage.title and passage.needs, passage.id
        assert [name for name in names if value_of(empty, name) is None] == [], passage.id
        assert "⟦" not in expanded(empty, passage.text)
    assert once(passage.title for passage in TEMPLATES.passages.values())


def test_every_passage_has_its_sections_and_every_section_its_passages() -> None:
    outlines = TEMPLATES.outlines.values()
    named = [name for outline in outlines for section in outline.sections for name in section.passages]
    assert set(named) == set(TEMPLATES.passages)
    assert all(once(section.passages) for outline in outlines for section in outline.sections)


@each_system
def test_weights_and_grades_add_up(system: System) -> None:
    assert sum(block.weight for block in system.blocks) == system.full
    least = [bound for _, bound in system.grades]
    assert least == sorted(least, reverse=True) and least[-1] == 0
    assert once(i.id for i in system.indicators()) and once(block.id for block in system.blocks)
    assert system.id.endswith(f"-{system.year}")


@each_system
def test_groups_of_a_form_are_the_open_rows_of_its_table(system: System) -> None:
    if not system.indicator_table:
        return
    for name in (system.indicator_table, system.indicator_table.replace("annex2", "annex3")):
        groups = [group.id for block in system.blocks for group in block.groups if not group.indicators]
        assert groups == [row.id for row in TEMPLATES.tables[name].rows]
    assert set(system.settings["at_most"]) <= set(groups)


@each_indicator
def test_indicators_can_be_scored(system: System, indicator: Indicator) -> None:
    assert METHODS and indicator.method in SCORERS
    assert indicator.rule and indicator.weight > 0
    assert indicator.value_kind in NUMBER_KINDS or (indicator.value_kind == "text" and not indicator.formula)
    unit = TEMPLATES.tables["unit"]
    if indicator.formula:
        for cell in cells_of(unit, "this", "name", indicator.formula):
            assert exists(*cell)
    elif indicator.method != "checklist":
        assert indicator.params["value_label"]
    assert len(indicator.items) <= CHECKLIST_PLACES
    assert (indicator.method == "checklist") == bool(indicator.items)
    answers = scoped(ANSWERS, system.id)
    assert all(
        TEMPLATES.knows(FactKey(answers, indicator.id, c)) for c in ("value", "item6", "points", "reason")
    )


@each_indicator
def test_the_best_of_a_choice_is_the_weight(system: System, indicator: Indicator) -> None:
    for name in ("upto", "atleast", "choices"):
        points = [points for _, points in indicator.params.get(name, ())]
        assert points == sorted(points, reverse=True)
        assert not points or points[0] == indicator.weight


@each_indicator
def test_the_printed_rule_says_the_deduction(system: System, indicator: Indicator) -> None:
    """A known copying bug: weight 5 with the deduction of weight 8 (docs/domain.md 2.2)."""
    deduct = indicator.params.get("deduct")
    if deduct is not None and "十分之一" in indicator.rule:
        assert float(indicator.weight) / 10 == pytest.approx(deduct)
    elif deduct is not None:
        assert f"扣{deduct:g}分" in indicator.rule


def test_a_new_report_begins_with_a_form() -> None:
    assert TEMPLATES.systems[TEMPLATES.form_system().id].indicator_table


def changed_since_release(listing: Path, templates: Templates) -> list[str]:
    """Listed files, outlines and forms that are gone or are not what they were."""
    wrong = []
    for line in listing.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            digest, name = line.split(maxsplit=1)
            if digest != released_as(name, listing.parent, templates):
                wrong.append(name)
    return wrong


def released_as(name: str, folder: Path, templates: Templates) -> str:
    """The hash of a file, or of what an outline prints or forms say; '' where there is none such."""
    if name.startswith(OUTLINE):
        outline = templates.outlines.get(name.removeprefix(OUTLINE))
        return hash_of(printed(outline).encode()) if outline else ""
    if name.startswith(FORMS):
        edition = templates.editions.get(name.removeprefix(FORMS))
        said = what_it_says(edition, templates.systems[edition.system]) if edition else ""
        return hash_of(said.encode()) if edition else ""
    path = folder / name
    return hash_of(path.read_bytes()) if path.exists() else ""


def printed(outline: Outline) -> str:
    """What a report takes from its outline. Guidance and aliases may get better."""
    return "\n".join(
        "\t".join((s.id, str(s.level), s.title, s.starting, *s.disproved_by, s.fallback, s.chart))
        for s in outline.sections
    )


def hash_of(content: bytes) -> str:
    """Line ends do not count: git may turn them."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def test_released_templates_have_not_changed() -> None:
    assert changed_since_release(RELEASED, TEMPLATES) == []


def test_from_version_1_every_system_outline_and_form_is_frozen() -> None:
    listed = RELEASED.read_text(encoding="utf-8")
    if int(desktop.__version__.partition(".")[0]) >= 1:
        fixed = [system.id for system in TEMPLATES.systems.values() if not system.indicator_table]
        assert all(f"systems/{system}/system.toml" in listed for system in fixed)
        assert all(f"{FORMS}{edition}" in listed for edition in TEMPLATES.editions)
        assert all(f"{OUTLINE}{outline}" in listed for outline in TEMPLATES.outlines)


def with_outlines(outlines: Mapping[str, Outline]) -> Templates:
    return TEMPLATES._replace(outlines=outlines)


def test_released_forms_may_be_read_and_typed_better_but_not_printed_otherwise(tmp_path: Path) -> None:
    first = TEMPLATES.edition
    listing = tmp_path / "released.sha256"
    said = what_it_says(first, TEMPLATES.form_system())
    listing.write_text(f"{hash_of(said.encode())}  {FORMS}{first.id}\n", encoding="utf-8")

    def changed(**how: object) -> list[str]:
        staff = first.tables["staff"]
        columns = tuple(column._replace(**how) for column in staff.columns)  # type: ignore[arg-type]
        tables = {**first.tables, "staff": replace(staff, columns=columns)}
        return changed_since_release(
            listing, TEMPLATES._replace(editions={first.id: replace(first, tables=tables)})
        )

    assert changed(aliases=("另一种写法",), hint="怎样填", width=80) == []
    assert changed(label="另一个栏名") == changed(formula="1 + 1") == [FORMS + first.id]


def test_a_changed_or_missing_release_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "x-2023" / "system.toml"
    file.parent.mkdir()
    file.write_text("a = 1\n", encoding="utf-8")
    outline = TEMPLATES.outlines[DEFAULT]
    listing = tmp_path / "released.sha256"
    listing.write_text(
        f"# why\n{hash_of(file.read_bytes())}  x-2023/system.toml\n"
        f"{hash_of(printed(outline).encode())}  {OUTLINE}{DEFAULT}\n",
        encoding="utf-8",
    )
    assert changed_since_release(listing, with_outlines({DEFAULT: outline})) == []
    better = outline._replace(sections=tuple(s._replace(guidance="更清楚。") for s in outline.sections))
    assert changed_since_release(listing, with_outlines({DEFAULT: better})) == []
    file.write_text("a = 2\n", encoding="utf-8")
    fewer = outline._replace(sections=outline.sections[1:])
    assert changed_since_release(listing, with_outlines({DEFAULT: fewer})) == [
        "x-2023/system.toml",
        OUTLINE + DEFAULT,
    ]
    file.unlink()
    assert changed_since_release(listing, with_outlines({})) == ["x-2023/system.toml", OUTLINE + DEFAULT]
