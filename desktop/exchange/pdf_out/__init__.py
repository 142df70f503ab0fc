"""The document as PDF, set by reportlab."""
