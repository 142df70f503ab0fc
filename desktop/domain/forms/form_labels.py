"""The words of printed forms: which column a head heads, which fact a label stands before, whose forms a file shows.

A county's form may call 年度指标值 `年初目标值（A）`, and print 基本支出总额 before a cell that others have in a list: its
layout says so, and the import reads by what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.facts import PROJECTS
from desktop.domain.forms.laid_out import LaidCell, LaidForm, LaidPart, lay_out
from desktop.domain.keys import FactKey
from desktop.domain.labels import plain
from desktop.domain.template import ORDER

_WORDS = ("head", "label", "row")
_ENOUGH_OF_ITS_OWN = 2
"""Labels that only one edition has: a single one may be a county's own word for something all have, unless it is the
only one that this edition has."""
_SCOPE = "1"


class FormLabels(NamedTuple):
    """`heads`: table -> plain head -> column. `beside`: plain label -> the fact behind it, in a table without scope;
    a project's name is no such fact, for by it the project is found.

    `words` are all plain labels of the form.
    """

    heads: Mapping[str, Mapping[str, str]]
    beside: Mapping[str, FactKey]
    words: frozenset[str]


def labels_of(templates: Templates, year: int) -> Mapping[str, FormLabels]:
    """Form id -> its labels, in the edition of `templates`."""
    return _labels_of(_ByEdition(templates), year)


class _ByEdition:
    """Templates as a key: those of one edition are alike."""

    def __init__(self, templates: Templates) -> None:
        self.templates = templates

    def __hash__(self) -> int:
        return hash(self.templates.edition.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByEdition) and other.templates.edition is self.templates.edition


@lru_cache(maxsize=32)
def _labels_of(by_edition: _ByEdition, year: int) -> Mapping[str, FormLabels]:
    templates = by_edition.templates
    one_project = {FactKey(PROJECTS, f"item:{_SCOPE}", ORDER): "1"}
    assessment = Assessment(templates, one_project, year, templates.edition.system)
    return {
        form.id: _labels(lay_out(form, assessment, _SCOPE if form.per_project else "", typing=True), year)
        for form in templates.edition.printed
    }


def _labels(laid: LaidForm, year: int) -> FormLabels:
    heads: dict[str, dict[str, str]] = defaultdict(dict)
    beside: dict[str, FactKey] = {}
    words: set[str] = set()
    for part in laid.parts:
        above: dict[int, str] = {}
        for line in _placed(part):
            before = ""
            for col, cell in line:
                label = plain(cell.text, year) if cell.kind in _WORDS else ""
                words |= {label} - {""}
                if cell.key is not None and cell.kind != "name":
                    if before and ":" not in cell.key.row:
                        beside.setdefault(before, cell.key._replace(table=cell.key.base))
                    elif above.get(col):
                        heads[cell.key.base].setdefault(above[col], cell.key.column)
                above[col] = label or above.get(col, "")
                before = label if cell.spec.shows == "text" else ""
    return FormLabels(heads, beside, frozenset(words))


def _placed(part: LaidPart) -> Iterator[list[tuple[int, LaidCell]]]:
    """The cells of each line with the column they begin in."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(part.lines):
        placed, col = [], 0
        for cell in line.cells:
            while (row, col) in taken:
                col += 1
            placed.append((col, cell))
            taken |= {(row + down, col + right) for down in range(cell.rows) for right in range(cell.cols)}
            col += cell.cols
        yield placed


def edition_shown(texts: Iterable[str], templates: Templates, year: int) -> str:
    """The id of the edition whose forms these texts (cells or lines of a file) show, of those there are up to `year`.

    That of `templates` where no other has labels of its own there.
    """
    here = templates.edition
    usual = _all_words(templates, year)
    shown = {plain(text, year) for text in texts}
    best, most = here.id, 0
    for edition in templates.editions.values():
        if edition is not here and edition.year <= year:
            own = _all_words(templates.with_forms(edition.id), year) - usual
            found = len(own & shown)
            enough = found >= min(_ENOUGH_OF_ITS_OWN, len(own))
            if enough and found > most:
                best, most = edition.id, found
    return best


def _all_words(templates: Templates, year: int) -> frozenset[str]:
    return frozenset().union(*(labels.words for labels in labels_of(templates, year).values()))
