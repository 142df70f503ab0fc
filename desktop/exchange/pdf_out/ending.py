"""The end of a report: 附件说明, 署名 and date never stand on a page without any of its text (GB/T 9704).

Needs reportlab at import: import this module inside the functions that use it.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from desktop.exchange.pdf_out.paragraphs import BODY_HEIGHT, LEADING, GovParagraph, height_of

_ENDLESS = 1e6
"""A height that no page has: the ending is always split, into its parts."""
_WHOLE, _FEWEST = 3, 2
"""A paragraph of three lines stays whole, for two go along and two stay: a single line on a page looks lost."""
_HAIR = 1e-6
"""Points; sums of heights are floats."""


class Ending(Flowable):  # type: ignore[misc]
    """The last paragraph and what stands below it: where that does not fit, the paragraph's last lines go
    along to the next page."""

    def __init__(self, last: GovParagraph, below: Sequence[Flowable]) -> None:
        super().__init__()
        self.last, self.below = last, list(below)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, _ENDLESS

    def least_height(self, width: float) -> float:
        """What must fit below a heading for the two to stay on one page."""
        count = len(self.last.lines_for(width))
        return self._height(width) if count <= _WHOLE else _FEWEST * self.last.style.leading

    def split(self, width: float, height: float) -> list[Flowable]:
        if self._height(width) <= height + _HAIR:
            return [self.last, *self.below]
        count = len(self.last.lines_for(width))
        fit = min(int((height + _HAIR) // self.last.style.leading), count - _FEWEST)
        if count <= _WHOLE or fit < _FEWEST:
            return []
        head, rest = self.last.parted(fit)
        return [head, Ending(rest, self.below)]

    def _height(self, width: float) -> float:
        return sum(height_of(one, width, _ENDLESS) for one in (self.last, *self.below))


def with_ending(flowables: list[Flowable], below_from: int, width: float) -> bool:
    """Bind what stands behind the last paragraph to it; False where it is too long for that."""
    last = flowables[below_from - 1] if below_from else None
    if not isinstance(last, GovParagraph):
        return False
    below = flowables[below_from:]
    if sum(height_of(one, width, _ENDLESS) for one in below) > BODY_HEIGHT - (_WHOLE + 1) * LEADING:
        return False
    flowables[below_from - 1 :] = [Ending(last, below)]
    return True
