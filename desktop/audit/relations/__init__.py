"""What must hold between the numbers of a report's sentences, one module per family of relations."""

from desktop.audit.relations import (
    blanks,
    rates,
    shares,
)

FAMILIES = (
    blanks,
    rates,
    shares,
)
