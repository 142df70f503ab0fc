"""What an audit says: one finding, with its level and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from desktop.domain.keys import FactKey

ERROR, CHECK, HINT = "错误", "核实", "提示"
LEVELS = (ERROR, CHECK, HINT)
REFERENCE = "参照"
"""What a finding's places behind its wrong ones are marked as: `80.81万元`, by which `大于` is wrong, is right itself."""


class Span(NamedTuple):
    """Characters `start` to `end` (exclusive) of the text that was read."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Those that say the same of several places together: `“XX”：占位符号没有换成实际内容` stands in a template 183 times."""
    grouped: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        said = finding.code, finding.level, finding.message, finding.expected
        grouped.setdefault(said, []).append(finding)
    return list(grouped.values())


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, by level, then by its place in the text."""
    return sorted(dict.fromkeys(findings), key=_rank)


def _rank(finding: Finding) -> tuple[int, int, str]:
    return LEVELS.index(finding.level), finding.spans[0].start if finding.spans else -1, finding.code


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (错误), to be checked or explained (核实), or worth a look (提示).

    `spans` lie in the audited text, `cells` in the report's tables; `expected` is what should stand
    there, '' where nobody can say. Its first span is what is wrong and the others show it, unless they are `all_wrong`:
    `全县` in five places of a district's report.
    """

    code: str
    level: str
    message: str
    spans: tuple[Span, ...] = ()
    cells: tuple[FactKey, ...] = ()
    expected: str = ""
    all_wrong: bool = False

    @property
    def wrong_spans(self) -> tuple[Span, ...]:
        """Its places at which something is wrong, without those that show it."""
        return self.spans if self.all_wrong else self.spans[:1]

    def marks(self) -> Iterator[tuple[Span, str]]:
        """Each of its places with what it is marked as: its level where it is wrong, else REFERENCE."""
        wrong = len(self.wrong_spans)
        for number, span in enumerate(self.spans):
            yield span, self.level if number < wrong else REFERENCE

    def overlaps(self, spans: Iterable[Span]) -> bool:
        """Whether it marks any of the same characters."""
        return any(own.overlaps(span) for span in spans for own in self.spans)

    def moved(self, offset: int) -> Finding:
        """The same finding in a text that stands `offset` characters further on."""
        return replace(self, spans=tuple(Span(s.start + offset, s.end + offset) for s in self.spans))
