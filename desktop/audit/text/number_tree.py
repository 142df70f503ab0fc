"""The numbers of headings and lists as a tree: which item each goes on from, which it stands under, what is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop.audit.text.heading_numbers import (
    ARABIC,
    ARABIC_BRACKET,
    CHINESE,
    CHINESE_BRACKET,
    Mark,
)

FOLLOWS, OPENS, RUNS_ON, RESTYLED, TOO_FAR, BROKEN = range(6)
"""How a number stands: next in its list · first of a new one · next after a list that a higher heading closed · next
in a list of another style (`6、` after `五、`) · one more than it should be (`四、六、六、`) · none of these."""
_FAR, _DEEP = 120, 8
"""So many marks further on one looks for where a list goes on; so deep lists go within one another."""
_HIGHER = {ARABIC: CHINESE, ARABIC_BRACKET: CHINESE_BRACKET}
"""Styles that a word processor puts for one another: `6、` for `六、`, `（2）` for `（二）`."""
_LONGEST_RESTYLED = 30
"""Characters: what is longer is an item of a list, and no heading of another style."""


@dataclass(slots=True)
class Node:
    """One number in the tree. `kind` is the level it really has, `number` what it should be where that is known;
    `parent` is the item above it, `before` the one it goes on from or is held against.
    """

    mark: Mark
    how: int
    kind: int
    number: int
    parent: Node | None
    before: Node | None

    def ancestors(self) -> Iterator[Node]:
        """The items it stands under, inmost first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


Present = Callable[[int, int, int, int], bool]
"""Whether (kind, number) stands somewhere between two places of the text without beginning a paragraph."""


class NumberTree:
    """`nodes` in the order of the text.

    No order of the styles is taken for granted: `（一）` within `1、` is an item of it where the list of `1、` goes on
    behind (`2、`), else a new heading above it.
    """

    def __init__(self, marks: Sequence[Mark], present: Present) -> None:
        self._marks, self._present = marks, present
        self._open: list[Node] = []
        self._closed: dict[int, Node] = {}
        self.nodes: list[Node] = []
        for at, mark in enumerate(marks):
            node = self._placed(at, mark)
            self.nodes.append(node)
            self._open.append(node)

    def _placed(self, at: int, mark: Mark) -> Node:
        before = self._item(mark.kind, mark.number - 1)
        if before is not None:
            return self._after(before, mark, FOLLOWS)
        if self._is_restyled(at, mark):
            kind = _HIGHER[mark.kind]
            before = self._item(kind, mark.number - 1)
            return self._after(before, mark, RESTYLED) if before else self._below(mark, RESTYLED, None, kind)
        if mark.number == 1:
            self._make_room(at, mark)
            return Node(mark, OPENS, mark.kind, 1, self._inmost(), None)
        same = self._item(mark.kind)
        if same is None:
            closed = self._closed.get(mark.kind)
            runs_on = closed is not None and closed.number + 1 == mark.number
            return self._below(mark, RUNS_ON if runs_on else BROKEN, closed if runs_on else None, mark.kind)
        node = self._after(same, mark, BROKEN)
        following = self._next(at, mark.kind)
        if following is not None and following.kind == mark.kind:
            if same.number + 2 == mark.number == following.number:
                node.how, node.number = TOO_FAR, mark.number - 1
            elif same.number == mark.number == following.number - 2:
                node.number = mark.number + 1  # `二、二、四、`: the second 二 is the 三 that 四 goes on from
        return node

    def _item(self, kind: int, number: int | None = None) -> Node | None:
        """The inmost open list of that style whose last item has this number, or any."""
        fitting = (n for n in reversed(self._open) if n.kind == kind and number in (None, n.number))
        return next(fitting, None)

    def _inmost(self) -> Node | None:
        return self._open[-1] if self._open else None

    def _next(self, at: int, kind: int) -> Mark | None:
        """The next mark of that level or above."""
        return next((m for m in self._marks[at + 1 : at + _FAR] if m.kind <= kind), None)

    def _after(self, before: Node, mark: Mark, how: int) -> Node:
        """In the list of `before`, whose item and all within it end here."""
        self._cut(next(depth for depth, node in enumerate(self._open) if node is before))
        return Node(mark, how, before.kind, mark.number, self._inmost(), before)

    def _below(self, mark: Mark, how: int, before: Node | None, kind: int) -> Node:
        """Not in any list that is open, of which the lower ones end here."""
        self._cut(next((d for d, node in enumerate(self._open) if node.kind > kind), len(self._open)))
        return Node(mark, how, kind, mark.number, self._inmost(), before)

    def _cut(self, depth: int) -> None:
        for node in self._open[depth:]:
            self._closed[node.kind] = node
        del self._open[depth:]

    def _make_room(self, at: int, mark: Mark) -> None:
        """A first item: within all that is open if one of these lists goes on behind it, else above the lower ones."""
        rivals = [depth for depth, node in enumerate(self._open) if node.kind >= mark.kind]
        goes_on = any(self._goes_on(at, mark, self._open[depth]) for depth in rivals)
        if rivals and not (goes_on and len(self._open) < _DEEP):
            self._cut(rivals[0])

    def _goes_on(self, at: int, mark: Mark, node: Node) -> bool:
        """Whether the list of an open item goes on behind the list that `mark` begins, before a higher heading."""
        last, highest = mark.number, min(node.kind, mark.kind)
        for later in self._marks[at + 1 : at + _FAR]:
            if later.kind < highest:
                return False
            if later.kind == mark.kind and later.number == last + 1:
                last += 1
            elif later.kind == node.kind and later.number == node.number + 1:
                return True
            elif later.kind == node.kind and later.number == 1:
                return False
        return False

    def _is_restyled(self, at: int, mark: Mark) -> bool:
        """`6、` between 五、 and 七、 is a heading of the top level: it goes on from there, and from nothing else."""
        higher = _HIGHER.get(mark.kind)
        if higher is None or not mark.heading or len(mark.title) > _LONGEST_RESTYLED:
            return False
        following = self._next(at, higher)
        if following is not None and following.kind < higher:
            following = None
        if mark.number == 1:
            alone = self._item(higher) is None and self._item(mark.kind) is None
            return alone and following is not None and following.number == 2
        before = self._item(higher, mark.number - 1)
        if before is None or (following is not None and following.number <= mark.number):
            return False
        return not self._present(mark.kind, mark.number - 1, before.mark.after, mark.start)
