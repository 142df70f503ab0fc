"""A task file from anywhere: what is not exactly what was made is turned away with one sentence."""

from __future__ import annotations

import hashlib
import io
import json
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.exchange.file_kind import FileKind, sniff
from desktop.exchange.task_file import reader
from desktop.exchange.task_file.format import FORMAT, MANIFEST, MOST_BYTES
from desktop.exchange.task_file.reader import open_task, read_task
from desktop.exchange.task_file.writer import task_file
from tests.county_task import TASK, TEXTS

FILE = task_file(TASK, TEXTS)


def zipped(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def made(more: dict[str, bytes] | None = None, without: str = "", **manifest: Any) -> bytes:
    """A task file with true sums over whatever it is given."""
    parts = {name: text.encode() for name, text in TEXTS.items()} | (more or {})
    parts.pop(without, None)
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()}
    said = {"format": FORMAT, "version": 1, **TASK._asdict(), "files": sums} | manifest
    return zipped({MANIFEST: json.dumps(said).encode(), **parts})


def refused(data: bytes) -> UserError:
    begun = time.perf_counter()
    with pytest.raises(UserError) as caught:
        read_task(data, "甲.zpt")
    assert "甲.zpt" in caught.value.sentence and caught.value.hint
    assert time.perf_counter() - begun < 5
    return caught.value


def test_a_task_is_read_as_it_was_made(tmp_path: Path) -> None:
    path = tmp_path / "清河县.zpt"
    path.write_bytes(FILE.data)
    found = open_task(path)
    assert (found.task, found.texts) == (TASK, TEXTS) and found.contents["forms.toml"]["year"] == 2024
    assert sniff(path) is FileKind.TASK


def many(count: int) -> bytes:
    """As many entries as fit: a zip's list of contents without contents."""
    return zipped({f"tables/t{number}.toml": b"" for number in range(count)}, zipfile.ZIP_STORED)


def lying() -> bytes:
    """A part that says of itself that it is short."""
    data = zipped({MANIFEST: b"{}", "forms.toml": b" " * 3_000_000})
    return data.replace((3_000_000).to_bytes(4, "little"), (30).to_bytes(4, "little"))


ALTERED = {
    "nothing": b"",
    "no zip": b"PK\x03\x04" + bytes(100),
    "cut off": FILE.data[:-40],
    "an empty zip": zipped({}),
    "a part put in": made({"run.py": b"import os"}),
    "a name that leads out": made({"../forms.toml": b"x"}),
    "a name that leads far out": made({"/etc/passwd": b"x"}),
    "a name of Windows": made({"C:\\x.toml": b"x"}),
    "a folder of tables": made({"tables/../forms.toml": b"x"}),
    "a folder within": made({"tables/a/b.toml": b"x"}),
    "a very deep name": made({"tables/" + "a" * 60_000 + ".toml": b"x"}),
    "a sum that is another's": made(files={}),
    "sums that are none": made(files=[1]),
    "no object": zipped({MANIFEST: b"[]", "forms.toml": b""}),
    "deep JSON": zipped({MANIFEST: b"[" * 90_000, "forms.toml": b""}),
    "a manifest of a megabyte": zipped({MANIFEST: b" " * 700_000 + b"{}", "forms.toml": b""}),
    "no number": made(year=None),
    "a year far away": made(year=99999, id="甲-99999"),
    "a year that is none": made(year=True),
    "an issue of no number": made(issue="1"),
    "an issue of none": made(issue=0),
    "an issue of thousands": made(issue=5000),
    "a name of two lines": made(name="甲\n乙"),
    "a name without end": made(name="甲" * 200),
    "an issuer of half a character": made(issuer="\ud800"),
    "a day that is none": made(deadline="2025-02-30"),
    "a deadline of words": made(deadline="三月底"),
    "a note with hidden signs": made(note="a\x07b"),
    "a note without end": made(note="长" * 6000),
    "an id that leads out": made(id="../x-2024"),
    "a list for a word": made(issuer=["甲"]),
    "not UTF-8": made({"checks.toml": b"\xff"}),
}


@pytest.mark.parametrize("case", ALTERED)
def test_an_altered_file_is_refused(case: str) -> None:
    assert "不完整或被改动过" in refused(ALTERED[case]).sentence


@pytest.mark.parametrize(
    "data",
    [
        bytes(MOST_BYTES + 1),
        zipped({MANIFEST: b"{}", "forms.toml": b" " * 100_000_000}),
        made({f"tables/t{n}.toml": b"#" * 150_000 for n in range(20)}),
    ],
    ids=["large", "a bomb", "large in sum"],
)
def test_what_is_too_large_is_refused(data: bytes) -> None:
    assert "太大" in refused(data).sentence


def test_a_bomb_that_lies_and_a_list_without_end_are_refused() -> None:
    refused(lying())
    assert "不完整" in refused(many(15_000)).sentence


def test_what_is_no_task_or_of_a_newer_program_is_told() -> None:
    assert "不是本程序的任务包" in refused(made(format="别的")).sentence
    assert "不是本程序的任务包" in refused(made(version="1")).sentence
    assert "更新的程序" in refused(made(version=2)).sentence


def test_bad_toml_is_told_with_its_file_and_line() -> None:
    said = refused(made({"tables/rents.toml": b"a = 1\nb = \n"})).sentence
    assert "tables/rents.toml 读不出：第2行的写法不对" in said


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到"):
        open_task(tmp_path / "a.zpt")
    with pytest.raises(UserError, match="读不出"):
        open_task(tmp_path)


@given(st.binary(max_size=60), st.integers(0, len(FILE.data) - 1))
def test_any_change_is_read_as_it_was_or_refused(patch: bytes, at: int) -> None:
    data = FILE.data[:at] + patch + FILE.data[at + len(patch) :]
    with suppress(UserError):  # and nothing else
        assert read_task(data, "甲.zpt").texts == TEXTS


def test_limits_hold_for_what_is_really_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_PARTS", 2)
    assert "不完整" in refused(FILE.data).sentence
