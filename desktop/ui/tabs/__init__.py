"""The tabs, in the order the clerk works: one line each in `TABS`, and their tables in `tabs.toml`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from desktop.domain.all_templates import Templates
from desktop.domain.keys import FactKey
from desktop.ui.audit_runner import Words
from desktop.ui.session import Session


def _tables(session: Session, name: str) -> QWidget:
    """What a tab is that only shows its tables."""
    from desktop.ui.tabs.tables import TablesTab

    return TablesTab(session, name)


def _budget(session: Session) -> QWidget:
    from desktop.ui.tabs.budget import BudgetTab

    return BudgetTab(session)


def _three_public(session: Session) -> QWidget:
    from desktop.ui.tabs.three_public import ThreePublicTab

    return ThreePublicTab(session)


def _indicators(session: Session) -> QWidget:
    from desktop.ui.tabs.indicators import IndicatorsTab

    return IndicatorsTab(session)


def _forms(session: Session) -> QWidget:
    from desktop.ui.tabs.forms import FormsTab

    return FormsTab(session)


def _narrative(session: Session) -> QWidget:
    from desktop.ui.tabs.narrative import NarrativeTab

    return NarrativeTab(session)


def _preview(session: Session) -> QWidget:
    from desktop.ui.tabs.preview import PreviewTab

    return PreviewTab(session)


class TabSpec(NamedTuple):
    """One tab: its name in `tabs.toml`, its title, how it is made (loaded only then)."""

    name: str
    title: str
    make: Callable[[Session], QWidget]


TABS = (
    TabSpec("unit", "单位信息", partial(_tables, name="unit")),
    TabSpec("budget", "预算", _budget),
    TabSpec("three_public", "三公经费", _three_public),
    TabSpec("indicators", "指标表", _indicators),
    TabSpec("forms", "附表", _forms),
    TabSpec("narrative", "自评报告", _narrative),
    TabSpec("preview", "打印预览", _preview),
)


def tab_of(target: FactKey | Words | None, templates: Templates) -> TabSpec | None:
    """The tab in which something is seen."""
    if target is None:
        return None
    table = target.base if isinstance(target, FactKey) else "narrative"
    return next((tab for tab in TABS if table in templates.tabs[tab.name]), None)


def tab_title(target: FactKey | Words | None, templates: Templates) -> str:
    """Its title; '' for what is seen nowhere."""
    tab = tab_of(target, templates)
    return tab.title if tab is not None else ""
