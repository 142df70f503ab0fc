"""What no named relation explains is held against the numbers beside it: last of all rules, and careful."""

from desktop.audit.neighbours import additions, bases, formulas, owners, quotients, repeats, rows, two_years

FAMILIES = (additions, bases, formulas, owners, quotients, repeats, rows, two_years)
