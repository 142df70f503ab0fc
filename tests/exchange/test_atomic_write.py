"""Saving never loses the old file, and says what kept it from being saved."""

import errno
import os
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.exchange.atomic_write import write_atomically
from tests.places import FILES

DATA = FILES


def old_file(folder: Path) -> Path:
    path = folder / "报告.pdf"
    path.write_bytes(b"old")
    return path


def write_failure(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        write_atomically(path, b"new")
    assert caught.value.hint
    return caught.value.sentence


def only_the_old_file(path: Path) -> bool:
    return list(path.parent.iterdir()) == [path] and path.read_bytes() == b"old"


def test_writing_replaces_the_old_file(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_while_writing_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def fail(_: int) -> None:
        raise OSError(code, "disk")

    monkeypatch.setattr(os, "fsync", fail)
    sentence = write_failure(old_file(tmp_path))
    assert ("磁盘空间不足" in sentence) is (code == errno.ENOSPC)
    assert only_the_old_file(tmp_path / "报告.pdf")


def test_disk_full_when_the_buffer_is_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    path = old_file(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda path, mode: open(full, mode.replace("x", "w")))  # noqa: SIM115
        assert "磁盘空间不足" in write_failure(path)
    assert only_the_old_file(path)


def test_target_open_in_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(errno.EACCES, "sharing violation")

    path = old_file(tmp_path)
    monkeypatch.setattr(os, "replace", locked)
    assert "其他程序" in write_failure(path)
    assert only_the_old_file(path)


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (PermissionError(errno.EACCES, "denied"), "不允许写入"),
        (OSError(errno.EROFS, "read-only"), "不允许写入"),
        (OSError(errno.ENOSPC, "full"), "磁盘空间不足"),
        (OSError(errno.ENAMETOOLONG, "name"), "不合要求"),
    ],
)
def test_folder_that_takes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, word: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    path = old_file(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", fail)
        assert word in write_failure(path)
    assert only_the_old_file(path)


def test_missing_folder_and_folder_as_target(tmp_path: Path) -> None:
    assert "不存在" in write_failure(tmp_path / "没有" / "报告.pdf")
    assert "文件夹" in write_failure(tmp_path)
