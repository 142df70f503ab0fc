"""What each line of a document is: body, cover, table of contents, part of a table, or the mark of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum, auto

PIPES = "|｜│┃"


class Kind(Enum):
    """`BODY` is what holds sentences and headings; the rules over text read nothing else."""

    BODY = auto()
    COVER = auto()
    CONTENTS = auto()
    TABLE = auto()
    PAGE_MARK = auto()
    """A page's number or running head, in the middle of a sentence as often as not."""


_SENTENCE = re.compile(r"[。；！？]|[，：].*[，、]|[^\s，]{12}[，,](?!\d{3})")
"""A line with one of these tells something; `单位：万元`, `1,234.50` and a short note in a cell do not."""
_LONGEST_CELL = 40
"""Characters: what is longer is a sentence, whatever stands around it."""
_AMOUNT = re.compile(r"[-−－—–]{1,2}|[-−]?\d{1,3}(?:[,，]\d{3})*(?:\.\d+)?[%％]?|[-−]?\d+(?:\.\d+)?[%％]?")
"""`2,940.05`, `95%`, `—`: a line or a cell that is a number and nothing else."""
_HEAD = re.compile(
    r"(?:栏次|行次|序号|项目|收入|支出|类|款|项|(?:年初|全年|调整)?预算数|决算数|执行数|合计|小计|总计|金额|备注"
    r"|[金额]*单位[：:](?:人民币)?[万亿]?元|公开\d{2}表|科目名称|(?:支出)?(?:功能|经济)?分类(?:科目)?(?:编码)?|科目编码"
    r"|本年收入(?:合计)?|本年支出(?:合计)?|基本支出|项目支出|经营支出|年[初末](?:财政拨款)?结转和结余|单位名称)"
)
"""`项目`, `决算数`, `金额单位：万元`: cells at the head of the tables of final accounts; no sentence is one of them."""
_NOTE = re.compile(r"(?:备?注|说明)[：:]")
"""`注：本表反映…`: stands under a table, and parts it from nothing."""
_IN_PROSE = re.compile(r"[，,；。]|^(?:[万亿]?元|[个人次辆台批年月日名项件]|%|％)")
"""`5.48 万元,比预算增加 0 万元`: blanks around the numbers of a sentence part no cells."""
_APART = re.compile(r"\S\s{2,}[-\d.,，%]+$")
_REACH = 2
"""Lines on which another cell is looked for: an empty one parts two rows."""
_FEWEST_AMOUNTS, _FEWEST_HEADS, _AMOUNT_SHARE = 4, 6, 8
"""Of lines with one cell each: so many amounts, of which one in so many lines, or so many cells of a table's head
make a table."""
_CONTENTS = re.compile(r"[（(【]?目[录次][）)】]?[：:]?")
_LEADER = re.compile(r"(?:(?<![.．·…])[.．·…]{2,}+|PAGEREF.*|\t)[\s（(—-]*\d{0,3}[\s）)—-]*$")
"""`一、部门概况……3`, `一、部门概况....( 3 )`: dots, or a tab, and the page."""
_PAGE_AT_END = re.compile(r"(?<![.．·…\s-])[.．·…\s-]*+\d{0,3}[-\s]*$")
_FEWEST_ENTRIES = 3
"""So many lines make a table of contents, or a cover."""
_FEWEST_REPEATED = 3
"""So often a line stands beside a page's number before it is a running head."""
_COVER_WITHIN = 30
"""Lines, empty ones left out, before a table of contents that may be a cover."""
_STROKED_PAGE = re.compile(
    r"[-—–－―~]{1,2}\s*\d{1,3}\s*[-—–－―~]{1,2}|第\s*\d{1,3}\s*页(?:[，,]?\s*共\s*\d{1,3}\s*页)?"
)
"""`— 3 —`, `第3页 共9页`."""
_MARK = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)|第.{1,3}部分)"
)


