"""Whatever byte a bad disk changes: what is shown is what was saved, or a sentence says it is damaged."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop.domain.edits import Change, edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.storage.catalog import Catalog
from desktop.storage.db import Database, open_database
from desktop.storage.settings import Settings
from desktop.storage.store import JournalEntry, Store

ROUNDS = 60

Facts = dict[FactKey, str]
History = dict[JournalEntry, tuple[Change, ...]]


@pytest.fixture
def saved(db: Database, catalog: Catalog, store: Store, report: ReportId) -> bytes:
    """Two reports with steps, one of them undone, and one in the bin."""
    other = catalog.add_report(ReportId(catalog.add_unit("乙局").id, 2023), "form-2023").id
    gone = catalog.add_report(ReportId(report.unit, 2020), "form-2023").id
    for target in (report, other, gone):
        for n in range(12):
            cells = [
                (FactKey("narrative", f"section{n}", "text"), f"第{n}项工作已完成，支出{n * 37}.50万元。")
            ]
            store.apply(edit_from(target, f"填写{n}", store.facts(target), cells))
        store.undo(target)
    catalog.delete_report(gone)
    Settings(db).set("export_folder", "D:\\导出")
    db.close()
    return db.path.read_bytes()


def contents(path: Path) -> dict[ReportId, tuple[Facts, History]]:
    """All that can still be read, after trying everything else there is to try."""
    found = {}
    db = open_database(path)
    try:
        catalog, store = Catalog(db), Store(db)
        for report in catalog.reports():
            try:
                facts = store.facts(report.id)
                history = {e: store.changes_of(e) for e in store.journal(report.id) if e.intact}
                found[report.id] = facts, history
                store.redo(report.id)
                store.undo(report.id)
            except UserError:
                continue
        catalog.deleted_reports()
        Settings(db).text("export_folder")
    finally:
        db.close()
    return found


def test_one_changed_byte_is_never_shown(saved: bytes, tmp_path: Path) -> None:
    path, chance = tmp_path / "damaged.db", random.Random(1)
    path.write_bytes(saved)
    whole = contents(path)
    places = [n for n, byte in enumerate(saved) if byte]
    told = 0
    for place in chance.sample(places, ROUNDS):
        path.write_bytes(
            saved[:place] + bytes([saved[place] ^ 1 << chance.randrange(8)]) + saved[place + 1 :]
        )
        try:
            found = contents(path)
        except UserError:
            told += 1
            continue
        told += found != whole
        for report, (facts, history) in found.items():
            assert facts == whole[report][0], place
            assert history.items() <= whole[report][1].items(), place
    assert told > ROUNDS / 2


def test_definition_with_a_changed_letter(saved: bytes, path: Path) -> None:
    """sqlite would take the year for a number of its own."""
    assert saved.count(b"id INTEGER PRIMARY KEY, unit_id") == 1
    path.write_bytes(saved.replace(b"id INTEGER PRIMARY KEY, unit_id", b"id INTEGES PRIMARY KEY, unit_id"))
    with pytest.raises(UserError, match="已损坏"):
        open_database(path)


def test_year_changed_in_a_table_or_its_index(saved: bytes, path: Path) -> None:
    year, wrong = (2024).to_bytes(2), (2016).to_bytes(2)
    places = [n for n in range(len(saved)) if saved[n : n + 2] == year]
    assert len(places) >= 2
    for place in places:
        path.write_bytes(saved[:place] + wrong + saved[place + 2 :])
        try:
            found = contents(path)
        except UserError:
            continue
        assert {report.year for report in found} <= {2023, 2024}


@pytest.mark.parametrize("value", [0, 5, 0xFF])
def test_every_byte_of_the_header(saved: bytes, path: Path, value: int) -> None:
    """Some are sizes and formats that sqlite refuses in words of its own; some nobody reads."""
    whole = contents(path)
    for place in range(100):
        path.write_bytes(saved[:place] + bytes([value]) + saved[place + 1 :])
        try:
            found = contents(path)
        except UserError:
            continue
        assert all(facts == whole[report][0] for report, (facts, _) in found.items()), place
