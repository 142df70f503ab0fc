"""Measurements against a reference; `python3 build/dev.py bench` runs them, the test suite never does."""
