"""The mark tells the next start that this run broke off, and never stands in its way."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.system.run_mark import NAME, RunMark


def test_a_run_that_ended_leaves_no_mark(tmp_path: Path) -> None:
    mark = RunMark(tmp_path)
    assert not mark.begin()
    assert (tmp_path / NAME).exists()
    mark.end()
    mark.end()
    assert not RunMark(tmp_path).begin()


def test_a_run_that_broke_off_is_heard_of_once_a_start(tmp_path: Path) -> None:
    RunMark(tmp_path).begin()
    second = RunMark(tmp_path)
    assert second.begin()
    second.end()
    assert not RunMark(tmp_path).begin()


def test_a_folder_that_is_gone_is_no_error(tmp_path: Path) -> None:
    mark = RunMark(tmp_path / "gone")
    assert not mark.begin()
    mark.end()


def test_where_nothing_may_be_deleted_the_mark_is_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refused)
    for _ in range(2):
        mark = RunMark(tmp_path)
        assert not mark.begin()
        assert (tmp_path / NAME).stat().st_size > 0
        mark.end()
    RunMark(tmp_path).begin()
    assert RunMark(tmp_path).begin()
