"""标注稿: an audited file given back with what was found marked at the very words."""
