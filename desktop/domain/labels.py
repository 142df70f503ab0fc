"""Labels as people write them in forms, brought to one spelling, and what the templates' labels stand for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from desktop.domain.numbers import parse_amount
from desktop.domain.template import Table, fill

_RELATIVE_YEARS = (
    ("上年度", -1),
    ("上一年度", -1),
    ("上年", -1),
    ("去年", -1),
    ("本年度", 0),
    ("本年", 0),
    ("当年", 0),
    ("今年", 0),
)
"""A form says 上年决算数 where another prints 2022年决算数; longer words first, or 度 would be left over."""
_CIRCLED = re.compile(
    "^[\u2460-\u2473\u3251-\u325f\u2776-\u277f]+|[\u2460-\u2473\u3251-\u325f\u2776-\u277f]+$"
)
"""`①公车购置`, `公用经费②`, a note's mark: taken off before NFKC, which would turn ① into a bare 1 that belongs to
nothing."""
_DROPPED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad“”\"'‘’「」*＊]+")
"""Blanks of line breaks in a cell, invisible characters, quotes, the mark of required cells: `“三公”\n经费*`."""
_REMARK = re.compile(
    r"\((?:(?:金额)?单位:)?(?:人民币)?(?:万元|千元|元|人|m2|平方米|%|个|一个(?:专项|项目)一行|签字|签章|盖章|[A-H](?:/[A-H])?)\)?"
)
"""`政府采购金额（万元）`, `指标值（A）`, `区级专项资金(一个专项一行`: what the form explains in brackets, of which the last
may be cut off."""
_NUMBERING = re.compile(
    r"^(?:其中:?|\d{1,2}[、.](?!\d)|\(\d{1,2}\)|\d{1,2}\)|[(]?[一二三四五六七八九十]{1,3}[)、.]|[-—]+)+"
)
"""`1、公务用车`, `（一）项目支出`, `其中：1.公车购置`, `—会议费`. A digit behind the point is part of the name: `5.12宣传`."""
_PUNCTUATION = re.compile(r"[()（）:：、,，。;；·|/]+")
"""`水费、电费`, `因公出国（境）费`, `项目支出：`: written with or without."""
_AMOUNT_WORD = re.compile(r"(?<=[预决]算)数|(?<=执行)数")
"""`2023年预算数` and `2023年预算` head the same column."""
_YEAR = re.compile(r"((?:19|20)\d{2})年度?")
"""`2023年度预算数`, `2023年预算数`."""
_LEVEL = re.compile(r"^([省市区县])级专项")
"""`3、县级专项资金`, numbering already gone: the heading that says of which level the unit is."""
_RESIDUE = re.compile(r"^(?:[….·。、\-—]+|\(?(?:下同|略|此行可增加|可加行)\)?)+$")
"""`……`, `（此行可增加）`."""
_UNIT_WORD = re.compile(
    r"单位[:：]?\s*(?:人民币)?\s*(万元|千元|百万元|亿元|元)|单位均?[为是]\s*(万元|千元|亿元|元)(?![一-龥])|[(（](?:人民币)?(万元|千元|百万元|亿元|元)[)）]"
)
"""`金额单位：万元` above a table, `注：本表金额单位为元` below it, `预算投资(万元)` in a head. `预算单位名称` is no unit of money."""

OTHER_YEAR = re.compile(r"\d{4}年.*(?:预算|决算)")
"""`2021年决算数`: a column of a year that the form does not ask for."""
INCOME_ROWS = ("by_income", "general", "fund", "nontax", "other")
"""按收入性质分 of 附件2, its heading first; beside it stands 按支出性质分 (docs/domain.md 3.1)."""
NUMBER_UNITS = ("", "万元", "万", "元", "千元", "亿元", "%", "人", "名", "m2", "m²", "㎡", "平方米", "分")
"""Units that stand with numbers in columns: `8.12万元`, `95%`, `62人`."""


def is_number(text: str) -> bool:
    """A number as forms have it; `3个`, `15轮` or `2023年` is a cell of words, a target or a label."""
    amount = parse_amount(text)
    return amount is not None and amount.unit in NUMBER_UNITS


@lru_cache(maxsize=20_000)
def plain(text: str, year: int = 0) -> str:
    """A label without what writers vary: numbering, 其中, blanks, quotes, brackets, units, width, colons.

    `year` is the year that 本年 means in that text; years are spelled `2023年` whatever was written.
    """
    label = _DROPPED.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub("", text.strip())))
    label = _NUMBERING.sub("", _REMARK.sub("", label.replace("（", "(").replace("）", ")")))
    label = _YEAR.sub(r"\1年", _PUNCTUATION.sub("", label))
    for word, shift in _RELATIVE_YEARS if year else ():
        label = label.replace(word, f"{year + shift}年")
    return _AMOUNT_WORD.sub("", label)


def is_residue(text: str) -> bool:
    """`……` and the like: what the template's author left for others to replace."""
    return bool(_RESIDUE.match(_DROPPED.sub("", unicodedata.normalize("NFKC", text))))


