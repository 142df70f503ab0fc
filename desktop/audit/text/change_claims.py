"""What changed by how much: a change told, with the figures that it can be between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from desktop.audit.lists.listings import CLOSED, NAMED, SUMMED
from desktop.audit.text.budget_figures import ADJUSTED, FINAL, INITIAL
from desktop.audit.text.measures import same_measure
from desktop.audit.text.mentions import PERCENT
from desktop.audit.text.reading import Reading
from desktop.audit.text.roles import CHANGE, GROWTH, LEVEL, RATE, Entry
from desktop.domain.chinese_numerals import from_count

_CLAIM_ENDS = re.compile(r"[。；]")
_TO_BUDGET = re.compile(
    r"[比较与](?!上年|去年|上一年)(?:(?P<year>20\d\d)年度?)?[^，。；：]{0,8}?"
    r"(?:预算(?!收|支|财|拨|执行|完成)|年初(?!结转|结余)|计划|安排)"
)
"""`比年初预算增加`; `比2025年预算增加` in the budget of 2026 compares with another year's, `比预算执行数` with what was done."""
_NAMED_YEAR, _LAST_YEAR = re.compile(r"20\d\d年"), re.compile(r"^(?:同?比|较|与)(?:上年|去年|上一年)")
_ADDED = re.compile(r"(?:追加|调增|调减|核增|核减)[^增减]{0,4}$")
"""`年中追加861.60万元` adds to a budget and compares with nothing."""
_TO_LAST_YEAR = re.compile(r"上年|去年|上一年|同比|同期|20\d\d年|年初结转|年初结余|年初的")
_AIM = re.compile(r"目标|任务|计划(?!数)|指标|力争|确保|预计|应不|不低于|不超过")
"""`目标增长8%`: wanted, not reached."""
_OTHER_BASE = re.compile(
    r"年均|环比|累计增|两年|三年|五年|平均增|可比|剔除|扣除|同口径|定基|名义|人均|第一产业"
)
"""`年均增长5%`: over several years; not reckoned here."""
_REASON = re.compile(
    r"原因|主要是|主要为|主要系|其中|包括|具体为|具体是|构成|因素|由于|系|一是|因为|分别|：|因"
)
_ALL_REASONS = re.compile(r"具体为|具体是|构成|分别|原因有[二三四五]|[两二三四五]是?项|部分为")
"""`原因有三：`, `减少部分为：`: nothing is left out."""
_ALL_BEHIND = re.compile(
    r"(?:上述|以上|这)?[两二三四五六](?:项|者|方面)[^，。；]{0,4}(?:构成|即为|即是|就是|为)[^，。；]{0,4}全部"
)
"""`以上三项合计即为全部增加额`, told behind them."""
_COUNTED = re.compile(r"([两二三四五六七])(?:大?(?:个|项|方面|类|部分|笔|块)|是)[^，。；：]{0,6}[：，]")
"""`由两项构成：`, `只有三个方面：`: as many reasons as are told are all of them."""
_LEAD, _BETWEEN_REASONS, _TOTAL_BEHIND = 90, 70, 24
"""Characters from a change to its first reason; between two of them; behind the last."""
_CLAUSE, _STORY = 40, 60
"""Characters before a change: of its clause; of what is told with it, the base of the comparison included."""
_WANTED = re.compile(r"目标|计划(?!内|外)")
"""`年度目标6.5亿元，当年完成6.83亿元，同比增加0.89亿元`: what was done has grown."""
_EITHER_SIDE = ("收入", "支出")
_MOVED_FROM = re.compile(r"(?:增|降|减|升|提高|压减)[^，。；\d]{0,4}(?:到|至|为)")
_WITH_THAT = re.compile(r"[与和同]之(?:相比|比较|相较)|较之|比之")
"""`2022年收入为90万元，与之相比，增加5万元`: the figure right before is compared with."""
_WHOLE = re.compile(r"^(?:收入支出|收支|收、支|收入|支出)(?:总计|总额|总体|合计)")
"""`收入支出总体与上年相比，增加5万元`, the two totals told in the paragraphs before."""
_GENERIC = 2
"""Characters: `支出` and `收入` are borne by too many amounts to be looked for in the whole report."""
_MOST_BEFORE = 6
"""Levels before a change that may be what changed: those of its sentence, and the one told before."""
_FIRST_CLAUSE = 12
"""Characters: a change further into its sentence is not since the figure of the sentence before."""
_FEW_SENTENCES = 3
"""Sentences back to the figure that `比上年增加` may be of."""
_MOST_SEEN = 200
"""Numbers among which it is looked for: a hostile sentence has thousands of changes and no figure."""


