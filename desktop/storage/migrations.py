"""The stored shape, step by step: one function per change, never edited once released."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from desktop.storage.checksums import report_sum, step_sum

MIGRATIONS = Migrations("ziping")


@MIGRATIONS()
def m001_units_reports_facts_journal_settings(db: Database) -> None:
    """Deleted reports stay where they are, marked; so only live ones are unique per unit and year.

    A journal row of kind edit carries its changes, `size` counts them, `state` is done | undone | dropped;
    one of kind undo | redo names in `step` the edit it turned and has neither changes nor state.
    """
    db.execute("CREATE TABLE units (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)")
    db.execute("""
        CREATE TABLE reports (
            id INTEGER PRIMARY KEY, unit_id INTEGER NOT NULL REFERENCES units(id), year INTEGER NOT NULL,
            system TEXT NOT NULL, created TEXT NOT NULL, deleted TEXT)""")
    db.execute("CREATE UNIQUE INDEX reports_live ON reports(unit_id, year) WHERE deleted IS NULL")
    db.execute("""
        CREATE TABLE facts (
            report INTEGER NOT NULL REFERENCES reports(id),
            tbl TEXT NOT NULL, row TEXT NOT NULL, col TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (report, tbl, row, col)) WITHOUT ROWID""")
    db.execute("""
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES reports(id), at TEXT NOT NULL,
            label TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo')),
            size INTEGER NOT NULL, changes TEXT, state TEXT, step INTEGER)""")
    db.execute("CREATE INDEX journal_by_report ON journal(report)")
    db.execute("CREATE INDEX journal_steps ON journal(report, state) WHERE state IS NOT NULL")
    db.execute("CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")


@MIGRATIONS()
def m002_checksums_and_who(db: Database) -> None:
    """Sums over each report and each row of the journal, and under whose account a row was written."""
    db.execute("ALTER TABLE reports ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE journal ADD COLUMN who TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE journal ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0")
    for number, unit, year, system in db.execute("SELECT id, unit_id, year, system FROM reports").fetchall():
        facts = db.execute("SELECT tbl, row, col, value FROM facts WHERE report = ?", (number,))
        values = (report_sum(unit, year, system, facts), number)
        db.execute("UPDATE reports SET checksum = ? WHERE id = ?", values)
    for (number,) in db.execute("SELECT id FROM journal").fetchall():
        row = db.execute(
            "SELECT report, at, label, kind, size, changes, step, who FROM journal WHERE id = ?", (number,)
        ).fetchone()
        db.execute("UPDATE journal SET checksum = ? WHERE id = ?", (step_sum(*row), number))


@MIGRATIONS()
def m003_tasks(db: Database) -> None:
    """What bureaus handed out: each issue of a task, its file as it came, and what that says, as JSON: a start need
    not unpack and parse it again. The sum stands before what is long, for every step asks for it. Reports name an
    issue by a fact of their own.
    """
    db.execute("""
        CREATE TABLE tasks (
            id TEXT NOT NULL, issue INTEGER NOT NULL, checksum INTEGER NOT NULL, taken TEXT NOT NULL,
            file BLOB NOT NULL, said TEXT NOT NULL, PRIMARY KEY (id, issue)) WITHOUT ROWID""")
