"""R14k: what kind of unit a report is of, and where it calls itself by another's kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.text.reading import Reading
from desktop.audit.text_audit import check

_KINDS = {
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
_ENDS = "|".join(_KINDS)
_TITLE = re.compile(
    rf"^(?:附件\d?：?)?(?:20\d\d年度?)?(?P<name>[一-龥]{{2,20}}?(?P<kind>{_ENDS}))"
    r"(?:（[^（）]{0,10}）)?(?:关于)?(?:20\d\d年度?)?(?:部门|单位|预算|决算|整体|绩效|支出|项目|自评|$)"
)
"""`清河县石桥街道办事处2023年度决算公开说明`."""
_TOP_LINES = 6
_SELF = re.compile(
    r"(?:我|本)(?P<kind>镇(?!江|痛|静)|乡(?!村|亲|镇|土)|街道|局(?!部|面|限|域)|校(?!园|长|准|内外)|委(?!托|派|任|员|屈|会))(?!级财政)"
)
"""`我镇`, `本局`; not `本乡村`, `本局部`."""
_OTHER = re.compile(
    r"(?:^|[，。；：、）])(?:[一二三四五六七八九十\d]{1,2}[、.])?(?P<name>[一-龥]{2,12}?(?P<kind>镇人民政府|乡人民政府|街道办事处|(?<!财政)(?<!审计)局))"
    r"(?P<deed>(?:20\d\d年度?)?(?:对(?:部门|单位|本单位|本部门)整体[^，。；]{0,20}自评|(?:部门|单位)整体支出绩效自评|(?:组织)?开展了?[^，。；]{0,6}绩效自评))"
)
"""`石桥镇人民政府对部门整体开展了绩效自评`: only the unit itself does that in its own report."""


def _own_kind(reading: Reading) -> tuple[str, str] | None:
    """(full name, what kind it is) by the tables or the title, None for a kind that is not known."""
    named = reading.assessment.sheet.get("unit", "this", "name") if reading.assessment else ""
    lines = [reading.text.flat[a:b] for a, b in reading.text.lines[:_TOP_LINES]]
    for line in [named, *lines]:
        match = _TITLE.match(line)
        if match:
            return match["name"], match["kind"]
    return None


@check("R14k", "单位的类别")
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
        for match in _OTHER.finditer(sentence.text):
            if match["kind"] == kind and (match["name"][-4:] in name or name[-4:] in match["name"]):
                continue
            message = f"本单位是“{name}”，这里写的是“{match['name']}”，像是从别处照搬"
            place = (sentence.start + match.start("name"), sentence.start + match.end())
            yield reading.finding("R14k", ERROR, message, place, expected=name)
    strange: dict[str, list[tuple[int, int]]] = {}
    for match in _SELF.finditer(flat):
        if match["kind"] not in _KINDS[kind] and not reading.in_annex(match.start()):
            strange.setdefault(match.group(), []).append((match.start(), match.end()))
    for words, places in strange.items():
        message = f"本单位是“{name}”，却自称“{words}”{len(places)}处，请核对是否照搬别处"
        yield reading.finding("R14k", CHECK, message, *places[:5])
