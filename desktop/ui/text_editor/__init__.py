"""The editor of the report's text: fields that follow the data, words that are wrong underlined."""
