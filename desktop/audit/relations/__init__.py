"""What must hold between the numbers of a report's sentences, one module per family of relations."""

from desktop.audit.relations import (
    balances,
    blanks,
    change_words,
    directions,
    rates,
    shares,
)

FAMILIES = (
    balances,
    blanks,
    change_words,
    directions,
    rates,
    shares,
)
