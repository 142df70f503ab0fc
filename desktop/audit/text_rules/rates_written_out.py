"""R1f, R1b: formulas written out with their result, and 在职人员控制率 against the posts and staff told anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.audit.finding import ERROR, HINT, Finding
from desktop.audit.text.mentions import PERCENT, Quantity
from desktop.audit.text.ratios import LAST_DIGIT, RIGHT, best, pinned, rate_of
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.staff import POSTS, STAFF, people
from desktop.audit.text_audit import check
from desktop.domain import formula
from desktop.domain.numbers import HUNDRED, round_half_up, show_short

_DONE = re.compile(r"整改|完成|办结|处置|到位|合格|达标|办理|落实|兑现|结案|解决|通过|已|清零|销号|建成|覆盖")
"""`整改552处`: the second number is part of the first."""
_RATE = re.compile(r"(?:率|比例|比重)$")
"""`整改率`, `完成比例`."""
_GROWTH = re.compile(r"增长|下降|降低|上升|增幅|降幅|同比|环比|递增|递减|减少|增加|变动")
"""`同比下降`: a rate against last year, not of a part."""


# -- formulas written out ---------------------------------------------------------------------------------

_FORMULA = re.compile(r"=(?P<sum>[（）\d.,+\-−*/×÷]{3,60})[×*]100%=(?P<rate>-?\d{1,5}(?:\.\d{1,4})?)%")
"""`=44/46×100%=95.65%`."""
_NUMBER = re.compile(r"\d[\d,.]*")
_ASCII = str.maketrans("（）×÷−", "()*/-")


@check("R1f", "写出的算式与结果不符")
def formulas(reading: Reading) -> Iterator[Finding]:
    """`控制率=44/46×100%=95.65%`: the arithmetic as it is written. Silent where it cannot be read."""
    for sentence in reading.sentences:
        for match in _FORMULA.finditer(sentence.text):
            result = _worked_out(match["sum"])
            if result is None:
                continue
            stated, decimals = Decimal(match["rate"]), len(match["rate"].partition(".")[2])
            right = round_half_up(result * HUNDRED, decimals)
            if right == stated:
                ends = (sentence.start + m.end() for m in _NUMBER.finditer(sentence.text, *match.span()))
                reading.holds("R1f", *(Stretch(end - 1, end) for end in ends))
                continue
            unit = Decimal(1).scaleb(-decimals)
            level = HINT if abs(result * HUNDRED - stated) < unit else ERROR
            exact = round_half_up(result * HUNDRED, max(decimals, 2))
            place = (sentence.start + match.start(), sentence.start + match.end())
            message = f"算式{match['sum']}＝{exact}%，文中为{match['rate']}%"
            yield reading.finding("R1f", level, message, place, expected=f"{exact}%")


def _worked_out(words: str) -> Decimal | None:
    try:
        tree = formula.parse(words.translate(_ASCII).replace(",", ""))
    except formula.FormulaError:
        return None
    return formula.evaluate(tree, lambda name: [], lambda key: None)


# -- people, and rates without their base -----------------------------------------------------------------


@check("R1b", "在职人员控制率")
def without_base(reading: Reading) -> Iterator[Finding]:
    """在职人员控制率 against 在职人数 ÷ 编制数; where one of the two is nowhere, the rate cannot be checked."""
    for stated in reading.quantities:
        if (
            stated.unit != PERCENT
            or "控制率" not in stated.label
            or not re.search(r"在职|人员|编制", stated.label)
        ):
            continue
        staff = [q for q in reading.headcounts["在职人员"] if q.unit in ("人", "名")]
        posts = [q for q in reading.headcounts["编制"] if q.unit in ("人", "名", "个")]
        place = stated.place
        if not (staff and posts) and {POSTS, STAFF} <= {p.role for p in people(reading)[0]}:
            continue  # R37 reads both, and the rate with them
        if not staff or not posts:
            missing = "编制数" if not posts else "在职人数"
            hint = _implied(stated, staff)
            places = [q.place for q in staff[:1]]
            yield reading.finding(
                "R1b", HINT, f"有{stated.label}而文中没有{missing}，无法复核{hint}", place, *places
            )
            continue
        verdict = best(stated, [(s.value, p.value) for s in staff for p in posts if p.value])
        if verdict == RIGHT and len(staff) == len(posts) == 1:
            operands = (staff[0], posts[0])
            reading.holds("R1b", stated, *pinned(stated, *operands), others=operands)
        if verdict != RIGHT:
            operands = (staff[0], posts[0])
            right = rate_of(staff[0].value, posts[0].value, stated.decimals)
            message = f"{stated.label}应为{right}（{'÷'.join(show_short(o.value) for o in operands)}）"
            level = HINT if verdict == LAST_DIGIT else ERROR
            places = [o.place for o in operands]
            yield reading.finding("R1b", level, message, place, *places, expected=right)


def _implied(stated: Quantity, staff: list[Quantity]) -> str:
    for quantity in staff:
        if stated.value:
            base = (quantity.value / stated.value * 100).to_integral_value()
            if base and best(stated, [(quantity.value, base)]) == RIGHT:
                return f"（按在职{show_short(quantity.value)}人反推编制数为{show_short(base)}）"
    return ""
