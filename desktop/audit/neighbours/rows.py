"""R1t: lines of one shape, a table told as text: each rate against the numbers of its line, each total against its column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, permutations
from typing import NamedTuple

from desktop.audit.accounts.grids import Cell, grids_of
from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.forms_in_text.regions import annex_regions
from desktop.audit.guesses import Story
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text_audit import check
from desktop.domain.numbers import HUNDRED, decimals_of, half_unit, round_half_up, show_short

_NUMBER = re.compile(
    r"(?P<n>(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<unit>万元|亿元|元|个|人次|人|%)?(?![\d.年月日号])"
)
_FIGURE = re.compile(r"(?P<n>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<rate>%)?")
"""A cell with a figure and nothing else."""
_ROW_ENDS = re.compile(r"[；。]")
_MARK = re.compile(r"^(?:（?\d{1,2}[）、.．]|[①-⑳]|[-—·•])\s*")
"""`（6）治超站运行，94.20，92.08`."""
_BETWEEN = 14
"""Characters between two numbers of a line: a comma, a dash, `治超站运行执行率`."""
_BEGINS = re.compile(r"\D{0,30}\d[\d,.]*\D{1,16}\d")
_RATE = re.compile("[一-龥]{2}率")
_LONGEST = 180
"""Characters: most sentences are known not to be a line of a table by these."""
_LONGEST_NAME, _MOST_COLUMNS, _MOST_ROWS = 24, 6, 60
_LEAST = 3
"""Lines of one shape that are a table."""
_FARTHEST = 30
"""Points: a rate farther from the quotient is of something else."""
_TOTAL = re.compile(r"合计|总计|小计|共计")
_PART = re.compile(r"^其中|^[0-9]+$")


class Row(NamedTuple):
    """A name with its numbers; `places` are theirs in the flat text, `rates` tells which are percentages."""

    name: str
    values: tuple[Decimal, ...]
    decimals: tuple[int, ...]
    rates: tuple[bool, ...]
    between: tuple[str, ...]
    """What stands between two numbers, without the line's own name: the same in every line of one table."""
    places: tuple[tuple[int, int], ...]


@check("R1t", "表行里的比率、合计与数字不符", last=True)
def rows(reading: Reading) -> Iterator[Finding]:
    """`道路养护，860，842，97.9%；水质监测，350，318，91.9%；…`: lines of one shape whose rates are, but for one line in three,
    the quotient of the same two columns; the line that is not is wrong. So is a total below that is not the sum of its
    column, where another column's is, or where the total's own rate is not.

    Silent on what another rule has said, and where no two columns make the rates.
    """
    found: list[Finding] = []
    for table in _tables(reading):
        body = [row for row in table if not _TOTAL.search(row.name)]
        if len(body) >= _LEAST:
            found += [*_rates(reading, body), *_totals(reading, body, table[-1])]
    for table in tables_of_cells(reading):
        body = [row for row in table if not _TOTAL.search(row.name)]
        if len(body) >= _LEAST:
            found += _rates(reading, body)
        if body:
            found += [*_totals(reading, body, table[-1]), *_only_total(reading, body, table[-1])]
    told = _told_already(reading) if found else set()
    yield from (f for f in found if f.spans[0].end not in told)


def _told_already(reading: Reading) -> set[int]:
    story = Story(reading)
    return {reading.span(e.start, e.end).end for e in reading.entries if story.is_doubted(e)}


def _tables(reading: Reading) -> Iterator[list[Row]]:
    """Lines of one shape, and the sentence right below that tells their totals."""
    table: list[Row] = []
    for start, end in _segments(reading):
        short = end - start <= _LONGEST and _BEGINS.match(reading.text.flat, start, end) is not None
        text = _as_written(reading, start, end) if short else ""
        row = _row(text, start) if short else None
        if (
            row is not None
            and (not table or (row.rates, row.between) == (table[0].rates, table[0].between))
            and len(table) < _MOST_ROWS
        ):
            table.append(row)
            continue
        if len(table) >= _LEAST:
            below = _total_below(text, start, table[0])
            yield [*table, below] if below is not None else table
        table = [row] if row is not None else []
    if len(table) >= _LEAST:
        yield table


