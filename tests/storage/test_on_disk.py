"""Reading beside sqlite: always the file of one moment, and the lock stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from desktop.domain.keys import ReportId
from desktop.errors import UserError
from desktop.storage import on_disk
from desktop.storage.backups.verify import check_copy, in_memory
from desktop.storage.catalog import Catalog
from desktop.storage.db import Database
from desktop.storage.on_disk import OnDisk

TRY = (
    "import sys; from pathlib import Path; from desktop.storage import db; db.WAIT_SECONDS = 0\n"
    "try: db.open_database(Path(sys.argv[1]))\n"
    "except Exception: sys.exit(7)"
)


def test_what_is_read_is_what_was_saved_last(db: Database, report: ReportId, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"something longer" * 100_000)
    Catalog(db).add_unit("乙局")
    db.copy_to(copy)
    check_copy(copy)
    assert copy.read_bytes() == db.pages()
    with in_memory(db.pages()) as read:
        assert [name for (name,) in read.rows("SELECT name FROM units ORDER BY id")][-1] == "乙局"


def test_reading_lets_nobody_else_in(db: Database, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.touch()
    db.pages()
    db.copy_to(copy)
    assert subprocess.run([sys.executable, "-c", TRY, str(db.path)], check=False).returncode == 7


def test_what_is_written_meanwhile_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader is in the middle when two halves of one transaction are written."""
    monkeypatch.setattr(on_disk, "_AT_ONCE", 4)
    path, copy = tmp_path / "file", tmp_path / "copy"
    path.write_bytes(b"old old ")
    copy.touch()
    reader, half_read, written = OnDisk(path), Event(), Event()
    real = reader._file

    class Slow:
        def read(self, size: int) -> bytes:
            part = real.read(size)
            half_read.set()
            assert written.wait(10)
            return part

        seek, close = real.seek, real.close

    reader._file = Slow()  # type: ignore[assignment]
    thread = Thread(target=reader.copy_to, args=(copy,))
    thread.start()
    assert half_read.wait(10)
    with reader.writing():
        path.write_bytes(b"new new ")
        written.set()
        thread.join(0.1)
        assert thread.is_alive()  # what is not yet at rest is not taken
    thread.join(10)
    assert copy.read_bytes() == b"new new "
    reader.close()


def test_a_transaction_does_not_wait_for_itself(db: Database) -> None:
    with pytest.raises(AssertionError), db.atomic():
        db.pages()


def test_a_file_that_cannot_be_read_is_told(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> bytes:
        raise OSError(5, "Input/output error")

    assert db._on_disk is not None
    monkeypatch.setattr(db._on_disk, "read", broken)
    with pytest.raises(UserError, match="读不出来"):
        db.pages()
