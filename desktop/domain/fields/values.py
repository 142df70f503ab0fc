"""The fields of the report's text: by what names a value stands there, and how it is said in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from desktop.domain import formula
from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.facts import FactSheet
from desktop.domain.fields.wording import change_text, comparison_text, difference_text, reason_clause
from desktop.domain.formula import FormulaError
from desktop.domain.keys import UNIT_NAME, FactKey, cell_named
from desktop.domain.numbers import show, show_percent, show_short
from desktop.domain.template import LABEL, ORDER, TemplateError

LONGEST_NAME = 240
"""Characters of a field's name; more between two brackets is text, not the two formulas of a field."""
_DEEPEST = 20
"""Opening brackets and minus signs in a field's formula, each a level for the parser: more is nobody's arithmetic."""
_ITEM = re.compile(r"[\w@]+\.\w+:\w+\.\w+")
"""A cell of an open row, `base.special:1.final`: no formula of a template names one."""
_PAIRS = ("change", "compare", "difference")
"""Fields that take two formulas, without spaces in them."""
_OWN_NAMES = {
    "局": "我局",
    "委员会": "我委",
    "办公室": "我办",
    "中心": "我中心",
    "医院": "我院",
    "法院": "我院",
    "检察院": "我院",
    "学校": "我校",
    "中学": "我校",
    "小学": "我校",
    "大队": "我大队",
    "支队": "我支队",
    "厅": "我厅",
    "部": "我部",
}
"""How a unit's name ends -> what it calls itself: `清河县农业农村局` is 我局, `市公安局交警大队` 我大队."""


class MissingData(Exception):
    """A known field without data; its text says what is to be filled in."""


class UnknownField(Exception):
    """No field is called that."""


TextOf = Callable[[Assessment, str], str]
"""A field's argument, what its name says behind the word -> its text. Raises MissingData or UnknownField."""


class Field(NamedTuple):
    """One kind of field: its first word, what it is called, how its text is made."""

    word: str
    label: str
    text: TextOf


FIELDS: dict[str, Field] = {}


def field(word: str, label: str) -> Callable[[TextOf], TextOf]:
    """A decorator: a field whose name begins with `word`."""

    def register(text: TextOf) -> TextOf:
        if word in FIELDS:
            raise ValueError(f"two fields are called {word}")
        FIELDS[word] = Field(word, label, text)
        return text

    return register


def missing_text(what: str) -> str:
    """What stands in the report where a field has no data."""
    return f"〔未填：{what}〕"


def value_of(assessment: Assessment, name: str) -> str | None:
    """A field's text at present; None where there is no such field. Never raises."""
    word, argument = _word_and_argument(name)
    try:
        if len(name) > LONGEST_NAME:
            return None
        if word:
            return FIELDS[word].text(assessment, argument)
        return cell_text(assessment, cell(assessment.sheet.templates, name))
    except MissingData as missing:
        return missing_text(str(missing))
    except (UnknownField, FormulaError, TemplateError, KeyError, ValueError, ArithmeticError):
        return None


def label_of(assessment: Assessment, name: str) -> str:
    """What a field stands for, in words; its name where there is no such field."""
    if value_of(assessment, name) is None:
        return name
    word, argument = _word_and_argument(name)
    sheet = assessment.sheet
    if not word:
        return cell_label(sheet, cell(sheet.templates, name))
    given = argument.split() if word in _PAIRS else [argument]
    parts = [in_words(sheet, part) for part in given] if "." in argument else []
    return "：".join(part for part in (FIELDS[word].label, "、".join(parts)) if part)


def cells_of(assessment: Assessment, name: str) -> tuple[FactKey, ...]:
    """The cells that a field's number is told or reckoned from; none for one of other words."""
    word, argument = _word_and_argument(name)
    given = argument.split() if word in _PAIRS else [argument]
    try:
        return tuple(key for part in given for key in operands(assessment.sheet, part))
    except (UnknownField, FormulaError, TemplateError, KeyError, ValueError, ArithmeticError):
        return ()


