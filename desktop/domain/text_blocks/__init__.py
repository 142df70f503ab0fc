"""What stands between the paragraphs of a report's text: tables, pictures, and footnotes behind its words."""
