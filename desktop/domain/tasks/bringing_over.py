"""A report that was begun by one edition of the forms, brought over to another: one edit, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.keys import FORMS, FactKey, scoped
from desktop.domain.numbers import show_short
from desktop.domain.outline.outline import CHOSEN, NARRATIVE, headings_of, title_in
from desktop.domain.scoring.scoring import ANSWERS, score_system

Changes = list[tuple[FactKey, str | None]]


class Misfit(NamedTuple):
    """A cell that is filled in and has no place in the other edition; it is kept, but neither seen nor printed."""

    key: FactKey
    where: str
    label: str
    text: str


class BringingOver(NamedTuple):
    changes: Changes
    misfits: tuple[Misfit, ...]
    notes: tuple[str, ...]
    """What is to be looked at: weights that no longer add up, texts without a heading."""


def bring_over(templates: Templates, facts: Mapping[FactKey, str], year: int, edition: str) -> BringingOver:
    """What bringing a report over to an edition, which the templates have, would do. Nothing is taken away."""
    old, new = FactSheet(templates, facts, year), templates.with_forms(edition)
    changes: Changes = [(FORMS, edition)]
    before, after = old.templates.edition, new.edition
    chosen = facts.get(CHOSEN, "")
    if chosen in ("", before.outline) and chosen != after.outline:  # an outline of one's own choice stays
        changes.append((CHOSEN, after.outline or None))
    changes += _answers(facts, before.system, after.system)
    moved = {key: text for key, text in facts.items() if (key, None) not in changes}
    moved |= {key: text for key, text in changes if text is not None}
    misfits = tuple(_misfits(old, new, moved))
    return BringingOver(changes, misfits, tuple(_notes(new, moved, year)))


def _answers(facts: Mapping[FactKey, str], before: str, after: str) -> Changes:
    """Points set by hand for what the form scores itself stand under its system's name: they come along."""
    if before == after:
        return []
    there, here = scoped(ANSWERS, before), scoped(ANSWERS, after)
    old = [(key, text) for key, text in facts.items() if key.table == there]
    return [*((key, None) for key, _ in old), *((key._replace(table=here), text) for key, text in old)]


def _misfits(old: FactSheet, new: Templates, facts: Mapping[FactKey, str]) -> Iterator[Misfit]:
    for key, text in facts.items():
        if (
            text
            and key != FORMS
            and not new.knows(key)
            and old.templates.knows(key)
            and key.column != "order"
        ):
            table = old.templates.table_of(key)
            yield Misfit(key, table.title if table else key.table, old.label(key), old.display(key))


def _notes(new: Templates, facts: Mapping[FactKey, str], year: int) -> Iterator[str]:
    yield from _weights(new, facts, year)
    placed = {heading.section.id for heading in headings_of(new.outlines, facts)}
    lost = [
        key.row
        for key, text in facts.items()
        if key.table == NARRATIVE and text.strip() and key.row not in placed
    ]
    if lost:
        titles = "、".join(title_in(new.outlines, facts, section) or section for section in lost)
        yield f"自评报告里有{len(lost)}节在新提纲里没有标题，文字保留而印不出，可移到其他标题下：{titles}"


def _weights(new: Templates, facts: Mapping[FactKey, str], year: int) -> Iterator[str]:
    sheet = FactSheet(new, facts, year)
    for block in score_system(sheet, sheet.templates.form_system()).blocks:
        if block.indicators and not block.balanced:
            yield (
                f"附件2“{block.name}”应为{show_short(block.weight)}分，"
                f"已填的各项分值合计{show_short(block.weight_sum)}分，换用后请调整"
            )