class Change(NamedTuple):
    """A claim of change: how far (`moved`), in percent (`growth`), from which old to which new figure."""

    moved: Entry | None
    growth: Entry | None
    news: tuple[Entry, ...]
    old: Entry | None
    """The figure said to be compared with."""

    @property
    def told(self) -> Entry:
        stands = self.moved or self.growth
        assert stands is not None
        return stands

    @property
    def place(self) -> tuple[int, int]:
        last = self.growth or self.told
        return self.told.place[0], max(last.end, self.told.end)


def change_claims(reading: Reading) -> Iterator[Change]:
    """Every change of an amount or count that the body tells, added and wanted ones left out."""
    for told in reading.entries_by_paragraph.values():
        at = 0
        while at < len(told):
            entry = told[at]
            follower = told[at + 1] if at + 1 < len(told) else None
            if entry.role == CHANGE and (_ADDED.search(entry.words) or _is_aim(reading, entry)):
                at += 1
            elif entry.role == CHANGE:
                if follower and follower.role == RATE and follower.words in ("（", ""):
                    # `少1.5万元（39.47%）`, `增长148.35万元、14.02%`
                    follower = replace(follower, role=GROWTH, way=entry.way, words="")
                growth = follower if follower and _goes_with(reading, entry, follower, GROWTH) else None
                yield _claim(reading, told, at, entry, growth)
                at += 2 if growth else 1
            elif entry.role == GROWTH and not _is_aim(reading, entry):
                moved = follower if follower and _goes_with(reading, entry, follower, CHANGE) else None
                yield _claim(reading, told, at, moved, entry)
                at += 2 if moved else 1
            else:
                at += 1


def _goes_with(reading: Reading, one: Entry, other: Entry, role: str) -> bool:
    """`增加5万元，增长10%`, `增长10%，增加5万元`, `增加5万元（10%）`: two words of one change, side by side."""
    between = reading.text.flat[one.end : other.start]
    if _CLAIM_ENDS.search(between) or len(between) > 14 or one.quantity.sentence != other.quantity.sentence:
        return False
    return other.role == role and not other.measure and (one.way == other.way or len(between) <= 8)


def _is_aim(reading: Reading, entry: Entry) -> bool:
    words = reading.text.words_before(entry.start, "。；，", _CLAUSE)
    return bool(_AIM.search(words) or _OTHER_BASE.search(words) or entry.quantity.approximate)


def _claim(
    reading: Reading, told: Sequence[Entry], at: int, moved: Entry | None, growth: Entry | None
) -> Change:
    first = told[at]
    noun = (moved or first).measure or first.measure
    kind = moved.kind if moved else ""
    to_budget = _is_to_budget(reading, first)
    before = _levels_before(told, at, kind)
    to_budget = to_budget or {e.stage for e in before[:2]} == {INITIAL, ADJUSTED}
    old = _old(reading, told, at, before, first, to_budget)
    told_noun = bool(noun)
    if not noun and old is not None:
        noun = old.measure
    news = tuple(e for e in _news(reading, before, first, old, noun, told_noun, to_budget) if e is not old)
    right_before = at > 0 and told[at - 1] is old and old.compared
    if old is not None and not right_before:
        old = old if _belongs(reading, old, news[0] if news else None, first, noun) else None
    return Change(moved, growth, news, old)


def _belongs(reading: Reading, old: Entry, new: Entry | None, first: Entry, noun: str) -> bool:
    """Whether the figure compared with goes with the new one: it stands between it and the change, or right before
    the change, or bears its noun. `收入100万元，比上年90万元增加…：经营收入少5万元` has 90 for another."""
    if noun and old.measure:
        return same_measure(old.measure, noun)
    if new is None or old.start > new.start:
        return not noun or old.end >= first.place[0] - 1
    return "，" not in reading.text.flat[old.end : first.place[0]][:-1] or not old.compared


def _is_to_budget(reading: Reading, entry: Entry) -> bool:
    words = reading.text.words_before(entry.start, ("。", "；", "其中"), _STORY)
    own = (None, str(reading.year))
    last = [m.end() for m in _TO_BUDGET.finditer(words) if m["year"] in own]
    years = [m.end() for m in _TO_LAST_YEAR.finditer(words)]
    return bool(last) and (not years or last[-1] > years[-1])


