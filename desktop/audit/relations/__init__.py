"""What must hold between the numbers of a report's sentences, one module per family of relations."""

from desktop.audit.relations import (
    balances,
    blanks,
    bounds,
    change_words,
    denials,
    directions,
    grades,
    lists,
    rates,
    score_items,
    scores,
    shares,
    staff,
)

FAMILIES = (
    balances,
    blanks,
    bounds,
    change_words,
    denials,
    directions,
    grades,
    lists,
    rates,
    score_items,
    scores,
    shares,
    staff,
)
