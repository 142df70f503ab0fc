"""R37: posts (编制) and staff (在职) by kind and in all, what is vacant, and whether the posts are exceeded."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, takewhile

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.mentions import PERCENT, Quantity
from desktop.audit.text.ratios import LAST_DIGIT, RIGHT, best, rate_of
from desktop.audit.text.reading import Reading, Stretch
from desktop.audit.text.staff import POSTS, STAFF, UNKNOWN, People, Vacancy, people
from desktop.audit.text_audit import check
from desktop.domain.numbers import HUNDRED
from desktop.ontology import ontology

_IN_ALL = re.compile(r"共|合计|总|计|小计")
"""`四类人员合计91人`: the total behind its kinds."""
_NOT_EXCEEDED = re.compile(
    r"(?P<each>各类人员均?|均)?(?:无|未|没有|不存在|没)(?:出现)?(?:超编|突破(?:核定)?编制|超过(?:核定)?编制|超出(?:核定)?编制)[^，。；]{0,4}"
    r"|(?P<every>各类人员均?|均)?(?:都|严格)?控制在(?:核定|各自|规定)?的?编制(?:数|总数|人数|限额)?(?:以|之|范围)?内"
)
"""`无超编`, `控制在编制以内`, `各类人员均未突破编制`."""
_POSTS_TOLD = re.compile(r"编制[^，。；、\d]{0,4}\d+[名人个]")
_STAFFED = re.compile(r"在编|在职|实有")
_MOST_PARTS, _MOST_STAFF = 12, 60
_ALL_KINDS = 3
"""行政, 事业 and a third: of two alone, 工勤 may have been left out."""
_NESTED = re.compile(r"其中|含|包括")
_RATE = re.compile(r"编制使用率|占(?:核定)?编制(?:总?数)?的?|满编率|到编率|编制控制率|人员控制率|控制率$")
_OF_A_KIND = re.compile(r"(?:专业|技术|教师|管理|工勤|职称|学历|党员)[^，。；]*占")
_OF_R1B = re.compile(r"(?:在职|人员|编制).*控制率")
_OTHER_RATE = re.compile(r"三公|经费|公用|预算|支出|成本")


@check("R37", "编制与人员不符")
def staff(reading: Reading) -> Iterator[Finding]:
    """Wrong: kinds that do not make their total; `空编5名` that is not posts less staff; `无超编` where there are more
    staff than posts; a 控制率 that is not staff ÷ posts. To be checked: more staff of a kind than posts.

    Also wrong: a share of one kind (`专业技术人员占编制总数的80%`) and a sum of the hired (编外) that is another.
    Silent on parts of the unit (局机关, 所属), on other years, and where a number fits any total that is told.
    """
    found, vacancies = people(reading)
    if not found:
        return
    one_kind = _of_one_kind(reading, found)
    sums = list(_sums(found)) or list(_sums(one_kind))
    made = {total.start: sum(p.value for p in parts) for total, parts in sums}
    yield from _over_or_short(reading)
    yield from _hired(reading, one_kind)
    yield from _shares(reading, one_kind)
    found = _with_all_posts(reading, one_kind)
    posts, staffed = (_told(found, made, role) for role in (POSTS, STAFF))
    rates = [(q, best(q, _pairs(posts, staffed))) for q in _rates(reading, found)]
    _note_rates(reading, found, rates)
    fair = {s for p in posts for s in staffed if _supported(p, s, vacancies, rates)}
    for total, parts in sums:
        if made[total.start] == total.value:
            reading.holds("R37", total, *parts)
        yield from _wrong_sum(reading, total, parts, fair)
    yield from _vacancies(reading, found, vacancies, posts, staffed)
    yield from _exceeded(reading, found, posts, staffed)
    yield from _wrong_rates(reading, rates, posts, staffed)
    yield from _told_twice(reading, found, made, fair)


def _over_or_short(reading: Reading) -> Iterator[Finding]:
    """`编制68名，在编教师66名，超编2名`: there are fewer than posts."""
    for told in reading.entries_by_paragraph.values():
        for posts, staffed, said in zip(told, told[1:], told[2:], strict=False):
            if "编制" not in posts.words or not _STAFFED.search(staffed.words) or not said.amount:
                continue
            word = next((w for w in ("超编", "空编", "缺编") if said.words.endswith(w)), "")
            over = staffed.amount - posts.amount
            if word and abs(over) == said.amount and (over > 0) != (word == "超编"):
                right = f"{'超编' if over > 0 else '空编'}{said.with_unit}"
                message = f"编制{posts.with_unit}，在编{staffed.with_unit}，不是{word}"
                yield reading.finding(
                    "R37", ERROR, message, said.place, staffed.place, posts.place, expected=right
                )


def _of_one_kind(reading: Reading, found: list[People]) -> list[People]:
    """`核定事业编制68名，在编65人`: where no other posts are told, these are all."""
    posts = [p for p in found if p.role == POSTS]
    told = _POSTS_TOLD.findall(reading.text.flat)
    if len(posts) != 1 or len(told) != 1 or posts[0].kind in ("", UNKNOWN):
        return found
    kind = posts[0].kind
    kinds = {p.kind for p in found if p.role == STAFF}
    # A 事业单位 divides its staff by work: 工勤 are then among those of its posts.
    by_work = ontology().staff_by("work") if kind == "事业" and kinds & {"管理", "专技"} else set[str]()
    if kinds - {"", kind, UNKNOWN, *by_work}:
        return found
    return [replace(p, kind="") if p.kind == kind else p for p in found]


def _with_all_posts(reading: Reading, found: list[People]) -> list[People]:
    """`行政编制40名、事业编制60名，实有95人，缺编5人`: with no total told, the kinds side by side are all posts."""
    posts = [p for p in found if p.role == POSTS]
    kinds = {p.kind for p in posts}
    staffed = {p.kind for p in found if p.role == STAFF} - {"", UNKNOWN}
    if len(posts) < 2 or len(kinds) < len(posts) or not staffed <= kinds <= ontology().staff_by("posts"):
        return found
    flat = reading.text.flat
    beside = all(flat[b.start - 1] in "、，" and b.start - a.end == 1 for a, b in pairwise(posts))
    if not beside or len(_POSTS_TOLD.findall(flat)) > len(posts):
        return found
    made = sum(p.value for p in posts)
    return [replace(posts[0], kind="", value=made, end=posts[-1].end), *found]


def _sums(found: list[People]) -> Iterator[tuple[People, list[People]]]:
    """Each total with the two or more kinds that follow it, or that stand before it (`合计`)."""
    used: set[int] = set()
    for at, total in enumerate(found):
        if total.kind or not total.role:
            continue
        parts = _run(found[at + 1 : at + 1 + _MOST_PARTS], total)
        if len(parts) < 2 and _IN_ALL.search(total.words):
            parts = [
                p
                for p in _run(found[max(0, at - _MOST_PARTS) : at][::-1], total)[::-1]
                if p.start not in used
            ]
        if len(parts) > 1:
            used |= {p.start for p in parts}
            yield total, _with_the_hired(found, total, parts)


def _with_the_hired(found: list[People], total: People, parts: list[People]) -> list[People]:
    """`在岗职工214人，其中行政26人、事业145人、编外43人`: the list goes on with people who have no posts."""
    at = bisect_right(found, parts[-1].start, key=lambda p: p.start)
    hired = [p for p in found[at : at + 3] if not p.role and p.paragraph == total.paragraph]
    beside = list(takewhile(lambda pair: pair[1].start - pair[0].end == 1, pairwise([parts[-1], *hired])))
    whole = [*parts, *(p for _, p in beside)]
    return whole if "在岗" in total.words or sum(p.value for p in whole) == total.value else parts


def _run(found: list[People], total: People) -> list[People]:
    """The kinds of the total's own role and paragraph up to the next total; `行政编制32名，实有30名；事业编制41名，实有
    40名；编制合计73名` has those of the other role between them."""
    own = [p for p in found if p.role in (total.role, "") and p.paragraph == total.paragraph]
    same = takewhile(lambda p: p.role == total.role and p.kind, own)
    run: list[People] = []
    for person in same:
        if run and _NESTED.match(person.words):
            break  # `事业44人，其中工勤3人`
        run.append(person)
    return run


_HIRED = re.compile(r"编外|聘|临时|派遣")
_ALL_HIRED = re.compile(
    r"(?:编外|聘用|临聘|外聘|临时)(?:用工|人员|职工|教师)?(?:总共|一共|合计|共计|共|总数)(?:有|为)?$"
)
_ALL_PEOPLE = re.compile(r"(?:职工|人员|用工|在岗)(?:总人数|总数|总计|合计|共计|共)(?:为|有|是|达)?$")


def _hired(reading: Reading, found: list[People]) -> Iterator[Finding]:
    """`聘用教师6人、工人15人、保安4人，编外人员共24人`; `在编163人；临聘人员14人，教职工总数187人` is a question, since
    others may be counted in."""
    flat = reading.text.flat
    for at, total in enumerate(found):
        of_hired, of_all = _ALL_HIRED.search(total.words), _ALL_PEOPLE.search(total.words)
        before = [p for p in found[max(0, at - _MOST_PARTS) : at] if p.paragraph == total.paragraph][::-1]
        hired = list(takewhile(lambda p: not p.role, before))[::-1]
        hired = [p for p in hired if "。" not in flat[p.end : total.start]]
        if not hired or not _HIRED.search(hired[0].words):
            continue
        parts = hired
        if of_all and not of_hired:
            staffed = [p for p in before if p.role == STAFF and not p.kind]
            parts = [*staffed[:1], *hired] if all(_HIRED.search(p.words) for p in hired) else []
        if len(parts) < 2 or not (of_hired or (of_all and len(parts) > len(hired))):
            continue
        made = sum(p.value for p in parts)
        if made == total.value:
            reading.holds("R37", total, *parts)
            continue
        added = "＋".join(str(p.value) for p in parts)
        level, end = (ERROR, "") if of_hired else (CHECK, "，请核对")
        places = [total.place, *(p.place for p in parts)]
        message = f"{added}＝{made}人，写的是{total.value}人{end}"
        yield reading.finding("R37", level, message, *places, expected="" if end else f"{made}人")


_SHARE = re.compile(
    r"占(?:全部|总|全[校院局])*(?:(?P<posts>编制)|(?P<staff>在职|在编))(?:人员)?(?:职工)?(?:总?人?数)?的?$"
)


def _shares(reading: Reading, found: list[People]) -> Iterator[Finding]:
    """`在职68人，专业技术人员55人…。专业技术人员占编制总数的80.88%`: one kind of the staff by all posts or staff."""
    flat = reading.text.flat
    by_end = {p.end: p for p in found if flat[p.start - 1 : p.start] in ("。", "；")}
    staffed = [p for p in found if p.role == STAFF and p.kind in ontology().staff][:_MOST_STAFF]
    wholes = {role: _of_kind(found, role, "") for role in (POSTS, STAFF)}
    for q in reading.quantities:
        match = _SHARE.search(q.label) if q.unit == PERCENT and q.value else None
        if match is None:
            continue
        name = q.label[: match.start()]
        named = {p.value: p for p in staffed if len(name) > 2 and p.words.endswith(name)}
        part = next(iter(named.values())) if len(named) == 1 else None
        if not name:
            part = by_end.get(q.label_start) or by_end.get(q.label_start - 1)
        whole = wholes[POSTS if match["posts"] else STAFF]
        if part is None or part.kind not in ontology().staff or len(whole) != 1 or not whole[0].value:
            continue
        pair = (Decimal(part.value), Decimal(whole[0].value))
        verdict = best(q, [pair])
        if verdict == RIGHT:
            reading.holds("R37", q, part, whole[0])
        elif part.value < whole[0].value:
            right = rate_of(*pair, q.decimals)
            message = f"{part.value}÷{whole[0].value}＝{right}，写的是{q.value}%"
            level = HINT if verdict == LAST_DIGIT else ERROR
            places = (q.place, part.place, whole[0].place)
            yield reading.finding("R37", level, message, *places, expected=right)


def _note_rates(reading: Reading, found: list[People], rates: list[tuple[Quantity, str]]) -> None:
    """A rate is proved where one number of posts and one of staff are told."""
    p, s = (_of_kind(found, role, "") for role in (POSTS, STAFF))
    for stated, verdict in rates:
        if verdict == RIGHT and len(p) == len(s) == 1:
            reading.holds("R37", stated, others=(s[0], p[0]))


def _told(found: list[People], made: dict[int, int], role: str) -> list[int]:
    """The totals as told and as the kinds make them: what is held against them may have been reckoned from either."""
    totals = [p for p in found if p.role == role and not p.kind]
    return list(
        dict.fromkeys([*(p.value for p in totals), *(made[p.start] for p in totals if p.start in made)])
    )


def _pairs(posts: list[int], staffed: list[int]) -> list[tuple[Decimal, Decimal]]:
    return [(Decimal(s), Decimal(p)) for p in posts for s in staffed if p]


def _supported(posts: int, staffed: int, vacancies: list[Vacancy], rates: list[tuple[Quantity, str]]) -> bool:
    """Whether something else that is told follows from these posts and this staff."""
    return any(v.value == posts - staffed for v in vacancies if not v.kind) or any(
        posts and best(q, [(Decimal(staffed), Decimal(posts))]) == RIGHT for q, _ in rates
    )


def _wrong_sum(reading: Reading, total: People, parts: list[People], fair: set[int]) -> Iterator[Finding]:
    made = sum(p.value for p in parts)
    kinds = {p.kind for p in parts}
    by_posts, by_work = ontology().staff_by("posts"), ontology().staff_by("work")
    # A kind told twice, or called otherwise, may be a part of another; where 行政 or 事业 lacks, a kind is missing.
    if made == total.value or len(kinds) < len(parts) or not (kinds <= by_posts or kinds <= by_work):
        return
    if made < total.value and not ("事业" in kinds and kinds & {"行政", "公务员"}) and kinds != by_work:
        return
    if abs(made - total.value) > max(total.value, made) // 2:
        return
    added = "＋".join(str(p.value) for p in parts)
    message = f"{total.role}{'、'.join(p.kind for p in parts)}{added}＝{made}，写的是{total.value}"
    places = [total.place, *(p.place for p in parts)]
    behind = total.start > parts[-1].start
    if made < total.value and len(kinds) < _ALL_KINDS and made not in fair and not behind:
        yield reading.finding("R37", CHECK, f"{message}，请核对有没有漏列", *places)
        return
    # The total may be proved by another number: then one of the kinds is wrong, and nobody can say which.
    expected = "" if total.value in fair and made not in fair else f"{made}{reading.text.flat[total.end - 1]}"
    yield reading.finding("R37", ERROR, message, *places, expected=expected)


def _vacancies(
    reading: Reading, found: list[People], vacancies: list[Vacancy], posts: list[int], staffed: list[int]
) -> Iterator[Finding]:
    for vacancy in vacancies:
        p, s = (_of_kind(found, role, vacancy.kind) for role in (POSTS, STAFF))
        by_kind = {a.value - b.value for a in p for b in s}
        fits = by_kind if vacancy.kind else {a - b for a in posts for b in staffed}
        if (
            not vacancy.kind and len(fits) == 1
        ):  # `行政编制20名，实有18人，空编2名；`: of the kind told before it
            fits |= {
                a.value - b.value
                for kind in ontology().staff_by("posts")
                for a in _of_kind(found, POSTS, kind)
                for b in _of_kind(found, STAFF, kind)
            }
        if len(p) == len(s) == 1 and vacancy.value == p[0].value - s[0].value:
            reading.holds("R37", Stretch(*vacancy.place), p[0], s[0])
        if not fits or vacancy.value in fits or len(p) != 1 or len(s) != 1:
            continue
        right = p[0].value - s[0].value
        word = "空编" if right >= 0 else "超编"
        message = f"编制{p[0].value}减在职{s[0].value}，应{word}{abs(right)}名，写的是{vacancy.word}{abs(vacancy.value)}名"
        yield reading.finding(
            "R37",
            ERROR,
            message,
            vacancy.place,
            p[0].place,
            s[0].place,
            expected=f"{abs(right)}{vacancy.unit}",
        )


def _of_kind(found: list[People], role: str, kind: str) -> list[People]:
    """The mentions of that kind with different values."""
    return list({p.value: p for p in reversed(found) if p.role == role and p.kind == kind}.values())


def _exceeded(
    reading: Reading, found: list[People], posts: list[int], staffed: list[int]
) -> Iterator[Finding]:
    """More staff than posts: wrong where the text says no, a question about a single kind of staff."""
    denied = next(
        (
            (m, (s.start + m.start(), s.start + m.end()))
            for s in reading.sentences
            if "编" in s.text
            for m in _NOT_EXCEEDED.finditer(s.text)
        ),
        None,
    )
    over_told = any(q.value > HUNDRED for q in _rates(reading, found))
    for kind in ("", "行政", "参公", "事业", "工勤"):
        p, s = (_of_kind(found, role, kind) for role in (POSTS, STAFF))
        over = min((b.value for b in s), default=0) - max((a.value for a in p), default=0)
        of_each = bool(denied and (denied[0]["each"] or denied[0]["every"]))
        on_duty = not of_each and any("在岗" in b.words and "在编" not in b.words for b in s[:1])
        if not p or not s or over <= 0 or on_duty:
            continue
        message = f"{kind}编制{p[0].value}名，在职{s[0].value}人，超编{over}人"
        if denied and (not kind or of_each):
            place = denied[1]
            yield reading.finding(
                "R37", ERROR, f"{message}，与“{denied[0].group()}”不符", place, s[0].place, p[0].place
            )
            return
        if kind or not (over_told or any("超编" in x.text for x in reading.sentences)):
            yield reading.finding("R37", CHECK, f"{message}，请核对", s[0].place, p[0].place)
            return


def _rates(reading: Reading, found: list[People]) -> list[Quantity]:
    """The rates of staff to posts in the paragraphs that tell these."""
    paragraphs = {p.paragraph for p in found if p.role == POSTS}
    sentences = reading.text.sentences
    return [
        q
        for q in reading.quantities
        if q.unit == PERCENT
        and sentences[q.sentence].paragraph in paragraphs
        and _RATE.search(q.label)
        and not _OTHER_RATE.search(q.label)
        and not _OF_A_KIND.search(q.label)
    ]


def _wrong_rates(
    reading: Reading, rates: list[tuple[Quantity, str]], posts: list[int], staffed: list[int]
) -> Iterator[Finding]:
    by_r1b = all(reading.headcounts.values())
    for stated, verdict in rates:
        if not posts or not staffed or verdict == RIGHT or (by_r1b and _OF_R1B.search(stated.label)):
            continue  # what R1b can read it tells itself
        right = rate_of(Decimal(staffed[0]), Decimal(posts[0]), stated.decimals)
        message = f"{staffed[0]}÷{posts[0]}＝{right}，写的是{stated.value}%"
        level = HINT if verdict == LAST_DIGIT else ERROR
        yield reading.finding("R37", level, message, stated.place, expected=right)


def _told_twice(
    reading: Reading, found: list[People], made: dict[int, int], fair: set[int]
) -> Iterator[Finding]:
    """Two totals of one year, of which one is proved by its kinds or by another number."""
    for role in (POSTS, STAFF):
        totals = _of_kind(found, role, "")
        proved = [p for p in totals if made.get(p.start) == p.value or (role == STAFF and p.value in fair)]
        if len(totals) != 2 or len(proved) != 1:
            continue
        other = next(p for p in totals if p is not proved[0])
        if other.start in made:
            continue
        digits = sorted(str(other.value)) == sorted(str(proved[0].value))
        message = f"{role}一处写{proved[0].value}，一处写{other.value}，请核对"
        level, expected = (ERROR, str(proved[0].value)) if digits else (CHECK, "")
        yield reading.finding("R37", level, message, other.place, proved[0].place, expected=expected)
