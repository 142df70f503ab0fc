"""Looking through the stored data for what is not as it was saved."""
