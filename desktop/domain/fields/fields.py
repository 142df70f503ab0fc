"""Text that fills itself: field marks in a section's stored text, what they show, and how they are edited.

`⟦name⟧` is a live field, `⟦name=text⟧` one that was overwritten: it shows its own text and remembers what it
was. Every other text, brackets too, stands for itself, and so does a mark whose name nobody knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from desktop.domain.assessment import Assessment
from desktop.domain.fields import block_fields, list_fields, score_fields, values
from desktop.domain.fields.block_fields import stands_for_itself
from desktop.domain.fields.text_agrees import agree
from desktop.domain.fields.values import LONGEST_NAME, label_of, value_of
from desktop.domain.keys import cell_named
from desktop.domain.numbers import parse_amount
from desktop.domain.outline.outline import Passage, Section
from desktop.domain.template import fill

__all__ = [
    "KINDS",
    "Disagreement",
    "Piece",
    "agreements",
    "available",
    "corrected",
    "disagreements",
    "edited",
    "expanded",
    "label_of",
    "live_again",
    "offered",
    "pieces",
    "replaced",
    "section_text",
    "stored_of",
    "unfilled",
    "value_of",
]

KINDS = (values, list_fields, score_fields, block_fields)
"""The modules whose fields are registered by being imported."""

_MARK = re.compile(rf"⟦([^⟦⟧=\n]{{1,{LONGEST_NAME}}})(?:=([^⟦⟧]*))?⟧")
"""`⟦three_public.total.final⟧`, `⟦three_public.total.final=3.5⟧`."""
UNFILLED = re.compile(r"〔未填：([^〔〕\n]*)〕")
"""`〔未填：公务接待·2022年决算数〕`, which stands where a field has no data; see values.missing_text."""
_NOT_NOTHING = "nonzero "
"""Before a field in a passage's `needs`: a passage about something that is 0.00 is not offered."""


class Piece(NamedTuple):
    """A stretch of what a reader sees; `field` is '' for plain text, `frozen` one that was overwritten (固定)."""

    text: str
    field: str = ""
    frozen: bool = False


def pieces(assessment: Assessment, stored: str) -> list[Piece]:
    """A stored text in its parts, in order; every field with the text that is shown."""
    parts: list[Piece] = []
    values: dict[str, str | None] = {}
    at = 0
    for match in _MARK.finditer(stored):
        name, own = match.groups()
        if name not in values:
            values[name] = value_of(assessment, name)
        value = values[name]
        if value is None:
            continue
        if match.start() > at:
            parts.append(Piece(stored[at : match.start()]))
        parts.append(Piece(value if own is None else own, name, own is not None))
        at = match.end()
    if at < len(stored):
        parts.append(Piece(stored[at:]))
    return parts


def stored_of(parts: Iterable[Piece]) -> str:
    """The text to store. An overwritten field whose text holds brackets becomes plain text."""
    return "".join(_stored(piece) for piece in parts)


def _stored(piece: Piece) -> str:
    if not piece.field or (piece.frozen and ("⟦" in piece.text or "⟧" in piece.text)):
        return piece.text
    return f"⟦{piece.field}={piece.text}⟧" if piece.frozen else f"⟦{piece.field}⟧"


def expanded(assessment: Assessment, stored: str) -> str:
    """What a reader sees."""
    if "⟦" not in stored:
        return stored
    return "".join(piece.text for piece in pieces(assessment, stored))


def section_text(assessment: Assessment, section: Section) -> str:
    """What is printed in a section: what was written; else the cell it falls back on, else its starting text,
    unless the tables disprove it.
    """
    sheet = assessment.sheet
    text = expanded(assessment, sheet.get("narrative", section.id, "text"))
    if not text.strip() and section.fallback:
        text = sheet.text(cell_named(section.fallback))
    if not text.strip() and not any(sheet.number(cell_named(cell)) for cell in section.disproved_by):
        text = fill(section.starting, sheet.year, sheet.level)
    return text if text.strip() else ""


