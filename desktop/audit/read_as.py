"""What each number of the text is read as, in a clerk's words: of what, of which stage and year, of which kind."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from desktop.audit.text.budget_figures import ADJUSTED, FINAL, INITIAL
from desktop.audit.text.measures import is_name, measure_of
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.roles import CHANGE, GROWTH, LEVEL, POINTS, RATE, Entry, distinct
from desktop.ontology import ontology

MONEY, PEOPLE, COUNT, SCORE = "金额", "人数", "数量", "得分"
MORE, LESS = "增加额", "减少额"
ROSE, FELL, MOVED_POINTS = "增长率", "下降率", "百分点"
SHARE, PLAIN_RATE = "占比", "比率"
THAN_LAST_YEAR, BUDGET_THAN_LAST_YEAR, THAN_BUDGET, ADDED = "较上年", "预算较上年", "较预算", "年中追加"
"""The stage of a change: what it is a change from, and where it is one of the budget."""


class ReadAs(NamedTuple):
    """`基本支出`, `年初预算`, `2023`, `金额`; '' for what the text does not say.

    The stage of an amount is 年初预算, 全年预算 or 决算, that of a change what it is a change from. A rate is told
    by its name (执行率, 控制率, 占比) as its kind.
    """

    measure: str = ""
    stage: str = ""
    year: str = ""
    kind: str = ""


TOTALS = ("支出", "收入")
_PART_OF_PURCHASES = re.compile(r"货物|工程|服务")
_LONGEST_NODE, _LONGEST_TOTAL = 18, 4
_QUOTES = str.maketrans("", "", "“”‘’\"'")
_LIST_MARK = re.compile(
    r"(?:（?[一二三四五六七八九十\d]{1,3}[）、.．]|[一二三四五六七八九十]是|[①-⑳]|第[一二三四五六]，?)+"
)
# `其中我局2023年度实际完成`: owner, time and what leads in before the noun.
_OWNER = r"我[局办院镇县校市区乡]|本[局办院镇县校市区乡]|(?:我|本)?(?:单位|部门)|全[县市区镇乡校院局]"
_TIME = r"20\d\d年(?:度|末|底|初|终|全年)?|本年度?|上一?年度?|去年|今年|当年|全年|年度|年末|年初|年终|年中"
_SAID = (
    r"(?:主要)?原因是?|主要[是系]|其中|分别|主要|具体|包括|用于|截至|由|总计|合计|共计|总共|累计|小计|总|共|实际|实有(?!人数)|现有|另有|含|有|的|和|及"
    r"|完成|安排|加上?|决算(?!公开)|调整后?(?=预算)|预算(?=总|收入|支出)"
)
_HEAD = re.compile(rf"^(?:{_TIME}|{_OWNER}|{_SAID})+")
_TAIL = re.compile(
    # `基本支出决算数为`, `项目支出年初批复预算总数`, `合作社由`: stage and connectors behind the noun. No two of
    # them make a third (共计 is 共 and 计), or a long row of them would be tried in all its ways.
    rf"(?:{_TIME}|决算|(?<!公共)(?<!基金)(?<!经营)预算|执行|实际|完成|安排|批复|下达|调整后?|追加|列支|发生|总额|总数|总量|金额|合计"
    r"|总计|累计|分别|依次|(?<!人)数|额|达到?|为|是|了|有|约|近|仅|共|计|各|均|由|从|的|，|：|（|[-－])+$"
)
# `公务接待费比上年减少`, `检测量同比增加`: the noun stands before the comparison, and before the movement.
_COMPARED = re.compile(
    r"(?:比|较|与|同|对比|相比)(?:上|去|20\d\d|年初|预算|期|全年|调整|目标|计划|规定|比)|同比|相比|环比"
)
_MOVED = re.compile(
    r"(?:净|年中|年度|上级|共|合计)*(?:增加|增长|增收|增支|上升|提高|追加|调增|核增|超支|超出|扩大|增幅|增速|减少|下降|降低|压降|压减"
    r"|缩减|减收|减支|节约|节省|调减|核减|降幅|减幅|变动率|变化率|增减率|多支出?|少支出?|升|降|增|减|多|少)"
    r"(?:收入|支出|预算|经费|资金|比例|幅度|率|了|额|为|是|约|近|达|到|至)*$"
)
_MOVED_TO = re.compile(r"(?:增加?|减少?|下?降|上?升|提高|调整|压减|扩大)(?:到|至)$")
"""`由20人增加到25人`: the later figure of what the first one was of."""
_RATE = re.compile(
    r"(?:预算|资金)?(?P<kind>执行率|完成率|控制率|支付率|支出率|到位率|使用率|变动率|结转结余率|执行进度|支付进度)(?:为|达到?|是|约|仅|只有?)*$"
)
_PER_CENT_OF = re.compile(r"占|(?P<done>完成)(?=年初|预算|全年|调整|本年)")
"""`公用经费占基本支出的`, `完成年初预算的`: what stands behind is the whole."""
_A_TARGET = re.compile(r"(?:高于|低于|超过|不超|不足|达到|目标|上限|标准)(?:值|为|的)?$")
"""`高于90%的目标`, `为目标120家`: a bar that the number before is held against, no figure of its own."""
_LONGEST_TARGET = 6
_OF_THE_WHOLE = re.compile(r"总[收支]|[入出](?:合计|总[额计])")
"""`综上，全年总支出`: the report's, whatever the heading is of."""
_OF_PROJECTS = re.compile(r"项目|专项|工程")
"""`（一）防汛物资储备项目`: below such a heading a bare 预算 is not the unit's."""
# `两项`, `满分`, `对未完工的`, `该`: left over where a number bears no noun of its own.
_NO_NOUN = re.compile(
    r".|（.*|(?:上述|以上)?[一二两三四五六七八九十]+[项类者]|余下|综合|.中|满分|分值|权重|对(?!个人|企业|附属).*|率|得|每|其|该|此|以上|上述|前者|后者|到|至|原因|问卷|项目|资金|经费|费用|预算|决算|比例|比重|指标|.?年"
)
# `2022年决算`, not `较2022年`, nor the day `2022年5月`.
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年(?!\d{1,2}月)")
_THAN = tuple("比较与同")
# `预算100万元，其中：基本支出60万元`: the part is a budget too, unless it says that it was paid.
_LIST = re.compile(r"其中|包括|分别|含")
_OUTCOME = re.compile(r"决算|实际|执行|完成|支付|列支|发生")
_WITHIN_YEAR = re.compile(r"追加|调增|调减|核增|核减")
_SINCE = re.compile(r"上年|去年|上一年|同期|同比|[比较]20\d\d年度?(?!年初|预算)")
_THAN_BUDGET = re.compile(r"[比较与同].{0,10}(?:预算|年初[数安批])")
_BASES = (THAN_LAST_YEAR, BUDGET_THAN_LAST_YEAR, THAN_BUDGET, ADDED)
# `预算管理自评得分为` -> 预算管理.
_SCORED = re.compile(r"(?:得分?|评分|计|扣|为|是|共|各|的|自评|依次|分别)+$")
_CARRIED = re.compile(r"(?P<when>年初|(?<!加)上年|年末|期初|期末)(?=[^，]{0,8}结[转余])")
"""`年初结转和结余` and `年末结转和结余` are two figures."""
# `年末在职65人`, `在职职工65人`.
_STAFF = re.compile(r"^(?P<who>在职|在编|在岗|退休|离休)(?:职工)?(?:人员|人数|人)?$")
_NO_LEAD = re.compile(r"[不偏未慢低缺\d]|有待|问题|情况$|年$")
"""`1.水质监测专项。年初预算86万元` names what the money is for; `1.支付进度偏慢。` does not."""
_OF_SEVERAL = re.compile(r"合计|共计|总计|小计|相加|之和|均|每|^共")
"""`合计90万元`, `人均120元` without a noun: not what the number before is of."""
# `“三公”经费支出情况` is of “三公”经费.
_HEADING_ENDS = re.compile(r"(?:总体|使用|安排|管理|支出|预算|执行|决算|收支|及|和|与)*(?:情况|说明|分析)*$")
_TELLS = re.compile(r"(?:情况|说明|分析)+$")
_LONGEST_HEADING, _LONGEST_NAME, _LONGEST_WORDS = 30, 30, 60
_NEW_CLAUSE = re.compile(r"；(?:全年|本年)?(?:实际)?(?:支出|决算)(?:数)?(?:为)?$")
_LEAD_ENDS = re.compile(r"[。：，]")


