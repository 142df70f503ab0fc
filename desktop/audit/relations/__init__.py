"""What must hold between the numbers of a report's sentences, one module per family of relations."""

from desktop.audit.relations import (
    balances,
    blanks,
    bounds,
    change_words,
    changes,
    denials,
    directions,
    execution_rates,
    identity,
    lists,
    points,
    rates,
    shares,
    staff,
    sums,
    totals,
)

FAMILIES = (
    balances,
    blanks,
    bounds,
    change_words,
    changes,
    denials,
    directions,
    execution_rates,
    identity,
    lists,
    points,
    rates,
    shares,
    staff,
    sums,
    totals,
)
