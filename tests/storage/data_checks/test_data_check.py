"""Looking through the data finds what was changed behind the program's back, and says what is sound."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop import paths
from desktop.domain.all_templates import Templates
from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.resource_files.templates import load_templates
from desktop.storage.catalog import Catalog
from desktop.storage.data_checks.data_check import checking, register_anew
from desktop.storage.db import Database, open_database
from desktop.storage.store import DamagedReport, Store

CELL = FactKey("three_public", "abroad", "final")


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_templates(paths.resources_dir())


@pytest.fixture
def filled(store: Store, report: ReportId) -> ReportId:
    for text in ("1", "2"):
        store.apply(edit_from(report, "填写" + text, store.facts(report), [(CELL, text)]))
    return report


def test_sound_data_are_counted(db: Database, filled: ReportId, templates: Templates) -> None:
    found = checking(db, templates)()
    assert found.matters == ()
    assert found.in_words() == "1份报告，2项内容，2条修改记录：没有发现问题。"


def test_a_changed_cell_is_found_and_may_be_taken_for_what_it_is(
    db: Database, store: Store, filled: ReportId, templates: Templates
) -> None:
    db.conn.execute("UPDATE facts SET value = '9' WHERE value = '2'")
    (matter,) = checking(db, templates)().matters
    assert matter.damaged and matter.flaw is None and "甲县示例局 2024年度" in matter.where
    with pytest.raises(DamagedReport):
        store.facts(filled)
    register_anew(db, matter.damaged)
    assert store.facts(filled)[CELL] == "9"
    assert checking(db, templates)().matters == ()


def test_a_report_in_the_bin_is_looked_at_too(
    db: Database, catalog: Catalog, filled: ReportId, templates: Templates
) -> None:
    catalog.delete_report(filled)
    db.conn.execute("UPDATE facts SET value = '9' WHERE value = '2'")
    (matter,) = checking(db, templates)().matters
    assert matter.where.endswith("（已删除）") and matter.report is None


def test_changed_steps_are_counted(db: Database, filled: ReportId, templates: Templates) -> None:
    db.conn.execute("UPDATE journal SET label = 'x'")
    (matter,) = checking(db, templates)().matters
    assert matter.said.startswith("2条修改记录")


def test_cells_without_a_report_are_found(db: Database, filled: ReportId, templates: Templates) -> None:
    db.conn.execute("PRAGMA foreign_keys=OFF")
    db.conn.execute("INSERT INTO facts VALUES (99, 'a', 'b', 'c', 'd')")
    (matter,) = checking(db, templates)().matters
    assert matter.where == "数据文件" and matter.said.startswith("1条记录")


def test_flaws_of_cells_come_with_what_mends_them(
    db: Database, store: Store, filled: ReportId, templates: Templates
) -> None:
    store.apply(edit_from(filled, "x", store.facts(filled), [(CELL, "1,000")]))
    (matter,) = checking(db, templates)().matters
    assert matter.flaw is not None and matter.report == filled
    assert matter.flaw.changes == ((CELL, "1000"),)


def test_a_system_nobody_knows_is_told(
    db: Database, catalog: Catalog, filled: ReportId, templates: Templates
) -> None:
    catalog.set_system(filled, "moon-1969")
    assert "计分表" in checking(db, templates)().matters[0].said


def test_a_file_that_cannot_be_read_through_is_no_crash(
    tmp_path: Path, store: Store, filled: ReportId, db: Database, templates: Templates
) -> None:
    for number in range(300):
        key = FactKey("narrative", f"s{number}", "text")
        store.apply(edit_from(filled, "x", store.facts(filled), [(key, "字" * 200)]))
    ((page,),) = db.rows("PRAGMA page_size")
    data = bytearray(db.conn.serialize())
    broken = tmp_path / "broken.db"
    for at in range(6 * page, len(data), page):
        data[at : at + 200] = b"\xff" * 200
    db.close()
    broken.write_bytes(db.path.read_bytes())
    torn = open_database(broken)
    broken.write_bytes(data)
    found = checking(torn, templates)()
    assert any(matter.where == "数据文件" for matter in found.matters)
    torn.close()


def scribble(path: Path, code: str) -> None:
    """Another process changes the file: opened and closed in this one, sqlite's lock would be gone."""
    program = f"import os, sys; path = sys.argv[1]; size = os.path.getsize(path); {code}"
    subprocess.run([sys.executable, "-c", program, str(path)], check=True)


NOISE = "file = open(path, 'r+b'); file.seek(size // 2); file.write(os.urandom(size // 4)); file.close()"
LETTER = "data = open(path, 'rb').read().replace(b'six', b'SIX'); open(path, 'r+b').write(data)"
HEADER = "file = open(path, 'r+b'); file.write(os.urandom(4096)); file.close()"


@pytest.mark.parametrize("code", [NOISE, LETTER, HEADER, "os.truncate(path, size // 2)"])
def test_what_is_read_is_the_disk_and_the_lock_stays(
    db: Database, store: Store, filled: ReportId, templates: Templates, code: str
) -> None:
    key = FactKey("narrative", "overview", "text")
    store.apply(edit_from(filled, "x", store.facts(filled), [(key, "six" * 9000)]))
    assert checking(db, templates)().matters == ()
    scribble(db.path, code)
    assert store.facts(filled)[key] == "six" * 9000 or code == HEADER  # sqlite remembers what it has read
    assert checking(db, templates)().matters
    other = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('SELECT * FROM units')"
    asked = [sys.executable, "-c", other, str(db.path)]
    assert "locked" in subprocess.run(asked, capture_output=True, text=True, check=False).stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file")
def test_a_file_that_was_taken_away_is_told(db: Database, filled: ReportId, templates: Templates) -> None:
    db.path.unlink()
    found = checking(db, templates)()
    assert "不见了" in found.matters[0].said and found.in_words() == "发现1个问题，没有读到报告。"
    db.path.write_bytes(b"another")
    assert "不见了" in checking(db, templates)().matters[0].said