@lru_cache(maxsize=2)
def read_as(reading: Reading) -> dict[Stretch, ReadAs]:
    """Every number of the body, as far as its words, those before it in the sentence, the head of its paragraph
    and the heading above say what it is. Kept for the reading: rules and evidence ask."""
    subjects = _Subjects(reading)
    found: dict[Stretch, ReadAs] = {}
    for entry in reading.entries:
        quantity = entry.quantity
        measure = subjects.of(entry)
        read = ReadAs(ontology().name_of(measure), subjects.stage, subjects.year, _kind(entry))
        found[Stretch(quantity.start, quantity.end)] = read
    return found


@lru_cache(maxsize=2)
def amounts_by_name(reading: Reading) -> dict[tuple[str, str], dict[str, list[Entry]]]:
    """Measure and year -> stage -> the amounts of money that are read so, each value once."""
    read = read_as(reading)
    found: dict[tuple[str, str], dict[str, list[Entry]]] = {}
    for entry in reading.entries:
        name = read[Stretch(entry.start, entry.end)]
        if entry.role == LEVEL and name.kind == MONEY:
            found.setdefault((name.measure, name.year), {}).setdefault(name.stage, []).append(entry)
    return {name: {stage: distinct(told) for stage, told in by.items()} for name, by in found.items()}


