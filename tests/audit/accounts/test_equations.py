"""The figure to mend is the one in most equations that fail and in none that holds."""

from __future__ import annotations

from decimal import Decimal

from desktop.audit.accounts.equations import Equation, faults_of
from desktop.audit.accounts.figures import Figure


def figure(value: str, place: int) -> Figure:
    return Figure(Decimal(value), Decimal("0.005"), place, place + 1)


A, B, C = figure("10", 1), figure("20", 2), figure("30", 3)


def test_what_adds_up_is_no_fault() -> None:
    assert not list(faults_of([Equation("合计", C, (A, B))]))


def test_rounding_of_every_figure_is_allowed_for() -> None:
    assert not list(faults_of([Equation("合计", figure("30.02", 4), (A, B))]))


def test_one_figure_in_two_failing_equations_is_the_one_to_mend() -> None:
    wrong = figure("12", 9)
    equations = [Equation("行", C, (wrong, B)), Equation("列", wrong, (figure("4", 5), figure("6", 6)))]
    (fault,) = faults_of(equations)
    assert fault.culprit == wrong and fault.expected == Decimal(10)


def test_nobody_can_say_which_of_the_figures_of_one_equation_is_wrong() -> None:
    (fault,) = faults_of([Equation("合计", figure("31", 7), (A, B))])
    assert fault.culprit is None


def test_what_another_equation_proves_is_not_to_mend() -> None:
    total = figure("33", 8)
    (fault,) = faults_of([Equation("合计", total, (A, B)), Equation("列", C, (A, B))])
    assert fault.culprit == total and fault.expected == Decimal(30)
