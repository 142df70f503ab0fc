"""What of a report's file is its body: lines outside the forms, tables and pictures, and what is printed around the text."""
