"""Reads the indicator grid of 附件2 and 附件3: blocks, groups, targets taken apart, points, totals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop.domain.keys import FactKey, base_of, scoped
from desktop.domain.labels import is_number, is_residue, plain, signature
from desktop.domain.numbers import canonical, number_of, parse_amount
from desktop.domain.scoring.scoring import ANSWERS, ROW_COLUMNS
from desktop.domain.scoring.targets import Target, parse_target
from desktop.exchange.import_forms.collected import QUOTED, CollectedCells, StatedTotal
from desktop.exchange.import_forms.form_reader import ColumnHead, FormReader, part_of, parts_of
from desktop.exchange.import_forms.sheet_regions import Form, Line, Place, Region
from desktop.exchange.read_sheet.grid import Cell

_BLOCK, _GROUP, _NAME = "一级指标", "二级指标", "三级指标"
_BLOCK_POINTS = re.compile(r"(\d+(?:\.\d+)?)\s*分")
"""`产出指标(50分)`, `效益指标（22.5 分）`: the points that a block's title promises (docs/domain.md 1.1)."""
_TITLE_TAIL = re.compile(r"[(（].*|\d+(?:\.\d+)?\s*分\s*$", re.DOTALL)
"""What may follow a block's or group's name: `(50分)`, also on a second line and without a closing bracket; `45分`."""
_NATURES = ("定性", "定量")
"""What some forms print beside a target that is words, or a number."""
_UNIT_ALONE = re.compile(
    "[个件次起人户亩家项处座名批期元天轮台套份辆米吨%％]|人次|公里|万元|亿元|平方米|立方米|公顷|万亩|万人|小时"
)
"""`座`: the unit of a number that nobody filled in, and no target of words such as `是`, `优`."""
_NUMBERED_NAME = re.compile(r"\s*指标\s*\d{1,2}(?!\d)\s*[:：、.．]?\s*")
"""`指标1：巡查河道`: what the form prints before the name; nothing else where nobody filled the row in."""
_WHOLE = "总分"
_TOTALS = (_WHOLE, "合计", "总计", "小计")
_NOTHING = ("/", "／", "无", "不适用", "不涉及", "无偏差", "不存在偏差")
"""What stands in every cell of a row for an indicator that the unit has none of, and where no reason is to be told."""
_SURELY_PERCENT = 50
"""From such a target on, an outcome of at most one is a ratio; `≥2%` may have come to 0.9 percent."""
_COLUMNS_OF_THEIR_OWN = ("operator", "unit")
"""Some provinces' forms have 指标性质 and 度量单位 beside 指标值 (docs/domain.md 3.1)."""


def first_heads(reader: FormReader, lines: Sequence[Line]) -> int:
    """The number of the line at which the heads of the indicators begin, or how many lines there are."""
    named = (_NAME in map(reader.plain, (place.text for place in line.texts)) for line in lines)
    index = next((i for i, is_header in enumerate(named) if is_header), len(lines))
    columns = reader.collected.columns_of("annex2_indicators")
    upper = reader.heads(lines[index - 1], columns) if 0 < index < len(lines) else []
    return index - 1 if _head_points(upper, columns) else index


def _head_points(heads: Sequence[ColumnHead], columns: Mapping[str, str]) -> bool:
    """`年度指标值` drawn over 性质, 指标值 and 单位, beside 分值 over two lines; `预期目标` and `实际完成情况` head goals."""
    return any(columns.get(head.label) in ("weight", "points") for head in heads)


def read_indicators(
    collected: CollectedCells, region: Region, lines: Sequence[Line], scope: str
) -> Sequence[Line]:
    """Read from the line of the heads to 总分; the lines that are left."""
    if not lines:
        return lines
    return _Indicators(collected, region, scope).read(lines)


def read_execution_score(
    collected: CollectedCells, scope: str, weight: Place | None, points: Place | None
) -> None:
    """分值 and 自评得分 of 预算执行率, which forms print beside 年度资金总额 or as the first line of the indicators."""
    indicator = next((i for i in collected.form.indicators() if i.formula), None)
    if indicator is None:
        return
    if points is not None:
        table = scoped(ANSWERS, scope or collected.form.id)
        collected.add_number(FactKey(table, indicator.id, "points"), points)
    stated = number_of(weight.text) if weight is not None else None
    if weight is not None and stated is not None:
        collected.add_total(StatedTotal(scope, "execution_weight", stated, weight.where))


