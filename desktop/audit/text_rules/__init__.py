"""One module per family of rules over the report's own sentences."""

from desktop.audit.text_rules import (
    balance,
    counts,
    duplicates,
    exclusive,
    grouping,
    growth,
    names,
    numbering,
    plausible,
    rates,
    residue,
    sums,
    units,
    values,
    wording,
    years,
)

__all__ = [
    "balance",
    "counts",
    "duplicates",
    "exclusive",
    "grouping",
    "growth",
    "names",
    "numbering",
    "plausible",
    "rates",
    "residue",
    "sums",
    "units",
    "values",
    "wording",
    "years",
]
