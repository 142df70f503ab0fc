"""How the content of a cell came about, in words: for the panel at the side and for the bar above the sheet."""

from __future__ import annotations

from typing import NamedTuple

from desktop.domain.facts import Operand
from desktop.domain.keys import UNIT_NAME, FactKey
from desktop.domain.numbers import show_short
from desktop.domain.scoring.scoring import IndicatorScore
from desktop.ui.session import Session

_BY_HAND = "。在得分格按 Delete 恢复按规则计算。"


class Origin(NamedTuple):
    """`lines` are none of what is typed; `operands` lead to the cells that a number follows from."""

    name: str
    lines: tuple[str, ...] = ()
    operands: tuple[Operand, ...] = ()


def origin_of(session: Session, key: FactKey) -> Origin:
    scored = session.assessment.indicator_at(key)
    if scored is not None:
        return _of_points(session, scored)
    name, explained = session.sheet.label(key), session.sheet.explain(key)
    if explained is None:
        return Origin(name)
    note = (explained.note,) if explained.note else ()
    return Origin(name, (f"＝ {explained.words}", f"＝ {explained.result or '—'}", *note), explained.operands)


def problem_of(session: Session, key: FactKey | None) -> str:
    """What is wrong with a cell; '' where nothing is."""
    found = session.problem_at(key) if key else None
    return found.message if found else ""


def _of_points(session: Session, scored: IndicatorScore) -> Origin:
    points, weight = show_short(scored.points, 3) or "—", show_short(scored.weight, 3) or "—"
    name = f"{scored.name or '未命名指标'}　{points} / {weight}"
    how = f"{scored.how}{_BY_HAND if scored.by_hand else ''}"
    if not scored.formula:
        return Origin(name, (how,))
    words, operands = session.sheet.formula_in_words(scored.formula, UNIT_NAME)
    return Origin(name, (f"＝ {words}", how), operands)
