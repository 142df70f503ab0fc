"""Findings over the tables and over the report's own text; pure, on top of domain."""
