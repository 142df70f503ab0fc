"""The right side of the window: the score panel, and the rail it folds to."""