def _word_and_argument(name: str) -> tuple[str, str]:
    """The word or two words that a field's name begins with, and the rest; '' for a cell's name."""
    parts = name.split(" ", 2)
    for length in (2, 1):
        word = " ".join(parts[:length])
        if len(parts) >= length and word in FIELDS:
            return word, " ".join(parts[length:])
    return "", name


# -- cells ---------------------------------------------------------------------------------------------------


def cell(templates: Templates, name: str) -> FactKey:
    """The cell `table.row.column`; UnknownField where the templates have none, and for the report's own text."""
    if name.count(".") != 2 or name != name.strip():
        raise UnknownField(name)
    key = cell_named(name)
    table = templates.table_of(key)
    known = templates.knows(key) and table is not None and (table.per == "unit" or bool(key.scope))
    if not known or key.column in (ORDER, LABEL) or key.table in ("narrative", "blocks"):
        raise UnknownField(name)
    return key


def cell_label(sheet: FactSheet, key: FactKey) -> str:
    """`三公经费·2023年决算数`, with the project's name, or the table's where the row's alone says little."""
    label = sheet.label(key).replace(" · ", "·")
    table = sheet.templates.table_of(key)
    if key.scope and table is not None and table.per == "project":
        label = f"{sheet.get('projects', f'item:{key.scope}', 'name') or '项目'}·{label}"
    elif label.startswith("合计·") and table is not None:
        label = f"{table.title}·{label}"
    return label


def cell_text(assessment: Assessment, key: FactKey) -> str:
    """A cell as it is said in a sentence: money with two digits, rates in percent, words as written."""
    sheet = assessment.sheet
    column = sheet.column(key)
    text = sheet.text(key).strip()
    if column is not None and column.kind == "points":
        scored = assessment.indicator_at(key)
        if scored is not None and scored.points is not None:
            return show(scored.points)
    elif column is not None and column.numeric:
        value = sheet.number(key)
        if value is not None:
            return sheet.show(value, column.kind)
    if not text:
        raise MissingData(cell_label(sheet, key))
    return text


# -- arithmetic ----------------------------------------------------------------------------------------------


def operands(sheet: FactSheet, text: str) -> Iterator[FactKey]:
    """The cells of a formula, which may be one cell only; UnknownField where one does not exist."""
    if _ITEM.fullmatch(text):
        yield cell(sheet.templates, text)
        return
    if text.count("(") + text.count("-") > _DEEPEST:
        raise UnknownField(text)
    for name in formula.references(formula.parse(text)):
        if name.count(".") < 2:
            raise UnknownField(name)
        table, row, column = name.replace(".*", ":1").replace("@*", "@1").split(".")
        cell(sheet.templates, f"{table}.{row}.{column}")
        yield from sheet.cells(UNIT_NAME, name)


def number(sheet: FactSheet, text: str) -> Decimal:
    """A formula's value. MissingData names the first cell that is empty."""
    keys = list(operands(sheet, text))
    for key in keys:
        if sheet.number(key) is None:
            raise MissingData(cell_label(sheet, key))
    value = sheet.number(keys[0]) if _ITEM.fullmatch(text) else sheet.evaluate(text)
    if value is None:
        raise MissingData(in_words(sheet, text))
    return value


def in_words(sheet: FactSheet, text: str) -> str:
    """A cell's name, or a formula with such names."""
    try:
        return cell_label(sheet, cell(sheet.templates, text))
    except UnknownField:
        return sheet.formula_in_words(text, UNIT_NAME)[0].replace(" ", "")


def kind_of(sheet: FactSheet, text: str) -> str:
    """The kind of the first cell of a formula."""
    for key in operands(sheet, text):
        column = sheet.column(key)
        if column is not None and column.numeric:
            return column.kind
    return "number"


