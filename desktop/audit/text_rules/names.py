"""R14, R14k: what the unit calls itself, and whether it is the same unit, in the same county, throughout."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_HEADS = "管理局|局|委员会|管委会|办公室|中心|管理处|大队|支队|委|院|馆|站|所|校"
"""What names of public bodies end in; the longer before its end (管理局 before 局)."""
_SELF = re.compile(
    r"(?:我|本)(?P<kind>单位|部门|中心|局|委(?!托|派|任|员|屈|会)|办(?!公|理|法|事|学|好|案)|院(?!士)|校(?!园|长)|所(?![在有以说述列属得])|站(?!在|点)|"
    r"馆|大队|支队|街道|镇(?!江)|厅|会(?=20\d\d|机关|内设|严格|认真))"
)
"""`我局`, `本单位`; not words that only begin so (`本委托`, `我办公室`, `本院士`)."""
_GENERAL = ("单位", "部门")
"""我单位 and 本部门 suit every unit and stand beside its own self-name."""
_PLACE = r"[一-龥]{2,4}?(?:自治县|新区|县|区|市|旗)"
"""`清溪县`, `东湖区`: two to four characters and the kind of place."""
_NAME = re.compile(rf"(?P<place>{_PLACE})(?P<body>[一-龥]{{2,16}}?(?:{_HEADS}))")
"""`清溪县水利局`."""
_TITLE = re.compile(
    rf"^(?:关于)?(?:20\d\d年度?)?(?P<place>{_PLACE})(?P<body>[一-龥]{{2,16}}?(?:{_HEADS}))(?:20\d\d年度?)?(?:部门|单位|预算单位)?(?:整体|预算|支出|项目|绩效|$)"
)
"""`2023年度清溪县水利局部门整体支出绩效自评报告`."""
_FORM_NAME = re.compile(r"(?:单位名称|单位名称：|（单位）名称：)$")
"""`预算单位名称`: the cell, or the line of the cover, above the name."""
_SELF_VERB = re.compile(
    r"(?:（以下简称[^（）]{1,16}）)?(?:是|为|系|内设|核定|机关|现有|下设|共有|主要职责|20\d\d年度?(?:部门|单位)?(?:整体|预算|决算|收入|支出|财政)|深入|认真|紧紧|坚持|始终)"
)
"""`…局是县政府工作部门`, `…局内设5个股室`: only a unit's own report opens so."""
_ITEM_MARK = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[、.]")
_AREA = re.compile(r"(?:全|我)(?P<kind>县|区|市)(?!域|间|段|级|直|外|长|场|政|民|别|位|划|内外)")
"""`全县`, `我区`; not `全区域`, `全市场`."""
_INVENTED = re.compile(r"^(?:全|各|我|本|该|外|邻|其他|所在|乡镇|城|市|县|辖|园|社|小|校|景|牧|林|库|灾|疫)")
"""`全县`, `我市`, `城区`: what looks like a place's name and is none."""
_SUITS = {
    # What the full name ends in: the words after 我 or 本 that suit it.
    "镇人民政府": ("镇",),
    "乡人民政府": ("乡",),
    "街道办事处": ("街道", "办", "处"),
    "管理委员会": ("委", "会", "区"),
    "委员会": ("委", "会"),
    "局": ("局",),
    "医院": ("院",),
    "法院": ("院",),
    "检察院": ("院",),
    "中学": ("校",),
    "小学": ("校",),
    "学校": ("校",),
    "幼儿园": ("园",),
}
_FULL_ENDS = "|".join(_SUITS)
_KIND_TITLE = re.compile(
    rf"^(?:附件\d?：?)?(?:20\d\d年度?)?(?P<name>[一-龥]{{2,20}}?(?P<kind>{_FULL_ENDS}))"
    r"(?:（[^（）]{0,10}）)?(?:关于)?(?:20\d\d年度?)?(?:部门|单位|预算|决算|整体|绩效|支出|项目|自评|$)"
)
"""`清河县石桥街道办事处2023年度决算公开说明`."""
_TOP_LINES = 6
_SHOWN = 5
"""So many places of one wrong name are marked: `全县` may stand on every page."""
_SELF_OF_KIND = re.compile(
    r"(?:我|本)(?P<kind>镇(?!江|痛|静)|乡(?!村|亲|镇|土)|街道|局(?!部|面|限|域)|校(?!园|长|准|内外)|委(?!托|派|任|员|屈|会))(?!级财政)"
)
"""`我镇`, `本局`; not `本乡村`, `本局部`."""
_OTHER_OFFICE = re.compile(
    r"(?:^|[，。；：、）])(?:[一二三四五六七八九十\d]{1,2}[、.])?(?P<name>[一-龥]{2,12}?(?P<kind>镇人民政府|乡人民政府|街道办事处|(?<!财政)(?<!审计)局))"
    r"(?P<deed>(?:20\d\d年度?)?(?:对(?:部门|单位|本单位|本部门)整体[^，。；]{0,20}自评|(?:部门|单位)整体支出绩效自评|(?:组织)?开展了?[^，。；]{0,6}绩效自评))"
)
"""`石桥镇人民政府对部门整体开展了绩效自评`: only the unit itself does that in its own report."""


