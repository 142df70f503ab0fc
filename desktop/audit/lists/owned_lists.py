"""Lists whose owner no word announces: closed sets, classes of spending, totals behind their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from desktop.audit.lists.listings import CLOSED, FAR, PLACED, SUMMED, Listing, is_rest, one_a_clause
from desktop.audit.read_as import MONEY, ReadAs, read_as
from desktop.audit.text.budget_figures import FINAL
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.roles import CHANGE, LEVEL, Entry, amounts_of, distinct, levels_of, sum_of
from desktop.domain.chinese_numerals import from_count
from desktop.ontology import ontology

_NOTHING_BOUGHT = ("三公经费", ("因公出国", "公车运行", "公务接待"))
"""Where no car was bought, these three are all."""
_OF_THE_TABLE = re.compile(r"^(?:收入|支出)总计")
_ROW = 26
"""Characters between two items that stand in one row before their total."""
_MOST_TOTALS, _LEAST_CLASSES = 6, 3
_TOTAL_BEHIND = re.compile(
    r"^(?:以上|上述|前述|这)?(?:(?P<count>[两二三四五六七八九十\d]{1,2})(?:项|类|者|部分|个项目|笔|块|级|方面|[条座处所家口台辆期次批户](?=[^，。；\d]{1,6}共))[^，。；]{0,6})?"
    r"(?:资金|支出|收入|经费)?(?:合计|共计|总计|合共|加总|相加|之和|总和|合起来|小计|共|总共|合)[^，。；\d]{0,8}$"
)
"""`…，两项合计15万元`, `三项相加为15万元`, `以上共计`."""


@cache
def classes_of_spending() -> re.Pattern[str]:
    """`教育支出`, `卫生健康（类）支出`: a list of them is a list of all of them."""
    names = (name for node in ontology().under("支出功能分类") for name in node.all_names)
    stems = "|".join(dict.fromkeys(name.removesuffix("支出") for name in names))
    return re.compile(rf"(?:{stems})(?:（类）)?(?:支出|类)")


def by_function(reading: Reading) -> Iterator[Listing]:
    """Three classes of spending and more in one paragraph, whose total stands pages before: one of the report's totals."""
    totals = distinct(e for e in reading.totals["支出"] if e.quantity.money)[:_MOST_TOTALS]
    for entries in reading.entries_by_paragraph.values() if totals else ():
        classes = [e for e in levels_of(entries) if e.quantity.money and not e.old and not e.is_budget]
        row = [e for e in classes if classes_of_spending().search(e.words)]
        if len(row) >= _LEAST_CLASSES and not any(t in classes for t in totals):
            largest = max(e.amount for e in row)
            owners = [t for t in totals if t.amount > largest]
            if owners:
                yield Listing(owners, [row], FAR)


def closed_sets(reading: Reading) -> Iterator[Listing]:
    """`支出决算100万元。基本支出60万元，项目支出40万元`: parts that leave nothing out, told behind their whole
    within its paragraph without a word between."""
    bought = any(e.amount for node in ("公车购置", "公车") for e in reading.levels_by_measure.get(node, ()))
    sets = (*ontology().closed, *(() if bought else [_NOTHING_BOUGHT]))
    for entries in reading.entries_by_paragraph.values():
        levels = levels_of(entries)
        measures = {e.measure for e in levels}
        for whole, parts in sets:
            if measures.issuperset(parts):
                yield from _closed_set(reading.text.flat, levels, whole, parts)


def _closed_set(flat: str, levels: list[Entry], whole: str, parts: Sequence[str]) -> Iterator[Listing]:
    for at, owner in enumerate(levels):
        if owner.old or not _is_whole(owner, whole):
            continue
        found: dict[str, Entry] = {}
        for entry in levels[at + 1 : at + 14]:
            if _is_whole(entry, whole) and entry.amount != owner.amount and not entry.old:
                break
            alike = entry.kind == owner.kind and entry.is_budget == owner.is_budget and not entry.old
            if alike and entry.measure in parts:
                found.setdefault(entry.measure, entry)
            elif found and is_rest(flat, entry):
                return  # `…、补助14万元，剩余41万元为资本性支出`: of a larger whole
        if len(found) == len(parts) and not _of_both(levels[at + 1 :], owner, list(found.values())):
            yield Listing([owner], [list(found.values())], CLOSED)


def _of_both(behind: Sequence[Entry], owner: Entry, items: Sequence[Entry]) -> bool:
    """`基本支出60万元，项目支出40万元。按经济分类，工资福利支出70万元、…`: the classes of both, where they make more."""
    beside = next((e for e in behind if e.start < items[0].start), None)
    return beside is not None and beside.measure in ("项目支出", "基本支出") and sum_of(items) > owner.amount


