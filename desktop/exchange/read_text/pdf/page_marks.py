"""Page numbers and running heads of a PDF, which are no text of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from desktop.exchange.read_text.pdf.paragraphs import HEADING, Line

_PAGE_NUMBER = re.compile(
    r"(?P<mark>[-—–－―~·•\s]+|第\s*)?(?P<n>\d{1,4})\s*(?:[-—–－―~·•\s]+|页.*|/\s*\d{1,4})?"
)
"""`— 3 —`, `- 3 -`, `第3页 共9页`, `3/9`, or the number alone."""
_MARGIN_LINES = 2
"""So many lines of a page at its top and at its foot may be its number and a running head."""
_SAME_HEIGHT, _SAME_SIZE = 2.0, 0.6
"""Points by which heads of two pages may differ in their distance from the edge, and in size."""
_TWICE = 2
"""So few times, words are a running head only at one height: a title stands on the cover and above the text."""
_NO_TOPS: Mapping[int, float] = {}


def without_page_marks(
    lines: Sequence[Line],
    others: Sequence[tuple[int, float]] = (),
    tops: Mapping[int, float] = _NO_TOPS,
) -> list[Line]:
    """The lines that belong to the text. `others` are (page, height) of what stands there besides lines; `tops`
    tells how high each page is."""
    pages: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        pages.setdefault(line.page, []).append(number)
    edges: list[int] = []
    for on_page in pages.values():
        by_height = sorted(on_page, key=lambda number: lines[number].y)
        edges += dict.fromkeys(by_height[:_MARGIN_LINES] + by_height[-_MARGIN_LINES:])
    numbers = _page_numbers(lines, edges, len(pages))
    dropped = numbers | _running_heads(lines, edges, numbers, others, tops)
    return [line for number, line in enumerate(lines) if number not in dropped]


def _page_numbers(lines: Sequence[Line], edges: Sequence[int], pages: int) -> set[int]:
    """A number alone is a page's only where it counts the pages; one between strokes always is."""
    candidates = {
        number: match for number in edges if (match := _PAGE_NUMBER.fullmatch(lines[number].text.strip()))
    }
    counted = Counter(int(match["n"]) - lines[number].page for number, match in candidates.items())
    enough = max(2, pages // 3 + 1)  # a third of the pages: the others may end in a table or a chart
    return {
        number
        for number, match in candidates.items()
        if match["mark"] or counted[int(match["n"]) - lines[number].page] >= enough
    }


def _running_heads(
    lines: Sequence[Line],
    edges: Sequence[int],
    numbers: set[int],
    others: Sequence[tuple[int, float]],
    tops: Mapping[int, float],
) -> set[int]:
    """The same words in the margin of most pages, above or below everything else there, and other words in their
    place: `内部资料` on the first page, another head on the pages that lie on their side.

    The title of a form stands in the text, not above it, and `附件1` or a table's title are no running heads.
    """
    depths: dict[str, list[float]] = {}
    for number in edges:
        line = lines[number]
        depths.setdefault(line.text.strip(), []).append(tops.get(line.page, 0.0) - line.y)
    pages = len({*(line.page for line in lines), *(page for page, _ in others)})
    repeated = {
        number
        for number in edges
        if (times := len(found := depths[text := lines[number].text.strip()])) > max(1, pages // 2)
        and (times > _TWICE or max(found) - min(found) < _SAME_HEIGHT)
        and not (HEADING.match(text) or text.endswith("表"))
    }
    places = {(tops.get(line.page, 0.0) - line.y, line.size) for line in (lines[n] for n in repeated)}
    alike = {number for number in edges if _has_place(lines[number], tops, places)}
    heads = repeated | alike
    # A first page may have a frame where the others have a head.
    headed = {lines[number].page for number in repeated}
    heights: dict[float, list[float]] = {}
    for number, line in enumerate(lines):
        if number not in heads and number not in numbers and line.page in headed:
            heights.setdefault(tops.get(line.page, 0.0), []).append(line.y)
    for page, height in others:
        if page in headed:
            heights.setdefault(tops.get(page, 0.0), []).append(height)
    bounds = {top: (min(found), max(found)) for top, found in heights.items()}
    apart = set[int]()
    for number in heads:
        foot, top = bounds.get(tops.get(lines[number].page, 0.0), (0.0, 0.0))
        if heights and not foot <= lines[number].y <= top:
            apart.add(number)
    return apart if apart & repeated else set()


def _has_place(line: Line, tops: Mapping[int, float], places: set[tuple[float, float]]) -> bool:
    below = tops.get(line.page, 0.0) - line.y
    return any(
        abs(below - distance) < _SAME_HEIGHT and abs(line.size - size) < _SAME_SIZE
        for distance, size in places
    )
