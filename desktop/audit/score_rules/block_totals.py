"""R36b: what a block is said to have scored against its items, told under its heading in other paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from desktop.audit.finding import ERROR, Finding
from desktop.audit.text.heading_numbers import passages
from desktop.audit.text.reading import Reading
from desktop.audit.text.score_points import (
    BARE,
    SCORE,
    SUBTOTAL,
    TOTAL,
    WEIGHT,
    Point,
    items,
    points,
)
from desktop.audit.text_audit import check
from desktop.domain.numbers import show_short

_HEAD = re.compile(
    r"^(?:[^一-龥]{0,6}|（[一二三四五六七八九十]{1,2}）|[一二三四五六七八九十]{1,2}、)(?P<name>[一-龥]{2,12}?)(?:指标|部分|类|情况)?"
    r"[（，](?:满分|分值|权重)?(?P<weight>\d{1,3}(?:\.\d)?)分[）。：，]?"
)
"""`（一）产出指标（50分）`: a block's head, alone or at the head of its paragraph."""
_SHORT = 6
"""Characters behind a head that stands alone."""
_NAME = re.compile(r"指标|部分|类|其中|得分|分值|自评|合计|小计|[得计为是共，：、]")
_FARTHEST = Decimal("0.3")
_MOST = 40


class Block(NamedTuple):
    """A block's weight and the scores of its items, whose weights make it."""

    weight: Decimal
    scores: list[Point]
    values: list[Decimal]


@check("R36b", "大项得分与所属各项不符", last=True)
def block_totals(reading: Reading) -> Iterator[Finding]:
    """Wrong: under `（一）产出（30分）` three items of 10 with 10, 9 and 8 points, and `产出指标合计得28分` behind them or in
    another chapter.

    Silent where the weights of the items do not make that of the block, where two blocks bear one name, and where another
    rule has said something of the same points: mended, they may well make the block's.
    """
    said = [span for finding in reading.told if finding.code.startswith("R36") for span in finding.spans]
    blocks = _blocks(reading)
    for passage in passages(reading) if blocks else ():
        for point in points(passage.text, passage.start):
            name = _NAME.sub("", point.words)
            block = blocks.get(name)
            if block is None or point.kind not in (SCORE, SUBTOTAL, TOTAL, BARE) or point.value is None:
                continue
            made = sum(block.values, Decimal(0))
            if point in block.scores or point.start < block.scores[-1].start or "得" not in point.words:
                continue
            if point.value == made:
                reading.holds("R36b", point, *block.scores)
            elif abs(point.value - made) <= made * _FARTHEST and point.value <= block.weight:
                added = "＋".join(show_short(v, 3) for v in block.values)
                message = (
                    f"{name}各项得分{added}＝{show_short(made, 3)}分，写的是{show_short(point.value, 3)}分"
                )
                places = [point.place, *(p.place for p in block.scores)]
                finding = reading.finding(
                    "R36b", ERROR, message, *places, expected=f"{show_short(made, 3)}分"
                )
                if not finding.overlaps(said):
                    yield finding


def _blocks(reading: Reading) -> dict[str, Block]:
    """The blocks whose items follow their heads paragraph by paragraph, until their weights make the block's."""
    flat, made = reading.text.flat, dict[str, Block | None]()
    name, block, left = "", Block(Decimal(0), [], []), Decimal(0)
    for passage in passages(reading):
        head = _HEAD.match(passage.text)
        found = points(passage.text, passage.start)
        if head and len(passage.text) - head.end() <= _SHORT and len(found) == 1:
            name, left = _NAME.sub("", head["name"]), Decimal(head["weight"])
            block = Block(left, [], [])
            continue
        if any(p.kind in (SUBTOTAL, TOTAL) for p in found) or sum(p.kind == SCORE for p in found) > sum(
            p.kind == WEIGHT for p in found
        ):
            name = ""  # parts of parts
        for item in items(found, flat) if name else ():
            weight = item.weight.value if item.weight else None
            if not weight or not item.scores:
                continue
            value = item.scores[0].value
            if len(item.scores) != 1 or weight > left or len(block.scores) > _MOST:
                name = ""
                break
            block.scores.append(item.scores[0])
            block.values.append(weight if value is None else value)
            left -= weight
            if not left:
                if len(block.scores) > 1:
                    made[name] = None if name in made else block
                name = ""
                break
    return {name: block for name, block in made.items() if block is not None}
