"""Points, targets, rules of scoring and grades told in prose, one module per relation."""

from desktop.audit.score_rules import (
    begun_points,
    block_totals,
    deductions,
    grades,
    means,
    parts,
    rate_points,
    score_items,
    score_lists,
    scores,
    targets,
    told_elsewhere,
    told_totals,
)

FAMILIES = (
    begun_points,
    block_totals,
    deductions,
    grades,
    means,
    parts,
    rate_points,
    score_items,
    score_lists,
    scores,
    targets,
    told_elsewhere,
    told_totals,
)
