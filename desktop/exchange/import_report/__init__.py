"""From the lines of a file to the sections of a report."""
