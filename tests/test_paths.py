"""Where the data goes, in the order of who may say so."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.paths import APP_NAME, PORTABLE_MARK, locate, program_dir, resources_dir, sync_folder


def test_argument_wins_over_everything(tmp_path: Path) -> None:
    (tmp_path / PORTABLE_MARK).touch()
    wanted = tmp_path / "我的数据" / "2024"
    paths = locate(str(wanted), program=tmp_path, environ={})
    assert paths.data_dir == wanted and wanted.is_dir()
    assert {paths.database.parent, paths.log.parent, paths.backups.parent} == {wanted}


def test_portable_program_keeps_its_data_beside_it(tmp_path: Path) -> None:
    (tmp_path / PORTABLE_MARK).touch()
    assert locate(program=tmp_path, environ={"LOCALAPPDATA": "x"}, windows=True).data_dir == tmp_path / "data"


def test_data_folder_can_be_asked_for_without_being_made(tmp_path: Path) -> None:
    wanted = tmp_path / "none" / "data"
    assert locate(wanted, make=False).data_dir == wanted and not wanted.parent.exists()


def test_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = locate(program=tmp_path, environ={"LOCALAPPDATA": str(tmp_path)}, windows=True)
    assert found.data_dir == tmp_path / APP_NAME
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    found = locate(program=tmp_path, environ={}, windows=True)
    assert found.data_dir == tmp_path / "AppData" / "Local" / APP_NAME


def test_linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    given = {"XDG_DATA_HOME": str(tmp_path / "xdg")}
    assert locate(program=tmp_path, environ=given, windows=False).data_dir == tmp_path / "xdg" / "ziping"
    usual = tmp_path / "home" / ".local" / "share" / "ziping"
    for environ in ({}, {"XDG_DATA_HOME": ""}, {"XDG_DATA_HOME": "relative"}):
        assert locate(program=tmp_path, environ=environ, windows=False).data_dir == usual


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    for wanted in (blocked, blocked / "below"):
        with pytest.raises(UserError, match="无法建立数据文件夹") as caught:
            locate(wanted)
        assert "--data-dir" in caught.value.hint


def test_frozen_program_looks_beside_its_exe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "ziping.exe"))
    assert program_dir() == tmp_path


def test_resources_lie_beside_the_package() -> None:
    assert resources_dir() == Path(__file__).resolve().parents[1] / "resources"
    assert program_dir() == resources_dir().parent


@pytest.mark.skipif(os.name == "nt", reason="folders are not opened there")
def test_folder_that_cannot_be_synced_is_no_failure_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    sync_folder(tmp_path)
    assert len(synced) == 1

    def fail(code: int) -> None:
        def refuse(file: int) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(os, "fsync", refuse)

    fail(errno.EINVAL)
    sync_folder(tmp_path)
    fail(errno.EIO)
    with pytest.raises(OSError, match="error"):
        sync_folder(tmp_path)
