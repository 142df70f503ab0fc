"""Where the forms 附件1–3 stand in a report's text: from a title or opening label to the signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.audit.text.flat_text import Text
from desktop.domain.labels import ANNEX1, ANNEX2, ANNEX3, FORM_TITLES

_LONGEST_TITLE, _LONGEST_TAIL = 50, 16
"""Characters of a title (`2023年度…县…局部门整体支出绩效评价基础数据表`) and of what may follow in its line (`（2023年度）`)."""
_NO_TITLE = re.compile(r"[，。；、]|^附件：|详见|\d\.|\d日")
"""A sentence or a list that names the form: `详见基础数据表`, `附件：1.基础数据表`, `3月5日前报送自评表`."""
_SENTENCE = re.compile(r"[，。；]")
_ANNEX_MARK = re.compile(r"附件?表?[一二三\d]{0,2}[：:]?$")
"""`附件2`, `附表一：` alone on the line above a title: the form begins there."""
_FIRST_CELLS = (
    (ANNEX1, re.compile(r"[|｜]?(?:财政供养人员|编制数)")),
    (ANNEX3, re.compile(r"[|｜]?项目(?:支出)?名称")),
)
"""The cell that opens a form whose title is missing or was lost: `编制数 | 2023年实际在职人数`, `项目支出名称`."""
_UNIT_CELL = re.compile(r"(?:预算|填报)?(?:单位|部门)名称：?$")
_BELOW_UNIT = (
    (ANNEX1, re.compile(r"财政供养人员|编制数|三公")),
    (ANNEX2, re.compile(r"年度资金总额|[一二三]级指标|年度总体目标")),
    (ANNEX3, re.compile(r"项目(?:支出)?名称|主管部门")),
)
"""`预算单位名称` in the first cell of a table that has no title: what stands below it says which form begins."""
_LINES_BELOW_UNIT = 30
"""So many lines on the first of these words stands: behind the unit's name and the heads of the money."""
_ROW_GOES_ON = re.compile(r"(?:^|\n)\t[^\n]+\n(?:\t\n)*\t$")
"""A cell with words, maybe empty ones, then this cell; before the first cell of a row stands an empty line."""
_LONGEST_LOOK_BACK = 200
"""Characters of the cell before, and of the tabs of empty ones."""
_SCORING_WORDS = re.compile(r"[一二三]级指标|年度资金总额|全年执行|全年预算|预算执行数|年度指标值|得分")
_TYPICAL_WORDS = {
    ANNEX1: re.compile(r"财政供养人员|三公|公务用车|公务接待|厉行节约|政府采购|公用经费|楼堂馆所|编制数"),
    ANNEX2: _SCORING_WORDS,
    ANNEX3: _SCORING_WORDS,
}
_OF_ONE_PROJECT = re.compile(r"主管部门|实施单位|[一二三]级指标|年度资金总额|项目负责人|年度总体目标")
"""Words of 附件3 that a list of projects within the text lacks: `项目名称 | 全年预算数 | 全年执行数`."""
_LEAST_TYPICAL = 2
"""So many different typical words make a form of what stands under its title; one may be met in a sentence about it."""
_LAST_LINE = re.compile(r"填[报表]日期|填[报表]时间")
"""`填报日期：2024年4月2日` is the last entry of every form."""
_SIGNED = re.compile(r"(?:单位|部门|项目|财务)?负责人(?:签字|签章|（|：)|填[表报]人")
"""`单位负责人签字：`: a form without a date ends with the last of these."""
_FIRST_HEADING = re.compile(r"一、[^。；]{2,30}$")
"""`一、部门职责和机构设置`: the body begins, where nobody signed the form before it."""
_ANY_HEADING = re.compile(
    r"(?:[二三四五六七八九十]{1,3}、|（[二三四五六七八九十]{1,3}）)[^，。；：]{2,30}。?$"
)
"""`三、政府性基金预算支出情况`, `（二）内控管理情况。` below a table without a title, which stands within the report's text."""
_BODY_START = re.compile(r"(?:[一1])[、.．].{0,6}(?:基本情况|概况|概述)|.{0,30}自评报告$")
"""`一、单位基本情况` (also as `1、`), `2023年度整体支出绩效自评报告`: what reports open with (docs/domain.md 4)."""
_YEAR = re.compile(r"((?:19|20)\d{2})年")


@dataclass(frozen=True, slots=True)
class Region:
    """One form: which, and its stretch of `Text.flat`. `year` stands in its title, None where it does not."""

    form: str
    start: int
    end: int
    body: int
    """Where its cells begin, after the title."""
    year: int | None


