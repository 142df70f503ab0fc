"""Opening the data file: what is refused, in which words, and that a refused file is left alone."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest

from desktop.errors import UserError
from desktop.storage import db as module
from desktop.storage.db import APPLICATION_ID, LATEST, DamagedFile, Database, known_errors, open_database


class ReadOnly(Protocol):
    def __call__(self, file: Path | None, mode: int = 0o444) -> AbstractContextManager[Path]: ...


def refused(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        open_database(path)
    assert caught.value.hint
    return caught.value.sentence


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.01)


def test_new_file_is_ours_and_of_the_latest_shape(db: Database) -> None:
    assert db.rows("PRAGMA application_id") == [(APPLICATION_ID,)]
    assert db.rows("PRAGMA user_version") == [(LATEST,)]
    assert db.rows("PRAGMA journal_mode") == [("delete",)]
    assert db.rows("PRAGMA synchronous") == [(2,)]
    assert db.rows("PRAGMA locking_mode") == [("exclusive",)]


def test_opening_an_up_to_date_file_does_without_sqlite_utils(path: Path) -> None:
    open_database(path).close()
    code = (
        "import sys; from pathlib import Path; from desktop.storage.db import open_database;"
        "open_database(Path(sys.argv[1])).close(); sys.exit('sqlite_utils' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


def test_second_program_is_refused_even_before_anything_is_written(db: Database) -> None:
    code = (
        "import sys; from pathlib import Path; from desktop.errors import UserError\n"
        "from desktop.storage import db\n"
        "db.WAIT_SECONDS = 0\n"
        "try: db.open_database(Path(sys.argv[1]))\n"
        "except UserError as error: sys.stdout.buffer.write(error.sentence.encode())"
    )
    done = subprocess.run([sys.executable, "-c", code, str(db.path)], capture_output=True, check=True)
    assert "另一个正在运行的程序" in done.stdout.decode()
    assert "另一个正在运行的程序" in refused(db.path)


def test_file_can_be_opened_again_after_closing(db: Database) -> None:
    db.close()
    open_database(db.path).close()


def test_no_database_at_all(path: Path) -> None:
    path.write_bytes("这不是数据库，只是一段文字。".encode() * 100)
    before = path.read_bytes()
    assert "已损坏" in refused(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_damaged_page(db: Database) -> None:
    db.close()
    content = bytearray(db.path.read_bytes())
    content[4096:8192] = os.urandom(4096)
    db.path.write_bytes(content)
    assert "已损坏" in refused(db.path)
    assert db.path.read_bytes() == content


def test_cut_off_file(db: Database) -> None:
    db.close()
    content = db.path.read_bytes()[:-5000]
    db.path.write_bytes(content)
    assert "已损坏" in refused(db.path)
    assert db.path.read_bytes() == content


def test_other_programs_database(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    before = path.read_bytes()
    assert "不是本程序的数据文件" in refused(path)
    assert path.read_bytes() == before


def test_file_of_a_newer_version(db: Database) -> None:
    db.conn.execute(f"PRAGMA user_version={LATEST + 1}")
    db.close()
    before = db.path.read_bytes()
    assert "更新版本" in refused(db.path)
    assert db.path.read_bytes() == before


@pytest.mark.parametrize("version", [-1, 1, LATEST + (1 << 8), LATEST + (1 << 24)])
def test_damaged_version(db: Database, version: int) -> None:
    """No version that there will be: nobody is sent looking for a newer program."""
    db.conn.execute(f"PRAGMA user_version={version}")
    db.close()
    assert "已损坏" in refused(db.path)


@pytest.mark.parametrize("mode", [0o444, 0o666])
def test_read_only_folder(db: Database, read_only: ReadOnly, mode: int) -> None:
    """The file itself may be writable: without room for a journal beside it nothing can be saved."""
    db.close()
    with read_only(db.path, mode) as copy:
        assert "只读" in refused(copy)


def test_new_file_in_a_read_only_folder(read_only: ReadOnly) -> None:
    with read_only(None) as copy:
        assert "无法在数据文件夹中" in refused(copy)


def test_missing_folder(path: Path) -> None:
    assert "无法在数据文件夹中" in refused(path.parent / "没有" / "数据.db")


def test_interrupted_first_start_can_be_repeated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "APPLICATION_ID", "no number")
    with pytest.raises(sqlite3.OperationalError):
        open_database(path)
    monkeypatch.undo()
    open_database(path).close()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_IOERR_WRITE, "磁盘时出错"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "只读"),
        (sqlite3.SQLITE_CORRUPT_VTAB, "已损坏"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "另一个"),
    ],
)
def test_variants_of_a_failure_get_the_same_words(code: int, words: str) -> None:
    error = sqlite3.OperationalError("as sqlite words it")
    error.sqlite_errorcode = code
    with pytest.raises(UserError, match=words), known_errors(Path("x.db")):
        raise error


def test_mistakes_in_sql_stay_bugs(db: Database) -> None:
    with pytest.raises(sqlite3.OperationalError):
        db.rows("SELECT nonsense")


def test_atomic_takes_back_everything(db: Database) -> None:
    with pytest.raises(RuntimeError), db.atomic() as conn:  # noqa: PT012 - the block is what is tested
        conn.execute("INSERT INTO units (name) VALUES ('甲')")
        raise RuntimeError
    assert db.rows("SELECT * FROM units") == []


def test_a_transaction_within_another_is_part_of_it(db: Database) -> None:
    def add(name: str, fault: Exception | None = None) -> None:
        with db.atomic() as conn:
            conn.execute("INSERT INTO units (name) VALUES (?)", (name,))
            if fault:
                raise fault

    with db.atomic():
        add("甲")
        with pytest.raises(RuntimeError):
            add("乙", RuntimeError())
        add("丙")
    assert [name for (name,) in db.rows("SELECT name FROM units")] == ["甲", "丙"]
    with pytest.raises(RuntimeError), db.atomic():  # noqa: PT012 - the block is what is tested
        add("丁")
        add("戊", RuntimeError())
    assert not db.conn.in_transaction
    assert [name for (name,) in db.rows("SELECT name FROM units")] == ["甲", "丙"]


def test_a_disk_that_is_full_within_a_part_takes_back_the_whole(db: Database) -> None:
    ((pages,),) = db.rows("PRAGMA page_count")
    db.conn.execute(f"PRAGMA max_page_count={pages + 4}")
    with pytest.raises(UserError, match="磁盘已满"), db.atomic() as conn:  # noqa: PT012 - the block is what is tested
        conn.execute("INSERT INTO units (name) VALUES ('甲')")
        with db.atomic():
            conn.execute("INSERT INTO settings VALUES ('x', ?)", ("长" * 100_000,))
    assert not db.conn.in_transaction and db.rows("SELECT * FROM units") == []


def test_damaged_file_says_which(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(DamagedFile) as caught:
        open_database(path)
    assert caught.value.path == path


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open file where it is")
@pytest.mark.parametrize("replaced", [False, True])
def test_folder_taken_away(db: Database, replaced: bool) -> None:
    """Both halves: the folder is gone, and another one with a file of that name stands in its place."""
    away = db.path.parent.with_name(f"{db.path.parent.name}-away")
    db.path.parent.rename(away)
    if replaced:
        db.path.parent.mkdir()
        open_database(db.path).close()
    with pytest.raises(UserError, match="数据文件夹不见了") as caught, db.atomic():
        pytest.fail("nothing may be written")
    assert str(db.path.parent) in caught.value.hint
    assert db.rows("SELECT count(*) FROM units") == [(0,)]
    if not replaced:
        away.rename(db.path.parent)
        with db.atomic() as conn:
            conn.execute("INSERT INTO units (name) VALUES ('甲')")


def test_letters_that_are_none_any_more_can_be_read(db: Database) -> None:
    db.conn.execute("INSERT INTO units (name) VALUES (CAST(x'e794' AS TEXT))")
    assert db.rows("SELECT name FROM units") == [("�",)]
    db.conn.execute("UPDATE units SET name = '甲'")
    assert db.rows("SELECT name FROM units") == [("甲",)]