class _Indicators(FormReader):
    def __init__(self, collected: CollectedCells, region: Region, scope: str) -> None:
        super().__init__(collected, region)
        base = "annex3_indicators" if region.form is Form.ANNEX3 else "annex2_indicators"
        self.scope, self.table = scope, scoped(base, scope)
        self.columns = collected.columns_of(base)
        self.groups = collected.rows_of(base)
        self.blocks = {plain(block.name): block for block in collected.form.blocks}
        self.column_heads: dict[str, ColumnHead] = {}
        self.parts: dict[str, int] = {}
        """Columns that share their cells with another, parted by a stroke: which part is theirs."""
        self.group = ""
        self.of_execution = False
        """Below the block 预算执行, whose one indicator the program scores itself: no row of the table."""
        self.reported_groups: set[str] = set()

    def read(self, lines: Sequence[Line]) -> Sequence[Line]:
        total = -1  # the first 合计 with no indicator below it so far: another one was that of a block
        below: list[Line] = []
        for index, line in enumerate(lines):
            if signature(line.text) is not None:
                return self._after_total(lines, total) if total >= 0 else lines[index:]
            if self._are_heads(line, lines[index - 1 : index]):
                continue
            if _head_points(self.heads(line, self.columns), self.columns):
                continue  # the upper one of two lines of heads
            label = next((t for p in line.texts[:2] if (t := self.plain(p.text)) in _TOTALS), "")
            if label == _WHOLE:
                return self._after_total(lines, index)
            if label:
                total = index if total < 0 else total
            elif total >= 0 and not self._names_indicator(line):
                below.append(line)
            else:
                for each in (*below, line):
                    self._read_line(each)
                total, below = -1, []
        return self._after_total(lines, total) if total >= 0 else ()

    def _after_total(self, lines: Sequence[Line], index: int) -> Sequence[Line]:
        self._totals(lines[index])
        return lines[index + 1 :]

    def _are_heads(self, line: Line, above: Sequence[Line]) -> bool:
        """The heads, which may be printed again overleaf, and in other columns there; in two lines where some are
        drawn over others."""
        here = self.heads(line, self.columns)
        upper = [h for line in above for h in self.heads(line, self.columns)]
        if here and _head_points(upper, self.columns):
            here += [h for h in upper if not any(h.holds(lower.place) for lower in here)]
        name = next((h.place.first for h in here if self.columns.get(h.label) == "name"), 0)
        # Left of the names, `权重` heads the points of the 一级指标.
        own = [h for h in here if h.place.first >= name or h.label not in self.columns]
        heads = {self.columns.get(h.label, h.label): h for h in reversed(own)}
        if "name" not in heads:
            return False
        self.parts = {}
        for head in list(heads.values()):  # `分值/得分`, and below it `10/9.5`
            parts = [self.columns.get(self.plain(part), "") for part in parts_of(head.place.text)]
            if len(parts) > 1 and all(parts):
                self.parts |= {column: part for part, column in enumerate(parts)}
                heads |= dict.fromkeys(parts, head)
        self.column_heads = heads
        return True

    def _names_indicator(self, line: Line) -> bool:
        """A row with a name and a weight."""
        name, weight = self._cell_under(line, "name"), self._cell_under(line, "weight")
        return name is not None and weight is not None and weight.numeric

    def _cell_under(self, line: Line, column: str) -> Place | None:
        head = self.column_heads.get(column)
        place = next((p for p in line.places if head.holds(p)), None) if head else None
        if place is not None and column == "name" and (numbered := _NUMBERED_NAME.match(place.text)):
            words = place.text[numbered.end() :]
            return replace(place, cell=Cell(words, place.cell.address)) if words else None
        return part_of(place, self.parts[column]) if place is not None and column in self.parts else place

    def _read_line(self, line: Line) -> None:
        block, group = self._cell_under(line, _BLOCK), self._cell_under(line, _GROUP)
        if block is not None and block.text.strip():
            self._open_block(block, group)
        if self.of_execution:
            weight, points = self._cell_under(line, "weight"), self._cell_under(line, "points")
            read_execution_score(self.collected, self.scope, weight, points)
            self.collected.mark_used(line.places)  # its rate follows from the amounts above
            return
        if group is not None and group.text.strip():
            self.group = self._group_of(group)
        name = self._cell_under(line, "name")
        if self._goes_on(line, name):
            return
        cells = [place for column in self.columns.values() if (place := self._cell_under(line, column))]
        if all(_says_nothing(place.text) for place in cells):
            return
        if not self.group:
            self.list_unknown(line, group.text if group else "没有二级指标的指标")
            return
        text = " ".join(name.text.split()) if name is not None else ""
        self._indicator(line, text)

    def _goes_on(self, line: Line, name: Place | None) -> bool:
        """`≥500公里` below `≥36次`, both beside one name merged over the two rows: no indicator of its own."""
        scored = any(self._cell_under(line, column) for column in ("weight", "points"))
        target = self._cell_under(line, "target")
        if name is not None or scored or target is None or self.collected.exported_rows.own:
            return False
        if is_residue(target.text):
            return False
        message = f"“{target.text[:QUOTED]}”没有指标名称和分值，是上一个指标的另一个指标值，没有导入"
        self.collected.add_problem(target.where, message)
        return True

    def _open_block(self, place: Place, group: Place | None) -> None:
        """`产出指标(50分)`: its promise is compared with its weights later."""
        label = plain(_TITLE_TAIL.sub("", place.text))
        block = self.blocks.get(label)
        promised = _BLOCK_POINTS.search(place.text)
        # In newer forms `成本指标（10分）` is a block; here its rows belong to the block of their group.
        home = block or next(
            (b for b in self.blocks.values() if self.groups.get(label) in [g.id for g in b.groups]), None
        )
        if home is not None and promised:
            column = "block" if block is not None else "more"
            total = StatedTotal(self.scope, column, Decimal(promised[1]), place.where, home.id)
            self.collected.add_total(total)
        # 满意度指标 has one 二级指标, which many forms leave blank.
        groups = [g.id for g in block.groups] if block is not None else []
        self.of_execution = bool(groups) and not any(g in self.groups.values() for g in groups)
        self.group = groups[0] if group is None and len(groups) == 1 and not self.of_execution else ""

    def _group_of(self, place: Place) -> str:
        label = self.plain(_TITLE_TAIL.sub("", place.text))
        # `数量` for 数量指标, `社会` for 社会效益指标: forms shorten them.
        names = (label, label + "指标", label + "效益指标")
        group = next((self.groups[name] for name in names if name in self.groups), "")
        if not group and place.where not in self.reported_groups:
            self.reported_groups.add(place.where)
            self.collected.add_problem(place.where, f"没有认出二级指标“{label[:QUOTED]}”，下面的指标没有导入")
        return group

    # -- one indicator -----------------------------------------------------------------------------------

    def _indicator(self, line: Line, name: str) -> None:
        named = self._cell_under(line, "name")
        naming = line if named is None else Line(line.row, (named,))
        row = self.collected.row_for(self.table, self.group, name, naming, again=True)
        if named is not None and name:
            self.collected.add_text(FactKey(self.table, row, "name"), name, named.where)
        unit = self._target(line, row)
        self._actual(line, row, unit)
        for column in ("weight", "points"):
            place = self._cell_under(line, column)
            if place is not None:
                self.collected.add_number(FactKey(self.table, row, column), place)
        reason = self._cell_under(line, "reason")
        if reason is not None and not _says_nothing(reason.text):
            self.collected.add_text(FactKey(self.table, row, "reason"), reason.text, reason.where)
        self._further(line, row)

    def _further(self, line: Line, row: str) -> None:
        """Columns that only this county's form has, such as 数据来源."""
        for column in self.collected.templates.tables[base_of(self.table)].columns:
            place = None if column.id in ROW_COLUMNS else self._cell_under(line, column.id)
            if place is None or is_residue(place.text):
                continue
            key = FactKey(self.table, row, column.id)
            if column.numeric:
                self.collected.add_number(key, place, self.unit)
            else:
                self.collected.add_text(key, place.text, place.where)

    def _target(self, line: Line, row: str) -> str:
        """Store operator, number and unit apart; the unit, for the actual value."""
        place = self._cell_under(line, "target")
        if place is None or is_residue(place.text):
            return ""
        if place.cell.uncached:
            self.collected.add_problem(
                place.where, "年度指标值的公式没有保存计算结果，请在Excel中打开后保存一次"
            )
            return ""
        apart = {
            column: at.text
            for column in _COLUMNS_OF_THEIR_OWN
            if (at := self._cell_under(line, column)) and not is_residue(at.text)  # `—`: 定性 has no unit
        }
        head = self.column_heads["target"]
        printed = (p for p in line.places if head.holds(p) and p.text not in _NATURES)
        target = parse_target("".join(map(_text_in_excel, printed)))  # `≥ | 36次` under one head
        if apart:
            sign = parse_target(apart.get("operator", "")).operator  # `定性` is none
            target = Target(sign or target.operator, target.number, apart.get("unit", "") or target.unit)
        if self._is_unit_alone(target, line):
            target = Target(target.operator, "", target.number)
            message = f"年度指标值只有单位“{target.unit}”，没有数，请补填"
            self.collected.add_problem(place.where, message)
        problem = "指标值里比较符号重复，已只留一个" if target.repeated else ""
        parts = (("operator", target.operator), ("target", target.number), ("unit", target.unit))
        for column, text in parts:
            remark = problem if column == "operator" else ""
            self.collected.add_text(FactKey(self.table, row, column), text, place.where, remark)
        return target.unit

    def _is_unit_alone(self, target: Target, line: Line) -> bool:
        """`亩`, `≥亩`: the number is not filled in; what stands there is the unit of the outcome `5200亩`, or a usual one."""
        if target.unit or not target.number or is_number(target.number):
            return False
        actual = self._cell_under(line, "actual")
        amount = parse_amount(actual.text) if actual is not None else None
        of_outcome = amount is not None and amount.unit == target.number
        return of_outcome or bool(_UNIT_ALONE.fullmatch(target.number))

    def _actual(self, line: Line, row: str, unit: str) -> None:
        """As typed; a plain number in the target's unit loses the unit, an operator stays and is listed."""
        place = self._cell_under(line, "actual")
        if place is None or is_residue(place.text):
            return
        key = FactKey(self.table, row, "actual")
        if place.cell.uncached:
            self.collected.add_problem(
                place.where, "实际完成值的公式没有保存计算结果，请在Excel中打开后保存一次"
            )
            return
        text = _text_in_excel(place).strip()
        if ratio := self._ratio(line, place):
            self.collected.add_text(key, canonical(ratio * 100), place.where, f"“{text}”按百分数读入，请核对")
            return
        amount, parsed = parse_amount(text), parse_target(text)
        if amount is not None and amount.unit == unit and unit and not amount.approximate:
            text = canonical(amount.value)
        operator = parsed.operator if number_of(parsed.number) is not None else ""
        problem = f"实际完成值带有比较符号“{operator}”，应是一个数" if operator else ""
        self.collected.add_text(key, text, place.where, problem)

    def _ratio(self, line: Line, place: Place) -> Decimal | None:
        """`0.956` beside `≥90%`: a share written as Excel keeps it, and no percentage of one percent."""
        head = self.column_heads.get("target")
        target = parse_target("".join(p.text for p in line.places if head is not None and head.holds(p)))
        amount = parse_amount(place.text)
        percent = target.unit == "%" and target.value is not None and target.value >= _SURELY_PERCENT
        is_ratio = amount is not None and amount.unit == "" and amount.decimals and 0 < amount.value <= 1
        return amount.value if amount is not None and percent and is_ratio else None

    def _totals(self, line: Line) -> None:
        for column in ("weight", "points"):
            place = self._cell_under(line, column)
            value = number_of(place.text) if place is not None else None
            if place is not None and value is not None:
                self.collected.add_total(StatedTotal(self.scope, column, value, place.where))


def _says_nothing(text: str) -> bool:
    return is_residue(text) or text.strip(" \n\u3000。") in ("", *_NOTHING)


def _text_in_excel(place: Place) -> str:
    """A cell as Excel shows it: 0.95 in percent format is `95%`."""
    value = place.cell.value
    if place.cell.percent and isinstance(value, Decimal):
        return f"{canonical(value * 100)}%"
    return place.text
