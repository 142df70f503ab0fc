"""Rules between a report's sentences and its tables."""
