"""R62: what the explanation (决算情况说明) says, against the tables of the same document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from desktop.audit.accounts.account import Account
from desktop.audit.accounts.equations import ROUNDING
from desktop.audit.accounts.figures import Figure
from desktop.audit.accounts.forms import (
    BASIC,
    CAPITAL,
    FISCAL_TOTAL,
    FUNDS,
    GENERAL,
    INCOME,
    SPENDING,
    THREE_PUBLIC,
    TOTAL,
    form_of,
)
from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.flat_text import Sentence
from desktop.audit.text.heading_numbers import Headings, marks
from desktop.audit.text.layout import Kind
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_LEADS = r"(?:总额|总数|数额)?(?:共计|总计|合计|均|各|总共|共|约)?(?:实现|完成)?(?:为|是|达|计|：)?$"
"""What may stand between a name and its number: `本年收入合计为2946.25万元`."""
_OTHER_BASE = re.compile(r"年初|预算(?:数)?(?:为|是)?$|上年|去年|同比|比20|较|增加|减少|增长|下降|上升|压减")
"""`年初预算为10万元`, `比2023年度减少1万元`: no figure of this year's accounts. Looked for in the number's own clause."""
_ITEM = re.compile(r"（款）(?P<name>[^（）。；]{2,40}(?:（[^（）]{1,4}）[^（）。；]{0,20})?)（项）")
"""`住房保障支出（类）住房改革支出（款）住房公积金（项）`: which row of the table a paragraph is about."""
_CLASS = re.compile(r"(?P<name>[一-龥]{2,20}支出)(?:（类）)?(?:支出)?" + _LEADS)
"""`卫生健康支出（类）60.99万元`."""
_NONE_OF_FUND = r"(?:无|没有|未(?:发生|安排)?)[^，。；]{0,6}%s[^，。；]{0,30}(?:收入|支出|收支)"
_ACCOUNT = re.compile(r"(?:支出)?决算(?:数|支出)?(?:为|是)?$")
"""`支出决算为0.39万元`."""


_MOST_MISSING = 4
"""One missing table among so many that were found; where more are missing, they were not printed or not read."""


class Told(NamedTuple):
    """A number of the text with the words before it in its sentence and the titles above it."""

    quantity: Quantity
    before: str
    clause: str
    """From the last comma or stop on."""
    titles: str
    other: bool
    """A budget, last year's figure or a difference."""


class _Tables:
    """The tables by form; one that is there twice belongs to two units, and none of both is compared."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        forms = [account.form for account in accounts]
        self._by_form = {a.form: a for a in accounts if forms.count(a.form) == 1}

    def get(self, form: str) -> Account | None:
        return self._by_form.get(form)

    def figures(
        self, *places: tuple[str, str, str] | tuple[str, str, str, int]
    ) -> list[tuple[str, Figure | None]]:
        """(form, figure) of each place (form, row, column[, side]) that was read; None for an empty cell."""
        found: list[tuple[str, Figure | None]] = []
        for form, name, column, *side in places:
            account = self.get(form)
            row = account.row(name, *side) if account else None
            if row is not None and column in row.figures:
                found.append((form, row.get(column)))
        return found


@check("R62", "说明与决算表不符")
def accounts_against_text(reading: Reading) -> Iterator[Finding]:
    """Wrong: 收入、支出, 基本支出、项目支出, 三公经费 and the items of 一般公共预算 in words, unlike the table's row.

    Only figures of the report's year under the usual headings, and only rows that were read without doubt.
    To be checked: a fund said not to exist whose table is filled, a table of the contents that is missing.
    """
    accounts = [account for account in reading.accounts if account.final]
    if not accounts:
        return
    tables = _Tables(accounts)
    headings = Headings(marks(reading))
    for number, quantities in reading.by_sentence.items():
        sentence = reading.text.sentences[number]
        titles = headings.before(sentence.start)
        for quantity in quantities:
            told = _told(quantity, sentence, titles)
            if told is None or (quantity.year and reading.year and quantity.year != reading.year):
                continue
            for compare in _OF_BUDGET if told.other else _COMPARISONS:
                found = compare(told, tables)
                if found:
                    yield from _compared(reading, told, found)
                    break
    yield from _items(reading, tables, headings)
    yield from _denied_funds(reading, tables)
    yield from _missing_tables(reading)


def _told(quantity: Quantity, sentence: Sentence, titles: str) -> Told | None:
    if quantity.money is None or quantity.approximate:
        return None
    before = sentence.text[: quantity.start - sentence.start]
    clause = re.split(r"[，。；：]", before)[-1] or before[-30:]
    return Told(quantity, before, clause, titles, bool(_OTHER_BASE.search(clause)))


def _compared(reading: Reading, told: Told, found: Sequence[tuple[str, Figure | None]]) -> Iterator[Finding]:
    """Nothing where one of the tables says the same; those that differ among themselves are R60's."""
    money, quantity = told.quantity.money, told.quantity
    assert money is not None
    half = Decimal(5).scaleb(-quantity.money_decimals - 1)
    for _, figure in found:
        value, own = (figure.value, figure.half) if figure else (Decimal(), Decimal())
        if abs(value - money) <= half + max(own, ROUNDING):
            if figure:
                reading.holds("R62", quantity)
            return
    form, figure = found[0]
    value = figure.value if figure else Decimal()
    if any(other and other.value != value for _, other in found):
        return
    shown = f"{value.normalize():f}"
    message = f"说明写{money.normalize():f}万元，“{form}”为{shown}万元，两处不符"
    places = [quantity.place]
    if figure:
        places.append((figure.start, figure.end))
    # An empty cell, or a budget, of which there are two in a year, may be meant otherwise.
    yield reading.finding("R62", CHECK if told.other or figure is None else ERROR, message, *places)


