"""R53: what a sentence says there was none of, and an amount of just that elsewhere in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.budget_figures import is_change
from desktop.audit.text.mentions import PERCENT, Quantity
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_NONE = re.compile(
    r"(?P<scope>[^，。；：]{0,16}?)(?P<not>未发生|没有发生|没有产生|未产生|没有安排|未安排|未使用|没有|不涉及|无)(?:过|任何|使用)?"
    r"(?P<what>[一-龥“”（）、]{2,48}?)(?=[，。；]|$|，?故本表)"
)
"""`本单位没有政府性基金预算支出`, `未发生因公出国（境）和购车支出，`."""
_BEHIND = re.compile(
    r"(?P<what>(?:因公出国（?境?）?|公务接待|公务用车|政府采购)[^，。；：、\d]{0,12}?)(?P<not>(?:均|也|全年)?(?:没有|未|无)(?:发生|安排|产生|实施|支出))(?=[，。；]|$)"
)
"""`公务用车购置及运行维护费没有发生`: denied behind its name."""
_BOUGHT_BY_TENDER = re.compile(
    r"(?<![未拟将])(?:实施|通过|采取|采用|经)(?:了)?(?:公开招标|政府采购|竞争性[谈磋][判商])[^。；未拟]{0,12}$"
)
_CLAUSES = 30
"""`设备经公开招标实施政府采购，支出21万元`: two clauses before an amount."""
_MARK = re.compile(r"^（?[\d一二三四五六七八九十]{1,2}[.．、）]")
"""`3.公务接待费支出`: the mark of an item that ran into its label."""
_JOINED = re.compile(r"、|以及|和|及(?!其)|与|或")
_TAIL = re.compile(
    r"(?:预算|财政拨款|拨款|安排的?|专项)*(?:收支|支出|收入|经费|费用|费|资金|情况|团组|事项|业务|活动|任务|人员)*$"
)
"""What is taken off `政府性基金预算财政拨款支出` and `公务接待费用` to get the thing that is denied."""
_WITHIN = re.compile(r"其中|中$|内$|方面|上年|去年|项目|下属|所属|除|[以之]?外|本级|机关|[12]\d{3}年|月")
"""A denial of one part, or of another year."""
_NOT_SPENT = re.compile(
    r"预算|安排|计划|上年|去年|同期|年初|比|较|与|减少|下降|节约|控制|压减|不含|扣除|标准"
)
"""An amount planned, of last year or changed by is no amount spent."""
_SPENT = r"(?:预算|财政|财政拨款|拨款|决算|实际|本年|全年|支出|收入|列支|收支|经费|费用|费|额|数|总|使用|资金|共|的|为)*"
_CONVERSE = {
    "购车": "公务用车购置",
    "车辆购置": "公务用车购置",
    "公务车购置": "公务用车购置",
    "公车购置": "公务用车购置",
    "运行维护": "公务用车运行维护",
}
_TOO_WIDE = re.compile(
    r"其他|相关|此类|违规|超|以上|截留|挪用|重大|大额|新增|结余|结转|调整|追加|变化|差额|问题|违纪|拖欠|闲置"
)
"""`没有其他支出`, `无违规支出`: denied of a kind that no amount of the text need be of."""
_KNOWN = re.compile(r"基金|国有资本|出国|公务接待|公务用车|政府采购")
"""Figures every report has, each one thing; of another (`没有培训经费`) the writer may mean: none set apart."""
_CARS = re.compile(r"(?:没有|无|未保留|未配备|未保有)(?:保有)?(?:公务用车|公车)(?=[，。；、（]|$|保有量)")
"""`本单位无公务用车，`; not `无公务用车购置费`."""
_KEPT = re.compile(
    r"(?:公务用车|公务车|公车)[^，。；\d]{0,12}(?:保有量|保有|实有|共有)[^，。；\d]{0,4}$|保有(?:公务)?(?:用车|车辆)[^，。；\d]{0,3}$|^(?:实有|共有|保有)?公务用车[为有共]*$"
    r"|(?:实有|共有|现有|保有)公务用车[为有共计]*$"
)
"""`公务用车保有量为`, `单位共有公务用车`."""
_RUNNING = re.compile(r"(?:公务用车|公务车|公车|车辆)(?:购置及)?(?:运行|维护)")
_BOUGHT = re.compile(r"(?:新购|购置|购买|购入|新增|更新)[^，。；、\d]{0,10}(?:车|车辆)?$")
_NO_PURCHASE = re.compile(
    r"公务用车购置(?:费|费用|支出|决算)*(?:为)?0(?:\.0+)?(?:万|亿)?元|"
    r"(?:未|没有|无)(?:发生|安排)?(?:新)?(?:公务用车|公务车|公车|车辆)(?:的)?购置|(?:未|没有)购置(?:公务用车|公务车|公车|车辆)|没有购车|未购车"
)
_NOT_BOUGHT = re.compile(
    r"(?:未|没有)(?:新)?(?:购置|购买|更新)(?:公务用车|公务车|公车)(?=[，。；、]|$)|(?:公务用车|公务车|公车)[^，。；、]{0,6}未(?:新)?(?:购置|购买|更新)"
)
"""`本年度未购置公务用车`, `公务用车均未更新`: the deed is denied, and with it its cost."""
_PURCHASE = re.compile(r"^(?:其中)?(?:公务用车|公务车|公车)购置(?:费|费用|支出|经费|决算)*$")
_RECEIVED = re.compile("接待")
_NO_GUESTS = re.compile(r"(?:未发生|没有|无)(?:过|任何)?公务接待(?=[，。；、]|和出国|$)")
"""`未发生公务接待。`: no guest at all, and not only no 公务接待费."""
_GUESTS = re.compile(r"公务接待|国内接待")
_CARRIED = r"(?:结转(?:和|及|与|、)?结余|结余(?:和|及|与|、)?结转|结转|结余)"
_NO_CARRIED = re.compile(
    r"(?:^|[，。；：])(?:[一二三四五六七八九十\d]{1,2}[、.])?(?:本年度?|年末|年底|全年|当年|20\d\d年(?:度|末|底)?|本单位|本部门|我[局办委院校镇乡站]|本[局院校站镇乡])+"
    rf"(?P<not>(?:均|亦)?(?:无|没有|未形成|不存在|未产生)(?:年末)?(?P<what>{_CARRIED})(?:资金|情况)?)(?=[，。；]|$)"
)
"""`本年度无结转结余资金，`."""
_CLOSING = re.compile(
    rf"^(?:全年|本年|20\d\d年)?(?:年末|年底|期末|年终)(?:财政拨款|资金)?(?P<what>{_CARRIED})(?:资金)?$"
)
"""`年末结余67.35万元`."""
_ONE_PART = re.compile(
    r"基金|国有资本|三公|专户|项目|专项|食堂|工会|下属|所属|本级|代管|非财政|上年|去年|其中"
)
"""Words before either statement by which it is of a part only."""
_OF_ONE_KIND = re.compile(r"(?P<n>\d{1,3})辆，(?:全部|均|都)(?:是|为)(?P<kind>[一-龥]{2,8}用车)")
"""`共有公务用车4辆，全部为执法执勤用车`."""
_HOLDING = re.compile(
    r"(?:公务用车|公务车|公车)(?:实际)?保有(?:量)?[为有共是]*$|^(?:年末|年底|期末)(?:实际)?保有(?:量|公务用车)?[为有共是]*$"
)
"""`公务用车保有量5辆`, `公务用车运行维护费3万元，年末保有5辆`."""
_NO_RECEPTION = re.compile(r"(?:未发生|没有|无|未安排)公务接待(?:费|活动|支出|事项)?(?=[，。；、和]|费|支出)")


_LONGEST_HEADING, _FAR_BEFORE = 40, 60
"""Characters: of a heading, and of the words that may limit what is said behind them."""


class Denial(NamedTuple):
    """The thing that is denied, and where."""

    what: str
    place: tuple[int, int]
    not_of: str
    """Labels that speak of something else: income is no contradiction where only spending is denied."""


@check("R53", "写没有而又有金额")
def denials(reading: Reading) -> Iterator[Finding]:
    """Wrong: `无政府性基金预算支出` and an amount of 政府性基金 spent in the same year; no vehicle and some kept.

    To be checked: no purchase and a vehicle bought, no reception and guests received, no vehicle and its running
    costs. Silent on denials of a part, of another year or of something worse (`无违规支出`), and on amounts that
    are planned, of last year or changes.
    """
    spent = dict[str, Quantity]()
    for quantity in reading.quantities:
        if _is_spent(reading, quantity):
            spent.setdefault(_MARK.sub("", quantity.label), quantity)
    for denial in _denials(reading):
        # Whoever received nobody has no `接待费` either.
        word, what = denial.what, re.escape(denial.what)
        if word == "公务接待":
            word, what = "接待", "(?:国内)?(?:公务)?接待"
        # `通过政府采购购置设备支出86万元`, `其中公务用车运行维护费支出`
        same = re.compile(
            rf"^(?:{_SPENT}|.*通过|.*采用){what}(?:{_SPENT}$|(?<=政府采购)(?:方式)?(?:购置|采购|购买))"
        )
        other = re.compile(denial.not_of)
        named: Iterator[Quantity] = (q for label, q in spent.items() if word in label and same.search(label))
        if word == "政府采购":
            named = chain(named, _bought_by_tender(reading))
        against = next((q for q in named if not other.search(q.label)), None)
        if against is not None:
            message = f"一处写没有{denial.what}，一处又有{against.label}{_shown(reading, against)}，互相矛盾"
            level = ERROR if _KNOWN.search(denial.what) else CHECK
            yield reading.finding("R53", level, message, denial.place, against.place)
    yield from _carried(reading)
    yield from _vehicles(reading)
    yield from _kept_twice(reading)
    yield from _other_kind(reading)
    yield from _counted(reading, _NO_RECEPTION, _RECEIVED, ("批次", "人次", "批"), "公务接待")


def _denials(reading: Reading) -> Iterator[Denial]:
    for sentence in reading.sentences:
        if not re.search("无|没有|未|不涉及", sentence.text):
            continue
        for match in (*_NONE.finditer(sentence.text), *_BEHIND.finditer(sentence.text)):
            scope = match.groupdict().get("scope") or sentence.text[: match.start()].rpartition("，")[2]
            if _WITHIN.search(_of_other_years(reading, scope)) or _TOO_WIDE.search(match["what"]):
                continue
            place = (sentence.start + match.start("not"), sentence.start + match.end())
            if match.re is _BEHIND:
                place = (sentence.start + match.start(), place[1])
            for part in _JOINED.split(re.sub("[“”]", "", match["what"])):
                what = _TAIL.sub("", part)
                what = _CONVERSE.get(what, what)
                # `没有政府采购预算`: nothing was planned, and yet something may have been spent.
                if len(what) >= 4 and not re.search("(?:预算|计划|安排)$", part):
                    spending, income = part.endswith("支出"), part.endswith("收入")
                    yield Denial(what, place, "收入" if spending else "支出" if income else "(?!)")


def _bought_by_tender(reading: Reading) -> Iterator[Quantity]:
    for q in reading.quantities:
        spent = q.money and q.label.endswith("支出") and not is_change(q)
        if spent and _BOUGHT_BY_TENDER.search(_before(reading, q.start)[-_CLAUSES:]):
            yield q


def _of_other_years(reading: Reading, words: str) -> str:
    """The words before a denial without the report's own year, which limits nothing."""
    return re.sub(rf"{reading.year}年(?:度)?", "", words) if reading.year else words


