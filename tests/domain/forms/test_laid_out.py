"""Where the cells of a form stand and what they show, on paper and to be typed into."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.assessment import Assessment
from desktop.domain.forms.laid_out import LaidCell, LaidForm, lay_out
from desktop.domain.keys import FactKey
from desktop.resource_files.templates import load_templates
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)


def laid(form_id: str, facts: Mapping[str, str], scope: str = "", *, typing: bool = False) -> LaidForm:
    form = TEMPLATES.edition.form(form_id)
    assert form is not None
    keys = {FactKey(*name.split("/")): text for name, text in facts.items()}
    return lay_out(form, Assessment(TEMPLATES, keys, 2023, "form-2023"), scope, typing=typing)


def cells(form: LaidForm) -> list[LaidCell]:
    return [cell for part in form.parts for line in part.lines for cell in line.cells]


def cell_of(form: LaidForm, table: str, row: str, column: str) -> LaidCell:
    (found,) = (cell for cell in cells(form) if cell.key == FactKey(table, row, column))
    return found


SPECIAL = {"base/special:1/order": "1", "base/special:1/label": "渠道清淤", "base/special:1/final": "12.5"}


def test_an_open_row_stands_below_its_group_and_is_set_in() -> None:
    form = laid("annex1", SPECIAL)
    name = cell_of(form, "base", "special:1", "label")
    assert (name.kind, name.shown, name.align, name.indent) == ("name", "渠道清淤", "left", 2)
    assert cell_of(form, "base", "special:1", "final").shown == "12.50"


def test_a_blank_line_to_type_in_is_no_part_of_paper() -> None:
    def blanks(typing: bool) -> set[tuple[str, str]]:
        form = laid("annex1", SPECIAL, typing=typing)
        return {line.group for part in form.parts for line in part.lines if line.blank}

    assert blanks(typing=True) == {("base", "special"), ("base", "transfer"), ("buildings", "item")}
    assert blanks(typing=False) == {("buildings", "item")}, "the form would have nothing below its heads"


def test_the_line_of_an_open_group_takes_no_figures_unless_it_has_some() -> None:
    assert cell_of(laid("annex1", {}), "base", "special", "final").kind == "none"
    assert cell_of(laid("annex1", {"base/special/final": "3"}), "base", "special", "final").kind == "fact"


def test_a_target_shows_its_three_parts_in_one_cell() -> None:
    row = {"order": "1", "name": "清淤长度", "operator": "≥", "target": "12", "unit": "公里"}
    facts = {f"annex2_indicators/quantity:1/{column}": text for column, text in row.items()}
    target = cell_of(laid("annex2", facts), "annex2_indicators", "quantity:1", "target")
    assert (target.kind, target.shown) == ("target", "≥12公里")


def test_only_the_first_row_of_money_is_scored() -> None:
    scored = [cell for cell in cells(laid("annex3", {}, "1")) if cell.spec.shows in ("weight", "points")]
    texts = [cell.shown or cell.text for cell in scored if cell.key is None or cell.score is not None]
    assert texts[:8] == ["10", "", "/", "/", "/", "/", "/", "/"]


def test_a_projects_form_shows_the_projects_own_tables() -> None:
    facts = {
        "projects/item:7/order": "1", "projects/item:7/name": "渠道清淤",
        "annex3_funds@7/fiscal/executed": "5", "annex3_goals@7/this/expected": "疏通",
    }  # fmt: skip
    form = laid("annex3", facts, "7")
    assert form.name == "渠道清淤"
    assert cell_of(form, "annex3_funds@7", "fiscal", "executed").shown == "5.00"
    assert cell_of(form, "annex3_goals@7", "this", "expected").shown == "疏通"


def test_a_head_reaches_down_to_the_end_of_its_part_or_to_the_total() -> None:
    money, _, indicators = laid("annex2", {}).parts
    title = next(cell for line in money.lines for cell in line.cells if cell.text.startswith("年度预算申请"))
    assert title.rows == len(money.lines) - 1
    assert indicators.lines[0].cells[0].rows == len(indicators.lines) - 1


def test_a_total_is_blank_until_something_is_scored() -> None:
    assert [cell.shown for cell in cells(laid("annex2", {})) if cell.kind == "total"] == ["", ""]
