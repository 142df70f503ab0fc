"""The bundle for whoever mends the program holds just the parts it was given."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.exchange.support_file import Part, log_parts, text_part, write_support


def test_parts_stand_in_the_bundle_as_they_were_shown(tmp_path: Path) -> None:
    parts = [text_part("versions.txt", "版本", "程序 1"), Part("ziping.db", "数据", b"SQLite\0\1")]
    assert [part.text for part in parts] == ["程序 1", ""]
    write_support(tmp_path / "支持信息.zip", parts)
    with zipfile.ZipFile(tmp_path / "支持信息.zip") as bundle:
        assert bundle.namelist() == ["versions.txt", "ziping.db"]
        assert bundle.read("versions.txt").decode("utf-8-sig") == "程序 1"
        assert bundle.read("ziping.db") == b"SQLite\0\1"


def test_empty_and_missing_logs_are_left_out(tmp_path: Path) -> None:
    logs = [tmp_path / name for name in ("ziping.log", "ziping-fault.log", "ziping.log.1")]
    logs[0].write_text("critical")
    logs[1].touch()
    assert [(part.name, part.text) for part in log_parts(logs)] == [("ziping.log", "critical")]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_support(tmp_path / "nowhere" / "a.zip", [])
