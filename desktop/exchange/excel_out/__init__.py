"""Workbooks: the official forms with live formulas, and plain lists."""