def offered(assessment: Assessment, section: Section) -> list[tuple[Passage, str]]:
    """What the program can write in a section, each as it would read; '' while data for it are missing."""
    known = assessment.sheet.templates.passages
    passages = [known[name] for name in section.passages if name in known]
    return [(p, expanded(assessment, p.text) if available(assessment, p) else "") for p in passages]


def available(assessment: Assessment, passage: Passage) -> bool:
    """Whether every field that a passage needs has data; of `nonzero …` also that it is not nothing."""
    return all(_has(assessment, need) for need in passage.needs)


def _has(assessment: Assessment, need: str) -> bool:
    name = need.removeprefix(_NOT_NOTHING)
    value = value_of(assessment, name)
    if value is None or UNFILLED.search(value):
        return False
    amount = parse_amount(value)
    return name == need or (amount is not None and amount.value != 0)


def unfilled(text: str) -> list[tuple[int, int, str]]:
    """Where an expanded text lacks data: start, end, what is to be filled in."""
    return [(match.start(), match.end(), match[1]) for match in UNFILLED.finditer(text)]


# -- overwritten fields --------------------------------------------------------------------------------------


class Disagreement(NamedTuple):
    """An overwritten field that no longer says what the data say; offsets in the expanded text."""

    start: int
    end: int
    field: str
    shown: str
    current: str


def disagreements(assessment: Assessment, stored: str) -> list[Disagreement]:
    """The overwritten fields whose text no longer agrees with the data; none while these are missing."""
    wrong, at = [], 0
    for piece in pieces(assessment, stored) if "⟦" in stored else ():
        end = at + len(piece.text)
        if piece.frozen and not stands_for_itself(piece.field):
            current = value_of(assessment, piece.field) or ""
            if not UNFILLED.search(current) and not agree(piece.text, current):
                wrong.append(Disagreement(at, end, piece.field, piece.text, current))
        at = end
    return wrong


def agreements(assessment: Assessment, stored: str) -> Iterator[tuple[int, int, str]]:
    """Where the expanded text says what the data say: start, end, field. An overwritten one counts where it is a
    number that agrees."""
    at = 0
    for piece in pieces(assessment, stored) if "⟦" in stored else ():
        end = at + len(piece.text)
        number = piece.frozen and parse_amount(piece.text) is not None
        if (piece.field and not piece.frozen) or (
            number and agree(piece.text, value_of(assessment, piece.field) or "")
        ):
            yield at, end, piece.field
        at = end


def live_again(assessment: Assessment, stored: str, wrong: Callable[[str], bool]) -> str:
    """The stored text with every overwritten field live again that disagrees, where what it should say is
    `wrong` to be overwritten."""
    starts = {one.start for one in disagreements(assessment, stored) if wrong(one.current)}
    parts, at = list[Piece](), 0
    for piece in pieces(assessment, stored):
        parts.append(piece._replace(frozen=False) if at in starts and piece.frozen else piece)
        at += len(piece.text)
    return stored_of(parts)


# -- editing what a reader sees ------------------------------------------------------------------------------


def replaced(assessment: Assessment, stored: str, start: int, end: int, new: str) -> str:
    """The stored text after characters `start` to `end` of the expanded text were replaced by `new`.

    A field touched in part, or replaced, becomes overwritten; given just its present value it is live again.
    """
    parts = pieces(assessment, stored)
    start, end, new = _narrowed(parts, start, end, new)
    ends = list(accumulate(len(piece.text) for piece in parts))
    touched = [
        number
        for number, (piece, right) in enumerate(zip(parts, ends, strict=True))
        if _touches(piece, right - len(piece.text), start, end, new)
    ]
    if not touched:
        parts.insert(sum(right <= start for right in ends), Piece(new))
    for number in touched:
        piece, left = parts[number], ends[number] - len(parts[number].text)
        middle = new if number == touched[0] else ""
        text = piece.text[: max(start - left, 0)] + middle + piece.text[max(end - left, 0) :]
        parts[number] = _rewritten(assessment, piece, text)
    return stored_of(parts)


