"""A package from anywhere: what is not exactly what was exported is turned away with one sentence."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.keys import FactKey
from desktop.errors import UserError
from desktop.exchange import safe_zip
from desktop.exchange.file_kind import sniff
from desktop.exchange.package import reader
from desktop.exchange.package.reader import is_package, open_package, read_package
from desktop.exchange.package.writer import FORMAT, MANIFEST, REPORT
from desktop.exchange.read_text.any_file import read_text

ABOUT = {"unit": "甲局", "year": 2023, "system": "form-2023"}
FACTS = [["unit", "this", "name", "甲局"], ["narrative", "performance", "text", "第一行\n“二”\t三"]]
Report = dict[str, Any]


def made(
    report: Report | bytes | None = None, more: dict[str, bytes] | None = None, **manifest: Any
) -> bytes:
    """A package with true sums over whatever it is given."""
    content = (
        report
        if isinstance(report, bytes)
        else json.dumps(ABOUT | {"facts": FACTS} | (report or {})).encode()
    )
    parts = {REPORT: content, **(more or {})}
    sums = [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in parts.items()]
    said = {"format": FORMAT, "version": 1, "program": "0.3", "made": "2024-01-05", **ABOUT, "parts": sums}
    return zipped({MANIFEST: json.dumps(said | manifest).encode(), **parts})


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def changed(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    return zipped(parts)


def facts(*lines: object) -> bytes:
    return made({"facts": list(lines)})


def test_package_is_read() -> None:
    package = read_package(made(), "a.zpb")
    assert package.facts[FactKey("narrative", "performance", "text")] == "第一行\n“二”\t三"
    assert (package.unit, package.year, package.program) == ("甲局", 2023, "0.3")


def refused(data: bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        read_package(data, "甲.zpb")
    assert "甲.zpb" in caught.value.sentence and caught.value.hint
    return caught.value


TOO_MANY = {f"{number}.pdf": b"x" for number in range(40)}
BAD = {
    "a part changed": changed(made(), lambda parts: parts.update({REPORT: parts[REPORT] + b" "})),
    "a part taken out": changed(made(more={"a.pdf": b"x"}), lambda parts: parts.pop("a.pdf")),
    "a part put in": changed(made(), lambda parts: parts.update({"a.exe": b"MZ"})),
    "sums that are none": made(parts=[1, "x"]),
    "no sums": made(parts=None),
    "a name that leads out": made(more={"../a.pdf": b"x"}),
    "a name that leads down": made(more={"a/b.pdf": b"x"}),
    "a name of Windows": made(more={"C:a.pdf": b"x"}),
    "a name of dots": made(more={"..": b"x"}),
    "very many parts": made(more=TOO_MANY),
    "no JSON": made(b"not json"),
    "deep JSON": made(b"[" * 100_000),
    "a long number": made(b'{"unit": ' + b"9" * 10_000 + b"}"),
    "no object": made(b"[]"),
    "no number": made(b'{"unit": NaN}'),
    "a name twice": made(b'{"facts": [], "facts": []}'),
    "not UTF-8": made(b'{"unit": "\xff"}'),
    "another unit in the report": made({"unit": "乙局"}),
    "another year in the report": made({"year": 2022}),
    "a year that is none": made({"year": True}, year=True),
    "a year far away": made({"year": 99999}, year=99999),
    "a unit without a name": made({"unit": ""}, unit=""),
    "a unit of two lines": made({"unit": "甲\n局"}, unit="甲\n局"),
    "a unit of half a character": made({"unit": "\ud800"}, unit="\ud800"),
    "facts that are none": made({"facts": {}}),
    "a fact of three": facts(["a", "b", "c"]),
    "a fact of numbers": facts(["a", "b", "c", 1]),
    "an empty fact": facts(["unit", "this", "name", ""]),
    "a fact twice": facts(["a", "b", "c", "1"], ["a", "b", "c", "2"]),
    "a fact without an address": facts(["", "b", "c", "1"]),
    "a fact with a hidden address": facts(["a\0", "b", "c", "1"]),
    "forms of no name": made(forms={"id": "a", "sum": "b"}),
    "forms that are a list": made(forms=["a"]),
    "forms of two lines": made(forms={"id": "a", "name": "甲\n乙", "sum": "b"}),
    "half a character": facts(["unit", "this", "name", "\udfff"]),
}


@pytest.mark.parametrize("case", sorted(BAD))
def test_altered_package_is_refused(case: str) -> None:
    assert "不完整或被改动过" in refused(BAD[case]).sentence


def test_checksums_can_be_skipped() -> None:
    assert read_package(BAD["a part changed"], "a", verify=False).unit == "甲局"


def test_other_zip_and_newer_package_are_refused_with_a_reason() -> None:
    assert "不是本程序的报告包" in refused(made(format="别的")).sentence
    assert "不是本程序的报告包" in refused(made(version="1")).sentence
    newer = refused(made(version=2, program="9.1"))
    assert "更新的程序（9.1版）" in newer.sentence and "升级" in newer.hint


def test_oversized_package_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "内容太多" in refused(facts(["a", "b", "c", "长" * (reader.LONGEST_TEXT + 1)])).sentence
    monkeypatch.setattr(reader, "MOST_FACTS", 1)
    assert "内容太多" in refused(made()).sentence
    monkeypatch.setattr(reader, "MOST_JSON", 10)
    assert "内容太多" in refused(made()).sentence


def test_package_is_recognised_by_its_content_and_guarded_like_any_zip(tmp_path: Path) -> None:
    path = tmp_path / "改了名.xlsx"
    path.write_bytes(made())
    assert is_package(path) and open_package(path).unit == "甲局"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(MANIFEST, "{}")
        bomb.writestr(REPORT, b" " * (60 * 1024 * 1024))
    path.write_bytes(stream.getvalue())
    assert len(stream.getvalue()) < 100_000
    with pytest.raises(UserError, match="解压后超过 50 MB"):
        open_package(path)
    cut = tmp_path / "断了.zpb"
    cut.write_bytes(made()[:-40])
    with pytest.raises(UserError, match="断了"):
        sniff(cut)


def test_package_opened_as_a_report_text_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.zpb"
    path.write_bytes(made())
    with pytest.raises(UserError, match="是报告包"):
        read_text(path)


CUT = made()[:-30]
ALTERED = made().replace(b'"year"', b'"yeaR"')


@pytest.mark.parametrize(
    "data", [b"", CUT, CUT[: len(CUT) // 2], b"PK\x03\x04", bytes(500), ALTERED, zipped({"a": b"b"})]
)
def test_damaged_package_is_asked_for_again(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "甲局.ZPB"
    path.write_bytes(data)
    with pytest.raises(UserError, match=r"报告包.*不完整") as caught:
        open_package(path)
    assert "重新发送" in caught.value.hint and "Excel" not in str(caught.value)


@pytest.mark.parametrize("limit", [10, 1000])
def test_too_large_package_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    path = tmp_path / "甲局.zpb"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name in (MANIFEST, REPORT, "自评报告.pdf"):
            package.writestr(name, b"0" * 5000)
    monkeypatch.setattr(safe_zip, "MAX_BYTES", limit)
    with pytest.raises(UserError, match="超过 50 MB") as caught:
        open_package(path)
    assert "重新导出" in caught.value.hint and "另存" not in str(caught.value)
