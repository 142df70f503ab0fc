"""Rules over a report's tables, one module per family; importing the package registers them."""

from desktop.audit.table_rules import base, forms, indicators, relations, scores, sections, years

FAMILIES = (relations, base, forms, scores, indicators, years, sections)
