"""What can be done to a table of the report's text; each deed gives the table as it is afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.domain.text_blocks.text_table import MOST_COLUMNS, MOST_ROWS, Area, TextTable


def empty_table(rows: int, columns: int) -> TextTable:
    return TextTable((("",) * columns,) * rows)


def area_at(table: TextTable, row: int, column: int) -> Area:
    """The cell that shows at a place: merged ones are one."""
    here = (area for area in table.merged if area.holds(row, column))
    return next(here, Area(row, column, 1, 1))


def whole_cells(table: TextTable, area: Area) -> Area:
    """The least rectangle around an area that cuts no merged cell."""
    while True:
        touched = [area, *(one for one in table.merged if _meet(one, area))]
        top, left = min(one.row for one in touched), min(one.column for one in touched)
        bottom = max(one.row + one.rows for one in touched)
        right = max(one.column + one.columns for one in touched)
        wider = Area(top, left, bottom - top, right - left)
        if wider == area:
            return area
        area = wider


def with_text(table: TextTable, area: Area, text: str) -> TextTable:
    """The same words in every cell of an area."""
    shown = {(one.row, one.column) for one, _ in table.cells() if _meet(one, area)}
    rows = tuple(
        tuple(text if (row, column) in shown else old for column, old in enumerate(line))
        for row, line in enumerate(table.rows)
    )
    return table._replace(rows=rows)


def insert_row(table: TextTable, at: int) -> TextTable:
    """An empty row before row `at`, or behind all; a merged cell that it goes through grows by it."""
    if len(table.rows) >= MOST_ROWS:
        return table
    rows = (*table.rows[:at], ("",) * table.width, *table.rows[at:])
    merged = (
        area._replace(rows=area.rows + 1)
        if area.row < at < area.row + area.rows
        else area._replace(row=area.row + (area.row >= at))
        for area in table.merged
    )
    return TextTable(rows, tuple(merged))


def insert_column(table: TextTable, at: int) -> TextTable:
    return table if table.width >= MOST_COLUMNS else _turned(insert_row(_turned(table), at))


def delete_rows(table: TextTable, first: int, count: int) -> TextTable:
    """One row always stays. Of a merged cell that loses its first row the words move down."""
    gone = range(first, min(first + count, len(table.rows)))
    if len(gone) >= len(table.rows):
        return table
    rows = [list(row) for row in table.rows]
    merged: list[Area] = []
    for area in table.merged:
        left = [row for row in range(area.row, area.row + area.rows) if row not in gone]
        if left:
            rows[left[0]][area.column] = table.rows[area.row][area.column]
            merged.append(area._replace(row=left[0] - sum(row < left[0] for row in gone), rows=len(left)))
    kept = tuple(tuple(row) for number, row in enumerate(rows) if number not in gone)
    return TextTable(kept, tuple(_real(merged)))


def delete_columns(table: TextTable, first: int, count: int) -> TextTable:
    return _turned(delete_rows(_turned(table), first, count))


def merge(table: TextTable, area: Area) -> TextTable:
    """All cells of an area as one, whose words are theirs, one below the other."""
    area = whole_cells(table, area)
    words = [text for one, text in table.cells() if _meet(one, area) and text.strip()]
    rows = _with_rows(table, area, "")
    rows[area.row][area.column] = "\n".join(words)
    others = (one for one in table.merged if not _meet(one, area))
    return TextTable(tuple(map(tuple, rows)), tuple(_real((*others, area))))


def split(table: TextTable, area: Area) -> TextTable:
    """The merged cells that an area touches as single ones again; the words stay in the first."""
    return table._replace(merged=tuple(one for one in table.merged if not _meet(one, area)))


def part_of(table: TextTable, area: Area) -> TextTable:
    """A table of the cells of an area, for copying."""
    area = whole_cells(table, area)
    rows = tuple(
        row[area.column : area.column + area.columns] for row in table.rows[area.row : area.row + area.rows]
    )
    inside = (one for one in table.merged if _meet(one, area))
    return TextTable(
        rows, tuple(one._replace(row=one.row - area.row, column=one.column - area.column) for one in inside)
    )


def pasted(table: TextTable, row: int, column: int, block: TextTable) -> TextTable | None:
    """The table with a block of cells over it, larger where the block reaches beyond; None where that is too much.

    A single cell goes into the cell that shows there. Merged cells under a larger block are split, and what is
    merged in the block is so in the table.
    """
    height, width = max(row + len(block.rows), len(table.rows)), max(column + block.width, table.width)
    if height > MOST_ROWS or width > MOST_COLUMNS:
        return None
    if len(block.rows) == block.width == 1:
        return with_text(table, area_at(table, row, column), block.rows[0][0])
    rows = [[*line, *[""] * (width - table.width)] for line in table.rows]
    rows += [[""] * width for _ in range(height - len(table.rows))]
    for down, line in enumerate(block.rows):
        rows[row + down][column : column + block.width] = line
    under = Area(row, column, len(block.rows), block.width)
    kept = (one for one in table.merged if not _meet(one, under))
    new = (one._replace(row=one.row + row, column=one.column + column) for one in block.merged)
    return TextTable(tuple(map(tuple, rows)), (*kept, *new))


def lines_of(table: TextTable) -> str:
    """As cells are put on the clipboard: tabs between cells, a line for each row; of merged ones the first alone."""
    return "\n".join("\t".join(map(_quoted, row)) for row in table.rows)


def _quoted(text: str) -> str:
    """A cell with a tab or line break stands between quotes, as Excel has it."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in "\t\n\r") else text


def _turned(table: TextTable) -> TextTable:
    """Rows as columns."""
    merged = tuple(Area(area.column, area.row, area.columns, area.rows) for area in table.merged)
    return TextTable(tuple(zip(*table.rows, strict=True)), merged)


def _with_rows(table: TextTable, area: Area, text: str) -> list[list[str]]:
    return [
        [text if area.holds(row, column) else old for column, old in enumerate(line)]
        for row, line in enumerate(table.rows)
    ]


def _real(areas: Iterable[Area]) -> Iterator[Area]:
    """A single cell is no merged one."""
    return (area for area in areas if area.rows > 1 or area.columns > 1)


def _meet(one: Area, other: Area) -> bool:
    across = one.column < other.column + other.columns and other.column < one.column + one.columns
    return across and one.row < other.row + other.rows and other.row < one.row + one.rows
