"""Every step of the stored shape, and that the number the program knows is the number of steps."""

from __future__ import annotations

import sqlite3

import sqlite_utils

from desktop.storage.db import LATEST, Database
from desktop.storage.migrations import MIGRATIONS


def test_latest_counts_the_migrations() -> None:
    empty = sqlite_utils.Database(sqlite3.connect(":memory:"), execute_plugins=False)
    assert len(MIGRATIONS.pending(empty)) == LATEST
    empty.close()


def test_m001_units_reports_facts_journal_settings(db: Database) -> None:
    tables = {name for (name,) in db.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert tables >= {"units", "reports", "facts", "journal", "settings"}
    plan = db.rows("EXPLAIN QUERY PLAN SELECT value FROM facts WHERE report = 1")
    assert "PRIMARY KEY" in plan[0][3]
    plan = db.rows(
        "EXPLAIN QUERY PLAN SELECT id FROM journal"
        " WHERE report = 1 AND state = 'done' ORDER BY id DESC LIMIT 1"
    )
    assert "journal_steps" in plan[0][3] and len(plan) == 1
