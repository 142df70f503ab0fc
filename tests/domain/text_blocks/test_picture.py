"""Pictures of the report's text: what their own bytes say, and how they are stored."""

from __future__ import annotations

import struct

import pytest

from desktop.domain.text_blocks.picture import MOST_BYTES, parse_picture, picture_of, stored_picture

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 60, 30)
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x1e\x00\x3c\x03" + bytes(12)


@pytest.mark.parametrize(("data", "kind"), [(PNG, "png"), (JPEG, "jpeg")])
def test_kind_and_size_are_read_from_the_bytes(data: bytes, kind: str) -> None:
    picture = picture_of(data, 80)
    assert picture is not None and (picture.kind, picture.width, picture.height) == (kind, 60, 30)
    assert parse_picture(stored_picture(picture)) == picture


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", PNG[:20], JPEG[:12], PNG + bytes(MOST_BYTES), PNG[:16] + bytes(8)]
)
def test_what_is_no_picture_that_can_be_taken_is_none(data: bytes) -> None:
    assert picture_of(data) is None


@pytest.mark.parametrize(
    "stored", ["", "{}", '{"millimetres": 0, "data": "%%"}', '{"millimetres": -1, "data": ""}', "[1]"]
)
def test_what_is_stored_wrongly_is_none(stored: str) -> None:
    assert parse_picture(stored) is None
