"""Backups and what was salvaged side by side: which is better, and what it is to take one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.edits import edit_from
from desktop.domain.keys import FactKey, ReportId
from desktop.errors import UserError
from desktop.storage.backups.backup import BY_HAND, Backups
from desktop.storage.catalog import Catalog
from desktop.storage.db import DamagedFile, Database, open_database
from desktop.storage.recovery import rescue
from desktop.storage.recovery.rescue import Condition, Rescue, check_snapshot, look, moment_in_words, snapshot
from desktop.storage.store import Store

PAGE = 4096
KEY = FactKey("narrative", "a", "text")


@pytest.fixture
def folder(path: Path) -> Path:
    return path.parent / "backups"


@pytest.fixture
def saved(db: Database, store: Store, report: ReportId, folder: Path, clock: Callable[[], datetime]) -> bytes:
    """A backup, and one edit after it."""
    cells = [(FactKey("goals", f"row{n}", "text"), f"目标{n}") for n in range(150)]
    store.apply(edit_from(report, "导入", store.facts(report), cells))
    Backups(db, folder, clock).make(BY_HAND)
    clock.pass_seconds(600)  # type: ignore[attr-defined]
    store.apply(edit_from(report, "填写", store.facts(report), [(KEY, "备份以后写的")]))
    db.close()
    return db.path.read_bytes()


def facts_of(path: Path) -> dict[FactKey, str]:
    db = open_database(path)
    try:
        return Store(db).facts(Catalog(db).reports()[0].id)
    finally:
        db.close()


def beheaded(path: Path, folder: Path, saved: bytes) -> Rescue:
    path.write_bytes(bytes(PAGE) + saved[PAGE:])
    return look(path, folder)


def test_whole_and_later_is_recommended(saved: bytes, path: Path, folder: Path) -> None:
    found = beheaded(path, folder, saved)
    assert found.salvaged.whole and found.salvage_is_better and not found.partly
    (offer,) = found.backups
    assert found.by_salvage.facts == offer.holding.facts + 1
    assert "1 个单位、1 份报告、151 项内容；最后一次修改：" in offer.holding.in_words()


def test_less_than_the_backup_is_not_recommended(saved: bytes, path: Path, folder: Path) -> None:
    found = beheaded(path, folder, saved)
    cells = dict.fromkeys(found.by_salvage.cells, 100)
    partly = found._replace(
        by_salvage=found.by_salvage._replace(cells=cells),
        salvaged=found.salvaged._replace(
            reports=tuple(report._replace(whole=False) for report in found.salvaged.reports)
        ),
    )
    assert not partly.salvage_is_better
    assert partly._replace(backups=()).salvage_is_better
    earlier = found.backups[0].holding.last_edit
    assert earlier is not None
    before = found.by_salvage._replace(last_edit=earlier - timedelta(minutes=1))
    assert not found._replace(by_salvage=before).salvage_is_better


def test_what_was_salvaged_takes_the_place(saved: bytes, path: Path, folder: Path) -> None:
    found = beheaded(path, folder, saved)
    with pytest.raises(DamagedFile):
        open_database(path)
    said = rescue.use_salvaged(found, "hunan-2023")
    (aside,) = path.parent.glob("ziping-damaged-*.db")
    assert aside.name in said and "找回 1 个单位" in said
    assert aside.read_bytes() == bytes(PAGE) + saved[PAGE:]
    assert facts_of(path)[KEY] == "备份以后写的"
    assert {entry.name for entry in path.parent.iterdir()} == {path.name, aside.name, "backups"}


def test_a_backup_takes_the_place(saved: bytes, path: Path, folder: Path) -> None:
    path.write_bytes(b"\xff" * len(saved))
    found = look(path, folder)
    assert not found.salvaged.reports and not found.salvage_is_better
    said = rescue.use_backup(found, found.backups[0])
    assert said.startswith("已用") and "另存为“ziping-damaged-" in said
    assert KEY not in facts_of(path) and len(facts_of(path)) == 151


def test_a_damaged_backup_is_not_offered(saved: bytes, path: Path, folder: Path) -> None:
    (backup,) = folder.iterdir()
    backup.write_bytes(saved[: 2 * PAGE] + bytes(len(saved) - 2 * PAGE))
    assert look(path, folder).backups == ()
    assert look(path, path.parent / "none").backups == ()


def test_where_it_cannot_be_done_nothing_is_changed(
    saved: bytes, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = beheaded(path, folder, saved)
    damaged = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.storage.backups.restore.copy_file", full)
    for deed in (
        lambda: rescue.use_backup(found, found.backups[0]),
        lambda: rescue.use_salvaged(found, "hunan-2023"),
    ):
        with pytest.raises(UserError, match="磁盘已满，还没有恢复。损坏的文件和备份都没有改动"):
            deed()
    assert path.read_bytes() == damaged
    assert {entry.name for entry in path.parent.iterdir()} == {path.name, "backups"}


def test_how_it_stands_after_a_crash(db: Database, store: Store, report: ReportId) -> None:
    store.apply(edit_from(report, "填写", store.facts(report), [(KEY, "一二三")]))
    found = check_snapshot(snapshot(db))
    assert found == Condition("", 1, 2, found.last_edit)
    assert found.in_words().startswith("数据已核对：1 份报告、2 项内容完好，最后一次修改：")
    db.conn.execute("UPDATE facts SET value = '一二四' WHERE tbl = 'narrative'")
    assert "甲县示例局”2024年度报告的内容与保存时不一致" in check_snapshot(snapshot(db)).fault


def test_moments_are_told_shortly() -> None:
    now = datetime.now()
    assert moment_in_words(now.replace(month=11, day=21, hour=9, minute=5)) == "11月21日 09:05"
    assert moment_in_words(datetime(2019, 3, 1, 9, 30)) == "2019年3月1日 09:30"
