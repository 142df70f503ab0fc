"""Rules over a report's tables, one module per family; importing the package registers them."""

from desktop.audit.table_rules import (
    annex1,
    forms,
    indicators,
    projects,
    relations_of_cells,
    scores,
    sections,
    three_public,
    years,
)

FAMILIES = (
    relations_of_cells,
    annex1,
    three_public,
    projects,
    forms,
    scores,
    indicators,
    years,
    sections,
)
