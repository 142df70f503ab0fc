"""Amounts in the report's sentences against the cells of the same name in its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop.audit.finding import CHECK, ERROR, Finding
from desktop.audit.table_audit import Tables, in_unit_of, show_amount, table_check
from desktop.audit.table_rules.annex1 import STAFF_WORDS
from desktop.audit.text.mentions import Quantity
from desktop.audit.text.reading import Reading
from desktop.domain.facts import PROJECTS
from desktop.domain.keys import FactKey, scoped
from desktop.domain.labels import plain
from desktop.domain.numbers import decimals_of, half_unit
from desktop.domain.template import LABEL

_BUDGET, _FINAL, _LAST = "budget", "final", "last"
_COLUMNS = {
    "initial": _BUDGET, "adjusted": _BUDGET, "budget": _BUDGET, "executed": _FINAL, "final": _FINAL,
    "last_final": _LAST, "last_budget": _LAST,
}  # fmt: skip
"""Column of a table -> whether a sentence would call it a budget, a final figure, or last year's."""
_FIXED = {
    "基本支出": ("annex2_funds.basic", "economic_class.total"),
    "项目支出": ("annex2_funds.project", "base.project_spending"),
    "人员经费": ("annex2_funds.personnel",),
    "公用经费": ("base.public_funds", "annex2_funds.public", "economic_class.goods"),
    "商品和服务支出": ("base.public_funds", "annex2_funds.public", "economic_class.goods"),
    "日常公用经费": ("base.public_funds", "annex2_funds.public"),
    "三公": ("three_public.total",),
    "公务用车购置及运行维护": ("three_public.vehicles",),
    "公务用车购置和运行维护": ("three_public.vehicles",),
    "公务用车购置": ("three_public.vehicle_purchase",),
    "公务用车运行维护": ("three_public.vehicle_running",),
    "公务用车运行": ("three_public.vehicle_running",),
    "公车运行维护": ("three_public.vehicle_running",),
    "因公出国": ("three_public.abroad",),
    "因公出国境": ("three_public.abroad",),
    "公务接待": ("three_public.reception",),
    "政府采购": ("base.procurement",),
    "业务工作": ("base.business",),
    "运行维护": ("base.operation",),
}
"""What sentences call the cells of the forms, without the words of `_TAIL`."""
_KEPT_WHOLE = {"基本支出", "项目支出", "人员经费", "公用经费", "日常公用经费", "商品和服务支出"}
"""Names that would mean nothing, or something else, without their last word: 基本, 项目."""
_LEADING = re.compile(
    r"^(?:其中|本?(?:年度?|单位|部门|局)|全年|全局|实际|财政拨款|一般公共预算(?:财政拨款)?)+"
)
_TAIL = (  # `公务接待费支出决算数` -> 公务接待: what such labels end in and people leave out or add
    *("支出", "预算", "决算", "经费", "资金", "费用", "费", "专项", "项目", "数", "总额", "额", "金额"),
    *("合计", "安排", "执行", "实际", "年初", "全年", "财政拨款"),
)
_NOT_THE_FIGURE = re.compile(
    # `比上年减少`, `结转到下年`, `总投资`, `合同价`, `已拨付`, `占…`: an amount told with the name, and not that of its cells.
    r"增加|减少|增长|下降|节约|压减|结余|结转|追加|调[增减整]|同比|相比|环比|上升|降低|超|"
    r"投资|累计|概算|争取|到位|下达|拨付|合同|中标|占"
)
_LAST_YEAR = re.compile(r"上年|去年|上一年|同期")
_OTHER_FUND = re.compile(r"政府性基金|国有资本|社会保险基金")
"""`政府性基金项目支出`: another budget, which the forms do not tell apart."""
_STAFF = (
    # `核定编制数`, `总编制`; `在职人员`, `实有在职人数`: the label ends so, `在职人员经费` is money.
    (re.compile(r"(?:核定|总|人员|^)编制(?:数|人数|总数)?$"), "authorised"),
    (re.compile(r"(?:在职|实有在职|在编在职)(?:人员|职工|人数|干部职工|在编)?(?:数|总数)?$"), "in_post"),
)
_PART_OF_STAFF = re.compile(r"行政|事业|参公|工勤|工人|政法|下属|二级|直属")
"""`行政编制20人`: 附件1 has the sum only."""
_LEFT_OVER = ("结转", "结余", "节余", "未支付", "待支付", "未使用")
"""`公用经费3.38万元结转`: what follows the amount says that it is the rest."""
_SHORTEST_NAME = 4
"""Characters in which two names may agree in part: `小型水库除险加固` and `水库除险加固`; shorter ones meet by chance."""
_CLAUSE_LENGTH = 60
"""Characters before a number: what is further off in a long sentence speaks of something else."""
_CENT = 2
"""万元 are shown with two digits after the point; a cell of one digit is no coarser than that (`3.2` is `3.20`)."""


