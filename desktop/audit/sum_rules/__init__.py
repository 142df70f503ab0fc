"""Wholes and their parts: lists, changes with their reasons, what is left, one module per relation."""

from desktop.audit.sum_rules import (
    reason_sums,
    remainders,
    rests,
    sums,
    totals,
)

FAMILIES = (
    reason_sums,
    remainders,
    rests,
    sums,
    totals,
)
