"""R12: `N个…` against what is listed for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.flat_text import Sentence
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text_audit import check
from desktop.domain.chinese_numerals import from_count

_NOUN = (
    "职能股室|内设股室|股室|职能科室|内设科室|科室|处室|内设机构|二级机构|下属机构|机构|下属单位|直属单位|所属单位|预算单位|事业单位|二级单位|"
    "单位|部门|办公室|中心|站所|居民委员会|村民委员会|委员会|居委会|村委会|专业|制度|办法|水库|[危旧]?桥|泵站|市场|景区|大队|中队|乡镇|街道|社区|镇|乡|村|学校|项目|专项"
)
"""What reports count and list by name: offices, units, places, projects."""
_N = r"(?P<{0}>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}})[个项家所座处条]"
_NAMED_AFTER = r"(?P<noun>[^，。；：、（）\d“”]{0,14}?(?:" + _NOUN + "))"
_NAMED_BEFORE = r"(?P<noun2>(?:" + _NOUN + r"))(?:共有|共计|合计|共|分别|现有|有|为|设)?"
_MORE = (
    r"(?P<more>(?:[，、和及]{1,2}(?:\d{1,3}|[一二两三四五六七八九十]{1,3})个[^，。；：、（）\d]{1,14}){0,3})"
)
"""`2个中心和3个站所`: further counts before the list, which may be of all."""
_LINK = r"(?P<link>，?（|，?(?:分别|具体|主要|依次)?(?:为|是|有|包括|即)：?|：|，分别：)"
"""`（`, `：`, `，分别为`: what leads from the count to the names."""
_AFTER = re.compile(_N.format("n") + _NAMED_AFTER + _MORE + _LINK)
"""`内设3个股室：办公室、财务股、业务股`."""
_BEFORE = re.compile(_NAMED_BEFORE + _N.format("n") + r"(?P<more>)" + _LINK)
"""`下属单位2个，分别是…`."""
_LISTED = re.compile(
    # The second list of `内科、外科2个临床科室和检验科、影像科2个医技科室` begins behind 和.
    r"(?:^|[，。；：]|(?<=[室股科处所站队局委位构心门院])[和及与])"
    r"(?P<list>[^，。；：（）]{2,160}?)(?P<open>等)?(?:(?P<apart>，)?(?:共计|合计|总计|共有|共))?(?P<n>\d{1,3}|[两三四五六七八九十]{1,3})个"
    + _NAMED_AFTER
)
"""`办公室、财务股等3个股室`, `办公室、财务股、业务股，共3个股室`."""
_NOUN_FIRST = re.compile(
    r"(?:" + _NOUN + r")(?:共有|分别|具体)?(?:：|有|为|是|包括|设)(?P<list>[^，。；：（）\d]{6,160}?)"
    r"，?(?:共计|合计|总计|共)(?P<n>\d{1,2}|[两三四五六七八九十]{1,2})个(?=[，。；]|$)"
)
"""`内设机构：党政办、党建办、经发办，共4个`."""
_TASKS = re.compile(
    r"(?:^|[。；])(?:（?[一二三四五六七八九十\d]{1,2}[）、.．])?(?:全年|本年度?|20\d\d年度?)?(?P<list>[^，。；：（）\d]{12,120}?)"
    r"(?<!等)(?P<n>\d{1,2}|[两三四五六七八九十]{1,2})(?P<unit>项|个)(?:重点)?(?P<noun>目标|任务|工作)(?:任务)?(?P<rest>均|都|全部|已|按期|按时|完成|达)"
)
"""`病虫防治、机耕补助、农机检修4项目标均已完成`."""
_SHORTEST_TASK = 4
"""Characters: `数量、质量、时效5项目标` names the kinds of goals and not the goals."""
_UNIT_END = re.compile(
    r"(?:室|股|科|处|所|站|队|中心|办|局|委|会|部|院|馆|园|校|镇|乡|街道|村|社区|公司|场|厂|台|组|段|库)$"
)
"""`财务股`, `种子站`: surely one name of a unit."""
_JOINER = re.compile(r"(?P<left>.)(?:以及|与|和|及|、以及|、及)(?P<right>[^，。；]+)$")
"""`法规股与监管股`: one office or two? Only if both halves end as names do."""
_NOT_ITEMS = re.compile(r"\d+个|其中|负责|主要职责|承担|等等")
"""`其中2个…`, `负责…`: words about the listed, not names."""
_HEAD_END = re.compile(r"[关室股科处所站队办局委会部院馆心]")


_SHOWN = 20
"""Characters of the names that a message repeats: four offices or so."""
_FARTHEST = 2
"""Names more or fewer than said; a larger gap is a list of something else."""


@check("R12", "个数与列举")
def counts(reading: Reading) -> Iterator[Finding]:
    """Wrong: `内设7个股室：` followed by six or eight names, or behind them; one goal fewer named than told.

    Names in brackets inside an item do not count. 与, 和, 及 between two whole names make the count
    ambiguous: a hint if only one of the two readings fits. Silent where the list ends in 等, goes on
    with text instead of names, or where several numbers stand before it and one or their sum fits.
    """
    for sentence in reading.sentences:
        seen: set[int] = set()
        for pattern in (_AFTER, _BEFORE) if re.search("[个项家所座处条]", sentence.text) else ():
            for match in pattern.finditer(sentence.text):
                if match.start("n") not in seen:
                    seen.add(match.start("n"))
                    yield from _compared(reading, sentence, match)
        if "个" in sentence.text and "、" in sentence.text:
            yield from _listed_before(reading, sentence)
            yield from _listed_in_all(reading, sentence)
        yield from _tasks_before(reading, sentence)


def _compared(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    stretch = _list_after(sentence.text, match.end(), match["link"].endswith("（"))
    items = _items(stretch)
    if (
        len(items) + _joints(items) < 2
        or "等" in stretch[-3:]
        or re.search(r"等[^级]?$|等\d", stretch)
        or _prose(items)
        or "万元" in stretch  # `6个项目：食品抽检预算126万元、支出124万元；…`: amounts of one, and no names
        or stretch.startswith(("含", "包含"))  # `学校39所（含公办幼儿园、小学、初中）`: kinds
    ):
        return
    stated = from_count(match["n"])
    others = [from_count(n) for n in re.findall(r"(\d{1,3}|[一二两三四五六七八九十]{1,3})个", match["more"])]
    fits = {stated, *others, stated + sum(others)}
    least, most = len(items), len(items) + _joints(items)
    names = stretch if len(stretch) <= _SHOWN else f"{stretch[:_SHOWN]}…"
    if not others and least == most == stated:
        number = Stretch(sentence.start + match.start("n"), sentence.start + match.end("n"))
        reading.holds("R12", number)
    place = (sentence.start + match.start(), min(sentence.start + match.end() + len(stretch), sentence.end))
    if least in fits and most > least:
        message = f"写明{stated}个，“与”“和”“及”算不算分开可数出{least}或{most}个，请把名称写清"
        yield reading.finding("R12", HINT, message, place)
    elif not fits & set(range(least, most + 1)):
        names_only = "、" in stretch and not re.search("[与和及]", stretch)
        sure = not others and (names_only or all(_UNIT_END.search(_bare(item)) for item in items))
        counted = f"{least}个" if least == most else f"{least}至{most}个"
        message = f"写明{stated}个，实际列举了{counted}（{names}）"
        yield reading.finding("R12", ERROR if sure else CHECK, message, place, expected=counted)


def _list_after(text: str, start: int, bracket: bool) -> str:
    """The listed names: to the closing bracket, or to the first sign that ends the list."""
    depth, end = 0, start
    while end < len(text):
        char = text[end]
        if char == "（":
            depth += 1
        elif char == "）":
            if depth == 0:
                break
            depth -= 1
        elif depth == 0 and (char in "。；" or (char == "，" and _list_is_over(text[start:end], text[end:]))):
            break
        end += 1
    return text[start:end] if not bracket or end < len(text) or "、" in text[start:end] else ""


def _list_is_over(listed: str, rest: str) -> bool:
    """A comma ends a list whose names are parted by 、; where all are parted by commas it does not."""
    if "、" in listed or rest.startswith(("，其中", "，经费", "，均", "，负责", "，编制", "，人员")):
        return True
    following = re.split(r"[，。；]", rest[1:], maxsplit=1)[0]
    return "、" in following or not _UNIT_END.search(_bare(following))


def _items(stretch: str) -> list[str]:
    """The list parted at 、 and ， outside brackets."""
    items, depth, item = [], 0, ""
    for char in stretch:
        depth += (char == "（") - (char == "）")
        if char in "、，" and depth == 0:
            items.append(item)
            item = ""
        else:
            item += char
    return [i for i in [*items, item] if i]


def _bare(item: str) -> str:
    return re.sub(r"（[^（）]*）?", "", item).rstrip("”》")


def _joints(items: list[str]) -> int:
    """How many items more there are if 与, 和, 及 part whole names."""
    return sum(1 for item in items if _joins_names(_bare(item)))


def _joins_names(item: str) -> bool:
    match = _JOINER.search(item)
    return bool(match and _HEAD_END.match(match["left"]) and _UNIT_END.search(match["right"]))


def _prose(items: list[str]) -> bool:
    return any(len(_bare(item)) > 30 or _NOT_ITEMS.search(_bare(item)) for item in items)


def _listed_before(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """`A、B、C等N个…`, `A、B、C N个项目`: more names than the number, or without 等 not as many."""
    for match in _LISTED.finditer(sentence.text):
        items = match["list"].split("、")
        if len(items) < 2 or not items[-1] or _NOT_ITEMS.search(match["list"]):
            continue
        stated = from_count(match["n"])
        # `民政和社会事务办公室` is one name; of what are no units nobody knows.
        units = all(_UNIT_END.search(_bare(item)) for item in items)
        if match["apart"] and not units:
            continue
        joints = _joints(items) if units else len(re.findall(r"[和与及]", match["list"]))
        if units and not joints and len(items) == stated:
            number = Stretch(sentence.start + match.start("n"), sentence.start + match.end("n"))
            reading.holds("R12", number)
        if len(items) > stated or (not match["open"] and len(items) + joints < stated):
            place = (sentence.start + match.start("list"), sentence.start + match.end())
            message = f"前面列举了{len(items)}个，后面写的是{stated}个"
            near = units and not joints and abs(len(items) - stated) <= _FARTHEST
            if near and not (match["open"] and len(items) < stated):
                yield reading.finding("R12", ERROR, message, place, expected=f"{len(items)}个")
            else:
                yield reading.finding("R12", CHECK, f"{message}，请核对", place)


def _listed_in_all(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """`内设机构：党政办、党建办、经发办，共4个`: the noun before the names, the number behind them."""
    for match in _NOUN_FIRST.finditer(sentence.text):
        items = match["list"].split("、")
        if len(items) < 2 or _NOT_ITEMS.search(match["list"]) or "等" in match["list"][-2:]:
            continue
        stated, joints = (
            from_count(match["n"]),
            _joints(items) + len(re.findall(r"及(?:下属|所属)", items[0])),
        )
        if not all(_UNIT_END.search(_bare(item)) for item in items):
            continue
        place = Stretch(sentence.start + match.start("n"), sentence.start + match.end("n"))
        if len(items) == stated and not joints:
            reading.holds("R12", place)
        elif (
            not len(items) <= stated <= len(items) + joints and abs(len(items) + joints - stated) <= _FARTHEST
        ):
            counted = f"{len(items) + joints}个"
            message = f"写明{stated}个，前面列举的是{counted}"
            whole = (sentence.start + match.start("list"), sentence.start + match.end())
            yield reading.finding("R12", ERROR, message, whole, expected=counted)


def _tasks_before(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """One goal too few is left out; one too many may be one goal with 、 in its name, and nobody knows."""
    for match in _TASKS.finditer(sentence.text):
        tasks = match["list"].split("、")
        stated = from_count(match["n"])
        if any(len(t) < _SHORTEST_TASK or re.search(r"[和与及]|以及|其中|每|第", t) for t in tasks):
            continue
        place = (sentence.start + match.start("list"), sentence.start + match.end("noun"))
        if len(tasks) == stated:
            reading.holds("R12", Stretch(sentence.start + match.start("n"), sentence.start + match.end("n")))
        elif len(tasks) == stated - 1 > 2:
            counted = f"{len(tasks)}{match['unit']}"
            message = f"写明{stated}{match['unit']}，前面列举了{counted}"
            yield reading.finding("R12", ERROR, message, place, expected=counted)
