"""The fonts of a PDF: which signs their codes stand for, and how wide these are."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from desktop.exchange.document.blocks import width_em

_BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
"""`/BAAAAA+SimSun,Bold`, `/SourceHanSerifSC-Heavy`: how the name of a bold font reads."""

SYMBOLS = str.maketrans(
    {
        **dict.fromkeys("\uf0b7\uf06c\uf09f\uf0a7", "•"),
        **dict.fromkeys("\uf06e\uf071", "■"),
        **dict.fromkeys("\uf075\uf076", "◆"),
        **dict.fromkeys("\uf0d8\uf0e8", "▶"),
        **dict.fromkeys("\uf0fc\uf050", "√"),
        **dict.fromkeys("\uf0a8\uf06f", "□"),
        "\uf0fe": "☑",
    }
)
"""The marks of lists, from Word's fonts Symbol and Wingdings, where they are in no one's alphabet."""


class Fonts:
    """The fonts of a file, each read once."""

    def __init__(self) -> None:
        self._known: dict[Any, Face] = {}

    def of(self, resources: Any) -> dict[str, Face]:
        named = entry(resources, "/Font")
        faces = {}
        for name in named or ():
            reference = named.raw_get(name)
            key = getattr(reference, "idnum", None) or id(reference)
            if key not in self._known:
                self._known[key] = Face(reference.get_object())
            faces[str(name)] = self._known[key]
        return faces


class Face:
    """Turns the codes of a font into text and widths."""

    def __init__(self, resource: Any) -> None:
        # Not part of what pypdf promises: pyproject.toml holds it to versions that have been tried.
        from pypdf.generic._font import Font

        self._font = Font.from_font_resource(resource)
        self.name = str(resource.get("/BaseFont", "")).lstrip("/").rpartition("+")[2]
        self.bold = _BOLD.search(self.name) is not None
        self._sign = cache(self._read)

    def read(self, data: bytes) -> list[tuple[str, float]]:
        """Each sign with its width in characters."""
        encoding = self._font.encoding
        if isinstance(encoding, str):
            try:
                codes = data.decode(encoding, "surrogatepass")
            except UnicodeDecodeError:
                codes = data.decode(encoding, "replace")
        else:
            codes = data.decode("latin-1")
        return [self._sign(code) for code in codes]

    def _read(self, code: str) -> tuple[str, float]:
        font = self._font
        signs = code if isinstance(font.encoding, str) else font.encoding.get(ord(code), code)
        text = "".join(font.character_map.get(sign, sign) for sign in signs)
        text = text.translate(SYMBOLS)
        width = font.character_widths.get(code)
        return text, width_em(text) if width is None else width / 1000


def entry(resources: Any, name: str) -> Any:
    """A part of a page's resources, None where it has none."""
    part = resources.get(name) if resources else None
    return part.get_object() if part is not None else None
