"""Labels as people write them in forms, brought to one spelling, and what the templates' labels stand for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from desktop.domain.template import Table, fill

_RELATIVE = (
    ("上年度", -1),
    ("上一年度", -1),
    ("上年", -1),
    ("去年", -1),
    ("本年度", 0),
    ("本年", 0),
    ("当年", 0),
    ("今年", 0),
)
_CIRCLED = re.compile("^[\u2460-\u2473\u3251-\u325f\u2776-\u277f]+")
_DROPPED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad“”\"'‘’「」*＊]+")
_REMARK = re.compile(
    r"\((?:(?:金额)?单位:)?(?:人民币)?(?:万元|千元|元|人|m2|平方米|%|个|一个(?:专项|项目)一行|签字|签章|盖章)\)?"
)
_NUMBERING = re.compile(
    r"^(?:其中:?|\d{1,2}[、.](?!\d)|\(\d{1,2}\)|\d{1,2}\)|[(]?[一二三四五六七八九十]{1,3}[)、.]|[-—]+)+"
)
_POINTLESS = re.compile(r"[()（）:：、,，。;；·|/]+")
_AMOUNT_WORD = re.compile(r"(?<=[预决]算)数|(?<=执行)数")
_YEAR = re.compile(r"((?:19|20)\d{2})年度?")
_LEVEL = re.compile(r"^([省市区县])级专项")
_RESIDUE = re.compile(r"^(?:[….·。、\-—]+|\(?(?:下同|略|此行可增加|可加行)\)?)+$")
_UNIT_WORD = re.compile(
    r"单位[:：]?\s*(?:人民币)?\s*(万元|千元|百万元|亿元|元)|[(（](?:人民币)?(万元|千元|百万元|亿元|元)[)）]"
)


@lru_cache(maxsize=20_000)
def plain(text: str, year: int = 0) -> str:
    """A label without what writers vary: numbering, 其中, blanks, quotes, brackets, units, width, colons.

    `year` is the year that 本年 means in that text; years are spelled `2023年` whatever was written.
    """
    said = _DROPPED.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub("", text.strip())))
    said = _NUMBERING.sub("", _REMARK.sub("", said.replace("（", "(").replace("）", ")")))
    said = _YEAR.sub(r"\1年", _POINTLESS.sub("", said))
    for word, shift in _RELATIVE if year else ():
        said = said.replace(word, f"{year + shift}年")
    return _AMOUNT_WORD.sub("", said)


def is_residue(text: str) -> bool:
    """`……` and the like: what the template's author left for others to replace."""
    said = unicodedata.normalize("NFKC", text)
    return bool(_RESIDUE.match(_DROPPED.sub("", said)))


def money_unit(text: str) -> str:
    """`单位：元`, `（万元）` -> 元, 万元; '' where nothing is said."""
    found = _UNIT_WORD.search(unicodedata.normalize("NFKC", text))
    return "" if found is None else found[1] or found[2]


def level_said(text: str) -> str:
    """省, 市, 区 or 县 from the heading `3、区级专项资金`; '' otherwise."""
    found = _LEVEL.match(plain(text))
    return found[1] if found else ""


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
    head = re.match(r"\s*其\s*中\s*[:：]\s*", text)
    start = head.end() if head else 0
    match = re.search(r"[:：]", text[start:])
    if not match:
        return text, ""
    at = start + match.start()
    return text[:at], text[at + 1 :].strip()


_SIGNED = (
    ("head", r"(?:单位|部门)?负责人"),
    ("preparer", r"填\s*[表报]\s*人|经办人"),
    ("phone", r"联系电话|电话"),
    ("report_date", r"(?:填[报表]|报告)(?:日期|时间)"),
)
_SIGN_WORD = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _SIGNED))
_SIGN_TAIL = re.compile(r"^\s*(?:[(（]?(?:签字|签章|盖章|签名)[)）]?)?\s*[:：]?\s*")


def signature(text: str) -> dict[str, str] | None:
    """The signature line `单位负责人签字：… 填表人：… 联系电话：… 填报日期：…` taken apart.

    None where the text is no such line: fewer than two of its words, or something before the first.
    """
    found = list(_SIGN_WORD.finditer(text))
    if not found or text[: found[0].start()].strip() or (len(found) < 2 and not re.search("[:：]", text)):
        return None
    parts: dict[str, str] = {}
    for match, following in zip(found, [*found[1:], None], strict=True):
        value = text[match.end() : following.start() if following else len(text)]
        said = _SIGN_TAIL.sub("", value, count=1).strip(" \u3000\t\n;；,，")
        parts.setdefault(str(match.lastgroup), re.sub(r"\s+", " ", said))
    return parts