def _is_spent(reading: Reading, quantity: Quantity) -> bool:
    """An amount of the report's year that was spent or came in."""
    if (
        not quantity.money
        or is_change(quantity)
        or quantity.unit == PERCENT
        or not 4 <= len(quantity.label) <= 24
    ):
        return False
    if quantity.year is not None and reading.year is not None and quantity.year != reading.year:
        return False
    start = reading.text.sentences[quantity.sentence].start
    before = reading.text.flat[max(start, quantity.label_start - 20) : quantity.start]
    plain = re.sub("一般公共预算|政府性基金预算|国有资本经营预算|预算(?=财政拨款|收入|支出)", "", before)
    return not _NOT_SPENT.search(plain)


def _vehicles(reading: Reading) -> Iterator[Finding]:
    none = next(_places(reading, _CARS), None)
    kept = [q for q in reading.quantities if q.unit == "辆" and q.value and _is_now(reading, q)]
    if none is not None:
        car = next((q for q in kept if _KEPT.search(reading.text.flat[max(0, q.start - 16) : q.start])), None)
        cost = next(
            (q for q in reading.quantities if _RUNNING.search(q.label) and _is_spent(reading, q)), None
        )
        other = car or cost
        if other is not None:
            message = f"一处写没有公务用车，一处又有{other.label}{_shown(reading, other)}，请核对"
            level = ERROR if car is not None else CHECK
            yield reading.finding("R53", level, message, none, other.place)
    denied = next(_places(reading, _NOT_BOUGHT), None)
    bought = next(
        (q for q in reading.quantities if _PURCHASE.search(q.label) and q.money and _is_spent(reading, q)),
        None,
    )
    if denied and bought:
        message = f"一处写没有购置公务用车，一处又有{bought.label}{_shown(reading, bought)}，互相矛盾"
        yield reading.finding("R53", ERROR, message, denied, bought.place)
    else:
        yield from _counted(reading, _NO_PURCHASE, _BOUGHT, ("辆", "台"), "公务用车购置")


