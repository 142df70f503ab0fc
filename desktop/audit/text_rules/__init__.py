"""Rules over the report's own sentences, one module per family; importing the package registers them."""

from desktop.audit.text_rules import (
    counts,
    duplicates,
    exclusive,
    grouping,
    growth,
    names,
    numbering,
    overwritten,
    plausible,
    rates,
    residue,
    sums,
    units,
    values,
    wording,
    years,
)

FAMILIES = (
    counts,
    duplicates,
    exclusive,
    grouping,
    growth,
    names,
    numbering,
    overwritten,
    plausible,
    rates,
    residue,
    sums,
    units,
    values,
    wording,
    years,
)
