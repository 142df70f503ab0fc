"""Lists of parts as they stand in a text: what may own them and which numbers are their items. No rule."""
