"""How fields word what they say: changes against last year or the budget, reasons, shares, numbered paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from desktop.domain.facts import FactSheet
from desktop.domain.numbers import HUNDRED, round_half_up, show, show_percent

_UNITS = {"money": "万元", "people": "人", "area": "平方米", "percent": "", "number": ""}


def change_text(this: Decimal, last: Decimal, kind: str = "money") -> str:
    """`减少0.67万元，下降8.87%`; without a rate where last year there was nothing."""
    by = FactSheet.show(abs(this - last), kind)
    if this == last or not round_half_up(this - last):
        return "与上年持平"
    if kind == "percent":
        by = f"{show(abs(this - last) * HUNDRED)}个百分点"
        return f"{'提高' if this > last else '下降'}{by}"
    change = f"{'增加' if this > last else '减少'}{by}{_UNITS.get(kind, '')}"
    if last <= 0:
        return change
    rate = show_percent(abs(this - last) / last)
    return f"{change}，{'增长' if this > last else '下降'}{rate}"


def comparison_text(this: Decimal, last: Decimal, kind: str = "money") -> str:
    """`比上年减少…，下降…%`, or `与上年持平`."""
    change = change_text(this, last, kind)
    return change if change.startswith("与") else f"比上年{change}"


def reason_clause(note: str) -> str:
    """A written reason as the end of a clause; '' where none was written."""
    reason = " ".join(note.split()).rstrip("。；，.;,")
    for opening in ("主要原因是", "主要是", "原因是", "因为", "由于"):  # or 主要是 would be said twice
        reason = reason.removeprefix(opening)
    return f"主要是{reason.replace('。', '，')}" if reason else ""


def difference_text(final: Decimal, budget: Decimal) -> str:
    """`比年初预算减少3.38万元，完成预算的97.14%`."""
    if not round_half_up(final - budget):
        return "与年初预算持平"
    more = "增加" if final > budget else "减少"
    difference = f"比年初预算{more}{show(abs(final - budget))}万元"
    return f"{difference}，完成预算的{show_percent(final / budget)}" if budget > 0 else difference


def shares(amounts: list[Decimal]) -> list[Decimal]:
    """Each amount's part of all in percent, two digits; what lies just between two goes where all make 100.

    Of 33.335 and 66.665 both would go up and make 100.01: the first goes down instead.
    """
    whole = sum(amounts)
    if not whole:
        return [Decimal(0) for _ in amounts]
    exact = [amount * HUNDRED / whole for amount in amounts]
    rates = [round_half_up(rate) for rate in exact]
    for number, rate in enumerate(exact):
        if sum(rates) > HUNDRED and rates[number] - rate == Decimal("0.005"):
            rates[number] -= Decimal("0.01")
    return rates


def numbered_paragraphs(texts: Iterable[str]) -> str:
    """`1. …` and so on, one paragraph each."""
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
