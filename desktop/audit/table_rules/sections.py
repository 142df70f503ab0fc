"""R24: what was written for the report and stands under no heading of its outline."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.audit.finding import CHECK, Finding
from desktop.audit.table_audit import Tables, table_check
from desktop.domain.keys import FactKey
from desktop.domain.outline.outline import NARRATIVE
from desktop.domain.outline.outline_edits import title_of, unplaced


@table_check("R24", "有内容未归入提纲")
def without_a_place(tables: Tables) -> Iterator[Finding]:
    """A text whose heading the chosen outline does not have: it is not printed (outlines: docs/domain.md 4).

    Silent on headings that were hidden on purpose, and on a bare file.
    """
    for row in unplaced(tables.sheet):
        title = title_of(tables.sheet, row)
        what = f"“{title}”的内容" if title else "有一段没有标题的内容"
        message = f"{what}未归入提纲，不会印出；请移到其他标题下，或换用有这个标题的提纲"
        yield tables.finding("R24", CHECK, message, FactKey(NARRATIVE, row, "text"))
