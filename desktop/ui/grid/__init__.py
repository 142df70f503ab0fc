"""One grid for all tables: what it shows (layout), how Qt sees it (model), how it is used (view)."""
