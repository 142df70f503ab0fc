"""Points, targets, rules of scoring and grades told in prose, one module per relation."""

from desktop.audit.score_rules import deductions, grades, score_items, scores, targets, told_elsewhere

FAMILIES = (deductions, grades, score_items, scores, targets, told_elsewhere)