# -- the comparisons: each gives what the tables say of a number, nothing where it is not about that ------


def _totals(told: Told, tables: _Tables) -> list[tuple[str, Figure | None]]:
    """`2024年度收入支出总计2995.39万元`, `财政拨款收、支总计均为…`"""
    match = re.search(rf"(?P<kind>收入、?支出|收、?支|收入|支出)(?:决算)?总计{_LEADS}", told.before)
    if not match or "预算" in told.clause.replace("一般公共预算", ""):
        return []
    fiscal = "财政拨款" in told.clause or "财政拨款" in told.titles
    if not (fiscal or re.search(r"收入支出|收支|总体", told.titles)) or "基金" in told.clause + told.titles:
        return []
    form = FISCAL_TOTAL if fiscal else TOTAL
    side = 1 if match["kind"] == "支出" else 0
    name = "(?:收入|支出)?总计"
    return tables.figures((form, name, "决算数" if side == 0 or form == TOTAL else "合计", side))


def _year_totals(told: Told, tables: _Tables) -> list[tuple[str, Figure | None]]:
    """`本年收入合计2946.25万元，其中：财政拨款收入…，占…；其他收入…`"""
    if "财政拨款" in told.titles:
        return []
    if re.search(rf"本年收入合计{_LEADS}", told.before):
        return tables.figures((TOTAL, "本年收入合计", "决算数"), (INCOME, "合计", "合计"))
    if re.search(rf"本年支出合计{_LEADS}", told.before):
        return tables.figures((TOTAL, "本年支出合计", "决算数"), (SPENDING, "合计", "合计"))
    if "占本年" in told.clause:
        return []
    part = re.search(
        rf"(?:^|[，；：、。]|其中)(?P<name>财政拨款收入|上级补助收入|事业收入|经营收入|附属单位上缴收入|其他收入){_LEADS}",
        told.before,
    )
    source = re.search(
        rf"(?:^|[，；：、。]|其中)(?P<name>(?:一般公共|政府性基金|国有资本经营)预算财政拨款收入){_LEADS}",
        told.before,
    )
    if source and "本年收入合计" in told.before:
        return tables.figures((TOTAL, source["name"], "决算数", 0))
    if part and "本年收入合计" in told.before:
        return tables.figures((INCOME, "合计", part["name"]))
    part = re.search(
        rf"(?:^|[，；：、。]|其中)(?P<name>基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出){_LEADS}",
        told.before,
    )
    if part and "本年支出合计" in told.before:
        return tables.figures((SPENDING, "合计", part["name"]))
    return []


