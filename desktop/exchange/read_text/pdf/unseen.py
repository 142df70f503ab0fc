"""What is drawn on a page and not meant to be read: white on white paper, and what has a line through it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf

from desktop.exchange.read_text.pdf.page import PageContent, Rule, Run, Shape

_LOWEST, _HIGHEST = 0.12, 0.55
"""Of the type's size above the baseline: where the line stands that strikes words out; an underline is below."""
_SAME_END = 1.5
"""Points: such a line begins and ends with the words, while the line of a table leaves a margin beside them."""


def as_meant(content: PageContent) -> tuple[PageContent, list[str]]:
    """The page without what is not meant to be read and the lines through it, and the words left out."""
    by_height = sorted(range(len(content.runs)), key=lambda number: content.runs[number].y)
    heights = [content.runs[number].y for number in by_height]
    reach = _HIGHEST * max((run.size for run in content.runs), default=0.0)
    struck: set[int] = set()
    through: set[Rule] = set()
    for rule in content.rules:
        if rule.upright:
            continue
        near = by_height[bisect_left(heights, rule.at - reach) : bisect_right(heights, rule.at)]
        under = [number for number in near if _crosses(rule, content.runs[number])]
        left = min((content.runs[number].x for number in under), default=inf)
        right = max((content.runs[number].right for number in under), default=inf)
        if abs(left - rule.low) <= _SAME_END and abs(right - rule.high) <= _SAME_END:
            struck.update(under)
            through.add(rule)
    left_out = [n for n, run in enumerate(content.runs) if n in struck or _is_white(run, content)]
    if not left_out:
        return content, []
    gone = set(left_out)
    runs = [run for number, run in enumerate(content.runs) if number not in gone]
    rules = [rule for rule in content.rules if rule not in through]
    meant = PageContent(runs, rules, content.shapes, content.figures, content.size, content.images)
    return meant, [words for number in left_out if (words := content.runs[number].text.strip())]


def _crosses(rule: Rule, run: Run) -> bool:
    inside = rule.low - _SAME_END <= run.x and run.right <= rule.high + _SAME_END
    return inside and bool(run.text.strip()) and _LOWEST * run.size <= rule.at - run.y <= _HIGHEST * run.size


def _is_white(run: Run, content: PageContent) -> bool:
    """White heads stand on a coloured surface, or on a picture."""
    return run.white and not content.images and not _on_colour(run, content.shapes)


def _on_colour(run: Run, shapes: Sequence[Shape]) -> bool:
    x, y = (run.x + run.right) / 2, run.y + run.size / 3
    return any(s.left <= x <= s.right and s.low <= y <= s.high and not s.white for s in shapes)