def kinds_of(lines: list[str]) -> list[Kind]:
    """The kind of every line; empty ones count as body."""
    kinds = [Kind.BODY] * len(lines)
    for number in _page_marks(lines):
        kinds[number] = Kind.PAGE_MARK
    filled = [n for n, line in enumerate(lines) if kinds[n] is Kind.BODY and not line.isspace() and line]
    begun = _mark_contents(lines, filled, kinds)
    _mark_cells(lines, filled, kinds)
    _mark_flattened(lines, [n for n in filled if n >= begun], kinds)
    for before, number, after in zip(filled, filled[1:], filled[2:], strict=False):
        # The end of a cell, or of a head printed again overleaf: `项目支出` between two rows.
        ruled = lines[number].rstrip().endswith(tuple(PIPES)) and not tells(lines[number])
        if kinds[before] is Kind.TABLE and ruled:
            kinds[number] = Kind.TABLE
        if kinds[before] is kinds[after] is Kind.TABLE and _HEAD.fullmatch("".join(lines[number].split())):
            kinds[number] = Kind.TABLE
    return kinds


def tells(line: str) -> bool:
    """Whether a line is a sentence or a part of one, not a title or a cell."""
    bare = line.strip()
    return len(bare) > _LONGEST_CELL or bool(_SENTENCE.search(bare))


def is_amount(text: str) -> bool:
    return bool(_AMOUNT.fullmatch(text))


def cells_of(line: str) -> list[str]:
    """The cells of a row that is one line: parted by strokes, else by tabs, else by blanks."""
    if any(pipe in line for pipe in PIPES):
        bare = re.sub(f"[{PIPES}]", "|", line).strip()
        return [cell.strip() for cell in bare.removeprefix("|").removesuffix("|").split("|")]
    if "\t" in line.strip():
        return [cell.strip() for cell in line.strip("\n").split("\t")]
    return line.split()


# -- pages --------------------------------------------------------------------------------------------


def _page_marks(lines: list[str]) -> Iterator[int]:
    """Numbers between strokes, and the words that stand beside them on most pages."""
    pages = [n for n, line in enumerate(lines) if "\t" not in line and _STROKED_PAGE.fullmatch(line.strip())]
    yield from pages
    beside: dict[str, list[int]] = {}
    for number in pages:
        for step in (-1, 1):
            at = number + step
            while 0 <= at < len(lines) and not lines[at].strip():
                at += step
            if 0 <= at < len(lines) and not tells(lines[at]) and not _MARK.match(lines[at]):
                beside.setdefault(lines[at].strip(), []).append(at)
    for numbers in beside.values():
        if len(set(numbers)) >= _FEWEST_REPEATED and 2 * len(set(numbers)) > len(pages):
            yield from numbers


# -- cover and contents -------------------------------------------------------------------------------


def _mark_contents(lines: list[str], filled: Sequence[int], kinds: list[Kind]) -> int:
    """Marks cover and contents; the number of the line with which the body begins."""
    for at, number in enumerate(filled):
        if at > _COVER_WITHIN or (_is_prose(lines[number]) and not _is_row(lines[number])):
            break
        if _CONTENTS.fullmatch("".join(lines[number].split())):
            end = _end_of_contents(lines, filled, at + 1)
            if end - at > _FEWEST_ENTRIES:
                for before in filled[:at]:
                    kinds[before] = Kind.COVER
                for entry in filled[at:end]:
                    kinds[entry] = Kind.CONTENTS
                return filled[end] if end < len(filled) else len(lines)
            break
    return 0


def _end_of_contents(lines: list[str], filled: Sequence[int], first: int) -> int:
    """Where an entry is met again: the body begins. Else the heading above the first sentence."""
    entries: set[str] = set()
    top = ""
    for at in range(first, len(filled)):
        line = lines[filled[at]]
        entry = _entry(line)
        again = entry in entries and not _LEADER.search(line)
        if again or _is_prose(line):
            return at if again else _heading_above(lines, filled, at, top)
        top = top or entry
        entries.add(entry)
    return first


def _is_prose(line: str) -> bool:
    return tells(line) and not _LEADER.search(line)


def _entry(line: str) -> str:
    bare = "".join(_LEADER.sub("", line.strip()).split())
    return _PAGE_AT_END.sub("", bare)


