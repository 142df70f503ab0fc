"""The bytes of a Word document's runs: where words begin and end, so that marks can be put between them.

The text of the part is never built anew: a tree that is written again has other prefixes, and Word calls a file
damaged whose `mc:Ignorable` names prefixes that are not there.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from desktop.exchange.read_text.docx.reader import SIGNS
from desktop.exchange.read_text.lines import signs

_TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
"""Of the usual format; the strict one, which hardly a program writes, has names of its own."""


class Name(NamedTuple):
    space: str
    local: str
    prefix: str

    def tag(self, end: bool = False) -> str:
        return f"<{'/' if end else ''}{self.prefix}{':' if self.prefix else ''}{self.local}"


class Chunk(NamedTuple):
    """Characters as they came, and the bytes that say them: `&amp;` is one character in five bytes."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class WordRun:
    """An outermost w:r from `start` to `end`: what may be cut in two is a w:t that it holds itself."""

    name: Name
    start: int
    opening: bytes
    properties: bytes = b""
    end: int = 0
    children: int = 0
    """Elements that it holds itself, its properties aside."""


@dataclass(slots=True)
class WordText:
    """One of `SIGNS` by its number; `plain` where its run may be cut inside it."""

    run: WordRun
    name: Name
    plain: bool
    chunks: list[Chunk] = field(default_factory=list)

    def edge(self, sign: int, after: bool) -> int | None:
        """The byte before or behind a sign at which to cut, None where the run is to stay whole."""
        last = sum(signs(chunk.text) for chunk in self.chunks) - 1
        whole = self.run.children == 1 and sign == (last if after else 0)
        return None if whole else self.cut(sign, after)

    def cut(self, sign: int, after: bool) -> int | None:
        """The byte before or behind a sign, None in a text that cannot be cut.

        Blanks before a sign stay with it: only the second half of a cut text is sure to keep them.
        """
        if not self.plain:
            return None
        count, gap = 0, self.chunks[0].start if self.chunks else 0
        for chunk in self.chunks:
            at = chunk.start
            for char in chunk.text:
                wide = chunk.end - chunk.start if len(chunk.text) == 1 else len(char.encode())
                if not char.isspace():
                    if count == sign:
                        return at + wide if after else gap
                    count, gap = count + 1, at + wide
                at += wide
        return None


class _Reading:
    """One pass through the part with the places of its bytes."""

    def __init__(self, data: bytes, wanted: Collection[int]) -> None:
        self.data, self.wanted = data, wanted
        self.texts: dict[int, WordText] = {}
        self._open: list[Name] = []
        self._starts: list[int] = []
        self._run: WordRun | None = None
        self._run_depth = 0
        self._text: WordText | None = None
        self._in_body = self._count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.namespace_prefixes = True
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartCdataSectionHandler = self._raw

    def _tag_at(self, place: int) -> bytes:
        found = _TAG.match(self.data, place)
        if found is None:
            raise ValueError("no tag where the parser sees one")
        return found[0]

    def _start(self, full_name: str, _: object) -> None:
        parts = full_name.split(" ")
        name = Name(parts[0] if len(parts) > 1 else "", parts[min(1, len(parts) - 1)], "".join(parts[2:]))
        at = self.parser.CurrentByteIndex
        self._open.append(name)
        self._starts.append(at)
        self._in_body += name.local == "body"
        if name.local == "r" and name.space == SPACE and self._run is None:
            self._run, self._run_depth = WordRun(name, at, self._tag_at(at)), len(self._open)
        if self._run is not None and len(self._open) == self._run_depth + 1 and name.local != "rPr":
            self._run.children += 1
        if self._in_body and name.local in SIGNS:
            if self._count in self.wanted and self._run is not None:
                own = len(self._open) == self._run_depth + 1
                plain = own and name.local == "t" and name.space == SPACE
                self._text = self.texts[self._count] = WordText(self._run, name, plain)
            self._count += 1

    def _end(self, _: str) -> None:
        name, start = self._open.pop(), self._starts.pop()
        self._in_body -= name.local == "body"
        at = self.parser.CurrentByteIndex
        end = at + len(self._tag_at(at))
        depth = len(self._open) + 1
        if name.local in SIGNS:
            self._text = None
        if self._run is not None and name.local == "rPr" and depth == self._run_depth + 1:
            self._run.properties = self.data[start:end]
        if self._run is not None and depth == self._run_depth:
            self._run.end, self._run = end, None

    def _characters(self, text: str) -> None:
        if self._text is None or not self._text.plain:
            return
        at = self.parser.CurrentByteIndex
        reference = self.data[at : at + 1] == b"&"
        end = self.data.index(b";", at) + 1 if reference else at + len(text.encode())
        self._text.chunks.append(Chunk(at, end, text))

    def _raw(self) -> None:
        """Within CDATA no tag can be put."""
        if self._text is not None:
            self._text.plain = False


def texts_in(data: bytes, wanted: Collection[int]) -> dict[int, WordText]:
    """Those of the wanted numbers that stand in a run. Raises what the parser raises."""
    reading = _Reading(data, wanted)
    reading.parser.Parse(data, True)
    return reading.texts