@check("R14", "单位自称与名称", of_words=True)
def names(reading: Reading) -> Iterator[Finding]:
    """Wrong: the self-name with another county's name (text taken from elsewhere).

    Hints: several kinds of self-name (我局 and 我办; 我局 and 我单位 together are usual and pass), short
    forms of the full name that no 以下简称 introduces. 全县 in a 区 is to be checked. Superior and
    neighbouring offices that are only mentioned are left alone.
    """
    yield from _self_names(reading)
    own = _own_name(reading)
    if own is not None:
        yield from _short_forms(reading, *own)
        yield from _other_places(reading, *own)
        yield from _areas(reading, own[0])


def _self_names(reading: Reading) -> Iterator[Finding]:
    places_of: dict[str, list[tuple[int, int]]] = {}
    words: dict[str, str] = {}
    for match in _SELF.finditer(reading.text.flat):
        if not reading.in_annex(match.start()):
            places_of.setdefault(match["kind"], []).append((match.start(), match.end()))
            words.setdefault(match["kind"], match.group())
    special = [kind for kind in places_of if kind not in _GENERAL]
    if len(special) < 2 and len(places_of) < 3:
        return
    kinds = sorted(places_of, key=lambda kind: -len(places_of[kind]))
    shown = "、".join(f"“{words[kind]}”{len(places_of[kind])}处" for kind in kinds)
    places = [place for kind in kinds[1:] for place in places_of[kind][:_SHOWN]]
    message = f"自称不统一：{shown}，请统一为“{words[kinds[0]]}”"
    yield reading.finding("R14", HINT, message, *places, expected=words[kinds[0]], all_wrong=True)


def _own_name(reading: Reading) -> tuple[str, str] | None:
    """(place, rest) of the unit's full name: from its tables, the title, the forms, a sentence on itself."""
    if reading.assessment:
        stated = reading.assessment.sheet.get("unit", "this", "name")
        match = _NAME.match(stated) if stated else None
        if match and match.end() == len(stated):
            return match["place"], match["body"]
    flat, lines = reading.text.flat, reading.text.lines
    candidates: Counter[tuple[str, str]] = Counter()
    for number, (start, end) in enumerate(lines):
        line = flat[start:end]
        title = _TITLE.match(line)
        if title and "绩效" in flat[start : end + 30]:
            candidates[title["place"], title["body"]] += 5
        if number and _FORM_NAME.search(flat[slice(*lines[number - 1])]):
            whole = _NAME.fullmatch(line)
            if whole:
                candidates[whole["place"], whole["body"]] += 5
    for sentence in reading.sentences:
        mark = _ITEM_MARK.match(sentence.text)
        opening = _NAME.match(sentence.text, mark.end() if mark else 0)
        if opening and _SELF_VERB.match(sentence.text, opening.end()):
            candidates[opening["place"], opening["body"]] += 1
    best = candidates.most_common(1)
    return None if not best or _INVENTED.match(best[0][0][0]) else best[0][0]


def _short_forms(reading: Reading, place: str, body: str) -> Iterator[Finding]:
    flat = reading.text.flat
    if re.search(r"(?:以下|下)?简称", flat):
        return
    places_of: dict[str, list[tuple[int, int]]] = {}
    for match in re.finditer(re.escape(place), flat):
        rest = flat[match.end() : match.end() + len(body)]
        if rest == body:
            continue
        for length in range(2, len(body)):
            short = rest[:length]
            if short[-1:] == body[-1] and _within(short, body):
                places_of.setdefault(place + short, []).append((match.start(), match.end() + length))
                break
    for short, places in places_of.items():
        message = f"单位名称不统一：“{short}”应写全称“{place}{body}”，或先注明简称"
        yield reading.finding("R14", HINT, message, *places[:_SHOWN], expected=place + body, all_wrong=True)


