"""The data file: reports, undo, settings, backups, and what is done when it is damaged."""
