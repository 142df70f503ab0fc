"""A sheet cut into the forms that stand on it: found by titles and tell-tale labels, wherever they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from desktop.domain.labels import FORM_TITLES, after_label, is_number, money_unit, plain, signature
from desktop.exchange.cell_address import in_sheet, in_text
from desktop.exchange.read_sheet.grid import Cell, Grid


class Form(Enum):
    """What a region holds; the value is how the user knows it."""

    ANNEX1 = "附件1"
    ANNEX2 = "附件2"
    ANNEX3 = "附件3"
    OTHER = "其他表"


@dataclass(frozen=True, slots=True)
class Place:
    """One used cell with the columns that it covers, both counted from 0 and included."""

    row: int
    first: int
    last: int
    cell: Cell
    sheet: str
    in_text: bool = False

    @property
    def text(self) -> str:
        return self.cell.text

    @property
    def where(self) -> str:
        told = in_text if self.in_text else in_sheet
        return told(self.sheet, self.row, self.first)

    @property
    def numeric(self) -> bool:
        """A number, or text that is written as one; `2023年` and other words are none."""
        if isinstance(self.cell.value, Decimal):
            return True
        return isinstance(self.cell.value, str) and is_number(self.cell.value)


@dataclass(frozen=True, slots=True)
class Line:
    """The used cells of one row, from left to right."""

    row: int
    places: tuple[Place, ...]

    @property
    def text(self) -> str:
        return "\u3000".join(place.text for place in self.places)

    @property
    def texts(self) -> list[Place]:
        return [p for p in self.places if p.cell.value is not None and not p.numeric]


@dataclass(frozen=True, slots=True)
class Region:
    """Consecutive lines of one form. `unit` is the unit of money said there ('' if none)."""

    form: Form
    sheet: str
    lines: tuple[Line, ...]
    unit: str
    stated_year: int | None
    titled: bool
    """One of its first lines is the official title."""
    other_year: int | None = None
    """A year named where the file's own should be: in the heads, or else in the title or below it."""
    years_behind: int = 0
    """How many years to add to those in its labels."""

    @property
    def where(self) -> str:
        return self.lines[0].places[0].where


_LONGEST_TITLE = 60
"""Characters: longer ones are notes that mention a form, `填报基础数据表时，请…`."""
_ANNEX_MARK = re.compile(r"附件?表?[一二三123]")
"""`附件1`, `附表二`, `附3`, whole."""
_FORM_OF_NUMBER = {
    "一": Form.ANNEX1,
    "1": Form.ANNEX1,
    "二": Form.ANNEX2,
    "2": Form.ANNEX2,
    "三": Form.ANNEX3,
    "3": Form.ANNEX3,
}
_FIRST_LABELS = ("预算单位名称", "项目支出名称", "项目名称", "填报单位", "财政供养人员情况")
"""Labels with which a form begins where its title was left out."""
_PROJECT_LABELS = ("项目支出名称", "项目名称")
RIGHT_OF_ALL = 1_000_000
"""A column no sheet has."""
_TOP = 6
"""Lines of a form in which its title and 单位：万元 stand."""
_LINES_BEFORE_NAME = 3
"""附件3 may name its unit in the lines before the project: 预算单位名称 so near above belongs to the same form."""
_ENOUGH_LABELS = 2
"""Typical labels that make 附件1: one of them, 项目支出, is a row of many tables."""
_TYPICAL_LABELS = {
    Form.ANNEX1: ("财政供养人员情况", "三公经费", "公务用车", "公务接待", "厉行节约", "政府采购", "公用经费",
                  "项目支出", "编制数", "业务工作", "运行维护", "专项资金", "转移支付", "基本支出预算调整"),
    Form.ANNEX3: ("项目支出名称", "项目名称", "实施单位", "财政拨款", "上年结转资金"),
}  # fmt: skip
"""How labels begin that stand in one form only; a form without its title is known by them."""
_SELF_EVALUATION_LABELS = ("三级指标", "年度资金总额", "全年执行", "全年预算")
"""Labels of 附件2 and 附件3 alike."""
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
"""The year in a title: `2023 年度…基础数据表`."""
_YEAR_ALONE = re.compile(r"[(（]?\s*((?:19|20)\d{2})\s*年度?\s*[)）]?")
"""`（2023年度）` below a title; a day there is that of the signature."""
HEAD_YEAR = re.compile(r"((?:19|20)\d{2})\s*年度?\s*(?:预算数?|决算数?|实际在职人数|年末)", re.DOTALL)
"""`2023年\\n决算数`: of such heads the latest is the form's year, the others are the years before it."""
_LONGEST_HEAD = 20
"""Characters: in a sentence any years may stand."""


def lines_of(grid: Grid) -> list[Line]:
    """The rows that hold something, without the cells that a merged range covers."""
    ends = {(top, left): right for top, left, _, right in grid.merged}
    rows: dict[int, list[Place]] = {}
    for (row, col), cell in grid.cells.items():
        if (row, col) not in grid.merged_into:
            place = Place(row, col, ends.get((row, col), col), cell, grid.name, grid.in_text)
            rows.setdefault(row, []).append(place)
    return [Line(row, tuple(sorted(rows[row], key=lambda p: p.first))) for row in sorted(rows)]


