"""The bundle for whoever mends the program holds just the parts it was given."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from desktop.exchange.support_file import Part, log_parts, support_bytes, text_part


def test_parts_stand_in_the_bundle_as_they_were_shown() -> None:
    parts = [text_part("versions.txt", "版本", "程序 1"), Part("ziping.db", "数据", b"SQLite\0\1")]
    assert [part.text for part in parts] == ["程序 1", ""]
    with zipfile.ZipFile(io.BytesIO(support_bytes(parts))) as bundle:
        assert bundle.namelist() == ["versions.txt", "ziping.db"]
        assert bundle.read("versions.txt").decode("utf-8-sig") == "程序 1"
        assert bundle.read("ziping.db") == b"SQLite\0\1"


def test_empty_and_missing_logs_are_left_out(tmp_path: Path) -> None:
    logs = [tmp_path / name for name in ("ziping.log", "ziping-fault.log", "ziping.log.1")]
    logs[0].write_text("critical")
    logs[1].touch()
    assert [(part.name, part.text) for part in log_parts(logs)] == [("ziping.log", "critical")]
