"""A file of running text, whatever its format, as lines: paragraphs, and tables cell by cell."""