def tables_of_cells(reading: Reading) -> Iterator[list[Row]]:
    """The rows of each table of the text, and of a file, that have as many figures as its total, which is the last."""
    regions = annex_regions(reading.text)
    for grid in grids_of(reading.text):
        rows = [row for cells in grid.rows if (row := _row_of_cells(cells)) is not None]
        inside = any(r.start <= grid.rows[0][0].start < r.end for r in regions) if grid.rows[0] else True
        totals = [row for row in rows if _TOTAL.search(row.name)]
        if inside or len(totals) != 1 or rows[-1] is not totals[0]:
            continue
        like = [row for row in rows if row.rates == rows[-1].rates]
        if len(like) == len(rows):
            yield rows


def _row_of_cells(cells: Sequence[Cell]) -> Row | None:
    """A line's name, and the figures behind it; None for a line without any, such as the heads."""
    begin = next((at for at, cell in enumerate(cells) if cell.text and not _FIGURE.fullmatch(cell.text)), 0)
    cells = cells[begin:]  # before the name stands a serial number
    figures = [(cell, match) for cell in cells if (match := _FIGURE.fullmatch(cell.text))]
    names = [cell.text for cell in cells if cell.text and not _FIGURE.fullmatch(cell.text)]
    if not figures or not names:
        return None
    values = tuple(Decimal(match["n"].replace(",", "")) for _, match in figures)
    return Row(
        names[0],
        values,
        tuple(len(match["n"].partition(".")[2]) for _, match in figures),
        tuple(match["rate"] is not None for _, match in figures),
        (),
        tuple((cell.start, cell.end) for cell, _ in figures),
    )


def _total_below(text: str, start: int, like: Row) -> Row | None:
    """`项目预算合计3648万元，支出合计3616万元`: as many totals as the lines have amounts."""
    found = list(_NUMBER.finditer(text))
    ends = [0, *(m.end() for m in found)]
    words = [text[end : m.start()] for end, m in zip(ends, found, strict=False)]
    if len(found) != like.rates.count(False) or not all(_TOTAL.search(w) for w in words):
        return None
    return _of_numbers("合计", found, start, ())


def _as_written(reading: Reading, start: int, end: int) -> str:
    """`道路养护，860，842` parts two numbers, which the flat text reads as one of thousands."""
    flat = reading.text.flat[start:end]
    if "," not in flat:
        return flat
    return "".join(
        "，" if sign == "," and reading.text.raw[reading.span(at, at + 1).start] == "，" else sign
        for at, sign in enumerate(flat, start)
    )


def _segments(reading: Reading) -> Iterator[tuple[int, int]]:
    """Lines, and what `；` parts of them."""
    for start, end in reading.text.lines:
        begin = start
        for match in _ROW_ENDS.finditer(reading.text.flat, start, end):
            yield begin, match.start()
            begin = match.end()
        if begin < end:
            yield begin, end


def _row(text: str, start: int) -> Row | None:
    marked = _MARK.match(text)
    begin = marked.end() if marked else 0
    found = list(_NUMBER.finditer(text, begin))
    if not 2 <= len(found) <= _MOST_COLUMNS or text[found[-1].end() :].strip("，、 ）"):
        return None
    name = text[begin : found[0].start()]
    if not 2 <= len(name.strip("，：—/| ")) <= _LONGEST_NAME:
        return None
    if any(b.start() - a.end() > _BETWEEN for a, b in pairwise(found)):
        return None
    between = tuple(_shape(text[a.end() : b.start()], name) for a, b in pairwise(found))
    return _of_numbers(name.strip("，：—/| "), found, start, between)


def _of_numbers(name: str, found: Sequence[re.Match[str]], start: int, between: tuple[str, ...]) -> Row:
    values = tuple(Decimal(m["n"].replace(",", "")) for m in found)
    return Row(
        name,
        values,
        tuple(map(decimals_of, values)),
        tuple(m["unit"] == "%" for m in found),
        between,
        tuple((start + m.start("n"), start + m.end()) for m in found),
    )


def _shape(text: str, name: str) -> str:
    """`，治超站运行执行率` of the line of 治超站运行 is `，执行率`: names may be cut short there."""
    rate = text[-len("执行率") :]
    return text[:1] + rate if _RATE.fullmatch(rate) else text.replace(name.strip("，：—/| "), "")


