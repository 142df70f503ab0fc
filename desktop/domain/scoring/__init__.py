"""From targets, actual values and answers to points, totals and a grade."""