class _Subjects:
    """Walks the numbers in order and remembers what the last ones were of."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._paragraph = self._sentence = -1
        self._heading = self._owner = ""
        self._of_projects = False
        self._subject = self._in_bracket = ""
        self._told_to = 0
        self._year: int | None = None
        self._budget_listed = self._budget = self._than = ""
        self.stage = self.year = ""

    def of(self, entry: Entry) -> str:
        """The noun of the next number, '' where it is not known; `stage` and `year` are its."""
        self._move_to(entry)
        budget_before, told_to = bool(self._budget), self._told_to
        self._tell_time(entry)
        name = noun(entry.words[-_LONGEST_WORDS:], entry.role, entry.quantity.unit)
        if entry.role in (LEVEL, RATE) and _A_TARGET.search(entry.words[-_LONGEST_TARGET:]):
            return ""
        above = (self._in_bracket if entry.depth else "") or self._subject
        if (
            not entry.depth
            and self._owner
            and _NEW_CLAUSE.search(self._reading.text.flat, told_to, entry.start)
        ):
            above = self._owner  # `三公经费预算9万元，其中接待费2万元；实际支出8万元`
        if name in TOTALS and self._is_total_of_an_item(entry, above if budget_before else ""):
            name = ""
        counted = entry.role == LEVEL and entry.quantity.money is None
        if not name and counted and not _MOVED_TO.search(entry.words):
            return ""
        if (not name or "相加" in name) and entry.role == LEVEL and _OF_SEVERAL.search(entry.words):
            return ""
        if name in TOTALS and entry.old and not above and self._has_a_topic(entry):
            return ""
        subject = name or above or self._owner or self._heading or self._whole(entry)
        if name and entry.depth:
            self._in_bracket = name
        elif name:
            self._subject, self._in_bracket = name, ""
        self._owner = self._owner or subject
        return subject

    def _is_total_of_an_item(self, entry: Entry, budgeted: str) -> bool:
        """`水质监测预算86万元，支出84万元`, `1. 水质监测84万元。支出比上年减少4万元`, `支出` below the heading
        `三公经费`: not the report's total."""
        if budgeted and budgeted not in TOTALS and not entry.quantity.label.startswith("总"):
            return True
        of = self._owner or self._heading
        if not of or of in TOTALS or _OF_THE_WHOLE.search(entry.words):
            return False
        start = self._reading.text.paragraphs[self._paragraph][0]
        marked = _LIST_MARK.match(self._reading.text.flat, start, start + 8)
        return of == self._heading or bool(marked) or entry.role != LEVEL

    def _whole(self, entry: Entry) -> str:
        """`2023年，我局年初预算820万元` at the head of a paragraph that names nothing: of all that the unit spends."""
        said = entry.role in (LEVEL, CHANGE) and self.stage in (INITIAL, ADJUSTED, FINAL, ADDED)
        if not said or entry.quantity.money is None or self._of_projects:
            return ""
        text = self._reading.text
        start = text.paragraphs[self._paragraph][0]
        before = text.flat[
            max(start, entry.quantity.label_start - _LONGEST_HEADING) : entry.quantity.label_start
        ]
        return "" if measure_of(before.strip("，：。")) else "支出"

    def _has_a_topic(self, entry: Entry) -> bool:
        """`防控物资本年起统一配发，上年支出66万元`: of what is told first, and that is no name."""
        text = self._reading.text
        before = text.flat[text.sentences[self._sentence].start : entry.quantity.label_start]
        return bool(measure_of(before.strip("，：")))

    def _move_to(self, entry: Entry) -> None:
        text = self._reading.text
        sentence = entry.quantity.sentence
        if sentence == self._sentence:
            return
        paragraph = text.sentences[sentence].paragraph
        if paragraph != self._paragraph:
            for between in range(self._paragraph + 1, paragraph):
                self._pass(*text.paragraphs[between])
            self._owner = self._lead(*text.paragraphs[paragraph])
        self._paragraph, self._sentence = paragraph, sentence
        self._subject, self._in_bracket, self._year = "", "", None
        self._told_to = text.sentences[sentence].start
        self.stage = self._budget_listed = self._budget = self._than = ""

    def _pass(self, start: int, end: int) -> None:
        """A paragraph without a number: a heading names what the paragraphs below it are of."""
        if end - start > _LONGEST_HEADING:
            return
        self._heading = ""
        self._of_projects = bool(_OF_PROJECTS.search(self._reading.text.flat, start, end))
        if _begins_as_node().search(self._reading.text.flat, start, end):
            found = noun(_topic(self._reading.text.flat[start:end].rstrip("：。")), LEVEL, "")
            self._heading = found if found in ontology().nodes and found not in TOTALS else ""

    def _lead(self, start: int, end: int) -> str:
        """`1.公务接待费。年初预算5万元`: a paragraph's first words, parted from its sentences."""
        flat = self._reading.text.flat
        marked = _LIST_MARK.match(flat, start, min(end, start + 8))
        ends = _LEAD_ENDS.search(flat, start, min(end, start + _LONGEST_HEADING))
        lead = flat[marked.end() : ends.start()] if marked and ends else ""
        if not lead or _NO_LEAD.search(lead):
            return ""
        return noun(_topic(lead), LEVEL, "")

    def _tell_time(self, entry: Entry) -> None:
        """The year said last in the sentence that is not compared with, and the stage: a rate of growth takes over
        that of the change before it, `预算100万元，其中：基本支出60万元` that of its list."""
        flat, report = self._reading.text.flat, self._reading.year
        for match in _YEAR.finditer(flat, self._told_to, entry.start):
            if not flat.startswith(_THAN, match.start() - 1):
                self._year = int(match["year"])
        moved = entry.role in (CHANGE, GROWTH, POINTS)
        if entry.compared:
            self._than = _base(entry.words)
        old = entry.old and not (entry.compared and self._than == THAN_BUDGET)
        old = old or (entry.role == RATE and bool(_SINCE.search(entry.words)))  # `执行率95%，上年93%`
        last = report - 1 if report is not None and old else None
        year = report if moved else last or self._year or report
        self.year = str(year) if year is not None else ""
        if moved:
            base = _base(entry.words) or self._than or (ADDED if self._budget == ADJUSTED else "")
            if base == THAN_LAST_YEAR and self._budget and not _OUTCOME.search(entry.words):
                base = BUDGET_THAN_LAST_YEAR
            self.stage = base or (self.stage if self.stage in _BASES else "")
            self._budget = "" if base == ADDED else self._budget
        elif entry.role == LEVEL and entry.quantity.money is not None:
            stage = entry.stage
            if (self._budget or self._budget_listed) and _LIST.search(flat, self._told_to, entry.start):
                self._budget_listed = self._budget
            plain = self._budget_listed and stage in ("", FINAL) and not _OUTCOME.search(entry.words)
            self.stage = self._budget_listed if plain else stage
            self._budget = self.stage if self.stage in (INITIAL, ADJUSTED) else ""
        else:
            self.stage = ""
        self._told_to = entry.end


