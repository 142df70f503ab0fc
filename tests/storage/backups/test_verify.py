"""What is taken for a whole copy, and that looking at one leaves no trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.storage.backups.verify import DamagedCopy, check_copy, fault_of, opened, version_of
from desktop.storage.catalog import Catalog
from desktop.storage.db import LATEST, Database


@pytest.fixture
def copy(catalog: Catalog, db: Database) -> Path:
    """Not a copy, but a data file nobody has open."""
    unit = catalog.add_unit("甲局").id
    catalog.add_report(ReportId(unit, 2024), "s", {FactKey("t", "r", "c"): "1234.50"})
    db.close()
    return db.path


def test_whole_copy(copy: Path) -> None:
    before = copy.read_bytes()
    check_copy(copy)
    assert version_of(copy) == LATEST
    assert copy.read_bytes() == before
    assert list(copy.parent.iterdir()) == [copy]


def test_unusual_names(copy: Path, tmp_path: Path) -> None:
    odd = tmp_path / "甲 50%?#&mode=rw;'\".db"
    copy.rename(odd)
    with opened(odd) as db:
        assert db.rows("SELECT name FROM units") == [("甲局",)]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"1234.50", b"1234.51", "“甲局”2024年度"),
        (b"1234.50", b"123\xff.50", "“甲局”2024年度"),
        (b"SQLite format 3", b"SQLite format 4", "不是完整"),
        (b"zipi", b"zipu", "不是完整"),
    ],
)
def test_changed_bytes(copy: Path, old: bytes, new: bytes, words: str) -> None:
    copy.write_bytes(copy.read_bytes().replace(old, new))
    with pytest.raises(DamagedCopy, match=words) as caught:
        check_copy(copy)
    assert str(copy) in caught.value.hint


@pytest.mark.parametrize("length", [0, 50, 100, 4096, -1, -4096])
def test_cut_off(copy: Path, length: int) -> None:
    copy.write_bytes(copy.read_bytes()[:length])
    with pytest.raises(DamagedCopy):
        check_copy(copy)


def test_page_of_nothing(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[4096:8192] = bytes(4096)
    copy.write_bytes(content)
    with pytest.raises(DamagedCopy, match="结构"):
        check_copy(copy)


def test_newer_version(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[60:64] = (LATEST + 1).to_bytes(4)
    copy.write_bytes(content)
    with pytest.raises(UserError, match="更新版本") as caught:
        check_copy(copy)
    assert not isinstance(caught.value, DamagedCopy)


def test_missing_file(tmp_path: Path) -> None:
    assert version_of(tmp_path / "none.db") is None
    with pytest.raises(DamagedCopy):
        check_copy(tmp_path / "none.db")


def test_report_without_its_unit(db: Database, report: ReportId) -> None:
    assert fault_of(db) == ""
    db.conn.execute("PRAGMA foreign_keys=OFF")
    db.conn.execute("DELETE FROM units")
    assert "结构" in fault_of(db)
