"""What is known of the numbers of the report's text, in words: of one, of a section's, and as the lines of a list."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from desktop.audit.evidence import PROVED, REFUTED, UNCHECKED, Ground, NumberVerdict
from desktop.audit.finding import Span
from desktop.audit.narrative import Narrative, Place
from desktop.audit.read_as import ReadAs
from desktop.domain.facts import FactSheet
from desktop.resource_files.rule_pages import RulePage
from desktop.ui.audit_runner import Words

SAID = {PROVED: "相符", REFUTED: "有误", UNCHECKED: "无从核对"}
"""State -> what a clerk is told."""
_COUNTED = {PROVED: "个相符", REFUTED: "个有误", UNCHECKED: "个无从核对"}
_NO_SECOND_SOURCE = "文中和表中没有第二处可以对照"
_SHOWN_OPERANDS = 6
"""Numbers of one relation that are told with it; a figure told at twenty places is named at six."""
_CLAUSE_ENDS = re.compile(r"[，。；：！？\n]")
_LONGEST_CLAUSE = 28
"""Characters before a number that say what it is of."""


class NumberLine(NamedTuple):
    """A number in a list: as written, the words before it, where it stands, what is known of it."""

    number: str
    words: str
    where: str
    state: str
    table: str
    """The value of the table's cell that it is held against, '' where there is none."""
    by: str
    target: Words
    read: ReadAs = ReadAs()
    order: int = 0
    """Where it stands among the numbers of the text."""


def numbers_in(
    section: str, numbers: Sequence[NumberVerdict], narrative: Narrative
) -> Iterator[tuple[Span, NumberVerdict]]:
    """The numbers of a section with their places in its own text; `numbers` are in the order of the text."""
    for place in narrative.places_of.get(section, ()):
        yield from _numbers_at(place, numbers)


def _numbers_at(place: Place, numbers: Sequence[NumberVerdict]) -> Iterator[tuple[Span, NumberVerdict]]:
    at = bisect_left(numbers, (place.start,))
    while at < len(numbers) and numbers[at].end <= place.end:
        yield place.within(Span(numbers[at].start, numbers[at].end)), numbers[at]
        at += 1


class _Judged(Protocol):
    @property
    def state(self) -> str: ...


def lamp(numbers: Iterable[_Judged], whole: str = "本节") -> str:
    """`本节 34 个数：31 个相符，1 个有误，2 个无从核对`; '' where there is no number."""
    counts = Counter(number.state for number in numbers)
    parts = "，".join(f"{counts[state]} {words}" for state, words in _COUNTED.items() if counts[state])
    return f"{whole} {counts.total()} 个数：{parts}" if counts else ""


def hint_of(
    number: NumberVerdict, text: str, sheet: FactSheet | None, pages: Mapping[str, RulePage]
) -> list[str]:
    """A number with its state, and what proves it; of findings tell the marks."""
    proofs = number._replace(by=tuple(ground for ground in number.by if not ground.level))
    why = reasons(proofs, text, sheet, pages) if proofs.by or not number.by else []
    return [f"{text[number.start : number.end]}　{SAID[number.state]}", *why]


def reasons(
    number: NumberVerdict, text: str, sheet: FactSheet | None, pages: Mapping[str, RulePage]
) -> list[str]:
    """Each relation that proves a number with its other numbers, each finding with its message.

    `text` is what was read; `sheet` is None for a file's, whose numbers all stand in it.
    """
    said = [ground.message or _relation(ground, text, sheet, pages) for ground in number.by]
    return list(dict.fromkeys(said)) or [_NO_SECOND_SOURCE]


def _relation(ground: Ground, text: str, sheet: FactSheet | None, pages: Mapping[str, RulePage]) -> str:
    page = pages.get(ground.code)
    name = (page.proves or page.name) if page else ground.code
    others = [text[span.start : span.end] for span in ground.spans[:_SHOWN_OPERANDS]]
    if sheet is not None:
        others += [
            f"{sheet.label(key).replace(' · ', '·')} {sheet.display(key)}".strip()
            for key in ground.cells[:_SHOWN_OPERANDS]
        ]
    return f"{name}：{'、'.join(dict.fromkeys(others))}" if others else name


def lines_of(
    numbers: Sequence[NumberVerdict],
    narrative: Narrative,
    sheet: FactSheet,
    pages: Mapping[str, RulePage],
    titles: Mapping[str, str],
) -> Iterator[NumberLine]:
    """All numbers that stand in sections, in the order of the text; `titles` are the headings by section."""
    for place in narrative.places:
        for span, number in _numbers_at(place, numbers):
            cells = (key for ground in number.by for key in ground.cells if len(ground.cells) == 1)
            table = next((shown for key in cells if (shown := sheet.display(key))), "")
            yield NumberLine(
                narrative.text[number.start : number.end],
                _clause(narrative.text, place.start, number.start),
                titles.get(place.section, ""),
                number.state,
                table,
                "；".join(reasons(number, narrative.text, sheet, pages)),
                Words(place.section, *span),
                number.read,
                number.start,
            )


def _clause(text: str, least: int, start: int) -> str:
    """The words from the last sign up to a number: `支出合计` of `…万元，支出合计20万元`, `合计` of `合计（20万元`."""
    words = text[max(least, start - _LONGEST_CLAUSE) : start].rstrip("：（")
    words = _CLAUSE_ENDS.split(words)[-1]
    opened = words.rfind("（")
    if opened > words.rfind("）"):
        words = words[opened + 1 :]
    elif opened < 0:
        words = words.rpartition("）")[2] or words
    return re.sub(r"\s+", "", words)