def _topic(heading: str) -> str:
    """`（二）“三公”经费使用情况` -> （二）“三公”经费; `项目支出情况` is 项目支出 by its whole name, of which 支出 is no ending."""
    bare = _TELLS.sub("", heading)
    return bare if measure_of(bare) in ontology().nodes else _HEADING_ENDS.sub("", heading)


def _base(words: str) -> str:
    if _WITHIN_YEAR.search(words):
        return ADDED
    if _SINCE.search(words):
        return THAN_LAST_YEAR
    return THAN_BUDGET if _THAN_BUDGET.search(words) else ""


@lru_cache(maxsize=8192)
def noun(words: str, role: str, unit: str) -> str:
    """`其中我局“三公”经费决算数为` -> 三公经费, `监测预警经费比上年增加` -> 监测预警经费; '' where no noun is left."""
    name = words.translate(_QUOTES)
    marked = _LIST_MARK.match(name)
    name = name[marked.end() :] if marked else name
    if unit == "分":
        name = _HEAD.sub("", _SCORED.sub("", name))[-_LONGEST_NAME:]
        return "" if _NO_NOUN.fullmatch(name) else name
    compared = _COMPARED.search(name)
    if compared:
        name = name[: compared.start()]
    if role in (CHANGE, GROWTH, POINTS) or compared:
        name = _MOVED.sub("", name)
    elif role == RATE:
        of = _PER_CENT_OF.search(name)
        name = _RATE.sub("", name[: of.start()] if of else name)
    else:
        name = _MOVED_TO.sub("", name)
    carried = _CARRIED.search(name) if "结" in name else None
    name = _TAIL.sub("", _HEAD.sub("", name)).replace("实际", "")
    if carried and name:
        return f"{carried['when']}{name}"
    known = _known(_STAFF.sub(r"\g<who>人员", name))
    return f"{known}总计" if known in TOTALS and "总计" in words else known


