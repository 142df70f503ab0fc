"""How a report is printed, as the clerk chose it: its own title, whom it is addressed to, what comes along."""

from __future__ import annotations

from typing import NamedTuple

from desktop.domain.facts import FactSheet
from desktop.domain.template import THIS

PAPER = "paper"
"""The table that holds them."""


class PrintOptions(NamedTuple):
    """`title` and `addressee` are '' where nothing was written; the addressee is without its colon."""

    title: str = ""
    addressee: str = ""
    cover: bool = True
    charts: bool = True
    annexes_first: bool = False


def print_options_of(sheet: FactSheet) -> PrintOptions:
    """What is not chosen is as usual."""

    def words(column: str) -> str:
        return " ".join(sheet.get(PAPER, THIS, column).split())

    return PrintOptions(
        title=words("title"),
        addressee=words("addressee").rstrip("：: "),
        cover=words("cover") != "否",
        charts=words("charts") != "否",
        annexes_first=words("annexes_first") == "是",
    )


def report_title(sheet: FactSheet) -> str:
    """The clerk's own title, or the usual one."""
    name = sheet.get("unit", THIS, "name").strip()
    return print_options_of(sheet).title or f"{sheet.year}年度{name or '部门'}整体支出绩效自评报告"
