"""What is printed, without an engine: blocks, and how a report is composed of them."""
