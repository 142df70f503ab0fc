"""What is written beside the words that a finding is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, HINT, LEVELS, REFERENCE, Finding, Span
from desktop.audit.whereabouts import Whereabouts

AUTHOR, INITIALS = "整体支出绩效自评助手", "核对"
COLOURS = {
    ERROR: (1.0, 0.62, 0.60),
    CHECK: (1.0, 0.89, 0.40),
    HINT: (0.74, 0.87, 1.0),
    REFERENCE: (0.88, 0.89, 0.91),
}
"""Behind the words: shares of red, green and blue."""
MOST_NOTES = 1000
"""Of a file: more is no report that somebody reads, and no program opens it any more."""
MOST_PLACES = 12
"""Of a finding: a list with so many wrong places is understood."""
_LONGEST_QUOTE = 30
"""Characters: a number with what it is of; of a sentence told twice enough to find it."""


_SAME = "同上"
"""What the further wrong places of a finding are marked as: what is said of them stands at the first."""


class Note(NamedTuple):
    """What is said of a finding, and the words of the audited text that it is about: the first `wrong` ones are
    wrong, and by the others that is seen."""

    level: str
    rule: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    others: tuple[str, ...] = ()
    """The words of the further spans, with their place where that is not the first one's."""
    wrong: int = 1

    def paragraphs(self) -> tuple[str, ...]:
        told = (
            (f"{'另有' if self.wrong > 1 else REFERENCE}：{'、'.join(self.others)}",) if self.others else ()
        )
        return (f"【{self.level}】{self.rule}", *self.words, *told)

    def further(self) -> Iterator[tuple[Span, str, str]]:
        """Its spans behind the first, with what each is marked as and what is told there."""
        for number, span in enumerate(self.spans[1:], 1):
            level, head = (self.level, _SAME) if number < self.wrong else (REFERENCE, REFERENCE)
            yield span, level, f"{head}：{self.rule}\n{self.words[0]}"


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
    others = tuple(_others(text, where, spans))
    wrong = len(spans) if finding.all_wrong else 1
    return Note(finding.level, rule, (finding.message, *expected), spans, others, wrong)


def _others(text: str, where: Whereabouts, spans: Sequence[Span]) -> Iterator[str]:
    """`80.81万元、80.38万元`, `20万元（二、支出情况 第1段）`"""
    for place, group in groupby(spans[1:], where.at):
        words = dict.fromkeys("".join(text[span.start : span.end].split()) for span in group)
        said = "、".join(w if len(w) <= _LONGEST_QUOTE else f"{w[:_LONGEST_QUOTE]}…" for w in words)
        yield f"{said}（{place}）" if place != where.at(spans[0]) else said
