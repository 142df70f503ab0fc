"""The relations of checks.toml, evaluated: sums, equalities, limits, and rates that somebody typed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import CHECK, HINT, Finding
from desktop.audit.table_audit import Tables, last_digit, show_amount, table_check
from desktop.domain import formula
from desktop.domain.checks import Relation
from desktop.domain.keys import FactKey
from desktop.domain.numbers import (
    HUNDRED,
    decimals_of,
    half_unit,
    parse_amount,
    round_half_up,
    show_percent,
    sum_tolerance,
)
from desktop.domain.template import THIS, fill

_HOME = FactKey("unit", THIS, "name")
"""References in checks.toml name their table: they are the same from any cell."""
_HALF_A_CENT = Decimal("0.005")
"""Half a unit of the second digit after the point, which 万元 are shown with (docs/domain.md 1.7)."""
_MOST_OPERANDS = 6
"""More terms than this are not marked: the sum is, and its message names the gap."""
_LARGEST_RATIO = 3
"""`0.96` is a ratio and `96` a percentage, sign or not; no control rate reaches 300 %."""


@table_check("J", "勾稽关系")
def relations(tables: Tables) -> Iterator[Finding]:
    """Every relation of checks.toml (docs/domain.md 3.2). Silent where a side is empty, or a term was lost with its cell."""
    for relation in tables.sheet.templates.checks:
        for project in tables.sheet.projects() if relation.per_project else [""]:
            for column in relation.columns:
                finding = _check(tables, relation, project, column)
                if finding is not None:
                    yield finding


def _check(tables: Tables, relation: Relation, project: str, column: str) -> Finding | None:
    left, right = (text.format(column=column, project=project) if "{" in text else text
                   for text in (relation.left, relation.right))  # fmt: skip
    if relation.kind == "ratio":
        return _ratio(tables, relation, left, right, project)
    on_left, on_right = cells_of(tables, left), cells_of(tables, right)
    values = tables.sheet.evaluate(left), tables.sheet.evaluate(right)
    if values[0] is None or values[1] is None or not (_given(tables, on_left) and _given(tables, on_right)):
        return None
    gap = values[0] - values[1]
    if _holds(tables, relation, gap, on_left, on_right):
        # A sum that the program reckons from its parts is right whatever they are; so is a limit that is kept.
        if relation.kind != "at_most" and all(tables.sheet.typed(key) is not None for key in on_left):
            tables.holds(relation.code, *on_left, *on_right)
        return None
    level = tables.claimable(relation.level, *on_left, *on_right)
    words = relation.message.format(
        left=show_amount(values[0]),
        right=show_amount(values[1]),
        gap=show_amount(abs(gap)),
        column=_column_label(tables, on_left, column),
        project=tables.project(project) if project else "",
    )
    other = tables.other_cell_with(abs(gap), *on_left, *on_right) if relation.kind == "sum" else ""
    if other:
        words += f"（差额恰为“{other}”）"
    cells = on_left + on_right if len(on_right) <= _MOST_OPERANDS else on_left
    one = relation.kind in ("sum", "equal") and len(on_left) == 1
    expected = show_amount(values[1]) if one else ""
    return tables.finding(relation.code, level, words, *cells, expected=expected)


def _holds(
    tables: Tables, relation: Relation, gap: Decimal, on_left: list[FactKey], on_right: list[FactKey]
) -> bool:
    terms = [n for key in on_right if (n := tables.sheet.number(key)) is not None]
    others = [n for key in on_left if (n := tables.sheet.number(key)) is not None]
    if relation.kind == "sum":
        return abs(gap) <= sum_tolerance(terms, others[0])
    tolerance = (
        sum_tolerance([*terms, *others], Decimal(0)) if relation.kind == "at_most" else _both(terms, others)
    )
    return gap <= tolerance if relation.kind == "at_most" else abs(gap) <= tolerance


def _both(terms: list[Decimal], others: list[Decimal]) -> Decimal:
    """Two statements of one amount agree where the coarser rounds the finer."""
    places = min(decimals_of(n) for n in (*terms, *others))
    return half_unit(places) if places else _HALF_A_CENT


def _given(tables: Tables, cells: list[FactKey]) -> bool:
    """A blank term counts as nothing; but where blanks were lost with the grid, all terms must be there."""
    given = [tables.sheet.number(key) is not None for key in cells]
    return any(given) and (tables.has_grid or all(given))


def cells_of(tables: Tables, text: str) -> list[FactKey]:
    """The cells that a formula names, in its order."""
    names = formula.references(formula.parse(text))
    return [key for name in names for key in tables.sheet.cells(_HOME, name)]


def _column_label(tables: Tables, cells: list[FactKey], column: str) -> str:
    table = tables.sheet.templates.table_of(cells[0]) if cells else None
    if table is None or not column:
        return ""
    return fill(table.column(column).label, tables.sheet.year, tables.sheet.level)


def _ratio(tables: Tables, relation: Relation, left: str, right: str, project: str) -> Finding | None:
    key = cells_of(tables, left)[0]
    words = relation.message
    if project:
        words = words.replace("{project}", tables.project(project))
    instead = relation.instead.format(project=project) if relation.instead else ""
    return ratio_finding(
        tables, (relation.code, relation.level), key, right, words, (instead, relation.instead_words)
    )


def ratio_finding(
    tables: Tables,
    code_and_level: tuple[str, str],
    key: FactKey,
    right: str,
    words: str,
    instead: tuple[str, str] = ("", ""),
) -> Finding | None:
    """A rate that somebody typed against its quotient; a last digit cut off, or 0 of nothing, is a 提示.

    `instead` is a formula that people take by mistake (÷ 年初预算), and the words for it; docs/domain.md 1.2, 1.7.
    """
    typed = tables.sheet.typed(key)
    if typed is None:
        return None
    cells = cells_of(tables, right)
    code, level = code_and_level
    stated = tables.sheet.text(key)
    exact = tables.sheet.evaluate(right)
    if exact is None:
        return _undefined(tables, code, key, right, cells, typed)
    decimals = _decimals(stated, typed)
    gap = abs(typed - exact) * HUNDRED
    if gap <= half_unit(decimals):
        tables.holds(code, key)
        return None
    shown_right = show_percent(exact)
    percent = stated if "%" in stated else f"{round_half_up(typed * HUNDRED, 2).normalize():f}%"
    message = words.format(left=percent, right=shown_right)
    if gap < last_digit(decimals):
        return tables.finding(code, HINT, message + "（尾差）", key, *cells, expected=shown_right)
    other = tables.sheet.evaluate(instead[0]) if instead[0] else None
    if other is not None and abs(other - typed) * HUNDRED < last_digit(decimals):
        message += f"；{instead[1]}"
    return tables.finding(
        code, tables.claimable(level, key, *cells), message, key, *cells, expected=shown_right
    )


def _undefined(
    tables: Tables, code: str, key: FactKey, right: str, cells: list[FactKey], typed: Decimal
) -> Finding | None:
    if not tables.sheet.divides_by_zero(right):
        return None
    name = tables.sheet.label(key)
    if typed == 0:
        return tables.finding(code, HINT, f"{name}填0，而分母为0，没有比率可算，应留空", key, *cells)
    return tables.finding(
        code, CHECK, f"{name}填{tables.sheet.text(key)}，而分母为0，没有比率可算", key, *cells
    )


def _decimals(text: str, value: Decimal) -> int:
    """Digits after the point as the rate is shown in percent."""
    amount = parse_amount(text)
    if amount is None:
        return 2
    percent = amount.unit == "%" or abs(amount.value) > _LARGEST_RATIO
    return amount.decimals if percent else (max(amount.decimals - 2, 0) if value not in (0, 1) else 0)
