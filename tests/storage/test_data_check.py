"""Looking through the data finds what was changed behind the program's back, and says what is sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import paths
from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.domain.template import Templates
from desktop.storage.catalog import Catalog
from desktop.storage.data_check import check_data, register_anew
from desktop.storage.db import Database, open_database
from desktop.storage.store import DamagedReport, Store
from desktop.storage.templates import load_templates

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
    found = check_data(db, templates)
    assert found.matters == ()
    assert found.in_words() == "1份报告，2项内容，2条修改记录：没有发现问题。"


def test_a_changed_cell_is_found_and_may_be_taken_for_what_it_is(
    db: Database, store: Store, filled: ReportId, templates: Templates
) -> None:
    db.conn.execute("UPDATE facts SET value = '9' WHERE value = '2'")
    (matter,) = check_data(db, templates).matters
    assert matter.damaged and matter.flaw is None and "甲县示例局 2024年度" in matter.where
    with pytest.raises(DamagedReport):
        store.facts(filled)
    register_anew(db, matter.damaged)
    assert store.facts(filled)[CELL] == "9"
    assert check_data(db, templates).matters == ()


def test_a_report_in_the_bin_is_looked_at_too(
    db: Database, catalog: Catalog, filled: ReportId, templates: Templates
) -> None:
    catalog.delete_report(filled)
    db.conn.execute("UPDATE facts SET value = '9' WHERE value = '2'")
    (matter,) = check_data(db, templates).matters
    assert matter.where.endswith("（已删除）") and matter.report is None


def test_changed_steps_are_counted(db: Database, filled: ReportId, templates: Templates) -> None:
    db.conn.execute("UPDATE journal SET label = 'x'")
    (matter,) = check_data(db, templates).matters
    assert matter.said.startswith("2条修改记录")


def test_cells_without_a_report_are_found(db: Database, filled: ReportId, templates: Templates) -> None:
    db.conn.execute("PRAGMA foreign_keys=OFF")
    db.conn.execute("INSERT INTO facts VALUES (99, 'a', 'b', 'c', 'd')")
    (matter,) = check_data(db, templates).matters
    assert matter.where == "数据文件" and matter.said.startswith("1条记录")


def test_flaws_of_cells_come_with_what_mends_them(
    db: Database, store: Store, filled: ReportId, templates: Templates
) -> None:
    store.apply(edit_from(filled, "x", store.facts(filled), [(CELL, "1,000")]))
    (matter,) = check_data(db, templates).matters
    assert matter.flaw is not None and matter.report == filled
    assert matter.flaw.wanted == ((CELL, "1000"),)


def test_a_system_nobody_knows_is_told(
    db: Database, catalog: Catalog, filled: ReportId, templates: Templates
) -> None:
    catalog.set_system(filled, "moon-1969")
    assert "计分表" in check_data(db, templates).matters[0].said


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
    torn.conn.deserialize(bytes(data))
    found = check_data(torn, templates)
    assert any(matter.where == "数据文件" for matter in found.matters)
    torn.close()