@dataclass(frozen=True, slots=True)
class Entity:
    """What sentences and tables both speak of, with its cells; `exact` where the name is beyond doubt."""

    name: str
    cells: tuple[FactKey, ...]
    exact: bool = True


@table_check("R6", "正文与附件")
def text_against_tables(tables: Tables) -> Iterator[Finding]:
    """An amount of money in a sentence that none of the cells of its name holds (budget, final, last year's).

    R10c where it is last year's figure under this year's words. Silent about changes, other funds, other
    years, what was left over (`公用经费3.38万元结转`), amounts that are approximate, and budgets where the
    tables have none. docs/domain.md 5, R6 and R10.
    """
    reading = tables.reading
    if reading is None:
        return
    entities = _entities(tables)
    for quantity in reading.quantities:
        left_over = reading.text.flat.startswith(_LEFT_OVER, quantity.end)
        if quantity.money is None or quantity.approximate or left_over:
            continue
        entity = _entity(quantity, entities)
        if entity is not None:
            finding = _compare(tables, reading, quantity, entity)
            if finding is not None:
                yield finding


def _entities(tables: Tables) -> dict[str, Entity]:
    """Bare name -> its cells; the report's own projects after the names of the form."""
    entities: dict[str, Entity] = {}
    for name, rows in _FIXED.items():
        cells = tuple(key for row in rows for key in _cells(tables, *row.split(".")))
        if cells:
            entities[name] = Entity(name, cells)
    named: dict[str, list[FactKey]] = {}
    for group in ("special", "transfer"):
        for row in tables.sheet.rows("base", group):
            named.setdefault(tables.sheet.get("base", row, LABEL), []).extend(_cells(tables, "base", row))
    for scope in tables.sheet.projects():
        name = tables.sheet.get(PROJECTS, f"item:{scope}", "name")
        named.setdefault(name, []).extend(_cells(tables, scoped("annex3_funds", scope), "total"))
    for name, keys in named.items():
        bare = bare_name(name)
        if bare and keys:
            fixed = entities.get(bare)
            exact = STAFF_WORDS.search(name) is None  # `绩效奖金` is paid from other rows too
            entities[bare] = Entity(name, (*(fixed.cells if fixed else ()), *keys), exact)
    return entities


def _cells(tables: Tables, table: str, row: str) -> list[FactKey]:
    keys = (FactKey(table, row, column) for column in _COLUMNS)
    return [k for k in keys if tables.sheet.templates.knows(k) and tables.sheet.number(k) is not None]


def bare_name(label: str) -> str:
    """`“三公”经费支出` -> 三公, `公务接待费` -> 公务接待; 基本支出 and its like keep their last word."""
    name = _LEADING.sub("", plain(label))
    # 基本支出 behind which only words such as 总额 or 决算 stand.
    kept = (
        whole for whole in _KEPT_WHOLE if name.startswith(whole) and not _without_tail(name[len(whole) :])
    )
    return next(kept, "") or _without_tail(name)


def _without_tail(name: str) -> str:
    """A label without the words that all such labels end in."""
    while name.endswith(_TAIL):
        name = next(name.removesuffix(word) for word in _TAIL if name.endswith(word))
    return name


def _entity(quantity: Quantity, entities: dict[str, Entity]) -> Entity | None:
    name = bare_name(quantity.label)
    if name in entities:
        return entities[name]
    if len(name) < _SHORTEST_NAME:
        return None
    near = [
        entity
        for bare, entity in entities.items()
        if bare not in _FIXED
        and len(bare) >= _SHORTEST_NAME
        and (name.startswith(bare) or bare.startswith(name))
    ]
    return Entity(near[0].name, near[0].cells, exact=False) if len(near) == 1 else None


