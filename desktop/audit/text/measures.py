"""The noun that a number is of, composed: what is left of its words without time, stage, quantifier and verb."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from desktop.ontology import ontology

_SMALL = re.compile(r"（[^（）]{1,3}）")
_QUOTES = str.maketrans("", "", "“”‘’\"'")
_STRIP = re.compile(
    # Time, owner and list words that tell two names of one figure apart and say nothing of what it is.
    r"20\d\d年(?:度|末|底|初)?|上年度?|去年|本年度?|当年|今年|全年|年末|年初|年终|年中|年度|截至|同比|其中|分别|主要|具体|包括|用于|由|我[局办院镇校县市区乡]|"
    r"本[局办院镇校县市区乡]|本?单位|本?部门|全[县市区镇乡校院局]|总计|合计|共计|总共|全部|累计|小计|总额|总数|总量|金额|数额|总|共|的|等|和|及|与|"
    r"决算数?|预算数?(?!单位)|实际|执行数?|完成|安排|批复|下达|调整后?|追加|列支|实支|开支|发生|支付|达到?|为|是|了|有|约|近|仅|计|各|均|收支|^[末底](?=在|实有|编|共)|^收$|^支$|数$|额$|额度$"
)
_LIST_MARK = re.compile(
    r"^(?:（?[一二三四五六七八九十\d]{1,3}[）、.．]|[一二三四五六七八九十]是|[①-⑳]|第[一二三四五六]，?)+"
)


class _Known(NamedTuple):
    """The ontology's names without the words of `_STRIP`, and its patterns, made ready once."""

    names: dict[str, str]
    beside: dict[str, str]
    any_pattern: re.Pattern[str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    scopes: re.Pattern[str]


@cache
def _known() -> _Known:
    known = ontology()
    found = [(pattern.like, node.id) for node in known.nodes.values() for pattern in node.patterns]
    return _Known(
        {_bare(name): node.id for node in known.nodes.values() for name in node.all_names},
        {name: node.id for node in known.nodes.values() for name in node.beside},
        re.compile("|".join(like for like, _ in found)),
        tuple((re.compile(like), node) for like, node in found),
        re.compile("|".join(known.scopes)),
    )


def _bare(words: str) -> str:
    return _STRIP.sub("", _SMALL.sub("", words.translate(_QUOTES)))


@lru_cache(maxsize=8192)
def measure_of(words: str) -> str:
    """`其中：我局本年度“三公”经费决算共计` -> 三公经费; `支出决算为` -> 支出; '' where nothing is left.

    What the ontology knows is its node, anything else its own words.
    """
    known, scopes = _known(), ontology().scopes
    name = _SMALL.sub("", words.translate(_QUOTES))
    name = known.scopes.sub(lambda m: scopes[m.group()], _LIST_MARK.sub("", name))
    name = _STRIP.sub("", name)
    named = known.names.get(name) or known.names.get(name.removesuffix("支出")) or known.beside.get(name)
    if named:
        return named
    if known.any_pattern.search(name):
        return next(node for pattern, node in known.patterns if pattern.search(name))
    return name


def is_name(words: str) -> bool:
    """Whether the words are one of the ontology's names, whole: `社会保障与就业支出`, not `县级教育支出`, nor `接待`, which
    needs others beside it."""
    return _bare(words) in _known().names


@lru_cache(maxsize=8192)
def ends_as(label: str) -> str:
    """The node whose name a label ends with, the longest: `人员经费中住房公积金` -> 住房公积金; '' where there is none.

    `其他卫生健康支出` is the last item of 卫生健康支出 and not the whole.
    """
    name, names = _bare(label), _known().names
    if name in _known().beside:
        return _known().beside[name]
    for at in range(len(name)):
        ending = name[at:]
        node = names.get(ending) or names.get(ending.removesuffix("支出"))
        if node and (at == 0 or len(ending) > _GENERIC):
            return "" if name[:at].endswith("其他") else node
    return ""


@cache
def words_under(whole: str) -> re.Pattern[str]:
    """What names of the parts of a whole begin with: `公车`, `公务接待`, `会议费` under 一般性支出."""
    return re.compile(
        "|".join(word for node in ontology().under(whole) for word in node.begins or (node.id,))
    )


def same_measure(one: str, other: str) -> bool:
    """Whether two nouns may mean one figure: equal, or one ends the other; '' fits all.

    `支出` and `收入` end many names and are the total's alone.
    """
    if not one or not other or one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > _GENERIC and long.endswith(short)


_GENERIC = 2
"""Characters: `支出`, `收入`, `预算`."""
