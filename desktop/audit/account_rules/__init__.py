"""Rules over the tables of final accounts that a document holds, one module per family."""

from desktop.audit.account_rules import against_text, among_tables

FAMILIES = (against_text, among_tables)
