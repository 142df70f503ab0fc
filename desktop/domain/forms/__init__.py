"""The official forms of a year: how they are laid out, as data, and what stands in each of their cells."""