def _rates(reading: Reading, body: Sequence[Row]) -> Iterator[Finding]:
    shape = body[0].rates
    amounts = [at for at, rate in enumerate(shape) if not rate]
    for column in (at for at, rate in enumerate(shape) if rate):
        fitting = {
            pair: [row for row in body if _fits(row, column, *pair)] for pair in permutations(amounts, 2)
        }
        if not fitting:
            continue
        pair, right = max(fitting.items(), key=lambda item: len(item[1]))
        wrong = [row for row in body if row not in right and row.values[pair[1]]]
        if len(right) < 2 or len(wrong) * 2 > len(right):
            continue
        wrong = [row for row in wrong if _is_near(row, column, *pair)]
        for row in right:
            reading.holds(
                "R1t", Stretch(*row.places[column]), others=(Stretch(*row.places[at]) for at in pair)
            )
        for row in wrong:
            part, whole = (row.values[at] for at in pair)
            expected = f"{round_half_up(part / whole * HUNDRED, row.decimals[column])}%"
            message = f"“{row.name}”一行{show_short(part, 4)}÷{show_short(whole, 4)}＝{expected}，写的是{row.values[column]}%"
            yield reading.finding("R1t", ERROR, message, row.places[column], expected=expected)


def _only_total(reading: Reading, body: Sequence[Row], total: Row) -> Iterator[Finding]:
    """Of a table with one column of amounts there is no other that proves it to be a sum: worth a look."""
    amounts = [at for at, rate in enumerate(total.rates) if not rate]
    alike = all(row.rates.count(False) == 1 for row in body)
    if not _TOTAL.search(total.name) or len(amounts) != 1 or not alike or len(body) < 2:
        return
    if any(_PART.search(row.name) for row in body):
        return  # `其中：…` is a part of another line
    values = [row.values[row.rates.index(False)] for row in body]
    wanted, said = sum(values, Decimal(0)), total.values[amounts[0]]
    places = [row.places[row.rates.index(False)] for row in body]
    if wanted == said:
        reading.holds("R1t", Stretch(*total.places[amounts[0]]), *(Stretch(*place) for place in places))
    elif abs(wanted - said) > len(values) * half_unit(total.decimals[amounts[0]]) and said >= max(values):
        expected = show_short(wanted, total.decimals[amounts[0]])
        message = f"这一列各行相加为{expected}，合计写的是{show_short(said, total.decimals[amounts[0]])}"
        yield reading.finding("R1t", CHECK, message, total.places[amounts[0]], expected=expected)


def _fits(row: Row, column: int, part: int, whole: int) -> bool:
    if not row.values[whole]:
        return False
    exact = row.values[part] / row.values[whole] * HUNDRED
    return abs(exact - row.values[column]) <= 2 * half_unit(row.decimals[column])


def _is_near(row: Row, column: int, part: int, whole: int) -> bool:
    return abs(row.values[part] / row.values[whole] * HUNDRED - row.values[column]) <= _FARTHEST


def _totals(reading: Reading, body: Sequence[Row], total: Row) -> Iterator[Finding]:
    """The last line, if it is called the total: a column is summed up wrong where another is right."""
    amounts = [at for at, rate in enumerate(total.rates) if not rate]
    columns = [at for at, rate in enumerate(body[0].rates) if not rate]
    if not _TOTAL.search(total.name) or len(amounts) < 2 or len(amounts) != len(columns):
        return
    sums = {
        at: sum((row.values[column] for row in body), Decimal(0))
        for at, column in zip(amounts, columns, strict=True)
    }
    right = [at for at in amounts if sums[at] == total.values[at]]
    for at in right:
        reading.holds("R1t", Stretch(*total.places[at]), *(Stretch(*row.places[at]) for row in body))
    for at in amounts if right else ():
        if at not in right:
            expected = show_short(sums[at], total.decimals[at])
            message = (
                f"这一列各行相加为{expected}，合计写的是{show_short(total.values[at], total.decimals[at])}"
            )
            yield reading.finding("R1t", ERROR, message, total.places[at], expected=expected)
