"""The noun that a number is of, composed: what is left of its words without time, stage, quantifier and verb."""

from __future__ import annotations

import re
from functools import lru_cache

SETS = (
    ("支出", ("基本支出", "项目支出")),
    ("基本支出", ("人员经费", "公用经费")),
    ("三公经费", ("因公出国", "公车", "公务接待")),
    ("三公经费", ("因公出国", "公车购置", "公车运行", "公务接待")),
    ("公车", ("公车购置", "公车运行")),
    ("政府采购", ("货物", "工程", "服务")),
    ("基本支出", ("工资福利支出", "商品服务支出", "个人家庭补助")),
    ("基本支出", ("工资福利支出", "商品服务支出", "个人家庭补助", "资本性支出")),
    ("项目支出", ("工资福利支出", "商品服务支出", "个人家庭补助", "资本性支出")),
)
"""Whole -> the parts that leave nothing of it out (docs/domain.md 2.1, 3.2)."""
_SYNONYMS = tuple(
    (re.compile(pattern), node)
    for pattern, node in (
        (r"因公出国|出国（境）|^出国", "因公出国"),
        (r"(?:公务用车|公车|车辆)购置(?!.{0,4}运行|.{0,4}维护)", "公车购置"),
        (r"(?:公务用车|公车|车辆)购置(?:及|和|与|、)?.{0,2}(?:运行|运维|维护)", "公车"),
        (r"(?:公务用车|公车|车辆)(?:运行|维护|运维|运转)", "公车运行"),
        (r"^(?:公务)?(?:用车|车辆)(?:费|经费|费用)?$|^公车(?:费|经费|费用)?$", "公车"),
        (r"公务接待|^接待(?:费|费用)?$", "公务接待"),
        (r"三公|三项经费", "三公经费"),
        (r"人员(?:经费|支出|类|费用)|^人员$", "人员经费"),
        (r"(?:日常)?公用(?:经费|支出)|运转类|日常公用", "公用经费"),
        (r"基本支出", "基本支出"),
        (r"项目(?:资金)?支出", "项目支出"),
        (r"政府采购|^采购", "政府采购"),
        (r"^购置(?:费|费用)?$|^买车(?:费|费用)?$", "公车购置"),
        (r"^运行(?:维护)?(?:费|费用)?$|^养车(?:费|费用)?$", "公车运行"),
        (r"^工资福利(?:支出)?$", "工资福利支出"),
        (r"^商品服务(?:支出)?$", "商品服务支出"),
        (r"个人家庭(?:的)?补助", "个人家庭补助"),
        (r"资本性支出$", "资本性支出"),
        (r"货物", "货物"),
        (r"工程", "工程"),
        (r"服务(?:类|采购|支出)?$", "服务"),
    )
)
_SMALL = re.compile(r"（[^（）]{1,3}）")
_QUOTES = str.maketrans("", "", "“”‘’\"'")
_STRIP = re.compile(
    # Time, owner and list words that tell two names of one figure apart and say nothing of what it is.
    r"20\d\d年(?:度|末|底|初)?|上年度?|去年|本年度?|当年|今年|全年|年末|年初|年终|年中|截至|同比|其中|分别|主要|具体|包括|用于|由|我[局办院镇校县市区乡]|"
    r"本[局办院镇校县市区乡]|本?单位|本?部门|全[县市区镇乡校院局]|总计|合计|共计|总共|累计|小计|总额|总数|总量|金额|数额|总|共|的|等|和|及|与|"
    r"决算数?|预算数?(?!单位)|实际|执行数?|完成|安排|批复|下达|调整后?|追加|列支|实支|开支|发生|支付|达到?|为|是|了|有|约|近|仅|计|各|均|收支|^收$|^支$|数$|额$|额度$"
)
_PUBLIC = re.compile(r"一般公共预算|政府性?基金预算|国有资本经营预算")
_PUBLIC_NAMES = {
    "一般公共预算": "公财拨款",
    "政府性基金预算": "基金拨款",
    "政府基金预算": "基金拨款",
    "国有资本经营预算": "国资拨款",
}
_LIST_MARK = re.compile(
    r"^(?:（?[一二三四五六七八九十\d]{1,3}[）、.．]|[一二三四五六七八九十]是|[①-⑳]|第[一二三四五六]，?)+"
)


@lru_cache(maxsize=8192)
def measure_of(words: str) -> str:
    """`其中：我局本年度“三公”经费决算共计` -> 三公经费; `支出决算为` -> 支出; '' where nothing is left."""
    name = _SMALL.sub("", words.translate(_QUOTES))
    name = _PUBLIC.sub(lambda m: _PUBLIC_NAMES[m.group()], _LIST_MARK.sub("", name))
    name = _STRIP.sub("", name)
    for pattern, node in _SYNONYMS:
        if pattern.search(name):
            return node
    return name


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
