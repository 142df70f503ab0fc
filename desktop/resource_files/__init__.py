"""Reads what lies in `resources/`: templates, the pages that explain rules, the sample unit."""
