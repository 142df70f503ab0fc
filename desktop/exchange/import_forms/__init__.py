"""From the grids of a file to facts: which form it is, which cell is which, what does not fit."""
