"""What a task file is made of: what its writer, its reader and the installer agree on."""

from __future__ import annotations

import re

ENDING = ".zpt"
FORMAT, FORMAT_VERSION = "整体支出绩效任务包", 1
MANIFEST, FORMS = "task.json", "forms.toml"
PARTS = {MANIFEST, FORMS}
"""A zip with both is a task file of this program."""
FILE_NAME = re.compile(r"(forms|system|checks|outline|annex[1-9]\d?|tables/[a-z]\w{0,39})\.toml", re.ASCII)
"""The files of a folder in resources/forms, and an outline. Nothing else is in a task file."""
MOST_BYTES = 2 * 1024 * 1024
"""Of a task file. The usual forms whole are 20 KB."""
MOST_PARTS = 100
MOST_TEXT = 200_000
"""Characters of one file; the longest of ours has 9,000."""
MOST_WHOLE = 1_000_000
"""Characters of all files together."""
LONGEST_NOTE, LONGEST_NAME = 5_000, 100
