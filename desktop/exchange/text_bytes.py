"""Bytes of a text file as characters, in the encodings that Chinese offices write."""

from __future__ import annotations

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""The byte order marks with which Windows' editor begins a file in "Unicode"."""
_ENCODINGS = ("utf-8-sig", "gb18030")
"""UTF-8 first: hardly any text of GB18030 is also right as UTF-8, while the reverse is common."""


def decoded(data: bytes) -> str:
    """Never fails: bytes that no encoding knows become �."""
    marked = _MARKS.get(data[:2])
    if marked:
        return data.decode(marked, "replace")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", "replace")
