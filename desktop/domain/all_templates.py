"""All templates together, as one edition of the forms has them: what a report is read, scored and checked by."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from desktop.domain.checks import Relation
from desktop.domain.forms.edition import FormEdition
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import Outline, Passage
from desktop.domain.template import System, Table


def kind_of(template_id: str) -> str:
    """What an edition or a system is but for its year: `hunan-2023` -> `hunan`."""
    return re.sub(r"-\d{4}.*$", "", template_id)


class Basis(NamedTuple):
    """What every edition and outline is built on: the program's own tables and tabs, and what headings mean."""

    tables: Mapping[str, Table] = MappingProxyType({})
    tabs: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    meanings: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    shipped: frozenset[str] = frozenset()
    """The ids of editions, systems and outlines that come with the program: no task is called so."""


class Templates(NamedTuple):
    """Everything in `resources/` that describes reports, as one edition of the forms has it.

    Systems of fixed indicators and outlines are shared by all editions.
    """

    tables: Mapping[str, Table]
    systems: Mapping[str, System]
    outlines: Mapping[str, Outline]
    tabs: Mapping[str, tuple[str, ...]]
    edition: FormEdition
    editions: Mapping[str, FormEdition]
    checks: tuple[Relation, ...] = ()
    passages: Mapping[str, Passage] = MappingProxyType({})
    basis: Basis = Basis()

    def with_forms(self, edition_id: str) -> Templates:
        """As the named edition has it; as the first one has it where there is none of that name."""
        if edition_id == self.edition.id:
            return self
        edition = self.editions.get(edition_id) or next(iter(self.editions.values()))
        return self._replace(tables=edition.tables, tabs=edition.tabs, checks=edition.checks, edition=edition)

    def form_system(self) -> System:
        """The system that 附件2 and 附件3 follow."""
        return self.systems[self.edition.system]

    def system_of(self, system_id: str) -> System:
        """The system a report is scored by. One of the forms' kind stands for that of the report's own forms; so
        does one that is not there, of a task that was never taken here."""
        system = self.systems.get(system_id)
        return self.form_system() if system is None or system.indicator_table else system

    def with_edition(
        self, edition: FormEdition, system: System | None = None, outline: Outline | None = None
    ) -> Templates:
        """With one more edition behind those there are, its system and its outline."""
        return self._replace(
            editions={**self.editions, edition.id: edition},
            systems={**self.systems, system.id: system} if system else self.systems,
            outlines={**self.outlines, outline.id: outline} if outline else self.outlines,
        )

    def editions_for(self, year: int) -> list[FormEdition]:
        """The forms that a report of a year may be filled in by, the newest of each kind: `county-2023` is over once
        `county-2025` is there. The last is the newest of all."""
        newest: dict[str, FormEdition] = {}
        for edition in sorted(self.editions.values(), key=lambda edition: edition.year):
            if edition.year <= year or not newest:
                newest.pop(kind_of(edition.id), None)
                newest[kind_of(edition.id)] = edition
        return list(newest.values())

    def systems_for(self, year: int, used: str = "", hidden: Collection[str] = ()) -> list[System]:
        """The systems to be offered in a report of a year: that of its forms first, then the newest of each kind.

        One that is `hidden` is left out, unless it is the one in use.
        """
        fixed: dict[str, System] = {}
        for system in sorted(self.systems.values(), key=lambda system: system.year):
            if not system.indicator_table and (system.year <= year or kind_of(system.id) not in fixed):
                fixed[kind_of(system.id)] = system
        offered = [system for system in fixed.values() if system.id not in hidden or system.id == used]
        mine = self.system_of(used) if used else self.form_system()
        return list(dict.fromkeys([self.form_system(), *offered, mine]))

    def table_of(self, key: FactKey) -> Table | None:
        return self.tables.get(key.base)

    def knows(self, key: FactKey) -> bool:
        table = self.table_of(key)
        return table is not None and table.has(key.row, key.column)
