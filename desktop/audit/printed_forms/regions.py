"""Where the forms 附件1–3 stand in a report's text: from a title or opening label to the signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.audit.text.flat_text import Text

ANNEX1, ANNEX2, ANNEX3 = "附件1", "附件2", "附件3"

_TITLES = (
    (ANNEX3, re.compile(r"项目(?:支出)?(?:资金)?绩效(?:目标)?自?评价?表")),
    (ANNEX1, re.compile(r"基础数据表")),
    (ANNEX2, re.compile(r"绩效(?:目标)?自评价?表|整体支出绩效评价?(?:自评)?评?分?表")),
)
_LONGEST_TITLE, _LONGEST_TAIL = 50, 16
_NO_TITLE = re.compile(r"[，。；、]|^附件：|详见|\d\.|\d日")
_SENTENCE = re.compile(r"[，。；]")
_MARK = re.compile(r"附件?表?[一二三\d]{0,2}[：:]?$")
_OPENERS = (
    (ANNEX1, re.compile(r"[|｜]?(?:财政供养人员|编制数)")),
    (ANNEX3, re.compile(r"[|｜]?项目(?:支出)?名称")),
)
_SCORED = re.compile(r"[一二三]级指标|年度资金总额|全年执行|全年预算|预算执行数|年度指标值|得分")
_TELLTALES = {
    ANNEX1: re.compile(r"财政供养人员|三公|公务用车|公务接待|厉行节约|政府采购|公用经费|楼堂馆所|编制数"),
    ANNEX2: _SCORED,
    ANNEX3: _SCORED,
}
_LAST_LINE = re.compile(r"填[报表]日期|填[报表]时间")
_SIGNED = re.compile(r"(?:单位|部门|项目|财务)?负责人(?:签字|签章|（|：)|填[表报]人")
_FIRST_HEADING = re.compile(r"一、[^。；]{2,30}$")
_BODY = re.compile(r"(?:[一1])[、.．].{0,6}(?:基本情况|概况|概述)|.{0,30}自评报告$")
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
    found: list[Region] = []
    for index, (form, start, body) in enumerate(starts):
        following = starts[index + 1][1] if index + 1 < len(starts) else len(text.flat)
        end = _end(text, body, following, form == ANNEX1)
        cells = text.flat[body:end]
        if len(set(_TELLTALES[form].findall(cells))) >= 2:
            said = _YEAR.search(text.flat[start:body])
            found.append(Region(form, start, end, body, int(said[1]) if said else None))
    return found


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
            mark = index > 0 and _MARK.match(text.flat[lines[index - 1][0] : lines[index - 1][1]])
            begun = lines[index - 1][0] if mark else start
            yield form, begun, body
            open_form, seen, skip = form, False, last
            continue
        line = text.flat[start:end]
        opener = "" if _SENTENCE.search(line) else next((f for f, words in _OPENERS if words.match(line)), "")
        if opener and (opener != open_form or (seen and opener == ANNEX3)):
            yield opener, start, start
            open_form = opener
        seen = seen or bool(opener)
        if _LAST_LINE.search(line):
            open_form = ""


def _title(text: Text, index: int) -> tuple[str, int, int] | None:
    """The form a line announces, the last line of the title (it may be broken in two), where cells begin."""
    for last in range(index, min(index + 2, len(text.lines))):
        line = text.flat[text.lines[index][0] : text.lines[last][1]]
        if len(line) > _LONGEST_TITLE or _NO_TITLE.search(line):
            return None
        for form, words in _TITLES:
            found = words.search(line)
            if not found:
                continue
            end = text.lines[index][0] + found.end()
            if len(line) - found.end() <= _LONGEST_TAIL and end > text.lines[last][0]:
                bracket = line[found.end() : found.end() + 1] in ("（", "")
                return form, last, text.lines[last][1] if bracket else end
    return None


def _end(text: Text, start: int, following: int, summed: bool) -> int:
    """Where a form ends. `summed`: its 总分 is passed (附件1 has none), so that a heading 一、 is the body's."""
    signed = -1
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
        elif _BODY.match(line) or (summed and _FIRST_HEADING.match(line)):
            return signed if signed >= 0 else line_start
        summed = summed or line.startswith(("总分", "合计", "总得分"))
    return signed if signed >= 0 else following
