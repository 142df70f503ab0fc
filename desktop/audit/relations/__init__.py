"""What must hold between the numbers of a report's sentences, one module per family of relations."""

from desktop.audit.relations import (
    averages,
    balances,
    blanks,
    bounds,
    budget_balances,
    change_words,
    changes,
    denials,
    directions,
    execution_rates,
    item_counts,
    percentage_points,
    planned_and_reached,
    shares,
    staff,
)

FAMILIES = (
    averages,
    balances,
    blanks,
    bounds,
    budget_balances,
    change_words,
    changes,
    denials,
    directions,
    execution_rates,
    item_counts,
    percentage_points,
    planned_and_reached,
    shares,
    staff,
)
