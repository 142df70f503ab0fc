"""The checksum in the header of a Windows program: makensis leaves it out, and some scanners look for it."""

from __future__ import annotations

import struct
import sys
from array import array
from pathlib import Path

CHECKSUM_AT = 0x58
"""Behind the PE signature, for 32 and 64 bits: 24 bytes of headers, then 64 into the optional one."""


def place_of_checksum(data: bytes) -> int:
    """Offset of the four bytes; ValueError for what is no Windows program."""
    if len(data) < 0x40 or data[:2] != b"MZ":
        raise ValueError("not a Windows program")
    header = int(struct.unpack_from("<I", data, 0x3C)[0])
    if data[header : header + 4] != b"PE\0\0":
        raise ValueError("not a Windows program")
    return header + CHECKSUM_AT


def checksum(data: bytes) -> int:
    """As imagehlp's CheckSumMappedFile: 16-bit words without the field added end-around, plus the length."""
    at = place_of_checksum(data)
    words = array("H", data[:at] + bytes(4) + data[at + 4 :] + bytes(len(data) % 2))
    if sys.byteorder == "big":
        words.byteswap()
    total = sum(words)
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total + len(data)


def stored(path: Path) -> int:
    """What the file says."""
    data = path.read_bytes()
    return int(struct.unpack_from("<I", data, place_of_checksum(data))[0])


def is_valid(path: Path) -> bool:
    return stored(path) == checksum(path.read_bytes())


def fix(path: Path) -> None:
    """Write the right checksum into the file."""
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, place_of_checksum(bytes(data)), checksum(bytes(data)))
    path.write_bytes(data)