def _within(short: str, full: str) -> bool:
    """Whether all characters of `short` occur in `full` in that order."""
    rest = iter(full)
    return all(char in rest for char in short)


def _other_places(reading: Reading, place: str, body: str) -> Iterator[Finding]:
    """Another county's unit of the same kind; the city above us is no error."""
    if len(body) < 3:
        return
    for match in re.finditer(rf"(?P<place>[一-龥]{{2,3}}(?:县|区|市)){re.escape(body)}", reading.text.flat):
        other = match["place"]
        if other.endswith(place[-3:]) or place.endswith(other[-3:]) or _INVENTED.match(other[-3:]):
            continue
        if other[-1] == "市" and place[-1] != "市":
            continue
        begin, _ = reading.text.lines[bisect_right(reading.text.lines, (match.end(), 0)) - 1]
        if match.start() < begin:
            continue  # `一、概况` | `县水利局是…`: the end of a heading is no place's name
        before = reading.text.flat[max(0, match.start() - 1) : match.start()]
        opens_clause = before in "。；：\n" or any(match.start() == start for start, _ in reading.text.lines)
        sure = opens_clause and _SELF_VERB.match(reading.text.flat, match.end())
        message = f"本单位是“{place}{body}”，这里写的是“{other}{body}”，像是从别处照搬"
        level = ERROR if sure else CHECK
        yield reading.finding("R14", level, message, (match.start(), match.end()), expected=place + body)


def _areas(reading: Reading, place: str) -> Iterator[Finding]:
    """全县 in a district's report and the like; 全市 may be said by everyone."""
    own = "县" if place.endswith("县") else place[-1]
    wrong = {"县": ("区",), "区": ("县",), "市": ("县",)}.get(own, ())
    for kind in wrong:
        places = [(m.start(), m.end()) for m in _AREA.finditer(reading.text.flat) if m["kind"] == kind]
        proper = sum(m["kind"] == own for m in _AREA.finditer(reading.text.flat))
        if places and proper > len(places):
            message = f"本单位属“{place}”，文中却写“全{kind}”或“我{kind}”，请核对是否照搬别处"
            yield reading.finding("R14", CHECK, message, *places[:_SHOWN], all_wrong=True)


def _own_kind(reading: Reading) -> tuple[str, str] | None:
    """(full name, what kind it is) by the tables or the title, None for a kind that is not known."""
    named = reading.assessment.sheet.get("unit", "this", "name") if reading.assessment else ""
    lines = [reading.text.flat[a:b] for a, b in reading.text.lines[:_TOP_LINES]]
    for line in [named, *lines]:
        match = _KIND_TITLE.match(line)
        if match:
            return match["name"], match["kind"]
    return None


@check("R14k", "单位的类别", of_words=True)
def other_kinds(reading: Reading) -> Iterator[Finding]:
    """Wrong: another office that evaluates 部门整体 in this report. To be checked: 我镇 in a street office's report.

    Silent where neither the tables nor the title tell what the unit is.
    """
    own = _own_kind(reading)
    if own is None:
        return
    name, kind = own
    flat = reading.text.flat
    for sentence in reading.sentences:
        for match in _OTHER_OFFICE.finditer(sentence.text) if "自评" in sentence.text else ():
            if match["kind"] == kind and (match["name"][-4:] in name or name[-4:] in match["name"]):
                continue
            message = f"本单位是“{name}”，这里写的是“{match['name']}”，像是从别处照搬"
            place = (sentence.start + match.start("name"), sentence.start + match.end())
            yield reading.finding("R14k", ERROR, message, place, expected=name)
    strange: dict[str, list[tuple[int, int]]] = {}
    for match in _SELF_OF_KIND.finditer(flat):
        if match["kind"] not in _SUITS[kind] and not reading.in_annex(match.start()):
            strange.setdefault(match.group(), []).append((match.start(), match.end()))
    for words, places in strange.items():
        message = f"本单位是“{name}”，却自称“{words}”{len(places)}处，请核对是否照搬别处"
        yield reading.finding("R14k", CHECK, message, *places[:_SHOWN], all_wrong=True)
