"""What comes in and goes out: files read and written, and the values that are passed on."""
