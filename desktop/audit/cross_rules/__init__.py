"""Rules between a report's sentences and its tables, one module per family; importing the package registers them."""

from desktop.audit.cross_rules import amounts, indicators, unit_totals

FAMILIES = (amounts, indicators, unit_totals)
