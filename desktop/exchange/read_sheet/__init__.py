"""Spreadsheet files and pasted blocks as neutral grids of values."""
