"""The checksum in a Windows program's header, against the definition word by word."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest


def program(tail: bytes) -> bytes:
    head = bytearray(0x200)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 0x3C, 0x80)
    head[0x80:0x84] = b"PE\0\0"
    return bytes(head) + tail


def by_definition(data: bytes, at: int) -> int:
    """One word after another with the carry added at once, as imagehlp does."""
    blank = data[:at] + bytes(4) + data[at + 4 :] + bytes(len(data) % 2)
    total = 0
    for (word,) in struct.iter_unpack("<H", blank):
        total += word
        total = (total & 0xFFFF) + (total >> 16)
    return total + len(data)


@pytest.mark.parametrize("tail", [b"", b"\xff", b"\xff\xff" * 5000, bytes(range(256)) * 33 + b"z"])
def test_it_is_what_windows_computes(tmp_path: Path, tail: bytes) -> None:
    import pe_checksum

    path = tmp_path / "a.exe"
    path.write_bytes(program(tail))
    assert not pe_checksum.is_valid(path)
    pe_checksum.fix(path)
    assert pe_checksum.is_valid(path)
    assert pe_checksum.stored(path) == by_definition(path.read_bytes(), 0x80 + 0x58)


def test_other_files_are_refused() -> None:
    import pe_checksum

    for data in (b"", b"MZ" + bytes(0x100), b"\x7fELF" + bytes(0x100)):
        with pytest.raises(ValueError, match="not a Windows program"):
            pe_checksum.checksum(data)
