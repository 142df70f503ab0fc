"""Rules over targets and actual values: operators, direction, years as targets, copied values, groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from desktop.audit.finding import CHECK, ERROR, HINT, Finding
from desktop.audit.table_audit import Tables, table_check
from desktop.domain.keys import FactKey, base_of, scoped
from desktop.domain.numbers import money_factor, parse_amount
from desktop.domain.scoring.targets import Target, parse_target

_RATE = re.compile(r"率$|率[（(]|比例|满意度|知晓率|占比")
"""`工程验收合格率`, `覆盖率（%）`, `群众满意度`."""
_SURVEYED = re.compile(r"满意|知晓|认可|认同|支持率")
"""Rates found by asking people: nobody aims at exactly 90 % (docs/domain.md 1.4)."""
_BOUNDED_ABOVE = re.compile(
    # What one wants little of, or keeps within a limit: ≤ is right for `安全事故起数`, `会议次数`, `完成时限`.
    r"事故|伤亡|死亡|受伤|亡人|会议|公务|接待|问题|投诉|信访|上访|舆情|违规|违纪|违法|违约|案发|发案|发生|差错|失误|逾期|超时|超期|损失|火灾|起火|"
    r"成本|费用|支出|经费|造价|投资|单价|价格|标准|预算|控制|时间|时限|天数|工期|期限|退件|返工|积压|欠|缺陷|污染|排放|能耗|负债|结余|结转|下降|误差|偏差"
)
_WORK = re.compile(
    # Work of which more is better: `隐患排查次数`, `培训人次`, `新建管网长度`.
    r"排查|检查|巡查|督查|督导|抽查|检测|监测|宣传|培训|演练|办理|受理|执法|整改|整治|走访|发放|开展|举办|"
    r"服务|救助|救治|帮扶|应对|处置|新建|改造|建设|修建|维修|种植|造林|推广|印发|制作|审批|评估|调研|研究|验收|完成|次数|场次|人次|份数"
)
_ACCIDENT = re.compile(r"事故|伤亡|死亡|亡人|火灾|安全生产|治安|案件|舆情|维稳|信访")
"""`生产安全事故起数` is a 社会效益."""
_ECONOMY = re.compile(r"畜|禽|作物|病|损失|经济|产值|收入|增收|节约|成本|投资|财政|税|利润|金额|费")
"""`火灾损失金额`, `畜禽死亡率`: accidents told in what they cost are 经济效益 all the same."""
_YEARS = (1990, 2100)
"""A number within these may be a year: nobody aims at 2023 of anything without a unit."""
_LEAST_COPIED = 5
"""So many targets met to the last digit are no chance; three or four may be whole numbers that were reached."""
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百千万零]")


@dataclass(frozen=True)
class Row:
    """One indicator of a form, taken apart. `target` and `actual` as printed where that is known."""

    tables: Tables
    table: str
    row: str

    def key(self, column: str) -> FactKey:
        return FactKey(self.table, self.row, column)

    def text(self, column: str) -> str:
        return self.tables.sheet.text(self.key(column)).strip()

    @cached_property
    def name(self) -> str:
        return self.text("name")

    @property
    def group(self) -> str:
        return self.row.partition(":")[0]

    @cached_property
    def written(self) -> str:
        """The target in one cell."""
        return self.tables.as_printed(self.key("target")) or self.text("operator") + self.text(
            "target"
        ) + self.text("unit")

    @cached_property
    def target(self) -> Target:
        return parse_target(self.written)

    @cached_property
    def actual(self) -> Target:
        return parse_target(self.tables.as_printed(self.key("actual")) or self.text("actual"))

    @property
    def year_only(self) -> bool:
        """`2023年`, or a bare `2023` in the report of that year."""
        value = self.target.value
        if value is None or not (_YEARS[0] <= value <= _YEARS[1]) or self.target.operator:
            return False
        return self.target.unit in ("年", "年度") or (
            not self.target.unit and value == self.tables.sheet.year
        )

    @property
    def same(self) -> bool:
        """The actual value is the target to the last digit."""
        return self.target.value is not None and self.target.value == self.actual.value

    @property
    def money(self) -> bool:
        return money_factor(self.target.unit) is not None if self.target.unit else False

    @property
    def count(self) -> bool:
        """A number of things: neither a rate nor money, nor something one wants little of."""
        return (
            bool(self.target.unit)
            and self.target.unit != "%"
            and not self.money
            and not _BOUNDED_ABOVE.search(self.name)
        )


def forms(tables: Tables) -> Iterator[tuple[str, list[Row]]]:
    """The indicators of 附件2 and each 附件3, by scope."""
    for scope in ("", *tables.sheet.projects()):
        table = scoped("annex3_indicators", scope) if scope else "annex2_indicators"
        template = tables.sheet.templates.tables[base_of(table)]
        rows = [
            Row(tables, table, item) for group in template.rows for item in tables.sheet.rows(table, group.id)
        ]
        if rows:
            yield scope, rows


def _all(tables: Tables) -> Iterator[tuple[str, Row]]:
    for scope, rows in forms(tables):
        for row in rows:
            yield f"{tables.form_name(scope)}“{row.name}”", row


@table_check("R9a", "指标值重复比较符")
def repeated_operators(tables: Tables) -> Iterator[Finding]:
    """`≤≤15轮`: two operators where one belongs (docs/domain.md 5, R9)."""
    for name, row in _all(tables):
        if row.target.repeated:
            words = f"{name}指标值“{row.written}”重复使用比较符"
            yield tables.finding("R9a", ERROR, words, row.key("target"), expected=row.target.written())


@table_check("R9b", "指标值只写年份")
def years_as_targets(tables: Tables) -> Iterator[Finding]:
    """A target that is only the year: nothing can be measured by it."""
    for scope, rows in forms(tables):
        years = [row for row in rows if row.year_only]
        if years:
            names = "、".join(f"“{row.name}”" for row in years)
            words = f"{tables.form_name(scope)}指标值只写年份，不可衡量：{names}"
            yield tables.finding("R9b", ERROR, words, *(row.key("target") for row in years), all_wrong=True)


@table_check("R9c", "比率指标的比较符")
def operators_of_rates(tables: Tables) -> Iterator[Finding]:
    """满意度, 知晓率 with `=`, and rates without any operator, where ≥ is meant; 100 % needs none."""
    for scope, rows in forms(tables):
        equal = [
            r for r in rows if _SURVEYED.search(r.name) and r.target.operator == "=" and r.target.value != 100
        ]
        bare = [
            r
            for r in rows
            if not r.target.operator
            and r.target.unit == "%"
            and r.target.value not in (None, Decimal(100), Decimal(0))
            and (_RATE.search(r.name) or r.group == "satisfaction")
        ]
        for faulty, words in ((equal, "指标值用“=”，应为“≥”"), (bare, "指标值没有写比较符（≥或≤）")):
            if faulty:
                names = "、".join(f"“{r.name}”{r.written}" for r in faulty)
                cells = [r.key("target") for r in faulty]
                message = f"{tables.form_name(scope)}{words}：{names}"
                yield tables.finding("R9c", HINT, message, *cells, all_wrong=True)


@table_check("R9d", "指标方向", of_words=True)
def direction(tables: Tables) -> Iterator[Finding]:
    """Work done (排查, 宣传, 办理 …) bounded from above by ≤; right for accidents, complaints and costs.

    错误 where the name says work and counts it, or where a count meets its upper bound to the last digit;
    a zero, a rate, money and a time may well be bounded so. docs/domain.md 1.4.
    """
    for name, row in _all(tables):
        if row.target.operator not in ("≤", "<") or not row.count or not row.target.value:
            continue
        if row.group in ("cost", "timeliness") or parse_amount(row.target.number) is None:
            continue
        work = bool(_WORK.search(row.name)) and row.group == "quantity"
        level = ERROR if work or (row.same and row.actual.operator) else CHECK
        copied = "，实际完成值又与指标值分毫不差" if row.same else ""
        words = f"{name}是工作量，指标值“{row.written}”用“{row.target.operator}”方向不对{copied}"
        if not work:
            words = f"{name}指标值“{row.written}”用“{row.target.operator}”，方向不妥或须核实{copied}"
        yield tables.finding(
            "R9d", level, words, row.key("target"), row.key("actual"), expected="≥" if work else ""
        )


@table_check("R9e", "实际完成值带比较符", of_words=True)
def operators_in_actuals(tables: Tables) -> Iterator[Finding]:
    """An actual value is a number: `≤…` there is none (错误); `=…` is only bad style (提示)."""
    for scope, rows in forms(tables):
        for level, signs in ((ERROR, ("≤", "≥", "<", ">")), (HINT, ("=",))):
            signed = [r for r in rows if _sign(r) in signs and parse_amount(r.actual.number) is not None]
            if signed:
                names = "、".join(f"“{r.name}”{_sign(r)}{r.actual.number}{r.actual.unit}" for r in signed)
                words = f"{tables.form_name(scope)}实际完成值应是一个数，不带比较符：{names}"
                yield tables.finding("R9e", level, words, *(r.key("actual") for r in signed), all_wrong=True)


def _sign(row: Row) -> str:
    """The operator with which an actual value begins; words such as 达到 or 以上 are none."""
    entered = row.tables.as_printed(row.key("actual")) or row.text("actual")
    return row.actual.operator if entered and entered[0] in "≤≥<>=＜＞＝≦≧" else ""


@table_check("R9f", "实际值与指标值完全相同")
def copied_targets(tables: Tables) -> Iterator[Finding]:
    """Every measured actual value of a form is its target to the last digit: filled in backwards?

    100 % of 100 % does not count: it is what one aims at and mostly reaches.
    """
    for scope, rows in forms(tables):
        measured = [r for r in rows if r.target.value and not r.year_only and r.actual.value is not None]
        amounts = [r for r in measured if not (r.target.unit == "%" and r.target.value == 100)]
        if len(amounts) >= _LEAST_COPIED and all(r.same for r in amounts):
            words = f"{tables.form_name(scope)}共{len(amounts)}个定量指标，实际完成值与指标值全部分毫不差"
            words += "，请核实是否倒填"
            yield tables.finding("R9f", CHECK, words, *(r.key("actual") for r in amounts), all_wrong=True)


@table_check("R9g", "数量指标没有数")
def quantity_in_words(tables: Tables) -> Iterator[Finding]:
    """A 数量指标 whose target has no number."""
    for scope, rows in forms(tables):
        in_words = [r for r in rows if r.group == "quantity" and r.written and not _NUMERAL.search(r.written)]
        if in_words:
            names = "、".join(f"“{r.name}”{r.written}" for r in in_words)
            words = f"{tables.form_name(scope)}数量指标的指标值没有数：{names}"
            yield tables.finding("R9g", HINT, words, *(r.key("target") for r in in_words), all_wrong=True)


@table_check("R19t", "指标归类", of_words=True)
def wrong_groups(tables: Tables) -> Iterator[Finding]:
    """Accidents among 经济效益, satisfaction outside 满意度指标 (docs/domain.md 5, R19)."""
    for name, row in _all(tables):
        if row.group == "economic" and _ACCIDENT.search(row.name) and not _ECONOMY.search(row.name):
            yield tables.finding("R19t", HINT, f"{name}列在经济效益指标，属社会效益指标", row.key("name"))
        elif row.group != "satisfaction" and "满意度" in row.name:
            yield tables.finding("R19t", HINT, f"{name}属满意度指标", row.key("name"))