@field("percent", "比率")
def _percent(assessment: Assessment, argument: str) -> str:
    return show_percent(number(assessment.sheet, argument))


@field("money", "金额")
def _money(assessment: Assessment, argument: str) -> str:
    return show(number(assessment.sheet, argument))


@field("number", "数量")
def _number(assessment: Assessment, argument: str) -> str:
    return show_short(number(assessment.sheet, argument))


@field("change", "与上年比较")
def _change(assessment: Assessment, argument: str) -> str:
    return change_text(*_change_of(assessment, argument))


def _change_of(assessment: Assessment, argument: str) -> tuple[Decimal, Decimal, str]:
    sheet = assessment.sheet
    this, last = _two_formulas(sheet, argument)
    return number(sheet, this), number(sheet, last), kind_of(sheet, this)


@field("compare", "与上年比较")
def _compare(assessment: Assessment, argument: str) -> str:
    """`比上年减少0.67万元，下降8.87%`, or `与上年持平`: reads on behind any figure."""
    return comparison_text(*_change_of(assessment, argument))


@field("reason", "原因")
def _reason(assessment: Assessment, argument: str) -> str:
    """What was written in a cell as the end of a clause: `主要是…`."""
    return reason_clause(cell_text(assessment, cell(assessment.sheet.templates, argument)))


@field("paragraphs", "原文")
def _paragraphs(assessment: Assessment, argument: str) -> str:
    """A long text of a cell as it stands there, each paragraph with its full stop."""
    text = cell_text(assessment, cell(assessment.sheet.templates, argument))
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(
        line if line[-1] in "。！？：" else f"{line.rstrip('；，;,.')}。" for line in lines if line
    )


@field("difference", "与年初预算比较")
def _difference(assessment: Assessment, argument: str) -> str:
    sheet = assessment.sheet
    final, budget = _two_formulas(sheet, argument)
    return difference_text(number(sheet, final), number(sheet, budget))


def _two_formulas(sheet: FactSheet, argument: str) -> list[str]:
    """Two formulas; UnknownField for more or fewer, and where a cell of either does not exist."""
    parts = argument.split()
    if len(parts) != 2 or not all(list(operands(sheet, part)) for part in parts):
        raise UnknownField(argument)
    return parts


# -- single words --------------------------------------------------------------------------------------------


@field("year", "报告年度")
def _year(assessment: Assessment, argument: str) -> str:
    no_argument(argument)
    return str(assessment.sheet.year)


@field("last_year", "上年")
def _last_year(assessment: Assessment, argument: str) -> str:
    no_argument(argument)
    return str(assessment.sheet.year - 1)


@field("unit", "单位名称")
def _unit(assessment: Assessment, argument: str) -> str:
    no_argument(argument)
    return cell_text(assessment, UNIT_NAME)


@field("system_name", "指标体系")
def _system_name(assessment: Assessment, argument: str) -> str:
    no_argument(argument)
    return assessment.system.name


@field("score", "自评得分")
def _score(assessment: Assessment, argument: str) -> str:
    """The total; only when every indicator has points."""
    no_argument(argument)
    if assessment.main.unscored:
        raise MissingData("部分指标的自评得分")
    return show(assessment.main.total)


@field("grade", "评价等次")
def _grade(assessment: Assessment, argument: str) -> str:
    no_argument(argument)
    if not assessment.main.grade:
        raise MissingData("部分指标的自评得分")
    return assessment.main.grade


@field("unit_short", "本单位的自称")
def _unit_short(assessment: Assessment, argument: str) -> str:
    """`我局`, from the last word of the unit's name; `我单位` where that tells nothing."""
    no_argument(argument)
    name = assessment.sheet.text(UNIT_NAME).strip()
    return next((own for end, own in _OWN_NAMES.items() if name.endswith(end)), "我单位")


def no_argument(argument: str) -> None:
    """UnknownField where a field that takes no arguments is given some."""
    if argument:
        raise UnknownField(argument)
