"""Reads the table of “三公”经费, which each place lays out in its own way, by the names in its heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from desktop.audit.accounts.figures import Row, are_amounts, figure_of
from desktop.audit.accounts.grids import Cell, Grid

TOTAL, ABROAD, CARS, BOUGHT, RUN, GUESTS = (
    "合计",
    "因公出国（境）费",
    "公务用车购置及运行维护费",
    "公务用车购置费",
    "公务用车运行维护费",
    "公务接待费",
)
_BUDGET, _ACCOUNT = "预算数", "决算数"
_PART = "小计"
"""Of the cars where it stands among their parts, of all three where it stands beside them and 会议费 behind."""
_MARK = re.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[.、]|其中：)+")
_COST = "(?:费用?|经费|支出)?(?:支出)?"
_NAMES = (
    (TOTAL, re.compile(r"(?:[“”]*三公[“”]*经费)?(?:支出)?[合总]计|[“”]*三公[“”]*经费(?:财政拨款)?(?:支出)?")),
    (ABROAD, re.compile(rf"因公出国(?:（境）)?{_COST}")),
    (BOUGHT, re.compile(rf"公务用车购置{_COST}")),
    (RUN, re.compile(rf"公务用车运行(?:维护)?{_COST}")),
    (CARS, re.compile(rf"公务用车(?:购置[及和与、]运行(?:维护)?)?{_COST}")),
    (GUESTS, re.compile(rf"公务接待{_COST}")),
    (_PART, re.compile(_PART)),
)
_STAGE = re.compile(r"(?:20\d\d年度?|本年)?(?P<stage>(?:年初|全年|调整后?)?预算数?|(?:支出)?决算数?|统计数)")
"""`2023年决算数`; 统计数 is what older forms call it. Last year's, a change or a rate is another column."""
_OTHER_COLUMN = re.compile(r"(?:上年|去年|比|较|增|完成|执行).*|[^数]*率|备注")
_CHINESE = re.compile(r"[一-龥]")
_HEAD_ROWS = 3
"""So many rows below the three names stand the parts of the cars, then the stages."""
_MOST_LABELS = 3
"""Cells before the amounts: number, name of the unit, `决算数`."""


def rows_of_three_public(grid: Grid, factor: Decimal) -> list[Row]:
    """One row a name with its columns by stage (`预算数`, `决算数`); [] where the heads leave a doubt."""
    figures = dict[tuple[str, str], Cell]()
    for name, stage, cell in _across(grid.rows) or _down(grid.rows):
        known = figures.setdefault((name, stage), cell)
        # `一、“三公”经费支出` may stand empty above `（一）支出合计`.
        figures[name, stage] = known if known.text else cell
    stages = dict.fromkeys(stage for _, stage in figures)
    budgets = [stage for stage in stages if stage.endswith(_BUDGET)]
    called = {stage: _BUDGET if budgets == [stage] else stage for stage in stages}
    return [
        Row(
            name,
            False,
            "",
            {called[s]: figure_of(figures[name, s], factor) for s in stages if (name, s) in figures},
        )
        for name in (TOTAL, ABROAD, CARS, BOUGHT, RUN, GUESTS)
        if any(name == known for known, _ in figures)
    ]


def _name(text: str) -> str:
    """Which of the names, '' for none."""
    bare = _MARK.sub("", text, count=1) if _MARK.match(text) else text
    return next((name for name, words in _NAMES if words.fullmatch(bare)), "")


def _stage(text: str) -> str:
    """`2023年年初预算` -> 年初预算数; '' for a column of something else."""
    match = _STAGE.fullmatch(text)
    if match is None:
        return ""
    stage = match["stage"].removesuffix("数").replace("支出", "").replace("统计", "决算")
    return f"{stage}数"


def _filled(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row if cell.text]


# -- the names side by side ---------------------------------------------------------------------------


def _across(rows: Sequence[Sequence[Cell]]) -> list[tuple[str, str, Cell]]:
    """(name, stage, cell): the names in the heads, once for each stage or once for all, amounts in one row below.

    Where the row of heads has no stage, the rows of amounts begin with theirs.
    """
    at = next((n for n, row in enumerate(rows) if {ABROAD, GUESTS} <= set(map(_name, _filled(row)))), None)
    if at is None:
        return []
    names = _heads(rows, at)
    columns = _with_stages(names, rows[max(at - 2, 0) : at], rows[at : at + _HEAD_ROWS + 1]) if names else []
    columns = _with_those_beside(columns, _filled(rows[at - 1])) if columns and at else columns
    amounts = [row for row in rows[at + 1 :] if _has_amounts(row, len(columns))]
    found = []
    if any(stage for _, stage in columns):
        row = _one_row(amounts, len(columns))
        cells = zip(columns, row[-len(columns) :], strict=False)
        found = [(name, stage, cell) for (name, stage), cell in cells if name and stage]
    for row in amounts if not found else ():
        stages = [stage for cell in row[: -len(columns)] if (stage := _stage(cell.text))]
        if stages or len(amounts) == 1:  # alone, in a table of 决算, it tells the account
            cells = zip(columns, row[-len(columns) :], strict=True)
            found += [(name, stages[0] if stages else _ACCOUNT, cell) for (name, _), cell in cells if name]
    # `2022年决算数 | 2023年决算数`: which of them is this year's is not told.
    return found if len(found) == len({(name, stage) for name, stage, _ in found}) else []


