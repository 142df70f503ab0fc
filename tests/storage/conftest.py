"""A real data file with one report in it, and a clock that moves only when told."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.keys import ReportId
from desktop.storage.catalog import Catalog
from desktop.storage.db import Database, open_database
from desktop.storage.store import Store


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "数据.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    yield opened
    opened.close()


@pytest.fixture
def catalog(db: Database) -> Catalog:
    return Catalog(db)


@pytest.fixture
def report(catalog: Catalog) -> ReportId:
    unit = catalog.add_unit("甲县示例局")
    return catalog.add_report(ReportId(unit.id, 2024), "hunan-2023").id


@pytest.fixture
def store(db: Database, report: ReportId, clock: Clock) -> Store:
    return Store(db, clock)


@pytest.fixture
def read_only() -> Iterator[Callable[..., AbstractContextManager[Path]]]:
    """`with read_only(file, mode) as path`: a copy of the file (or none) in a folder nobody may write to."""
    if os.name == "nt":
        pytest.skip("folder permissions work differently on Windows")
    folder = Path(tempfile.mkdtemp())

    @contextmanager
    def enter(file: Path | None, mode: int = 0o444) -> Iterator[Path]:
        copy = folder / "copy.db"
        if file is not None:
            shutil.copy(file, copy)
            copy.chmod(mode)
        folder.chmod(0o555)
        administrator = os.geteuid() == 0
        if administrator:  # to whom permissions do not apply
            os.seteuid(65534)
        try:
            yield copy
        finally:
            if administrator:
                os.seteuid(0)

    yield enter
    folder.chmod(0o755)
    shutil.rmtree(folder)
