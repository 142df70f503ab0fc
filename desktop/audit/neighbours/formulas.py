"""R1k: rates whose bracket says what they are of: `预算执行率（实际支出÷全年预算数）`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop.audit.finding import Finding
from desktop.audit.guesses import Story, is_operand, paragraphs
from desktop.audit.neighbours.bases import (
    ADDED,
    FIRST_BUDGET,
    LATER_BUDGET,
    Meant,
    judged,
    part_named,
    spent_of,
    whole_of,
)
from desktop.audit.read_as import read_as
from desktop.audit.text.budget_figures import ADJUSTED, FINAL, INITIAL
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.roles import LEVEL, RATE, Entry, the_only
from desktop.audit.text_audit import check
from desktop.ontology import ontology

_FORMULA = re.compile(
    r"（(?P<part>[^（）÷]{2,14})(?:÷|除以|/)(?P<whole>[^（）÷]{2,16})）(?:为|是|达)?$|（(?P<one>[^（）与]{2,12})与(?P<other>[^（）]{2,14})之比）(?:为|是|达)?$"
)
"""`预算执行率（实际支出÷全年预算数）`, `执行率（支出数与全年预算数之比）为`: the rate says what it is of."""
_SPENDING = re.compile(r"支出|决算|执行数")
_BEHIND = re.compile(r"（(?P<part>[^（）÷]{2,14})(?:÷|除以|/)(?P<whole>[^（）÷]{2,16})）(?P<one>)(?P<other>)")
"""`调整率8.31%（追加数÷年初预算）`."""
_LONGEST = 48
"""Characters of a rate's name with its bracket."""


@check("R1k", "比率与括号里写明的算法不符", last=True)
def formulas(reading: Reading) -> Iterator[Finding]:
    """`年初预算100万元，全年预算120万元，支出110万元，预算执行率（实际支出÷全年预算）110%`: the bracket names both numbers. 错误
    where each is told with one value and another pair makes the rate, or one digit parts it; else silent."""
    story = Story(reading)
    for paragraph, earlier in paragraphs(reading):
        for at, rate in enumerate(paragraph):
            if rate.role != RATE or rate.quantity.unit != "%" or not rate.quantity.decimals:
                continue
            words = reading.text.words_before(rate.start, "。；", _LONGEST)
            behind = _BEHIND.match(reading.text.flat, rate.end)
            formula = behind or (_FORMULA.search(words) if "（" in words else None)
            if formula is None or story.is_doubted(rate):
                continue
            before = [e for e in paragraph[:at] if is_operand(e)]
            meant = next(_by_formula(reading, rate, formula, before), None)
            told = [*_alike(reading, meant), *earlier, *paragraph] if meant else []
            found = judged(reading, rate, meant, told, False, "R1k") if meant else None
            if found is not None:
                story.doubt((rate,))
                yield found


def _by_formula(
    reading: Reading, rate: Entry, formula: re.Match[str], before: Sequence[Entry]
) -> Iterator[Meant]:
    """The figures that the formula names: those of 三公 where the rate is theirs, else the unit's."""
    part, whole = formula["part"] or formula["one"], formula["whole"] or formula["other"]
    three = "三公" in reading.text.words_before(rate.start, "。；，", _LONGEST)
    if three:
        parts, wholes = (_of_three(reading, stage) for stage in (FINAL, INITIAL))
    elif ADDED.search(part):
        added = part_named(reading, before, "追加")
        parts, wholes = [added] if added else [], list(whole_of(reading, whole, before))
    elif _SPENDING.search(part) and (FIRST_BUDGET.search(whole) or LATER_BUDGET.search(whole)):
        spent = spent_of(reading, before, rate) or the_only(reading.totals["支出"])
        parts, wholes = [spent] if spent else [], list(whole_of(reading, whole, before))
    else:
        return
    for one in parts:
        yield from (Meant(one, other, whole) for other in wholes if one.kind == other.kind)


def _of_three(reading: Reading, stage: str) -> list[Entry]:
    read, name = read_as(reading), ontology().name_of("三公经费")
    told = the_only(
        e
        for e in reading.entries
        if e.role == LEVEL
        and (of := read[Stretch(e.start, e.end)]).measure == name
        and of.stage in ((stage, "") if stage == FINAL else (stage, ADJUSTED))
        and of.year == str(reading.year)
    )
    return [told] if told is not None else []


def _alike(reading: Reading, meant: Meant) -> Iterator[Entry]:
    """Other years' figures of the same noun: last year's may stand in the rate."""
    read = read_as(reading)
    noun = read[Stretch(meant.part.start, meant.part.end)].measure
    return (
        e
        for e in reading.entries
        if noun and e.role == LEVEL and read[Stretch(e.start, e.end)].measure == noun
    )
