"""套用提纲: what putting another outline over a report does to each of its headings, before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from desktop.domain.facts import FactSheet
from desktop.domain.outline.outline import NARRATIVE, OWN, numbered
from desktop.domain.outline.outline_edits import switch, title_of, unplaced
from desktop.domain.template import fill


class Applied(NamedTuple):
    """One heading, as it is and as it will be; '' where there is none. `characters` stand below it as they are stored."""

    section: str
    now: str
    then: str
    level: int
    characters: int
    own: bool = False

    @property
    def without_place(self) -> bool:
        """Text that the other outline has no heading for: it is kept and not printed."""
        return not self.then and self.characters > 0


def applied(sheet: FactSheet, outline_id: str) -> list[Applied]:
    """In the order in which the headings will stand, behind them those that the outline does not have."""
    facts = dict(sheet.facts)
    for key, text in switch(sheet, outline_id):
        facts.pop(key, None)
        if text is not None:
            facts[key] = text
    after = FactSheet(sheet.templates, facts, sheet.year)
    now, then = _printed(sheet), _printed(after)
    gone = [row for row in (*now, *unplaced(after)) if row not in then]
    levels = {section.id: max(section.level, 1) for section in (*sheet.outline, *after.outline)}
    return [
        Applied(
            row,
            now.get(row, "") or ("" if row in then else title_of(sheet, row)),
            then.get(row, ""),
            levels.get(row, 1),
            len("".join(sheet.get(NARRATIVE, row, "text").split())),
            row.startswith(OWN),
        )
        for row in (*then, *dict.fromkeys(gone))
    ]


def _printed(sheet: FactSheet) -> Mapping[str, str]:
    return {
        section.id: (number + fill(section.title, sheet.year, sheet.level)) if section.level else "（开头段）"
        for number, section in numbered(sheet.outline)
    }
