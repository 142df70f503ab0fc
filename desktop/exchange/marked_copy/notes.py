"""What is written beside the words that a finding is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from desktop.audit.finding import LEVELS, REFERENCE, Finding, Span
from desktop.audit.whereabouts import Whereabouts

AUTHOR, INITIALS = "整体支出绩效自评助手", "核对"
MOST_NOTES = 1000
"""Of a file: more is no report that somebody reads, and no program opens it any more."""
MOST_PLACES = 12
"""Of a finding: a list with so many wrong places is understood."""
_LONGEST_QUOTE = 30
"""Characters: a number with what it is of; of a sentence told twice enough to find it."""


class Note(NamedTuple):
    """What is said of a finding, and the words of the audited text that it is about: the first are wrong, and by the
    others that is seen."""

    level: str
    rule: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    others: tuple[str, ...] = ()
    """The words of the further spans, with their place where that is not the first one's."""

    def paragraphs(self) -> tuple[str, ...]:
        told = (f"{REFERENCE}：{'、'.join(self.others)}",) if self.others else ()
        return (f"【{self.level}】{self.rule}", *self.words, *told)

    def reference(self) -> str:
        """What is told at its further spans."""
        return f"{REFERENCE}：{self.rule}\n{self.words[0]}"


def notes_of(text: str, findings: Sequence[Finding], names: Mapping[str, str]) -> list[Note]:
    """One a finding of `text`, in their order; `names` are those of the rules by their codes."""
    where = Whereabouts(text)
    notes = [_note(text, where, finding, names) for finding in findings[:MOST_NOTES]]
    left = len(findings) - len(notes)
    if left:
        notes.append(
            Note(LEVELS[-1], "未全部标出", (f"另有{left}处没有标出，请先改正已标出的，再核对一次。",), ())
        )
    return notes


def _note(text: str, where: Whereabouts, finding: Finding, names: Mapping[str, str]) -> Note:
    rule = f"{finding.code} {names.get(finding.code, '')}".strip()
    expected = (f"应为：{finding.expected}",) if finding.expected else ()
    spans = tuple(span for span in finding.spans if span.end > span.start)[:MOST_PLACES]
    return Note(finding.level, rule, (finding.message, *expected), spans, tuple(_others(text, where, spans)))


def _others(text: str, where: Whereabouts, spans: Sequence[Span]) -> Iterator[str]:
    """`80.81万元、80.38万元`, `20万元（二、支出情况 第1段）`"""
    for place, group in groupby(spans[1:], where.at):
        words = dict.fromkeys("".join(text[span.start : span.end].split()) for span in group)
        said = "、".join(w if len(w) <= _LONGEST_QUOTE else f"{w[:_LONGEST_QUOTE]}…" for w in words)
        yield f"{said}（{place}）" if place != where.at(spans[0]) else said
