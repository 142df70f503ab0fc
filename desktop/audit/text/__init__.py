"""A report's text taken apart: flat text, numbers with unit and year, heading numbers, ratios."""
