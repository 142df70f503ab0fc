"""What is written beside the words that a finding is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desktop.audit.finding import LEVELS, Finding, Span

AUTHOR, INITIALS = "整体支出绩效自评助手", "核对"
MOST_NOTES = 1000
"""Of a file: more is no report that somebody reads, and no program opens it any more."""
MOST_PLACES = 12
"""Of a finding: a list with so many wrong places is understood."""


class Note(NamedTuple):
    """Its paragraphs, and the words of the audited text that it is about; the first place carries it in full."""

    level: str
    head: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]

    def paragraphs(self, again: bool = False) -> tuple[str, ...]:
        """`again` at its second and further places."""
        return (f"{self.head}（同一问题的另一处）", self.words[0]) if again else (self.head, *self.words)


def notes_of(findings: Sequence[Finding], names: Mapping[str, str]) -> list[Note]:
    """One a finding, in their order; `names` are those of the rules by their codes."""
    notes = [_note(finding, names) for finding in findings[:MOST_NOTES]]
    left = len(findings) - len(notes)
    if left:
        notes.append(
            Note(LEVELS[-1], "未全部标出", (f"另有{left}处没有标出，请先改正已标出的，再核对一次。",), ())
        )
    return notes


def _note(finding: Finding, names: Mapping[str, str]) -> Note:
    head = f"【{finding.level}】{finding.code} {names.get(finding.code, '')}".strip()
    expected = (f"应为：{finding.expected}",) if finding.expected else ()
    spans = tuple(span for span in finding.spans if span.end > span.start)
    return Note(finding.level, head, (finding.message, *expected), spans[:MOST_PLACES])
