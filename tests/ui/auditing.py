"""Ways for the tests to break the sample report and to wait for what the audit says."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.domain.fields.fields import expanded, replaced
from desktop.domain.keys import FactKey
from desktop.ui.audit_runner import Entry
from desktop.ui.session import Session

BUDGET = FactKey("narrative", "general_budget", "text")
TOTAL = FactKey("three_public", "total", "final")


def audit(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.audited):
        session.settle()


def budget_text(session: Session) -> str:
    """The section as it is read."""
    return expanded(session.assessment, session.sheet.text(BUDGET))


def overwrite_rate(session: Session, wrong: str = "89.54%") -> None:
    """Type another rate over the one that fits the sums."""
    start = budget_text(session).index("98.45%")
    stored = session.sheet.text(BUDGET)
    session.set(BUDGET, replaced(session.assessment, stored, start, start + 6, wrong))


def break_rate(qtbot: QtBot, session: Session, wrong: str = "89.54%") -> Entry:
    """A rate of the text that is no longer that of the table."""
    overwrite_rate(session, wrong)
    audit(qtbot, session)
    return entry(session, "R22")


def entry(session: Session, code: str) -> Entry:
    return next(entry for entry in session.entries if entry.code == code)