def _heads(rows: Sequence[Sequence[Cell]], at: int) -> list[str]:
    """What the columns are called, from left to right, '' for others; the parts of the cars in their place."""
    heads = _filled(rows[at])
    first = next(n for n, text in enumerate(heads) if _name(text))
    named = [_name(text) for text in heads[first:]]
    times = named.count(ABROAD)
    parts = next(
        (texts for row in rows[at + 1 : at + 1 + _HEAD_ROWS] if RUN in map(_name, texts := _filled(row))), []
    )
    below = [CARS if name in (_PART, TOTAL) else name for name in map(_name, parts)]
    each, rest = divmod(len(below), times)
    if rest or named.count(CARS) > times:
        return []
    # 合计 beside 会议费 counts more than the three.
    whole = _PART if _PART in named else TOTAL if all(named) else None
    names, place = list[str](), 0
    for name in named:
        if name == CARS and below:
            names += below[place : place + each]
            place += each
        elif name in (TOTAL, _PART):
            names.append(TOTAL if name == whole else "")
        else:
            names.append(name)
    return names


def _with_stages(
    names: Sequence[str], above: Sequence[Sequence[Cell]], below: Sequence[Sequence[Cell]]
) -> list[tuple[str, str]]:
    """Each column's name and stage: `预算数 | 决算数` above over blocks of names, or below under each name."""
    times = names.count(ABROAD)
    for row in (*above, *below):
        texts = [text for text in _filled(row) if text not in ("项目", "栏次")]
        stages = [_stage(text) for text in texts]
        if not any(stages) or not all(_stage(text) or _OTHER_COLUMN.fullmatch(text) for text in texts):
            continue
        if row in above and len(texts) == times:
            width = len(names) // times
            return [(name, stages[n // width]) for n, name in enumerate(names) if n < width * times]
        each, rest = divmod(len(texts), len(names))
        if times == 1 and not rest and each > 1:
            return [(names[n // each], stage) for n, stage in enumerate(stages)]
    return [(name, "") for name in names] if times == 1 else []


def _with_those_beside(columns: list[tuple[str, str]], above: Sequence[str]) -> list[tuple[str, str]]:
    """`合计 | “三公”经费 | 会议费 | 培训费` over the names: columns that stand before and behind all of them."""
    at = next((n for n, text in enumerate(above) if "三公" in text), None)
    if at is None:
        return columns
    before = sum(_name(text) == TOTAL for text in above[:at])
    return [("", "")] * before + columns + [("", "")] * (len(above) - at - 1)


def _has_amounts(row: Sequence[Cell], width: int) -> bool:
    """Amounts in all its columns, with a few words before them; `1 | 2 | 3` only counts the columns."""
    labels, cells = row[: len(row) - width], row[len(row) - width :]
    if not width or len(row) < width or len(labels) > _MOST_LABELS or not are_amounts(cells):
        return False
    numbers = [int(cell.text) for cell in cells if cell.text.isdecimal() and cell.text.isascii()]
    counting = len(numbers) == width and width > 1 and all(b - a == 1 for a, b in pairwise(numbers))
    return not counting and (not labels or any(_CHINESE.search(cell.text) for cell in labels))


def _one_row(rows: Sequence[Sequence[Cell]], width: int) -> Sequence[Cell]:
    """That of the whole: of a row for each unit the one that is called 合计."""
    filled = [row for row in rows if any(cell.text for cell in row[-width:])] or list(rows[:1])
    whole = [row for row in filled if any(_name(cell.text) == TOTAL for cell in row[:-width])]
    return filled[0] if len(filled) == 1 else whole[0] if len(whole) == 1 else ()


# -- one name a row -----------------------------------------------------------------------------------


def _down(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, str, Cell]]:
    """(name, stage, cell): `项目 | 行次 | 预算数 | 决算数`, and below it a row for each name."""
    head = next((row for row in rows if any(_stage(cell.text) for cell in row)), ())
    first = next((n for n, cell in enumerate(head) if _stage(cell.text)), 0)
    # Of two tables side by side the one on the left; the other one counts cars and guests.
    end = next((n for n in range(first, len(head)) if head[n].text == "项目"), len(head))
    stages = {n: stage for n in range(first, end) if (stage := _stage(head[n].text))}
    # `预算数 | 决算数 | | | | |`: each stands over three columns, and none shows over which.
    if not first or len(set(stages.values())) < len(stages) or not all(c.text for c in head[first:end]):
        return
    for row in rows:
        name = next(filter(None, (_name(cell.text) for cell in row[:first])), "")
        if name and len(row) == len(head) and are_amounts(row[n] for n in stages):
            yield from ((TOTAL if name == _PART else name, stage, row[n]) for n, stage in stages.items())
