"""附件1, 附件2 and every 附件3 read out of a report's text, whatever is left of their layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.audit.forms_in_text.annex1_in_text import read_annex1
from desktop.audit.forms_in_text.annex2_and_3_in_text import read_annex2_or_3
from desktop.audit.forms_in_text.cells import Cells
from desktop.audit.forms_in_text.draft import Draft
from desktop.audit.forms_in_text.regions import Region, annex_regions
from desktop.audit.text.flat_text import Text
from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.keys import FactKey
from desktop.domain.labels import ANNEX1, ANNEX3

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AnnexReading:
    """What the printed forms say.

    `facts` are the cells, computed ones included where the form states them; `as_printed` is how targets and
    actual values were printed before they were taken apart. `places` are stretches of `Text.flat`. `stated`
    are numbers that belong to no cell, by (scope, what): `block:output`, `weight`, `points`, `income`,
    `execution_weight`. `unread` are stretches nobody could place; `residue` are `……` left in cells.
    """

    facts: Mapping[FactKey, str]
    places: Mapping[FactKey, Place]
    as_printed: Mapping[FactKey, str]
    stated: Mapping[tuple[str, str], tuple[Decimal, Place]]
    unread: tuple[Place, ...]
    residue: tuple[Place, ...]
    regions: tuple[Region, ...]
    year: int
    unit_name: str
    scopes: tuple[str, ...]
    has_grid: bool
    """Its cells are known (see `ByCells`): what looks empty is empty."""
    system: str
    templates: Templates = field(repr=False, compare=False)

    def assessment(self) -> Assessment:
        return Assessment(self.templates, self.facts, self.year, self.system)

    def has(self, form: str) -> bool:
        return any(region.form == form for region in self.regions)

    def fully_read(self, form: str) -> bool:
        """Whether all of the forms of that kind was understood."""
        inside = [region for region in self.regions if region.form == form]
        return not any(r.start <= place[0] < r.end for r in inside for place in self.unread)


def read_annexes(
    text: Text, templates: Templates, year: int | None = None, regions: Sequence[Region] | None = None
) -> AnnexReading | None:
    """The forms in a text; None where there are none, or no year can be told.

    `year` is what the whole text speaks of; a year in a form's own title goes before it. `regions` are the forms that
    are wanted, all by default. The forms and their cells
    are those of docs/domain.md 3.1, the ways in which published pages lose their grid those of 3.3.
    """
    regions = annex_regions(text) if regions is None else regions
    stated_year = next((region.year for region in regions if region.year), None) or year
    if not regions or stated_year is None:
        return None
    draft = Draft(text, templates, templates.form_system())
    for region in regions:
        cells = Cells(text, region.body, region.end, region.year or stated_year)
        if region.form == ANNEX1:
            read_annex1(draft, cells)
        else:
            read_annex2_or_3(draft, cells, project=region.form == ANNEX3)
    return AnnexReading(
        facts=draft.facts,
        places=draft.places,
        as_printed=draft.as_printed,
        stated=draft.stated,
        unread=tuple(draft.unread),
        residue=tuple(draft.residue),
        regions=tuple(regions),
        year=stated_year,
        unit_name=draft.facts.get(FactKey("unit", "this", "name"), ""),
        scopes=tuple(draft.scopes),
        has_grid=False,
        system=draft.form.id,
        templates=templates,
    )