def _is_whole(entry: Entry, whole: str) -> bool:
    return entry.measure == whole or (whole == "支出" and entry.measure.endswith("财政拨款支出"))


def three_expenses(reading: Reading) -> Iterator[Listing]:
    """`三公经费决算3.36万元。` and, in paragraphs of their own, `运行维护费2.24万元`, `接待费1.12万元`, where each is told with one
    value and of the others (出国, 购置) no amount but 0. In a report of our own J3 tells it of the table."""
    known = reading.levels_by_measure
    if reading.assessment is not None or not known.get("公车运行") or not known.get("公务接待"):
        return
    read = read_as(reading)
    year = str(reading.year) if reading.year else ""

    def told(node: str) -> list[Entry]:
        of = (ReadAs(ontology().name_of(node), stage, year, MONEY) for stage in ("", FINAL))
        meant = set(of)
        return distinct(
            e
            for e in reading.entries
            if e.role == LEVEL and not e.quantity.approximate and read[Stretch(e.start, e.end)] in meant
        )

    whole, cars, guests = told("三公经费"), told("公车运行"), told("公务接待")
    others = [e for node in ("因公出国", "公车购置", "公车") for e in told(node) if e.amount]
    others = [e for e in others if not (cars and e.amount == cars[0].amount)]
    if len(whole) == len(cars) == len(guests) == 1 and not others and whole[0].amount:
        yield Listing([whole[0]], [[cars[0], guests[0]]], CLOSED)


def behind_them(reading: Reading) -> Iterator[Listing]:
    """`A 3万元、B 2万元，两项合计5万元`; `以上四项共计…` behind four sentences or paragraphs."""
    flat = reading.text.flat
    for entries in reading.entries_by_paragraph.values():
        levels = levels_of(entries)
        yield from _changes_behind(flat, [e for e in entries if e.role == CHANGE and e.quantity.unit])
        for at, total in enumerate(levels):
            match = _TOTAL_BEHIND.match(total.words)
            if match is None or total.old:
                continue
            before = [
                e
                for e in levels[max(0, at - 16) : at]
                if e.kind == total.kind and not e.old and e.depth <= total.depth
            ]
            if "编制" in total.words:  # `行政编制52名、实有50人，…，合计编制120名`
                before = [e for e in before if "编" in e.words] or before
            count = from_count(match["count"]) if match["count"] else None
            here = list(_in_one_row(flat, [*before, total]))[:-1]
            row = here[-count:] if count and len(here) >= count else here
            # `支持商贸稳增长30万元`: a name may end in a word of change, and its amount is no change.
            mixed = [e for e in amounts_of(entries) if e.end <= total.start and e.kind == total.kind][-16:]
            tails = (mixed[-n:] for n in range(2, len(mixed) + 1))
            ways = [w for w in (row, *_others(flat, before, total, count), *tails) if len(w) >= 2]
            if ways:
                # `年初结转15万元，使用结余3万元，收入总计193万元`: of what came in as well, told before.
                table = count is None and bool(_OF_THE_TABLE.search(total.words))
                told = row is ways[0] and count in (None, len(row)) and "加" not in row[0].words and not table
                yield Listing([total], ways, CLOSED if told else PLACED)


def _changes_behind(flat: str, changes: Sequence[Entry]) -> Iterator[Listing]:
    """`甲减少2.15万元、乙减少0.48万元，两项共减少2.63万元`: the changes before, as many as the total says."""
    for at, total in enumerate(changes):
        match = _TOTAL_BEHIND.match(total.words)
        count = from_count(match["count"]) if match and match["count"] else 0
        row = changes[max(0, at - count) : at]
        alike = all(e.way == total.way and e.kind == total.kind and e.measure for e in row)
        if count >= 2 and len(row) == count and alike and "。" not in flat[row[0].end : total.start]:
            yield Listing([total], [list(row)], SUMMED)


def _in_one_row(flat: str, entries: Sequence[Entry]) -> list[Entry]:
    """The items right before a total, with nothing but their names between."""
    row = [entries[-1]]
    for entry in reversed(entries[:-1]):
        between = flat[entry.end : row[0].start]
        if re.search(r"[。；\d]", between) or len(between) > _ROW or not entry.measure:
            break
        row.insert(0, entry)
    return row


def _others(flat: str, before: Sequence[Entry], total: Entry, count: int | None) -> Iterator[list[Entry]]:
    """Other numbers that a total behind may mean: of its stage, one a clause, the last ones; a sum and what is added."""
    stages = [e for e in before if e.is_budget == total.is_budget]
    clauses = one_a_clause(flat, before, "。；")
    for way in (before, stages, clauses, [e for e in stages if e.measure]):
        yield from (list(way[-n:]) for n in ([count] if count else range(2, len(way) + 1)))
    yield from ([e, before[-1]] for e in before[:-1])
    yield from ([e, *before[-2:]] for e in before[:-2])
