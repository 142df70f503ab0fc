"""What every page needs: where lines may break, and which fonts there are."""
