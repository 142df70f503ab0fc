"""The headings of a report, what a clerk does to them, and how the report is to be printed."""
