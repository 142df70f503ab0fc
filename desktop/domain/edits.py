"""Edits: the only way anything changes. An edit is labelled, is one step, and can be turned round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from desktop.domain.keys import FactKey, ReportId

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a character beyond the first 65,536, as a damaged file or its name may hold it."""


class Change(NamedTuple):
    """One cell before and after; `None` is an empty cell (no fact stored)."""

    key: FactKey
    before: str | None
    after: str | None

    def inverse(self) -> Change:
        return Change(self.key, self.after, self.before)


class Edit(NamedTuple):
    """What one user action does to one report, under a label the user reads in the undo menu."""

    report: ReportId
    label: str
    changes: tuple[Change, ...]

    def inverse(self) -> Edit:
        return Edit(self.report, self.label, tuple(c.inverse() for c in reversed(self.changes)))

    def __bool__(self) -> bool:
        return bool(self.changes)


def edit_from(
    report: ReportId,
    label: str,
    facts: Mapping[FactKey, str],
    wanted: Iterable[tuple[FactKey, str | None]],
) -> Edit:
    """The edit that gives each wanted key its value; keys that already have it are left out.

    A key named twice ends with its last value; '' and None both mean empty.
    """
    last = {key: (storable(value) if value else None) for key, value in wanted}
    changes = (Change(key, facts.get(key), value) for key, value in last.items())
    return Edit(report, storable(label), tuple(c for c in changes if c.before != c.after))


def storable(text: str) -> str:
    """Lone surrogates become `�`: neither SQLite nor a file could store them."""
    return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
