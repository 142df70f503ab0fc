"""Zip containers from outside, unpacked once and counted before any parser sees them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from desktop.exchange.refusals import damaged, has_password, unpacks_to_too_much

MAX_BYTES = 50 * 1024 * 1024
"""Largest file, and largest unpacked content of a zip, that is handed to a parser: a real report with its
pictures stays under 20 MB."""
_CHUNK = 1 << 16


def check_zip(data: bytes, name: str) -> None:
    """Inflate every part once and count: what a zip declares about itself is not to be believed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    if sum(part.file_size for part in parts) > MAX_BYTES:
        raise unpacks_to_too_much(name)
    if len({part.filename.lower() for part in parts}) != len(parts):
        raise damaged(name)
    left = MAX_BYTES
    for part in parts:
        if part.flag_bits & 1:
            raise has_password(name)
        size = _inflated_size(data, part, left, name)
        if size != part.file_size:
            raise damaged(name)
        left -= size


def _inflated_size(data: bytes, part: zipfile.ZipInfo, limit: int, name: str) -> int:
    """Bytes this part really unpacks to, in constant memory; UserError above `limit` or if damaged."""
    size, crc, tail = 0, 0, b""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    try:
        for block in _blocks(data, part):
            size += len(block)
            if size > limit:
                raise unpacks_to_too_much(name)
            crc = zlib.crc32(block, crc)
            if is_xml and _has_doctype(tail + block):
                raise damaged(name)
            tail = block[-32:]
    except (zlib.error, struct.error, ValueError):
        raise damaged(name) from None
    if crc != part.CRC:
        raise damaged(name)
    return size


def _blocks(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes in blocks, to the true end of the stream; ValueError if it is cut off."""
    name_length, extra_length = struct.unpack_from("<HH", data, part.header_offset + 26)
    start = part.header_offset + 30 + name_length + extra_length
    packed = data[start : start + part.compress_size]
    if len(packed) != part.compress_size:
        raise ValueError("part is cut off")
    if part.compress_type == zipfile.ZIP_STORED or not packed:
        yield packed
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise ValueError("compression that no office program writes")
    inflate = zlib.decompressobj(-15)
    while not inflate.eof:
        block = inflate.decompress(packed, _CHUNK)
        packed = inflate.unconsumed_tail
        if not block and not inflate.eof:
            raise ValueError("deflate stream is cut off")
        yield block


def _has_doctype(block: bytes) -> bool:
    """Office files never declare a document type; entity bombs must."""
    return any("<!DOCTYPE".encode(encoding) in block for encoding in ("ascii", "utf-16-le", "utf-16-be"))