def _compare(tables: Tables, reading: Reading, quantity: Quantity, entity: Entity) -> Finding | None:
    money = quantity.money
    assert money is not None
    before = _clause(reading, quantity)
    year, own = quantity.year, tables.sheet.year
    last_year = bool(_LAST_YEAR.search(before)) or year == own - 1
    if _NOT_THE_FIGURE.search(before) or _OTHER_FUND.search(before) or year not in (None, own, own - 1):
        return None
    tolerance = half_unit(min(quantity.money_decimals, 4))  # 4: one 元
    kinds: dict[str, list[FactKey]] = {_BUDGET: [], _FINAL: [], _LAST: []}
    for key in entity.cells:
        kinds[_COLUMNS[key.column]].append(key)
    same = [key for key in entity.cells if _agrees(tables, key, money, tolerance)]
    if same and (last_year or any(_COLUMNS[key.column] != _LAST for key in same)):
        of_stage = [key for key in same if (_COLUMNS[key.column] == _LAST) == last_year]
        if of_stage and entity.exact:
            tables.holds("R6", *of_stage, numbers=[quantity])
        return None
    wanted = kinds[_LAST] if last_year else kinds[_BUDGET] if _of_budget(before) else kinds[_FINAL]
    if not wanted:
        return None
    return _finding(tables, reading, quantity, entity, wanted, same, before)


def _finding(
    tables: Tables,
    reading: Reading,
    quantity: Quantity,
    entity: Entity,
    wanted: list[FactKey],
    same: list[FactKey],
    before: str,
) -> Finding:
    money = quantity.money
    assert money is not None
    right = tables.sheet.number(wanted[0]) or Decimal(0)
    message = f"正文“{entity.name}”{show_amount(money)}万元，表中{tables.sheet.label(wanted[0])}为{show_amount(right)}万元"
    code, level = "R6", ERROR if entity.exact and not _of_budget(before) else CHECK
    if same:
        code = "R10c"
        message += f"，正文所写是{tables.sheet.label(same[0]).rpartition(' · ')[2]}"
    elif other := tables.other_cell_with(money):
        message += f"，正文所写是“{other}”"
    else:
        message += f"，相差{show_amount(abs(money - right))}万元"
    finding = tables.finding(code, tables.claimable(level, *wanted), message, wanted[0], *same)
    spans = (reading.words(quantity), *finding.spans)
    expected = in_unit_of(quantity, right)
    return Finding(code, finding.level, message, spans, finding.cells, expected)


def _agrees(tables: Tables, key: FactKey, money: Decimal, tolerance: Decimal) -> bool:
    value = tables.sheet.number(key)
    return value is not None and abs(value - money) <= max(
        tolerance, half_unit(max(decimals_of(value), _CENT))
    )


def _clause(reading: Reading, quantity: Quantity) -> str:
    """The words of the sentence that lead up to a number, back to the last ；or 。"""
    sentence = reading.text.sentences[quantity.sentence]
    before = reading.text.flat[sentence.start : quantity.start]
    return re.split(r"[；。]", before)[-1][-_CLAUSE_LENGTH:]


def _of_budget(before: str) -> bool:
    """Whether the last of 预算 and 决算 that the words name is 预算."""
    # Without the names that hold 预算 and are told of what was spent.
    words = before.replace("一般公共预算", "").replace("预算执行", "")
    budget = max(words.rfind("预算"), words.rfind("批复"))
    return budget > max(words.rfind(word) for word in ("决算", "执行", "实际", "完成"))


@table_check("R6p", "编制和在职人数")
def people_against_tables(tables: Tables) -> Iterator[Finding]:
    """编制数 and 在职人数 in a sentence against 附件1; parts of them (行政编制 …) are left alone."""
    reading = tables.reading
    if reading is None:
        return
    for quantity in reading.quantities:
        if (
            quantity.unit not in ("人", "名", "个", "")
            or quantity.approximate
            or _PART_OF_STAFF.search(quantity.label)
        ):
            continue
        column = next((column for words, column in _STAFF if words.search(plain(quantity.label))), None)
        key = FactKey("staff", "total", column or "")
        value = tables.sheet.number(key) if column else None
        if value is None or quantity.year not in (None, tables.sheet.year):
            continue
        if value == quantity.value:
            tables.holds("R6p", key, numbers=[quantity])
            continue
        words = f"正文“{quantity.label}”{show_amount(quantity.value)}，附件1{tables.sheet.label(key)}为{show_amount(value)}"
        cells = tables.finding("R6p", CHECK, words, key)
        yield Finding(
            "R6p", CHECK, words, (reading.words(quantity), *cells.spans), cells.cells, show_amount(value)
        )