def _carried(reading: Reading) -> Iterator[Finding]:
    """Nothing left at the end of the year, and an amount left; 结转 and 结余 are two things, each denied by itself."""
    left = [
        (q, told["what"])
        for q in reading.quantities
        if q.money
        and (told := _CLOSING.search(q.label))
        and _is_spent(reading, q)
        and not _ONE_PART.search(_before(reading, q.label_start))
    ]
    for sentence in reading.sentences if left else ():
        for match in _NO_CARRIED.finditer(sentence.text):
            if _ONE_PART.search(_before(reading, sentence.start + match.start())):
                continue
            q = next((q for q, what in left if what in match["what"]), None)
            if q is not None:
                message = f"一处写没有{match['what']}，一处又有{q.label}{_shown(reading, q)}，互相矛盾"
                place = sentence.start + match.start("not"), sentence.start + match.end()
                yield reading.finding("R53", ERROR, message, place, q.place)
                return


def _before(reading: Reading, place: int) -> str:
    """The words of the paragraph before a place, and the heading right above."""
    number = bisect_right(reading.text.paragraphs, (place, len(reading.text.flat))) - 1
    start = reading.text.paragraphs[number][0]
    above, end = reading.text.paragraphs[max(0, number - 1)]
    heading = reading.text.flat[above:end] if end - above < _LONGEST_HEADING else ""
    return heading + reading.text.flat[max(start, place - _FAR_BEFORE) : place]