def _levels_before(told: Sequence[Entry], at: int, kind: str) -> list[Entry]:
    """The levels before a change, nearest first, of its sentence and the two before."""
    sentence = told[at].quantity.sentence
    here = (told[n] for n in range(at - 1, max(at - _MOST_SEEN, 0) - 1, -1))
    near = takewhile(lambda e: sentence - e.quantity.sentence < _FEW_SENTENCES, here)
    levels = (e for e in near if e.role == LEVEL and (not kind or e.kind == kind) and e.quantity.unit)
    return list(islice(levels, 4 * _MOST_BEFORE))


def _old(
    reading: Reading, told: Sequence[Entry], at: int, before: Sequence[Entry], first: Entry, to_budget: bool
) -> Entry | None:
    """The figure compared with: `比上年B万元`, `上年为B万元`, behind the change in a bracket, or the budget."""
    sentence = first.quantity.sentence
    here = [e for e in before if e.quantity.sentence == sentence]
    for entry in here[:2]:
        if _MOVED_FROM.match(reading.text.flat, entry.end) and entry.words.endswith(("由", "从")):
            return entry  # `由90万元增至本年数，增加5万元`
    for entry in here:
        if entry.compared and "；" not in reading.text.flat[entry.end : first.start]:
            return entry
    if here and _WITH_THAT.search(reading.text.flat, here[0].end, first.start):
        return next((e for e in here if e.old), here[0])
    # `甲办公费80万元，上年75万元；乙购置费5万元，比上年多5万元`: the 75 is the other item's.
    own = [e for e in here if "；" not in reading.text.flat[e.end : first.start]] or here
    # `2018年接待费5万元，比上年少3万元`: less than in 2017, whatever the report's year is.
    if all(e.old and _NAMED_YEAR.search(e.words) for e in own) and _LAST_YEAR.search(first.words):
        own = []
    for entry in own[:3]:
        if not to_budget and entry.old and same_measure(entry.measure, first.measure):
            return entry
    for entry in told[at + 1 : at + 4]:
        between = reading.text.flat[first.end : entry.start]
        if entry.role == LEVEL and entry.old and "（" in between and "。" not in between and not to_budget:
            return entry
    if to_budget:
        near = [e for e in here[:4] if "；" not in reading.text.flat[e.end : first.start]]
        new = next((e.measure for e in near if e.stage != INITIAL), "")
        told_here = next((e for e in near if e.stage == INITIAL and same_measure(e.measure, new)), None)
        return told_here or _budget_before(before, sentence)
    nearest = next(iter(before), None)
    begins = reading.text.sentences[sentence].start
    named = first.place[0] - begins > _FIRST_CLAUSE or (
        nearest is not None and _NAMED_YEAR.search(nearest.words) and _LAST_YEAR.search(first.words)
    )
    # `上年决算49万元。…购置费增加18万元`: the nameless figure of another sentence is not the named one's.
    of_it = nearest is not None and (bool(nearest.measure) or not first.measure)
    if nearest and not here and not named and nearest.old and of_it:
        return nearest if same_measure(nearest.measure, first.measure) else None
    return None


def _budget_before(before: Sequence[Entry], sentence: int) -> Entry | None:
    """`预算15万元，决算13.28万元，其中…。比预算节约1.72万元`: the budget of the sentence, or of the one before, what was
    spent right behind it."""
    for spent, budget in pairwise(before):
        if budget.is_budget and spent.stage == FINAL and budget.quantity.sentence >= sentence - 1:
            return budget
    return None


def _elsewhere(reading: Reading, first: Entry, noun: str) -> list[Entry]:
    """`公务接待费支出决算减少0.05万元`, the fee itself told pages before: every value of that noun."""
    named = reading.levels_by_measure.get(noun, []) if len(noun) > _GENERIC else []
    by_amount = {e.amount: e for e in named if e.quantity.unit != PERCENT}
    return sorted(by_amount.values(), key=lambda e: abs(e.start - first.start))[:_MOST_BEFORE]