def _carried(told: Told, tables: _Tables) -> list[tuple[str, Figure | None]]:
    """`年末结转和结余55.34万元` under 收入支出决算总体情况."""
    match = re.search(rf"(?P<when>年[初末])(?P<fiscal>财政拨款)?结转和结余{_LEADS}", told.before)
    if not match or "总体" not in told.titles or "基金" in told.titles:
        return []
    fiscal = bool(match["fiscal"]) or "财政拨款" in told.titles
    side = 0 if match["when"] == "年初" else 1
    column = "合计" if fiscal and side else "决算数"
    return tables.figures(
        (FISCAL_TOTAL if fiscal else TOTAL, f"{match['when']}(?:财政拨款)?结转和结余", column, side)
    )


def _general(told: Told, tables: _Tables) -> list[tuple[str, Figure | None]]:
    """`一般公共预算财政拨款支出2940.05万元，占本年支出…`, also after `年初预算为…，支出决算为`; its 类 by name."""
    if "一般公共预算" not in told.titles or "基本支出" in told.titles:
        return []
    whole = re.search(rf"一般公共预算(?:财政拨款)?支出(?:决算)?(?:合计)?{_LEADS}", told.before)
    opening = re.match(r"[^，。；]{0,40}一般公共预算(?:财政拨款)?支出(?:年初)?预算", told.before)
    if whole or (opening and _ACCOUNT.search(told.clause) and "（款）" not in told.before):
        return tables.figures((GENERAL, "合计", "合计"), (FISCAL_TOTAL, "本年支出合计", "一般公共预算", 1))
    match = _CLASS.search(told.clause)
    account = tables.get(GENERAL)
    if not match or not account or "（款）" in told.clause:
        return []
    rows = [row for row in account.rows() if row.name == match["name"] and len(row.code) in (0, 3)]
    return [(GENERAL, rows[0].get("合计"))] if len(rows) == 1 else []


def _basic(told: Told, tables: _Tables) -> list[tuple[str, Figure | None]]:
    """`一般公共预算财政拨款基本支出2336.91万元。其中：人员经费…；公用经费…`"""
    if not ("基本支出" in told.titles and re.search(r"一般公共预算|财政拨款", told.titles)):
        return []
    if re.search(rf"(?:财政拨款|预算)基本支出(?:决算)?{_LEADS}", told.before):
        return tables.figures((GENERAL, "合计", "基本支出"))
    match = re.search(rf"(?P<name>人员经费|(?:日常)?公用经费)(?:支出)?{_LEADS}", told.clause)
    if match:
        return tables.figures((BASIC, f"{match['name'].removeprefix('日常')}合计", "决算数"))
    return []


_THREE_PUBLIC = (
    # The longer name before the shorter one that it begins with.
    ("因公出国[（]境[）]费", r"因公出国（境）(?:费用?)?"),
    ("公务用车购置及运行维护费", r"公务用车购置[及和]运行(?:维护)?(?:费用?)?"),
    ("公务用车购置费", r"公务用车购置(?:费用?)?"),
    ("公务用车运行维护费", r"公务用车运行(?:维护)?(?:费用?)?"),
    ("公务接待费", r"公务接待费"),
    ("合计", r"[“”]?三公[“”]?经费(?:财政拨款)?"),
)
_OWN_WORDS = re.compile(
    r"(?:20\d\d年度?|我?[一-龥]{0,30}?|\d、|（[一二三四]）)?(?:一般公共预算)?(?:财政拨款)?"
)
"""`青石县水务局2023年度一般公共预算财政拨款“三公”经费…`: what may stand before the name."""


def _three_public(told: Told, tables: _Tables) -> list[tuple[str, Figure | None]]:
    """`“三公”经费…支出决算为0.39万元`, `公务接待费支出决算为0.39万元`: this year's account."""
    return _of_three_public(told, tables, "决算数", rf"(?:支出)?(?:决算)?(?:数|支出)?{_LEADS}")


