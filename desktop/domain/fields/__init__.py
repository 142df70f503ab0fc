"""The live fields of the report: text that fills itself from the tables and follows them."""
