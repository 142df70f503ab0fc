"""What can be saved of a data file that is damaged."""
