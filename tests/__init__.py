"""The tests: they mirror desktop/; those of the project as a whole stand here at the top."""
