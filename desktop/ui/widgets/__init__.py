"""Parts that the window, its pages and dialogs are built of."""