def corrected(assessment: Assessment, stored: str, start: int, end: int, new: str) -> str | None:
    """As `replaced`, where that puts right what was typed; None where it would only hide what the data say.

    What is live stays live: it is changed in its cells. An overwritten field that then says what the data say
    is live again.
    """
    before = pieces(assessment, stored)
    after = pieces(assessment, replaced(assessment, stored, start, end, new))
    kept = Counter(piece.field for piece in before if piece.field and not piece.frozen)
    kept.subtract(piece.field for piece in after if piece.field and not piece.frozen)
    if any(count > 0 for count in kept.values()):
        return None
    untouched = {piece for piece in before if piece.frozen}
    parts: list[Piece] = []
    for piece in after:
        if piece.frozen and piece not in untouched:
            current = value_of(assessment, piece.field) or ""
            if not UNFILLED.search(current) and not stands_for_itself(piece.field):
                if not agree(piece.text, current):
                    return None
                piece = piece._replace(frozen=False)
        parts.append(piece)
    return stored_of(parts)


def edited(assessment: Assessment, stored: str, new: str) -> str:
    """The stored text after what it shows was edited into `new` elsewhere: fields outside the edit stay."""
    shown = expanded(assessment, stored)
    if shown == stored:
        return new
    start = _common_length(shown, new)
    same = _common_length(shown[start:][::-1], new[start:][::-1])
    return replaced(assessment, stored, start, len(shown) - same, new[start : len(new) - same])


def _common_length(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def _touches(piece: Piece, left: int, start: int, end: int, new: str) -> bool:
    """Whether a replacement changes a piece that begins at `left`; digits put to a field's number belong to it."""
    right = left + len(piece.text)
    if start < end or left < start < right or not piece.field:
        return left < end and start < right
    behind = start == right and _joins_number(piece.text[-1:], new[:1])
    return behind or (start == left and _joins_number(new[-1:], piece.text[:1]))


def _joins_number(one: str, other: str) -> bool:
    """Whether two characters side by side would be read as parts of one number."""
    return all(char.isdigit() or char == "." for char in (one, other))  # 3 typed before the field `5.12`


def _rewritten(assessment: Assessment, piece: Piece, text: str) -> Piece:
    if text == piece.text:
        return piece
    if not piece.field or not text:
        return Piece(text)
    return Piece(text, piece.field, text != value_of(assessment, piece.field))


def _narrowed(parts: Iterable[Piece], start: int, end: int, new: str) -> tuple[int, int, str]:
    """The same replacement without the pieces at its ends that it leaves as they are; one always remains."""
    cuts = list(_cut(parts, start, end))
    head, tail, first, last = 0, len(new), 0, len(cuts)
    while last - first > 1:
        text, is_field = cuts[last - 1].text, bool(cuts[last - 1].field)
        rest = tail - len(text)
        if not new.endswith(text, head, tail) or (
            is_field and rest > head and _joins_number(new[rest - 1], text[0])
        ):
            break
        last, tail = last - 1, rest
    while last - first > 1:
        text, is_field = cuts[first].text, bool(cuts[first].field)
        rest = head + len(text)
        if not new.startswith(text, head, tail) or (
            is_field and rest < tail and _joins_number(text[-1], new[rest])
        ):
            break
        first, head = first + 1, rest
    return start + head, end - (len(new) - tail), new[head:tail]


def _cut(parts: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    """What lies between two places of the expanded text."""
    left = 0
    for piece in parts:
        text = piece.text[max(start - left, 0) : max(end - left, 0)]
        left += len(piece.text)
        if text:
            yield piece._replace(text=text)
