"""Wholes and their parts: lists, changes with their reasons, what is left, one module per relation."""

from desktop.audit.sum_rules import (
    reason_sums,
    remains_undone,
    rest_of_list,
    sums_of_lists,
    totals,
)

FAMILIES = (
    reason_sums,
    remains_undone,
    rest_of_list,
    sums_of_lists,
    totals,
)
