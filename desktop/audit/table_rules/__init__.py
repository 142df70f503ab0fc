"""Rules over a report's tables, one module per family; importing the package registers them."""

from desktop.audit.table_rules import (
    annex1,
    forms,
    indicators,
    projects,
    relations,
    scores,
    sections,
    three_public,
    years,
)

FAMILIES = (relations, annex1, three_public, projects, forms, scores, indicators, years, sections)
