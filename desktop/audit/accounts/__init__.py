"""The nine tables of a department's final accounts (部门决算), read out of a document's text."""
