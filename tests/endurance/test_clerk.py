"""What the clerk does is what the file then holds, and nothing is written outside a transaction."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop.paths import Paths, resources_dir
from desktop.workplace import Workplace
from tests.endurance.clerk import Clerk
from tests.endurance.expected import difference, read, read_file
from tests.endurance.full_disk import WORK

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP")


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    place = Workplace.open(Paths(tmp_path), resources_dir())
    place.add_samples()
    place.close()
    return Clerk(tmp_path, read_file(tmp_path / "ziping.db"), {}, random.Random(5))


def test_expected_is_what_the_file_holds(clerk: Clerk) -> None:
    for name in WORK:
        getattr(clerk, name)()
        assert not difference(read(clerk.place._db.conn), clerk.expected), name
    clerk.place.close()
    assert not difference(read_file(clerk.folder / "ziping.db"), clerk.expected)


def test_a_power_cut_finds_every_write_in_a_transaction(clerk: Clerk) -> None:
    """Rolled back from its journal, or wholly there: that holds for what is written inside one, and synced."""
    conn, written, outside = clerk.place._db.conn, list[str](), list[str]()

    def look(sql: str) -> None:
        if sql.upper().startswith(WRITES):
            (written if conn.in_transaction else outside).append(sql)

    conn.set_trace_callback(look)
    for name in WORK:
        getattr(clerk, name)()
    conn.set_trace_callback(None)
    assert written and not outside
    found = [conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert found == ["delete", 2]
    clerk.place.close()
