"""People in running text: how many posts (编制) and how many staff (在职) a report tells, in all and by kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from desktop.audit.text.flat_text import Sentence
from desktop.audit.text.reading import Reading
from desktop.ontology import ontology

POSTS, STAFF = "编制", "在职"
UNKNOWN = "其他"
"""A kind that the words name otherwise: `政法专项编制`."""

_COUNT = re.compile(
    r"(?<![\d.])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6})(?P<unit>人|名|个)(?!次|月|百分|单位|机构|部门|科|股|室|项|县|市)"
)
_LONGEST = 80
"""Characters: so far back a clause or its segment is looked for."""
_CLAUSE_ENDS = "，。；：、（）！？"
_ROLE = re.compile(
    # 在岗总数 has the hired in it: nobody's staff in the sense of the posts.
    r"(?P<of_kind>(?:行政|事业|参公|工勤)编制?人员)|(?P<all>在岗(?:人员|职工)?(?:总|共|合计))|(?P<posts>编制|核定|定编)|(?P<staff>在职|在编|实有|在岗|现有人员|现有职工)"
    r"|(?P<other>退休|离休|退职|聘|编外|临时|派遣|遗属|学生|合同制|辅警|公益性?岗|借调|抚恤|村干部|社工|协管|安保|保安|学员|党员|女)"
)
"""The last of these words before a number says whose it is: `编制内实有45人` are staff."""
_SPEAKS_OF_STAFF = re.compile(r"编制|定编|在职|在编|实有|在岗|空编|缺编|超编|空缺")
_TOTAL_WORDS = re.compile(
    r"截[至止]|20\d\d年|\d{1,2}[月日]|年末|年底|底|末|全[县市区局系统镇校院办委]*|本|我|单位|部门|[县市区镇乡]?(?:委|政府)?编[办委]|经|核定|批复|下达|现有|实有|实际"
    r"|在职|在编|在岗|编制|编内|人员|职工|教职工|教师|干部|人数|总数|总|共计|共有|共|合计|合|计|[一二两三四五六七八九]类|以上|上述|数|内|为|有|是|的|名|其中|至|到|：|和"
)
"""What is said of all posts or staff; anything left names a part: `政法专项编制`."""
_ALL_OF_THEM = re.compile(r"合计|共|总计|小计")
_UNIT_NAME = re.compile(r"(?:局|委|办|镇|乡|校|院|街道|政府|馆|委员会|联合会|处)$")
_CHANGE = re.compile(
    r"(?:增加|减少|新增|新进|调入|调出|招录|净增|增|减|退出|转出|多|少|补充|拟招|计划)[^，。；、]{0,6}$"
)
_VACANT = re.compile(r"(?P<word>空编|缺编|空缺|超编|超出编制|空余编制)(?:人员|数)?(?:为|共|有|了)?$")
_SCOPE = re.compile(
    r"局?机关(?!工勤|行政编制|事业|服务)|本级|下属|所属|二级|直属|中心|大队|学校|所(?!有|属)|分局|[^，。；]站"
)
"""`其中局机关行政编制22名`: part of the unit's posts."""
_YEAR = re.compile(r"(20\d\d)年")
_UNITS_BELOW = re.compile(r"下属|所属|二级|直属|分局")
"""`下属大队事业编制30名，实有28人`: this goes on up to the next ；."""
_OTHER_YEAR = re.compile(r"上年|去年|上一年|年初")
_SEGMENT_ENDS = "；。"
_RIGHT_BEHIND = 4
"""Characters: `、实有`."""


@dataclass(frozen=True, slots=True)
class People:
    """One number of posts or staff, role '' for other people. `kind` is '' for all of them; `start` is where its
    clause begins in `flat`."""

    role: str
    kind: str
    value: int
    start: int
    end: int
    words: str
    paragraph: int

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end


class Vacancy(NamedTuple):
    """`空编3名` is 3, `超编2人` is -2; where it stands, and of which kind it is told."""

    value: int
    word: str
    kind: str
    unit: str
    place: tuple[int, int]


@lru_cache(maxsize=2)
def people(reading: Reading) -> tuple[list[People], list[Vacancy]]:
    """All posts and staff of the unit itself in the report's year, in the order of the text."""
    found, vacancies = list[People](), list[Vacancy]()
    for sentence in reading.sentences:
        if re.search(r"\d[人名个]", sentence.text) and _SPEAKS_OF_STAFF.search(sentence.text):
            _of_sentence(sentence, found, vacancies)
    return _kinds_of_their_posts(found), vacancies


