"""A data file described without its contents: for those who look for a fault and must not see a report."""

from __future__ import annotations

from desktop.storage.db import Database
from desktop.storage.settings import SETTINGS, Settings

_TABLES = ("units", "reports", "facts", "journal", "settings", "tasks")


def portrait(db: Database) -> str:
    """Shape, counts and settings. Of texts and folders only whether they are set: a folder's name tells whose it is."""
    ((version,),), ((pages,),), ((size,),) = (
        db.rows(f"PRAGMA {name}") for name in ("user_version", "page_count", "page_size")
    )
    counts = [f"{table}: {db.rows(f'SELECT count(*) FROM {table}')[0][0]}" for table in _TABLES]
    kinds = [
        f"journal {kind}: {n}" for kind, n in db.rows("SELECT kind, count(*) FROM journal GROUP BY kind")
    ]
    systems = [
        f"reports {system}{' deleted' if gone else ''}: {n}"
        for system, gone, n in db.rows(
            "SELECT system, deleted IS NOT NULL, count(*) FROM reports GROUP BY 1, 2 ORDER BY 1, 2"
        )
    ]
    cells = [
        f"cells {table}: {n}"
        for table, n in db.rows("SELECT tbl, count(*) FROM facts GROUP BY tbl ORDER BY tbl")
    ]
    schema = [sql for (sql,) in db.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")]
    parts = {
        "file": [f"version: {version}", f"bytes: {pages * size}"],
        "counts": [*counts, *kinds, *systems, *cells],
        "settings": _settings(Settings(db)),
        "schema": schema,
    }
    return "\n".join(f"[{name}]\n" + "\n".join(lines) + "\n" for name, lines in parts.items())


def _settings(settings: Settings) -> list[str]:
    def value_or_set(key: str) -> str:
        value = settings.get(key)
        return str(value) if not isinstance(value, str) or key == "rules_off" else "set" if value else ""

    return [f"{key}: {value_or_set(key)}" for key in SETTINGS]