def _kept_twice(reading: Reading) -> Iterator[Finding]:
    """One number of vehicles at the end of the year, told differently; several units have several."""
    kept = [
        q
        for q in reading.quantities
        if q.unit == "辆"
        and _HOLDING.search(reading.text.flat[q.label_start : q.start])
        and _is_now(reading, q)
        and not _ONE_PART.search(reading.text.words_before(q.start, "。；", _FAR_BEFORE))
    ]
    if len({q.value for q in kept}) == 2:
        first, other = kept[0], next(q for q in kept if q.value != kept[0].value)
        message = f"公务用车保有量一处写{_shown(reading, first)}，一处写{_shown(reading, other)}"
        yield reading.finding("R53", ERROR, message, first.place, other.place)


def _other_kind(reading: Reading) -> Iterator[Finding]:
    """All vehicles of one kind, and elsewhere some of another, or another number of 公务用车."""
    now = (q for q in reading.quantities if q.unit == "辆" and q.value and _is_now(reading, q))
    vehicles = list({(q.label, q.value): q for q in now}.values())  # a text that repeats itself costs no more
    for sentence in reading.sentences if vehicles else ():
        for match in _OF_ONE_KIND.finditer(sentence.text):
            number, kind = int(match["n"]), match["kind"]
            other = next((q for q in vehicles if _contradicts(q, number, kind)), None)
            if other is not None:
                message = (
                    f"一处写{number}辆全部为{kind}，一处又有{other.label}{_shown(reading, other)}，请核对"
                )
                place = sentence.start + match.start(), sentence.start + match.end()
                yield reading.finding("R53", CHECK, message, place, other.place)
                return


def _contradicts(vehicles: Quantity, number: int, kind: str) -> bool:
    if kind.endswith("公务用车"):
        return bool(_HOLDING.search(vehicles.label)) and vehicles.value != number
    other = re.search(r"[一-龥]{2,8}用车$", vehicles.label)
    return other is not None and not vehicles.label.endswith((kind, "公务用车")) and vehicles.value <= number


def _counted(
    reading: Reading, denied: re.Pattern[str], done: re.Pattern[str], units: tuple[str, ...], what: str
) -> Iterator[Finding]:
    """A thing denied as a cost and told by its number: the money may have come from elsewhere, so it is asked.

    Where no guest at all was received, guests told are wrong.
    """
    none = next(_places(reading, denied), None)
    whole = next(_places(reading, _NO_GUESTS), None) if done is _RECEIVED else None
    if none is None:
        return
    for q in reading.quantities:
        words = reading.text.flat[q.label_start : q.start]
        if q.unit in units and q.value and done.search(words) and _is_now(reading, q):
            sure = whole is not None and _GUESTS.search(words) is not None
            message = f"一处写没有{what}，一处又有{q.label}{_shown(reading, q)}，请核对"
            place = whole if sure and whole else none
            yield reading.finding("R53", ERROR if sure else CHECK, message, place, q.place)
            return


def _is_now(reading: Reading, quantity: Quantity) -> bool:
    words = reading.text.flat[max(0, quantity.label_start - 8) : quantity.start]
    return not re.search(r"上年|去年|预算|计划|拟|目标|编制|核定|[比较]", words)


def _places(reading: Reading, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for sentence in reading.sentences:
        for match in pattern.finditer(sentence.text):
            if not re.search(r"上年|去年", sentence.text[max(0, match.start() - 12) : match.start()]):
                yield sentence.start + match.start(), sentence.start + match.end()


def _shown(reading: Reading, quantity: Quantity) -> str:
    return reading.text.flat[quantity.start : quantity.end]