def _three_public_budget(told: Told, tables: _Tables) -> list[tuple[str, Figure | None]]:
    """`“三公”经费财政拨款支出年初预算为2.85万元`."""
    return _of_three_public(told, tables, "预算数", rf"(?:支出)?(?:年初|全年)?预算(?:数)?{_LEADS}")


def _of_three_public(
    told: Told, tables: _Tables, column: str, ending: str
) -> list[tuple[str, Figure | None]]:
    """The name stands right before the number, or opens the clause on budget and account in which it stands."""
    account = tables.get(THREE_PUBLIC)
    if "三公" not in told.titles or account is None or account.empty:
        return []
    item = re.split(r"[；。]|其中：", told.before)[-1]
    for name, words in _THREE_PUBLIC:
        opened = re.match(
            _OWN_WORDS.pattern + words + r"(?:支出)?(?:年初|全年)?预算(?:数)?为[\d.,]+万?元，", item
        )
        if re.search(words + ending, item) or (
            opened and column == "决算数" and _ACCOUNT.fullmatch(item[opened.end() :])
        ):
            return tables.figures((THREE_PUBLIC, name, column))
    return []


_COMPARISONS: tuple[Callable[[Told, _Tables], list[tuple[str, Figure | None]]], ...] = (
    _totals,
    _year_totals,
    _carried,
    _three_public,
    _basic,
    _general,
)
_OF_BUDGET = (_three_public_budget,)


def _items(reading: Reading, tables: _Tables, headings: Headings) -> Iterator[Finding]:
    """`…（款）住房公积金（项）。年初预算为…，支出决算为187.19万元`: the row of that name."""
    account = tables.get(GENERAL)
    if account is None:
        return
    item, paragraph = "", -1
    for number, sentence in enumerate(reading.text.sentences):
        if not reading.in_body(sentence.start):
            continue
        named = list(_ITEM.finditer(sentence.text))
        if named or sentence.paragraph != paragraph:
            item = named[0]["name"] if len(named) == 1 else ""
        paragraph = sentence.paragraph
        titles = headings.before(sentence.start)
        if not item or "一般公共预算" not in titles:
            continue
        rows = [row for row in account.rows() if row.name == item and len(row.code) in (0, 7)]
        if named and not rows and account.whole and any(len(row.code) == 7 for row in account.rows()):
            place = (sentence.start + named[0].start("name"), sentence.start + named[0].end("name"))
            yield reading.finding("R62", CHECK, f"“{GENERAL}”里没有“{item}”这一项，请核对科目名称", place)
        for quantity in reading.by_sentence.get(number, []) if len(rows) == 1 else []:
            told = _told(quantity, sentence, titles)
            if told and not told.other and _ACCOUNT.search(told.clause):
                yield from _compared(reading, told, [(GENERAL, rows[0].get("合计"))])


def _denied_funds(reading: Reading, tables: _Tables) -> Iterator[Finding]:
    """`本部门没有政府性基金预算财政拨款支出`, and its table shows amounts."""
    for form, words in ((FUNDS, "政府性基金"), (CAPITAL, "国有资本经营")):
        account = tables.get(form)
        pattern = re.compile(_NONE_OF_FUND % words)
        for sentence in reading.sentences:
            denied = pattern.search(sentence.text)
            if denied and account is not None and not account.empty:
                place = (sentence.start + denied.start(), sentence.start + denied.end())
                title = (account.title.start, account.title.end)
                message = f"说明写没有这项收支，“{form}”里却有金额，请核实"
                yield reading.finding("R62", CHECK, message, place, title)
                break


def _missing_tables(reading: Reading) -> Iterator[Finding]:
    """A table that the contents name and that stands nowhere, where most others are there."""
    listed: dict[str, tuple[int, int]] = {}
    there: set[str] = set()
    for start, end in reading.text.lines:
        form = form_of([reading.text.flat[start:end]])
        if form and reading.text.kind_at(start) is Kind.CONTENTS:
            listed.setdefault(form, (start, end))
        elif form:
            there.add(form)
    missing = listed.keys() - there - {account.form for account in reading.accounts}
    if len(missing) <= len(reading.accounts) // _MOST_MISSING:
        for form in missing:
            yield reading.finding("R62", CHECK, f"目录里有“{form}”，正文里没有找到这张表", listed[form])
