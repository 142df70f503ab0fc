"""The six tabs, in the order the clerk works; a tab is one file here and one line in `TABS`."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from desktop.domain.keys import FactKey
from desktop.ui.audit_runner import Words
from desktop.ui.session import Session


def _unit(session: Session) -> QWidget:
    from desktop.ui.tabs.unit import UnitTab

    return UnitTab(session)


def _budget(session: Session) -> QWidget:
    from desktop.ui.tabs.budget import BudgetTab

    return BudgetTab(session)


def _three_public(session: Session) -> QWidget:
    from desktop.ui.tabs.three_public import ThreePublicTab

    return ThreePublicTab(session)


def _indicators(session: Session) -> QWidget:
    from desktop.ui.tabs.indicators import IndicatorsTab

    return IndicatorsTab(session)


def _narrative(session: Session) -> QWidget:
    from desktop.ui.tabs.narrative import NarrativeTab

    return NarrativeTab(session)


def _preview(session: Session) -> QWidget:
    from desktop.ui.tabs.preview import PreviewTab

    return PreviewTab(session)


class TabSpec(NamedTuple):
    """One tab: what it is called, how it is made (loaded only then), the tables whose facts it shows."""

    name: str
    title: str
    make: Callable[[Session], QWidget]
    tables: tuple[str, ...]


_BUDGET_TABLES = ("annex2_funds", "base", "buildings", "function_class", "economic_class", "carryover")
_INDICATOR_TABLES = ("answers", "projects", "annex2_goals", "annex2_indicators")
_PROJECT_TABLES = ("annex3_goals", "annex3_funds", "annex3_indicators")

TABS = (
    TabSpec("unit", "单位信息", _unit, ("unit", "staff", "others")),
    TabSpec("budget", "预算", _budget, _BUDGET_TABLES),
    TabSpec("three_public", "三公经费", _three_public, ("three_public",)),
    TabSpec("indicators", "指标表", _indicators, _INDICATOR_TABLES + _PROJECT_TABLES),
    TabSpec("narrative", "自评报告", _narrative, ("narrative", "headings", "paper")),
    TabSpec("preview", "打印预览", _preview, ()),
)


def tab_of(target: FactKey | Words | None) -> str:
    """The title of the tab in which something is seen."""
    if target is None:
        return ""
    table = target.base if isinstance(target, FactKey) else "narrative"
    return next((tab.title for tab in TABS if table in tab.tables), "")