def regions_of(grid: Grid, titles: Sequence[str] = (), year: int | None = None) -> list[Region]:
    """The forms on a sheet from top to bottom; `titles` are plain titles at which another table begins, `year` is
    the one that the file is of."""
    lines = lines_of(grid)
    sheet_unit = next((unit for line in lines if "单位" in line.text and (unit := money_unit(line.text))), "")
    regions: list[Region] = []
    for part in (side for whole in _split_by_form(lines, titles) for side in _side_by_side(whole)):
        form = Form.OTHER if plain(part[0].text) in titles else _form_of(part)
        unit = next((u for line in part[:_TOP] if (u := money_unit(line.text))), sheet_unit)
        titled = any(title_form(line) for line in part[:_TOP])
        other_year = _other_year(part, year) if year and form is not Form.OTHER else None
        regions.append(Region(form, grid.name, tuple(part), unit, _year_of(part), titled, other_year))
    return regions


def title_form(line: Line) -> Form | None:
    """The form that a title line announces; None for any other line."""
    if len(line.texts) != 1 or len(line.places) > 1:
        return None
    title = plain(line.text)
    return next(
        (Form(name) for name, words in FORM_TITLES if len(title) < _LONGEST_TITLE and words.search(title)),
        None,
    )


def annex_mark(line: Line) -> Form | None:
    """The form that `附件 2` alone on its line announces."""
    mark = plain(line.places[0].text)
    return _FORM_OF_NUMBER[mark[-1]] if len(line.places) == 1 and _ANNEX_MARK.fullmatch(mark) else None


def _split_by_form(lines: list[Line], titles: Sequence[str]) -> Iterator[list[Line]]:
    """A title begins a form once the one above has a body; so does a first label that was there already."""
    part: list[Line] = []
    body = False
    first_labels: set[str] = set()
    for line in lines:
        heading = bool(
            title_form(line) or annex_mark(line) or (len(line.places) == 1 and plain(line.text) in titles)
        )
        first = next((f for p in line.texts for f in _FIRST_LABELS if plain(p.text).startswith(f)), "")
        if first in _PROJECT_LABELS and not any(plain(p.text).startswith(first) for p in line.texts[:3]):
            first = ""  # `批复规模 | 实际规模 | … | 项目名称`: a head among others
        again = first and (first in first_labels or _starts_another(first, first_labels, part))
        if part and ((heading and body) or again):
            yield part
            part, body, first_labels = [], False, set()
        part.append(line)
        body = body or not (heading or signature(line.text) is not None)
        first_labels |= {first} - {""}
    if part:
        yield part


def _side_by_side(part: list[Line]) -> Iterator[list[Line]]:
    """Two projects beside one another, each below its own `项目支出名称`, one after the other; else the part."""
    named = ([p for p in line.texts if plain(after_label(p.text)[0]) in _PROJECT_LABELS] for line in part)
    sides = next((places for places in named if len(places) > 1), [])
    if not sides:
        yield part
        return
    ends = [*(place.first for place in sides[1:]), RIGHT_OF_ALL]
    begins = [0, *ends[:-1]]
    for begin, end in zip(begins, ends, strict=True):
        cut = ((line.row, tuple(p for p in line.places if begin <= p.first < end)) for line in part)
        yield [Line(row, places) for row, places in cut if places]


def _starts_another(first_label: str, first_labels: set[str], part: list[Line]) -> bool:
    """项目支出名称 after 预算单位名称 begins 附件3; 财政供养人员 belongs to the 预算单位名称 above it."""
    project = first_label in _PROJECT_LABELS
    after_total = any(plain(p.text).startswith("总分") for line in part for p in line.texts)
    return after_total or (project and bool(first_labels) and len(part) > _LINES_BEFORE_NAME)


def _form_of(part: list[Line]) -> Form:
    for line in part[:_TOP]:
        form = title_form(line)
        if form:
            return form
    labels = [plain(p.text) for line in part for p in line.texts]
    hits = {
        form: sum(any(label.startswith(word) for label in labels) for word in words)
        for form, words in _TYPICAL_LABELS.items()
    }
    if any(label.startswith(_SELF_EVALUATION_LABELS) for label in labels):
        return Form.ANNEX3 if hits[Form.ANNEX3] else Form.ANNEX2
    # `附件2` stands above the title, if at all.
    marked = next((form for line in part[:3] if (form := annex_mark(line))), None)
    if marked:
        return marked
    return Form.ANNEX1 if hits[Form.ANNEX1] >= _ENOUGH_LABELS else Form.OTHER


def _year_of(part: list[Line]) -> int | None:
    """The year of the title. Further down a year alone on its line may be anything, a goal for instance."""
    alone = (line.text for line in part[:4] if len(line.places) == 1)
    return next((int(year[1]) for text in alone if (year := _YEAR.search(text))), None)


def _other_year(part: list[Line], year: int) -> int | None:
    """The form of last year left in the file, or its heads left as they were; heads tell it better than titles."""
    for line in part:
        heads = [p.text for p in line.texts if len(p.text) <= _LONGEST_HEAD]
        years = [int(named) for text in heads for named in HEAD_YEAR.findall(text)]
        if len(years) > 1:
            return max(years) if max(years) != year else None
    alone = [line.text for line in part[:4] if len(line.places) == 1]
    titles = [found for text in alone if (found := _YEAR_ALONE.fullmatch(text.strip()))]
    named = [_year_of(part), *(int(found[1]) for found in titles)]
    return next((each for each in named if each not in (None, year)), None)
