"""Ways for the tests to break the sample report and to wait for what the audit says."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.domain.keys import FactKey
from desktop.ui.checking import Entry
from desktop.ui.session import Session

BUDGET = FactKey("narrative", "general_budget", "text")
TOTAL = FactKey("three_public", "total", "final")


def audit(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.audited, timeout=10_000):
        session.settle()


def break_rate(qtbot: QtBot, session: Session, wrong: str = "89.54%") -> Entry:
    """A rate of the text that does not fit its sums."""
    session.set(BUDGET, session.sheet.text(BUDGET).replace("98.45%", wrong))
    audit(qtbot, session)
    return entry(session, "R1r")


def entry(session: Session, code: str) -> Entry:
    return next(entry for entry in session.entries if entry.code == code)
