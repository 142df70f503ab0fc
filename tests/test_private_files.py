"""Nothing that the program makes of its own accord can be read by another account; what is exported can."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import paths, private_files
from desktop.storage.backups.backup import BY_HAND
from desktop.storage.recovery.rescue import look, save_snapshot, use_salvaged
from desktop.system import crash
from desktop.system.run_mark import RunMark
from desktop.workplace import Workplace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a user's folders are closed there by themselves")


@pytest.fixture(autouse=True)
def everybody_may_read() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [path.name for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]


@pytest.mark.logs_warnings
def test_data_backups_logs_and_rescued_files_are_the_users_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = paths.locate(tmp_path / "new" / "data")
    stick, elsewhere = tmp_path / "stick", tmp_path / "elsewhere"
    stick.mkdir()
    elsewhere.mkdir()
    monkeypatch.setattr(crash, "LOG_BYTES", 100)
    hook = crash.install(where.log)
    for _ in range(3):
        logging.getLogger("some.library").warning("x" * 80)
    hook.remove()
    assert where.log.with_name("ziping.log.1").exists()
    place = Workplace.open(where, paths.resources_dir())
    place.settings.set("second_backup_folder", str(stick))
    place.add_samples()
    backup = place.backups.make(BY_HAND)
    assert backup is not None
    place.care.restore(backup.path)
    save_snapshot(place.snapshot(), elsewhere)
    RunMark(where.data_dir).begin()
    place.close()
    use_salvaged(look(where.database, where.backups), "form-2021")
    assert open_to_others(where.data_dir) == []
    assert sum(path.is_file() for path in where.data_dir.rglob("*")) >= 7
    assert open_to_others(stick) == ["stick"] and open_to_others(elsewhere) == ["elsewhere"]


def test_while_it_is_written_a_data_file_lets_nobody_read_either(tmp_path: Path) -> None:
    where = paths.locate(tmp_path / "data")
    place = Workplace.open(where, paths.resources_dir())
    with place._db.atomic():
        place.add_samples()
        assert where.database.with_name("ziping.db-journal").exists()
        assert open_to_others(where.data_dir) == []
    place.close()


def test_what_is_exported_keeps_the_users_own_umask(tmp_path: Path) -> None:
    place = Workplace.open(paths.locate(tmp_path / "data"), paths.resources_dir())
    target = tmp_path / "附件.xlsx"
    place.export_task(place.add_samples(), "xlsx").run(target)
    place.close()
    assert target.stat().st_mode & 0o777 == 0o644


def test_a_folder_of_the_users_own_choice_stays_as_it_is(tmp_path: Path) -> None:
    paths.locate(tmp_path)
    before = tmp_path.stat().st_mode
    assert paths.locate(tmp_path).data_dir.stat().st_mode == before


def test_the_systems_own_folder_is_closed_to_others_though_made_by_an_earlier_version(tmp_path: Path) -> None:
    folder = tmp_path / "ziping"
    folder.mkdir()
    environ = {"XDG_DATA_HOME": str(tmp_path)}
    assert paths.locate(environ=environ, program=tmp_path / "none", windows=False).data_dir == folder
    assert open_to_others(folder) == []
    private_files.close_folder(tmp_path / "none")
