"""Whatever is left in a damaged file is found again, whatever its bytes; and the file itself is never touched."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.storage.backups.verify import check_copy
from desktop.storage.catalog import Catalog
from desktop.storage.db import Database, open_database
from desktop.storage.recovery.row_scan import PAGE as USUAL_SIZE
from desktop.storage.recovery.salvage import Salvaged, salvage, write_salvaged
from desktop.storage.store import Store

ROUNDS = 40
LONG = "第三部分 部门整体支出绩效情况。" * 400

Contents = dict[ReportId, dict[FactKey, str]]


@pytest.fixture
def saved(db: Database, catalog: Catalog, store: Store, report: ReportId) -> bytes:
    """Three reports of two units, one in the bin; cells that came with the report, and typed ones; long texts."""
    first = {FactKey("budget", f"row{n}", "amount"): f"{n * 37}.50" for n in range(200)}
    other = catalog.add_report(ReportId(catalog.add_unit("乙局").id, 2023), "form-2023", first).id
    gone = catalog.add_report(ReportId(report.unit, 2020), "form-2023", first).id
    for target in (report, other, gone):
        cells = [(FactKey("goals", f"row{n}", "text"), f"第{n}项目标已完成{n * 3}%") for n in range(120)]
        store.apply(edit_from(target, "导入", store.facts(target), cells))
        store.apply(
            edit_from(target, "填写", store.facts(target), [(FactKey("narrative", "a", "text"), LONG)])
        )
        store.apply(
            edit_from(target, "清除", store.facts(target), [(FactKey("goals", "row7", "text"), None)])
        )
        store.apply(
            edit_from(target, "改", store.facts(target), [(FactKey("goals", "row8", "text"), "改过")])
        )
        store.undo(target)
    catalog.delete_report(gone)
    db.close()
    return db.path.read_bytes()


def contents(path: Path) -> Contents:
    db = open_database(path)
    try:
        return {report.id: Store(db).facts(report.id) for report in Catalog(db).reports()}
    finally:
        db.close()


def found_in(salvaged: Salvaged) -> Contents:
    return {ReportId(r.head.unit, r.head.year): r.facts for r in salvaged.reports if r.head.deleted is None}


def pages_of(data: bytes) -> list[bytes]:
    return [data[n : n + USUAL_SIZE] for n in range(0, len(data), USUAL_SIZE)]


def test_a_sound_file_is_found_whole(saved: bytes, path: Path) -> None:
    found = salvage(path)
    assert found.whole and found.partial_in_words() == ""
    assert found_in(found) == contents(path)
    assert found.in_words().startswith("找回 2 个单位、3 份报告、")
    assert found.last_edit is not None


def test_without_the_first_page_all_is_found(saved: bytes, path: Path) -> None:
    """The header and all definitions are gone: sqlite cannot open it any more."""
    whole = contents(path)
    path.write_bytes(bytes(USUAL_SIZE) + saved[USUAL_SIZE:])
    found = salvage(path)
    assert found_in(found) == whole
    assert found.whole and len(found.units) == 2 and len(found.journal) == 15


def test_with_any_page_zeroed_the_rest_is_found_with_what_a_backup_has(saved: bytes, path: Path) -> None:
    """One from before the last steps, as an automatic one is; what is called whole is what was saved."""
    whole, pages = contents(path), pages_of(saved)
    earlier = {number: dict(facts) for number, facts in enumerate(whole.values(), 1)}
    for facts in earlier.values():
        facts.pop(FactKey("goals", "row8", "text"))
    found_whole = 0
    for number in range(len(pages)):
        path.write_bytes(b"".join(bytes(USUAL_SIZE) if n == number else p for n, p in enumerate(pages)))
        for report in salvage(path, [earlier]).reports:
            if report.whole and report.head.deleted is None:
                assert report.facts == whole[ReportId(report.head.unit, report.head.year)], number
                found_whole += 1
    assert found_whole > 0.8 * 2 * len(pages)


def test_what_only_the_journal_knows(saved: bytes, path: Path) -> None:
    """All cells are gone; those that were typed or imported are found again, those undone or cleared are not."""
    whole = contents(path)
    marks = (b"goals", b"budget")
    pages = [
        bytes(USUAL_SIZE) if p[0] in (2, 10) and any(mark in p for mark in marks) else p
        for p in pages_of(saved)
    ]
    path.write_bytes(b"".join(pages))
    found = salvage(path)
    assert "有内容读不出来" in found.in_words()
    partial = [report for report in found.reports if not report.whole]
    assert partial and found.partial_in_words().count("年度（") == len(partial)
    for report, facts in found_in(found).items():
        wanted = {key: value for key, value in whole[report].items() if key.table == "goals"}
        assert {key: value for key, value in facts.items() if key.table == "goals"} == wanted


def test_a_write_that_broke_off_is_taken_back(saved: bytes, path: Path) -> None:
    """With its journal beside it, but for sqlite unreadable; neither file is changed."""
    whole = contents(path)
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA cache_size=1")
    conn.execute("PRAGMA cache_spill=1")
    conn.execute("BEGIN")
    conn.execute("UPDATE facts SET value = value || '未完'")
    journal = path.with_name(path.name + "-journal")
    copy = path.with_name("copy.db")
    copy.write_bytes(path.read_bytes())
    beside = copy.with_name("copy.db-journal")
    beside.write_bytes(journal.read_bytes())
    conn.close()
    before = copy.read_bytes(), beside.read_bytes()
    assert before[0] != saved
    found = salvage(copy)
    assert found.whole and found_in(found) == whole
    assert (copy.read_bytes(), beside.read_bytes()) == before


def zeroed(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    length = chance.randrange(1, 3 * USUAL_SIZE)
    data[start : start + length] = bytes(len(data[start : start + length]))


def scattered(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 200)):
        data[chance.randrange(len(data))] = chance.randrange(256)


def cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def swapped(data: bytearray, chance: random.Random) -> None:
    last = len(data) // USUAL_SIZE
    a, b = (chance.randrange(last) * USUAL_SIZE for _ in "ab")
    data[a : a + USUAL_SIZE], data[b : b + USUAL_SIZE] = data[b : b + USUAL_SIZE], data[a : a + USUAL_SIZE]


def pointing_round(data: bytearray, chance: random.Random) -> None:
    """Numbers in the heads of pages, where children, cells and further pages are named."""
    for _ in range(20):
        start = chance.randrange(len(data) // USUAL_SIZE) * USUAL_SIZE
        data[start + chance.randrange(16)] = chance.randrange(256)


@pytest.mark.parametrize("damage", [zeroed, scattered, cut, swapped, pointing_round])
def test_no_damage_is_too_much(
    saved: bytes, path: Path, tmp_path: Path, damage: Callable[[bytearray, random.Random], None]
) -> None:
    """Never an error; what is called whole is what was saved; what is found can always be written and opened."""
    whole, chance, target = contents(path), random.Random(7), tmp_path / "new.db"
    for turn in range(ROUNDS // 5):
        data = bytearray(saved)
        damage(data, chance)
        path.write_bytes(data)
        found = salvage(path)
        assert path.read_bytes() == data
        for report in found.reports:
            if report.whole and report.head.deleted is None:
                assert report.facts == whole[ReportId(report.head.unit, report.head.year)], turn
        write_salvaged(found, target, "hunan-2023")
        check_copy(target)
        assert contents(target) == found_in(found)


@given(st.binary(max_size=3 * USUAL_SIZE), st.sampled_from([b"", b"SQLite format 3\0\x10\0"]))
def test_any_bytes_at_all(tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.db"
    path.write_bytes(head + data)
    assert isinstance(salvage(path).in_words(), str)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    assert salvage(tmp_path / "none.db").reports == ()
    assert salvage(tmp_path).in_words() == "没有找到可以读出的报告。"


def test_what_is_written_works_on(saved: bytes, path: Path, tmp_path: Path) -> None:
    """History and undo of a whole report go on; the bin and the settings are kept."""
    target = tmp_path / "new.db"
    write_salvaged(salvage(path), target, "hunan-2023")
    db = open_database(target)
    with closing(db):
        catalog, store = Catalog(db), Store(db)
        assert len(catalog.deleted_reports()) == 1
        report = catalog.reports()[0].id
        assert all(entry.intact for entry in store.journal(report))
        assert store.redo_label(report) == "改" and store.undo(report) is not None


def test_a_report_of_which_only_cells_are_left(saved: bytes, path: Path, tmp_path: Path) -> None:
    """Its row and its history are gone: unit by the name in it, and a year that is free."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        for table in ("journal", "reports", "units"):
            conn.execute(f"DELETE FROM {table}")
    found = salvage(path)
    assert found.facts > 600 and not found.whole
    target = tmp_path / "new.db"
    write_salvaged(found, target, "hunan-2023")
    assert sum(map(len, contents(target).values())) == found.facts


def test_a_backup_fills_the_gap_where_nothing_changed_since(saved: bytes, path: Path) -> None:
    """Only where the checksum proves it: a backup from before another edit leaves the report as it was found."""
    whole = contents(path)
    pages, filled = pages_of(saved), 0
    for number in (n for n, page in enumerate(pages) if page[0] == 10 and page.count(b"budget") > 50):
        path.write_bytes(b"".join(bytes(USUAL_SIZE) if n == number else p for n, p in enumerate(pages)))
        alone = salvage(path)
        for report in alone.reports:
            head = ReportId(report.head.unit, report.head.year)
            if report.whole or head not in whole:
                continue
            assert salvage(path, [{report.number: dict.fromkeys(whole[head], "旧")}]).reports == alone.reports
            found = salvage(path, [{report.number: whole[head]}])
            assert found_in(found)[head] == whole[head]
            assert next(r for r in found.reports if r.number == report.number).whole
            filled += 1
    assert filled
