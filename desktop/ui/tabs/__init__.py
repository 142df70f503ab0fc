"""The five tabs, in the order the clerk works; a tab is one file here and one line in `TABS`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop.domain.keys import FactKey
from desktop.ui.session import Session
from desktop.ui.tabs.budget import BudgetTab
from desktop.ui.tabs.indicators import IndicatorsTab
from desktop.ui.tabs.narrative import NarrativeTab
from desktop.ui.tabs.three_public import ThreePublicTab
from desktop.ui.tabs.unit import UnitTab


class Tab(Protocol):
    """What the main window asks of a tab besides being a widget."""

    def show_key(self, key: FactKey) -> bool: ...


TABS: tuple[tuple[str, str, Callable[[Session], QWidget], tuple[str, ...]], ...] = (
    ("unit", "单位信息", UnitTab, ("unit", "staff", "others")),
    (
        "budget",
        "预算",
        BudgetTab,
        ("annex2_funds", "base", "buildings", "function_class", "economic_class", "carryover"),
    ),
    ("three_public", "三公经费", ThreePublicTab, ("three_public",)),
    (
        "indicators",
        "指标表",
        IndicatorsTab,
        (
            "annex2_goals",
            "annex2_indicators",
            "answers",
            "projects",
            "annex3_goals",
            "annex3_funds",
            "annex3_indicators",
        ),
    ),
    ("narrative", "自评报告", NarrativeTab, ("narrative",)),
)
"""Name, title, how to make it, and the tables whose facts it shows."""