def _news(
    reading: Reading,
    before: Sequence[Entry],
    first: Entry,
    old: Entry | None,
    noun: str,
    told_noun: bool,
    to_budget: bool,
) -> Iterator[Entry]:
    """The figures that may have changed, the likeliest first. `told_noun`: the change itself says what changed."""
    sentence = first.quantity.sentence
    flat = reading.text.flat
    fit = [
        e
        for e in before
        if e is not old and not e.old and not e.quantity.approximate and e.depth <= first.depth
    ]
    if noun in _EITHER_SIDE:  # `收入增至439万元。支出上年421万元，多支22万元`: of 支出, not of what came in
        fit = [e for e in fit if e.measure == noun or e.measure not in _EITHER_SIDE]
    fit = [e for e in fit if not _WANTED.search(e.words)] or fit
    if to_budget:
        fit = [e for e in fit if e.stage != INITIAL]
    elif not all(e.is_budget for e in fit):
        fit = [e for e in fit if not e.is_budget]
    if noun:
        named = [e for e in fit if e.measure == noun] or [
            e for e in fit if len(e.measure) > len(noun) and same_measure(e.measure, noun)
        ]
        # `与上年三公支出20万元相比`: the figure compared with says what is compared.
        if not named and not told_noun:
            named = [e for e in fit if not e.measure]
        if named or told_noun or len(noun) > _GENERIC:
            yield from named[:_MOST_BEFORE] or _elsewhere(reading, first, noun)
            return
    here = [e for e in fit if e.quantity.sentence == sentence]
    near = [e for e in here if "；" not in flat[e.end : first.start]]
    if near or here:
        yield from near[:_MOST_BEFORE] or here[-1:]
        # `其中接待费6万元。与上年17万元相比，减少1万元`: the total may be meant, whose parts stand between.
        heads = [e for e in fit if e.quantity.sentence != sentence]
        named = [e for e in reading.levels_by_measure.get(noun, ()) if e.start < first.start] if noun else []
        yield from (*named[-2:], *heads[-2:], *heads[:1])
        return
    earlier = [e for e in fit if e.quantity.sentence != sentence]
    if earlier:
        last = earlier[0].quantity.sentence
        yield from [e for e in reversed(earlier) if e.quantity.sentence == last][:2]
        yield from earlier[:2]
    elif not noun and (match := _WHOLE.search(reading.text.words_before(first.start, "。；", _STORY))):
        totals = reading.totals["收入" if "收" in match.group() else "支出"]
        yield from [e for e in totals if e.start < first.start and "总计" in e.words][-1:]


def changes_listed(reading: Reading) -> Iterator[tuple[Entry, list[list[Entry]], str]]:
    """A change and the changes told as its reasons: `增加40万元，主要是调资增加30万元、追加10万元`."""
    for entries in reading.entries_by_paragraph.values():
        for at, parent in enumerate(entries):
            if parent.role != CHANGE or parent.quantity.approximate or parent.words.endswith(("到", "至")):
                continue
            way = _reasons(reading, entries, at)
            if way:
                yield way


def _reasons(
    reading: Reading, entries: Sequence[Entry], at: int
) -> tuple[Entry, list[list[Entry]], str] | None:
    parent, flat = entries[at], reading.text.flat
    items: list[Entry] = []
    lead = ""
    for entry in entries[at + 1 : at + 24]:
        if entry.quantity.sentence - parent.quantity.sentence > 1:
            break
        if not items:
            lead = flat[parent.end : entry.start]
            if len(lead) > _LEAD:
                return None
        if entry.kind != parent.kind or entry.quantity.approximate or entry.role not in (CHANGE, LEVEL):
            continue
        if entry.role == CHANGE and not entry.measure and not items:
            return None
        if entry.old or (items and entry.start - items[-1].end > _BETWEEN_REASONS):
            break
        items.append(entry)
    if len(items) < 2 or not _REASON.search(lead):
        return None
    own = [e for e in items if e.depth <= parent.depth]
    same = [e for e in own if e.quantity.sentence == own[0].quantity.sentence] if own else []
    changes = [e for e in own if e.role == CHANGE]
    ways = [w for w in (same, own, changes) if len(w) >= 2]
    behind = flat[items[-1].end : items[-1].end + _TOTAL_BEHIND]
    stated = SUMMED if _ALL_BEHIND.search(behind) else CLOSED if _ALL_REASONS.search(lead) else NAMED
    count = _COUNTED.search(lead)
    counted = [w for w in ways if count and len(w) == from_count(count[1])]
    if counted:
        return parent, counted, SUMMED
    return (parent, ways, stated) if ways else None
