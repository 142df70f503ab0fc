"""What must add up in the tables of final accounts, and which figure is the one to mend where it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from desktop.audit.accounts.figures import Figure

ROUNDING = Decimal("0.02")
"""万元. Figures of different tables are rounded each for itself, and totals mended to fit: 326.71 and 326.72."""


class Equation(NamedTuple):
    """`total` = the sum of `parts`, those in `less` taken away. `words` tell it: `收入决算表的合计行`.

    A cell that is empty counts nothing and is left out.
    """

    words: str
    total: Figure
    parts: tuple[Figure, ...]
    less: tuple[Figure, ...] = ()

    @property
    def sum(self) -> Decimal:
        return sum((f.value for f in self.parts), Decimal()) - sum((f.value for f in self.less), Decimal())

    @property
    def gap(self) -> Decimal:
        return self.total.value - self.sum

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.total, *self.parts, *self.less)

    @property
    def tolerance(self) -> Decimal:
        """All figures were rounded: half a last digit each."""
        return max(sum((f.half for f in self.figures), Decimal()), ROUNDING)

    @property
    def holds(self) -> bool:
        return abs(self.gap) <= self.tolerance

    def expected_of(self, figure: Figure) -> Decimal:
        """What the figure would have to be."""
        if figure == self.total:
            return self.sum
        return figure.value + (self.gap if figure in self.parts else -self.gap)


class Fault(NamedTuple):
    """Equations that do not hold for one reason; `culprit` is the figure to mend, None where several could be."""

    equations: tuple[Equation, ...]
    culprit: Figure | None
    expected: Decimal | None


def equation(
    words: str, total: Figure | None, parts: Iterable[Figure | None], less: Iterable[Figure | None] = ()
) -> Iterator[Equation]:
    """The equation, if there is anything to compare."""
    given = tuple(figure for figure in parts if figure)
    taken = tuple(figure for figure in less if figure)
    if total is not None and given:
        yield Equation(words, total, given, taken)


def faults_of(equations: Sequence[Equation]) -> Iterator[Fault]:
    """The smallest repair: the figure that stands in most of the equations that fail and in none that holds."""
    proved = {figure for eq in equations if eq.holds for figure in eq.figures}
    failing = [eq for eq in equations if not eq.holds]
    while failing:
        often = Counter(figure for eq in failing for figure in set(eq.figures) - proved)
        culprit = max(often, key=lambda f: (often[f], -f.start), default=None)
        if culprit is None:
            yield from (Fault((eq,), None, None) for eq in failing)
            return
        mine = tuple(eq for eq in failing if culprit in eq.figures)
        values = [eq.expected_of(culprit) for eq in mine]
        agree = max(values) - min(values) <= max(eq.tolerance for eq in mine)
        alone = sum(count == often[culprit] for count in often.values()) == 1
        sure = agree and alone and (len(mine) > 1 or len(set(mine[0].figures) - proved) == 1)
        yield Fault(mine, culprit if sure else None, values[0] if sure else None)
        failing = [eq for eq in failing if eq not in mine]