@cache
def _begins_as_node() -> re.Pattern[str]:
    """`公用经费支出` is the node; `财政拨款基本支出`, `编外人员经费` are names of their own."""
    return re.compile("|".join(word for node in ontology().nodes.values() for word in node.begins))


def _known(name: str) -> str:
    """The node that a name is of, or the name as it is written."""
    begins, short, whole = _begins_as_node().match(name), len(name) <= _LONGEST_TOTAL, is_name(name)
    node = measure_of(name) if begins or short or whole else name
    if not node or _NO_NOUN.fullmatch(name) or (short and _NO_NOUN.fullmatch(node)):
        return ""
    if node in TOTALS and short:
        return node
    own = name.endswith("资金") or (_PART_OF_PURCHASES.search(name) and "采购" in name)
    if node in ontology().nodes and (begins or whole) and len(name) <= _LONGEST_NODE and not own:
        return node
    return name[-_LONGEST_NAME:]


def _kind(entry: Entry) -> str:
    quantity = entry.quantity
    if entry.role == CHANGE:
        return LESS if entry.way < 0 else MORE
    if entry.role == GROWTH:
        return FELL if entry.way < 0 else ROSE
    if entry.role == POINTS:
        return MOVED_POINTS
    if entry.role == RATE:
        return _kind_of_rate(entry.words)
    if quantity.money is not None:
        return MONEY
    if quantity.unit in ("人", "名"):
        return PEOPLE
    return SCORE if quantity.unit == "分" else COUNT if quantity.unit else ""


def _kind_of_rate(words: str) -> str:
    named = _RATE.search(words)
    if named:
        return named["kind"]
    of = _PER_CENT_OF.search(words)
    return PLAIN_RATE if of is None else "完成率" if of["done"] else SHARE