def annex_regions(text: Text) -> list[Region]:
    """Every printed form in the order of the text; a mention of a form's name in the body is none."""
    starts = list(_starts(text))
    regions: list[Region] = []
    for index, (form, start, body) in enumerate(starts):
        following = starts[index + 1][1] if index + 1 < len(starts) else len(text.flat)
        end = _end(text, body, following, form == ANNEX1, within_text=start == body)
        cells = text.flat[body:end]
        listed = form == ANNEX3 and start == body and not _OF_ONE_PROJECT.search(cells)
        if not listed and len(set(_TYPICAL_WORDS[form].findall(cells))) >= _LEAST_TYPICAL:
            year = _YEAR.search(text.flat[start:body])
            regions.append(Region(form, start, end, body, int(year[1]) if year else None))
    return regions


def _starts(text: Text) -> Iterator[tuple[str, int, int]]:
    """(form, start with its mark 附件N, start of the cells) of what may be a form."""
    lines = text.lines
    open_form, seen = "", False
    skip = -1
    for index, (start, end) in enumerate(lines):
        if index <= skip:
            continue
        title = _title(text, index)
        if title:
            form, last, body = title
            mark = index > 0 and _ANNEX_MARK.match(text.flat[lines[index - 1][0] : lines[index - 1][1]])
            begun = lines[index - 1][0] if mark else start
            yield form, begun, body
            open_form, seen, skip = form, False, last
            continue
        line = text.flat[start:end]
        opener = _opener(text, index, open_form)
        # A second 项目支出名称 begins the next project's 附件3 although no title stands between them.
        if opener and (opener != open_form or (seen and opener == ANNEX3)):
            yield opener, start, start
            open_form = opener
        seen = seen or bool(opener)
        if _LAST_LINE.search(line):
            open_form = ""


def _opener(text: Text, index: int, open_form: str) -> str:
    """The form whose first cell a line is; '' for any other line."""
    start, end = text.lines[index]
    line = text.flat[start:end]
    at = text.span(start, end).start
    before = text.raw[max(at - _LONGEST_LOOK_BACK, 0) : at]
    form = "" if _SENTENCE.search(line) else next((f for f, words in _FIRST_CELLS if words.match(line)), "")
    if not form and open_form != ANNEX3 and _in_cell(text, start) and _UNIT_CELL.match(line):
        below = (text.flat[slice(*each)] for each in text.lines[index + 1 : index + _LINES_BELOW_UNIT])
        form = next((f for cell in below for f, words in _BELOW_UNIT if words.match(cell)), "")
        form = "" if form == ANNEX3 else form
    # `项目名称` may be the last head of the buildings, or head a second project beside the first.
    return "" if form and _ROW_GOES_ON.search(before) else form


def _title(text: Text, index: int) -> tuple[str, int, int] | None:
    """The form a line announces, the last line of the title (it may be broken in two), where cells begin."""
    in_cell = _in_cell(text, text.lines[index][0])
    for last in range(index, min(index + 2, len(text.lines))):
        line = text.flat[text.lines[index][0] : text.lines[last][1]]
        if in_cell and last > index and not _YEAR.search(text.flat[slice(*text.lines[index])]):
            return None  # `雨季推迟` in the last cell of the form above, and `项目支出绩效自评表` below it
        if len(line) > _LONGEST_TITLE or _NO_TITLE.search(line):
            return None
        for form, words in FORM_TITLES:
            name = words.search(line)
            if not name:
                continue
            end = text.lines[index][0] + name.end()
            if len(line) - name.end() <= _LONGEST_TAIL and end > text.lines[last][0]:
                # `…自评表（2023年度）`: the bracket is the title's; other words behind it are the first cell.
                bracket = line[name.end() : name.end() + 1] in ("（", "")
                return form, last, text.lines[last][1] if bracket else end
    return None


def _end(text: Text, start: int, following: int, summed: bool, within_text: bool) -> int:
    """Where a form ends. `summed`: its 总分 is passed (附件1 has none), so that a heading 一、 is the body's.

    `within_text`: it has no title; below its table the text goes on, whatever the number of the next heading.
    """
    signed = -1
    within_text = within_text and _in_cell(text, start)
    for line_start, line_end in text.lines:
        if line_end <= start:
            continue
        if line_start >= following:
            break
        line = text.flat[line_start:line_end]
        if _LAST_LINE.search(line):
            return line_end
        if _SIGNED.match(line):
            signed = line_end
        elif (
            _BODY_START.match(line)
            or (summed and _FIRST_HEADING.match(line))
            or (within_text and _ANY_HEADING.match(line) and not _in_cell(text, line_start))
        ):
            return signed if signed >= 0 else line_start
        summed = summed or line.startswith(("总分", "合计", "总得分"))
    return signed if signed >= 0 else following


def _in_cell(text: Text, start: int) -> bool:
    """A tab stands before each cell of a table."""
    at = text.span(start, start + 1).start
    return text.raw[max(at - 1, 0) : at] == "\t"
