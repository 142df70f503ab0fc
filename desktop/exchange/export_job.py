"""What an export works on: one report as plain values, safe in a background thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FactKey
from desktop.domain.template import System
from desktop.exchange.document.compose import ComposeOptions, Document, compose


@dataclass(frozen=True, slots=True)
class ExportJob:
    """Everything an export needs; nothing of it lives in the database or the window."""

    templates: Templates
    facts: Mapping[FactKey, str]
    year: int
    system_id: str
    resources: Path
    prefer_system_fonts: bool = True
    options: ComposeOptions = field(default_factory=ComposeOptions)
    findings: Sequence[Sequence[str]] | None = None
    """Lines of the list of findings that goes into a report package; None: the report was not audited."""

    def document(self) -> Document:
        """The composed report; its `missing` is what to tell the user before exporting."""
        return compose(Assessment(self.templates, self.facts, self.year, self.system_id), self.options)

    @property
    def sheet(self) -> FactSheet:
        return FactSheet(self.templates, self.facts, self.year)

    @property
    def system(self) -> System:
        return self.sheet.templates.system_of(self.system_id)
