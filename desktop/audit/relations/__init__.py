"""What must hold between the numbers of a report's sentences, one module per family of relations."""

from desktop.audit.relations import rates, shares

FAMILIES = (rates, shares)
