"""Where words stand in a report, as one would tell it to somebody on the telephone: heading and paragraph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from desktop.audit.finding import Finding, Span
from desktop.audit.text.heading_numbers import Mark, heading_number, marks
from desktop.audit.text.reading import Reading

_LONGEST_TITLE = 20
"""Characters: enough to find it."""


class Whereabouts:
    """Of one text; a cell of a table, which begins with a tab, is no heading and no paragraph."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))
        self._headings = list(self._paths(Reading(text)))
        self._heading_lines = [line for line, _ in self._headings]

    def _line_at(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

    def _paths(self, reading: Reading) -> Iterator[tuple[int, str]]:
        """The line of each heading, and the headings that it stands under with itself."""
        path: list[tuple[int, str]] = []
        for mark in marks(reading):
            line = self._line_at(reading.span(mark.start, mark.start + 1).start)
            if mark.heading and not self._lines[line].startswith("\t"):
                path = [(kind, title) for kind, title in path if kind < mark.kind]
                path.append((mark.kind, _shown(mark)))
                yield line, " ".join(title for _, title in path)
        for start, _ in reading.annexes:
            line = self._line_at(reading.span(start, start + 1).start)
            yield line, _short(self._lines[line].strip())

    def of(self, finding: Finding) -> str:
        """Of its first words; '' for what stands nowhere in the text."""
        return self.at(finding.spans[0]) if finding.spans else ""

    def at(self, span: Span) -> str:
        """`一、基本情况 （二）机构设置 第2段`"""
        line = self._line_at(span.start)
        at = bisect_right(self._heading_lines, line) - 1
        begun, title = self._headings[at] if at >= 0 else (-1, "")
        if line == begun:
            return f"{title}（标题）"
        if self._lines[line].startswith("\t"):
            return f"{title} 表内".strip()
        paragraphs = sum(1 for said in self._lines[begun + 1 : line + 1] if said.strip() and said[0] != "\t")
        return f"{title} 第{max(paragraphs, 1)}段".strip()


def _shown(mark: Mark) -> str:
    return heading_number(mark.kind, mark.number, mark.separator) + _short(mark.title)


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"