def _kinds_of_their_posts(found: list[People]) -> list[People]:
    """`行政编制42名、实有41名；事业编制56名、实有58名`: staff right behind posts of a kind are of that kind, where so is
    told of two kinds and more."""
    of = {
        b.start: a.kind
        for a, b in pairwise(found)
        if a.role == POSTS and a.kind and b.role == STAFF and not b.kind and b.start - a.end <= _RIGHT_BEHIND
    }
    return [replace(p, kind=of[p.start]) if p.start in of else p for p in found] if len(of) > 1 else found


def _of_sentence(sentence: Sentence, found: list[People], vacancies: list[Vacancy]) -> None:
    text = sentence.text
    if _OTHER_YEAR.search(text):
        return
    role, last, newest = "", 0, max(_YEAR.findall(text), default="")
    for match in _COUNT.finditer(text):
        far = max(0, match.start() - _LONGEST)
        start = max(far - 1, *(text.rfind(sign, far, match.start()) for sign in _CLAUSE_ENDS)) + 1
        start, last = max(start, last), match.end()
        words = text[start : match.start()]
        place = (sentence.start + start, sentence.start + match.end())
        value = int(match["n"].replace(",", ""))
        kind = _last_kind(words)
        vacant = _VACANT.search(words)
        if vacant:
            if not _scoped(text, start, match.start()):
                sign = -1 if "超" in vacant["word"] else 1
                vacancies.append(Vacancy(sign * value, vacant["word"], kind, match["unit"], place))
            continue
        said = [m.lastgroup for m in _ROLE.finditer(words)]
        if said:
            role = {"posts": POSTS, "staff": STAFF, "of_kind": STAFF}.get(said[-1] or "", "")
        earlier = any(year < newest for year in _YEAR.findall(words))
        if earlier or _CHANGE.search(words) or _scoped(text, start, match.start()):
            continue
        if not role or (match["unit"] == "个" and role != POSTS):
            role = ""
        if not kind and not said and role and _ALL_OF_THEM.search(words) and not _TOTAL_WORDS.sub("", words):
            found.append(People(role, "", value, *place, words, sentence.paragraph))
            continue  # `行政编制16名、事业编制84名，合计100名`
        if not kind:
            kind = _kind_of_posts_before(text, start, sentence, found) if said and role == STAFF else ""
            rest = _TOTAL_WORDS.sub("", words)
            kind = kind or ("" if said and (not rest or _UNIT_NAME.search(rest)) else UNKNOWN)
        found.append(People(role, kind, value, *place, words, sentence.paragraph))


@cache
def _kind() -> re.Pattern[str]:
    """`机关工勤编制`, `事业工勤` are 工勤; `参公事业编制` is 参公; a 事业单位 has posts of 管理, 专技 and 工勤."""
    return re.compile("|".join(f"(?P<{kind}>{staff.like})" for kind, staff in ontology().staff.items()))


def _last_kind(words: str) -> str:
    kinds = [m.lastgroup or "" for m in _kind().finditer(words)]
    return next((kind for kind in ("工勤", "参公") if kind in kinds), kinds[-1] if kinds else "")


def _kind_of_posts_before(text: str, start: int, sentence: Sentence, found: list[People]) -> str:
    """`行政编制12人，实有11人；事业编制30人，实有28人`: the staff of that kind."""
    before = [p for p in found[-2:] if p.start >= sentence.start]
    if not before or before[-1].role != POSTS or text[start - 1 : start] != "，":
        return ""
    if before[-1].end != sentence.start + start - 1:
        return ""
    far = max(0, start - _LONGEST)
    segment = max(far - 1, *(text.rfind(sign, far, start) for sign in _SEGMENT_ENDS)) + 1 + sentence.start
    alone = len(before) == 1 or before[0].end <= segment
    return before[-1].kind if alone else ""


def _scoped(text: str, start: int, end: int) -> bool:
    """Whether the number is of a part of the unit."""
    far = max(0, start - _LONGEST)
    clause = max(far - 1, *(text.rfind(sign, far, start) for sign in "；。，（")) + 1
    segment = max(far - 1, *(text.rfind(sign, far, start) for sign in _SEGMENT_ENDS)) + 1
    below = _UNITS_BELOW.search(text[min(segment, start) : end])
    return bool(below or _SCOPE.search(text[min(clause, start) : end]))