def _heading_above(lines: list[str], filled: Sequence[int], at: int, top: str) -> int:
    """The line above a sentence with which a chapter begins as the first of the contents does: `第一部分…`."""
    mark = _MARK.match(top)
    for back in range(at - 1, max(at - 8, 0), -1):
        if mark and _entry(lines[filled[back]]).startswith(mark.group().strip()):
            return back
    return at


# -- tables -------------------------------------------------------------------------------------------


def _mark_cells(lines: list[str], filled: Sequence[int], kinds: list[Kind]) -> None:
    """Lines that are cells or rows by their own signs: a tab before each cell, strokes, tabs or amounts in a row."""
    rows = [_is_row(lines[number]) for number in filled]
    for at, number in enumerate(filled):
        line = lines[number]
        neighbours = rows[max(0, at - 1) : at] + rows[at + 1 : at + 2]
        if kinds[number] is not Kind.BODY:
            continue
        if line.startswith("\t"):
            if not tells(line) and _is_cell(lines, number):
                kinds[number] = Kind.TABLE
        elif (rows[at] and (any(neighbours) or len(cells_of(line)) > 3)) or _goes_on_in_cell(lines, number):
            kinds[number] = Kind.TABLE


def _is_cell(lines: list[str], number: int) -> bool:
    """Whether a line behind a tab has other cells beside it; indented paragraphs and their headings are none."""
    marked = _MARK.match(lines[number])
    for other in lines[max(0, number - _REACH) : number] + lines[number + 1 : number + 1 + _REACH]:
        if other.startswith("\t") and not tells(other) and not (marked and _MARK.match(other)):
            return True
    return False


def _is_row(line: str) -> bool:
    """`一、事业收入 | 12.00 | 五、教育支出 | 8.00`, also with tabs or blanks; no cell is a sentence."""
    bare = line.strip()
    ruled = any(pipe in bare for pipe in PIPES)
    if not ruled and "\t" not in bare and not (bare[-1:].isdigit() or " " in bare):
        return False
    cells = cells_of(line)
    if any(tells(cell) for cell in cells):
        return False
    if ruled:
        return len(cells) > 1
    amounts = sum(is_amount(cell) for cell in cells)
    if "\t" in bare:
        # `1.\t资产情况`: a list's number and a tab are no row.
        return len(cells) > 2 or (len(cells) == 2 and not _MARK.fullmatch(cells[0]))
    if any(_IN_PROSE.search(cell) for cell in cells if not is_amount(cell)):
        return False
    # `合计 2,946.25 2,940.05`, `三、国防支出 12.00 12.00`, `公务接待费   150000`
    return (amounts >= 2 and "." in bare) or (amounts == 1 and bool(_APART.search(bare)))


def _goes_on_in_cell(lines: list[str], number: int) -> bool:
    """The second line of a cell: cells of its row stand right before and behind it, without an empty line."""
    if not 0 < number < len(lines) - 1 or tells(lines[number]):
        return False
    return lines[number - 1].startswith("\t") and lines[number + 1].startswith("\t")


def _mark_flattened(lines: list[str], filled: Sequence[int], kinds: list[Kind]) -> None:
    """Tables with one cell a line: a run of lines that tell nothing, many of them amounts or cells of a head."""
    run: list[int] = []
    for number in filled:
        if kinds[number] is not Kind.BODY or (
            tells(lines[number]) and not _NOTE.match(lines[number].strip())
        ):
            _mark_run(lines, run, kinds)
            run = []
        else:
            run.append(number)
    _mark_run(lines, run, kinds)


def _mark_run(lines: list[str], run: Sequence[int], kinds: list[Kind]) -> None:
    found: Counter[bool] = Counter()
    evidence = []
    for at, number in enumerate(run):
        cell = "".join(lines[number].split()).strip(PIPES)
        if is_amount(cell) or _HEAD.fullmatch(cell):
            evidence.append(at)
            found[is_amount(cell)] += 1
    enough = found[True] >= _FEWEST_AMOUNTS and found[True] * _AMOUNT_SHARE >= evidence[-1] - evidence[0]
    if enough or found[False] >= _FEWEST_HEADS:
        for number in run[evidence[0] : evidence[-1] + 1]:
            kinds[number] = Kind.TABLE