def money_unit(text: str) -> str:
    """`单位：元`, `（万元）` -> 元, 万元; '' where nothing is said."""
    match = _UNIT_WORD.search(unicodedata.normalize("NFKC", text))
    return "" if match is None else match[match.lastindex or 0]


def level_in_label(text: str) -> str:
    """省, 市, 区 or 县 from the heading `3、区级专项资金`; '' otherwise."""
    match = _LEVEL.match(plain(text))
    return match[1] if match else ""


def row_labels(table: Table, year: int) -> dict[str, str]:
    """Plain label -> row id of a table; a label wins over another row's alias."""
    known: dict[str, str] = {}
    for row in table.rows:
        for alias in row.aliases:
            known.setdefault(plain(alias, year), row.id)
    for row in table.rows:
        for level in "省市区县" if "{level}" in row.label else "区":
            known[plain(fill(row.label, year, level), year)] = row.id
    return known


def column_labels(table: Table, year: int) -> dict[str, str]:
    """Plain label -> column id of a table, likewise."""
    known: dict[str, str] = {}
    for column in table.columns:
        for alias in column.aliases:
            known.setdefault(plain(fill(alias, year), year), column.id)
    for column in table.columns:
        known[plain(fill(column.label, year), year)] = column.id
    return known


def after_label(text: str) -> tuple[str, str]:
    """`其他资金：6.26` -> (其他资金, 6.26); 其中 and its colon stay with the label."""
    head = re.match(r"\s*其\s*中\s*[:：]\s*", text)  # `其 中：公车购置：3.2`
    start = head.end() if head else 0
    match = re.search(r"[:：]", text[start:])
    if not match:
        return text, ""
    at = start + match.start()
    return text[:at], text[at + 1 :].strip()


ANNEX1, ANNEX2, ANNEX3 = "附件1", "附件2", "附件3"
FORM_TITLES = (
    (ANNEX3, re.compile(r"项目(?:支出)?(?:资金)?绩效(?:目标)?自?评价?表")),
    (ANNEX1, re.compile(r"评价基础数据表?|基础数据表")),
    (ANNEX2, re.compile(r"绩效(?:目标)?自评价?表|整体支出绩效评价?(?:自评)?评?分?表")),
)
"""Official titles (docs/domain.md 3.1) and what offices make of them: `项目资金绩效自评表`, `整体支出绩效评价评分表`.

附件3 stands first: what names 附件2 also fits `项目支出绩效自评表`.
"""

_SIGNATURE_LABELS = (
    ("head", r"(?:单位|部门)?负责人"),
    ("preparer", r"填\s*[表报]\s*人|经办人"),
    ("phone", r"联系电话|电话"),
    ("report_date", r"(?:填[报表]|报告)(?:日期|时间)"),
)
"""`填 表 人`, `经办人`, `填报时间`: the last line of every form, worded by each county in its own way."""
_SIGNATURE_LABEL = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _SIGNATURE_LABELS))
_BEHIND_SIGNATURE_LABEL = re.compile(r"^\s*(?:[(（]?(?:签字|签章|盖章|签名)[)）]?)?\s*[:：]?\s*")
"""`（签字）：`, `签章:`: what stands between the label and the name."""


def signature(text: str) -> dict[str, str] | None:
    """The signature line `单位负责人签字：… 填表人：… 联系电话：… 填报日期：…` taken apart.

    None where the text is no such line: something stands before its first label, or its only one has no colon.
    """
    labels = list(_SIGNATURE_LABEL.finditer(text))
    if not labels or text[: labels[0].start()].strip() or (len(labels) < 2 and not re.search("[:：]", text)):
        return None
    parts: dict[str, str] = {}
    for match, following in zip(labels, [*labels[1:], None], strict=True):
        behind = text[match.end() : following.start() if following else len(text)]
        value = _BEHIND_SIGNATURE_LABEL.sub("", behind, count=1).strip(" \u3000\t\n;；,，")
        parts.setdefault(str(match.lastgroup), re.sub(r"\s+", " ", value))
    return parts
