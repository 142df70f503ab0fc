"""The nine tables of final accounts with their figures by row and column, as far as they are read without doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from desktop.audit.accounts.figures import Row, figure_of, is_amount
from desktop.audit.accounts.forms import BASIC, FISCAL_TOTAL, THREE_PUBLIC, TOTAL, form_of
from desktop.audit.accounts.grids import Cell, Grid, grids_of
from desktop.audit.accounts.three_public import rows_of_three_public
from desktop.audit.text.flat_text import Text

_CHINESE = re.compile(r"[一-龥]")
_ITEM = re.compile(r"(?P<mark>[一二三四五六七八九十]{1,3})、")
_CODE = re.compile(r"\d{1,7}")
_WAN = Decimal("0.0001")
_UNIT = re.compile(r"单位：(?:人民币)?(?P<unit>万元|元)")
_COUNTING = ("栏次", "行次")
"""`栏次 | 1 | 2 | 3`: numbers of columns, no amounts."""
_CROWDED = 2
"""So many rows at least show how many cells a row has."""
_HEAD_ROWS = 6
_KNOWN_COLUMNS = re.compile(
    r"(?:本年(?:收入|支出))?(?:合计|小计)|人员经费|公用经费|财政拨款收入|上级补助收入|事业收入|经营收入|附属单位(?:上缴|缴款)收入|其他收入|基本支出"
    r"|项目支出|上缴上级支出|经营支出|事业单位经营收入|上年结转(?:和结余)?|对附属单位补助支出|一般公共预算(?:财政拨款)?|政府性基金(?:预算)?(?:财政拨款)?"
    r"|国有资本经营(?:预算)?(?:财政拨款)?|(?:年初|全年|调整)?预算数|决算数|金额|年[初末]结转和结余|本年收入|本年支出"
)


@dataclass(slots=True)
class Account:
    """One table. `sides` are its parts from left to right; 收支总表 has two. `whole` tells that every row with an
    amount was read: only then may rows be added up."""

    form: str
    title: Cell
    sides: list[list[Row]] = field(default_factory=list)
    whole: bool = True
    empty: bool = False
    """Whether it shows no amount at all, or noughts only."""

    @property
    def final(self) -> bool:
        """Final accounts; a budget has such tables too."""
        return "决算" in self.title.text

    @property
    def name(self) -> str:
        """As the document calls it, without its number."""
        return _ITEM.sub("", re.sub(r"^\d+[、.]", "", self.title.text))

    def rows(self) -> Iterator[Row]:
        for side in self.sides:
            yield from side

    def row(self, pattern: str, side: int | None = None) -> Row | None:
        """The one row of that name; None where there is none or more than one."""
        rows = self.rows() if side is None else iter(self.sides[side] if side < len(self.sides) else ())
        found = [row for row in rows if re.fullmatch(pattern, row.name)]
        return found[0] if len(found) == 1 else None


def accounts_of(text: Text) -> list[Account]:
    """The tables of final accounts in a text, in order; what is no such table or cannot be read is left out."""
    found = []
    for grid in grids_of(text):
        head = [cell for row in grid.rows[:3] for cell in row if cell.text]
        titles = [*grid.above, *head]
        title = next((cell for cell in titles if form_of([cell.text])), None)
        if title is None or not grid.blanks_known:
            continue
        account = Account(form_of([title.text]), title)
        unit = next((match["unit"] for cell in titles if (match := _UNIT.search(cell.text))), "万元")
        _Reader(grid, account, _WAN if unit == "元" else Decimal(1)).read()
        account.empty = not any(_shows(cell) for row in grid.rows[1:] for cell in row)
        found.append(account)
    return found


def _shows(cell: Cell) -> bool:
    """An amount that is not nought; `20106` and `12` may be a code or the number of a row."""
    amount = "." in cell.text or "," in cell.text
    return amount and is_amount(cell.text) and bool(cell.text.strip("0.,"))


class _Reader:
    """Finds the columns of a grid and reads its rows into an account."""

    def __init__(self, grid: Grid, account: Account, factor: Decimal) -> None:
        self.grid, self.account, self.factor = grid, account, factor

    def read(self) -> None:
        if self.account.form == THREE_PUBLIC:
            rows = rows_of_three_public(self.grid, self.factor)
            self.account.sides = [rows] if rows else []
            return
        counts = Counter(len(row) for row in self.grid.rows if self._has_name(row))
        if not counts or counts.most_common(1)[0][1] < _CROWDED:
            return
        width = counts.most_common(1)[0][0]
        names = self._name_columns(width)
        columns = self._value_columns(names, width)
        if not columns:
            return
        self.account.sides = [[] for _ in names]
        for row in self.grid.rows:
            if len(row) == width:
                self._read_row(row, names, columns)
            elif any(map(_shows, row)) and not self._read_merged(row, columns):
                self.account.whole = False

    def _has_name(self, row: Sequence[Cell]) -> bool:
        return len(row) > 1 and any(_CHINESE.search(cell.text) for cell in row)

    def _name_columns(self, width: int) -> list[int]:
        """Columns in which words stand, a number behind each: those of heads and codes are none."""
        rows = [row for row in self.grid.rows if len(row) == width]
        names = []
        for column in range(width - 1):
            filled = [row[column].text for row in rows if row[column].text]
            words = sum(bool(_CHINESE.search(text)) for text in filled)
            if filled and 2 * words > len(filled) and len(filled) > _CROWDED:
                names.append(column)
        # `项目` over a column of numbers alone is no name: between two names stands a column of amounts.
        return [n for n, after in pairwise([*names, width]) if after - n > 1]

    def _value_columns(self, names: Sequence[int], width: int) -> list[dict[str, int]]:
        """For each name column its value columns by their heads; empty where one has no known head."""
        columns: list[dict[str, int]] = []
        for name, after in pairwise([*names, width]):
            if self.account.form == BASIC and len(names) > 1:
                columns.append({"决算数": name + 1})
                continue
            places = [c for c in range(name + 1, after) if not self._counts_rows(c, width)]
            heads = self._heads(places, after, width)
            if not heads:
                return []
            columns.append(heads)
        return columns

    def _heads(self, places: Sequence[int], after: int, width: int) -> dict[str, int]:
        if len(places) == 1 and self.account.form in (TOTAL, FISCAL_TOTAL):
            return {"决算数": places[0]}
        for row in self.grid.rows[:_HEAD_ROWS]:
            texts = [cell.text for cell in row]
            words = texts[-(width - places[0]) :] if after == width else []
            if len(row) == width:
                words = [texts[place] for place in places]
            if len(words) == len(places) and len(places) > 1 and all(map(_KNOWN_COLUMNS.fullmatch, words)):
                if len(set(words)) == len(words):
                    return {_column(word): place for word, place in zip(words, places, strict=True)}
                break
        return self._heads_of_fund(places)

    def _heads_of_fund(self, places: Sequence[int]) -> dict[str, int]:
        """年初结转, 收入, 支出 with its parts, 年末结转: heads in two rows, always in this order."""
        words = " ".join(cell.text for row in self.grid.rows[:_HEAD_ROWS] for cell in row)
        order = r"年初结转和结余 .*本年收入 .*本年支出 .*年末结转和结余 .*(?:小计|合计) 基本支出 项目支出"
        if len(places) != 6 or not re.search(order, words):
            return {}
        return dict(
            zip(
                ("年初结转和结余", "本年收入", "合计", "基本支出", "项目支出", "年末结转和结余"),
                places,
                strict=True,
            )
        )

    def _counts_rows(self, column: int, width: int) -> bool:
        """行次: 1, 2, 3 … down the column, in each half of a table by itself."""
        texts = [row[column].text for row in self.grid.rows if len(row) == width]
        if "行次" in texts:
            return True
        numbers = [int(text) for text in texts if text.isascii() and text.isdigit()]
        steps = sum(b - a == 1 for a, b in pairwise(numbers))
        return len(numbers) > _CROWDED and steps == len(numbers) - 1

    def _read_row(self, row: Sequence[Cell], names: Sequence[int], columns: Sequence[dict[str, int]]) -> None:
        begun = 0
        for side, (name, heads) in enumerate(zip(names, columns, strict=True)):
            before = row[begun:name]
            codes = [cell.text for cell in before if _CODE.fullmatch(cell.text)]
            code = "".join([*codes[:1], *(more.zfill(2) for more in codes[1:])])  # `301` | `2`
            begun = max(heads.values()) + 1
            # `人员经费合计` may stand over the columns of codes.
            label = (
                next((c for c in before if _CHINESE.search(c.text)), row[name])
                if not row[name].text
                else row[name]
            )
            self._add(side, label, code, {head: row[place] for head, place in heads.items()})

    def _read_merged(self, row: Sequence[Cell], columns: Sequence[dict[str, int]]) -> bool:
        """`合计` over the columns of codes and names, or over all that another side has: its values are all there."""
        at = 0
        parts = []
        for heads in columns:
            if at < len(row):
                parts.append((row[at], row[at + 1 : at + 1 + len(heads)]))
                at += 1 + len(heads)
        if at != len(row) or any(is_amount(name.text) for name, _ in parts):
            return False
        for side, (name, values) in enumerate(parts):
            self._add(side, name, "", dict(zip(columns[side], values, strict=True)))
        return True

    def _add(self, side: int, name: Cell, code: str, cells: dict[str, Cell]) -> None:
        if not _CHINESE.search(name.text):
            if any(is_amount(cell.text) for cell in cells.values()):
                self.account.whole = False
            return
        if name.text in _COUNTING:
            return
        try:
            figures = {head: figure_of(cell, self.factor) for head, cell in cells.items()}
        except ValueError:  # a head, or an amount with something else in its cell: then a row is lost
            self.account.whole = self.account.whole and not any(
                re.search(r"\d[.,]\d", cell.text) for cell in cells.values()
            )
            return
        item = _ITEM.match(name.text)
        label = name.text[item.end() :] if item else name.text
        self.account.sides[side].append(Row(label, bool(item), code, figures))


def _column(head: str) -> str:
    """The head of a column without what differs from place to place: `一般公共预算财政拨款` -> `一般公共预算`."""
    if head.endswith(("合计", "小计")):
        return "合计"
    for name in ("一般公共预算", "政府性基金", "国有资本经营"):
        if head.startswith(name):
            return name
    return head
