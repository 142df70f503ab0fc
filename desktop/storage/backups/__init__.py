"""Copies of the data file: made, verified, thinned, compared, put back."""
