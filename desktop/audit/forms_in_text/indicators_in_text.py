"""Reads the printed grid of indicators: rows by 分值 and 自评得分, the cells before them by their looks."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop.audit.forms_in_text.cells import Cells, Piece, Value
from desktop.audit.forms_in_text.draft import Draft
from desktop.domain.keys import FactKey, scoped
from desktop.domain.labels import column_labels, is_residue, plain, row_labels
from desktop.domain.numbers import canonical, number_of, parse_amount
from desktop.domain.scoring.targets import parse_period, parse_target
from desktop.domain.template import Block

_BLOCK, _GROUP = "block", "group"
_HEADS = {"一级指标": _BLOCK, "二级指标": _GROUP}
_TOTALS = {"总分": "", "合计": "", "总计": "", "总得分": ""}
_POINTS_IN_TITLE = re.compile(r"(\d+(?:\.\d+)?)分")
"""`产出指标（50分）`, `满意度指标10分`."""
_TITLE_TAIL = re.compile(r"(?:（[^（）]{0,12}）|\d{1,3}(?:\.\d{1,2})?分)$")
"""What follows a block's name in its cell: `（50分）`, `45分`, `（满分10分）`."""
_MOST_PIECES = 8
_LONGEST_TITLE = 24
"""`服务对象满意度指标（10分）` broken into the lines of a narrow column comes to about this; more is another cell."""
_NUMBERS_IN_ROW = 6
"""指标值, 完成值, 分值, 自评得分 may all be bare numbers; the last two are the scores."""
_FULL_ROW = 4
"""Without words before them only so many numbers make a row: target, actual value, weight, points."""
_TARGET_LIKE = re.compile(
    # `≥12座`, `27公里`, `2023年`, `4月30日前`, `不超过`, `完成`, `按期`, `是`: what targets begin with; names of
    # indicators do not.
    r"[≥≤=><＞＜≧≦]|\d+(?:\.\d+)?(?:%|\D{1,3}$)|(?:19|20)\d{2}年|\d{1,2}月|不|完成|按时|按期|100|是$"
)
_SIGN_ALONE = re.compile(r"[≥≤=><＞＜≧≦]+$|定[性量]$")
_NATURES = ("定性", "定量")
"""指标性质 in a column of its own: a sign, or whether the target is words or a number."""


def read_indicators(draft: Draft, cells: Cells, at: int, scope: str) -> int:
    """Read from the line of heads to 总分; the piece after it."""
    return _Indicators(draft, cells, scope).read(at)


class _Indicators:
    def __init__(self, draft: Draft, cells: Cells, scope: str) -> None:
        self.draft, self.cells, self.scope = draft, cells, scope
        base = "annex3_indicators" if scope else "annex2_indicators"
        table = draft.templates.tables[base]
        self.table = scoped(base, scope)
        self.columns = _HEADS | column_labels(table, cells.year)
        self.groups = row_labels(table, cells.year)
        for label, row in list(self.groups.items()):
            self.groups.setdefault(label.removesuffix("指标"), row)
        self.blocks = {plain(block.name): block for block in draft.form.blocks}
        self.heads: list[str] = []
        self.group = ""

    def read(self, at: int) -> int:
        while at < len(self.cells) and (match := self.cells.match(at, self.columns)):
            self.heads.append(match.id)
            at += match.count
        end = self._end(at)
        self._by_points(at, end)
        return self._totals(end)

    def _end(self, at: int) -> int:
        while at < len(self.cells):
            text = self.cells.pieces[at].text
            if self.cells.match(at, _TOTALS) or text.startswith(("单位负责人", "负责人", "填表人")):
                break
            at += 1
        return at

    def _totals(self, at: int) -> int:
        match = self.cells.match(at, _TOTALS) if at < len(self.cells) else None
        if match is None:
            return at
        values, after = self.cells.numbers(at + match.count, 2)
        for what, value in zip(("weight", "points"), values, strict=False):
            number = number_of(value.text) if value.text else None
            if number is not None:
                self.draft.state(self.scope, what, number, value.start, value.end)
        return after

    # -- blocks and groups -------------------------------------------------------------------------------

    def _heading(self, at: int, most: int = _MOST_PIECES) -> tuple[int, bool] | None:
        """A block's or a group's name begins here: its count of pieces, and whether it is a group's."""
        joined = ""
        best: tuple[int, bool] | None = None
        for k in range(at, min(at + most, len(self.cells))):
            joined += self.cells.pieces[k].text
            if len(joined) > _LONGEST_TITLE:
                break
            label = plain(_TITLE_TAIL.sub("", joined))
            if label in self.blocks or label in self.groups:
                best = (k - at + 1, label in self.groups and label not in self.blocks)
        return best

    def _open(self, at: int, count: int, is_group: bool) -> None:
        pieces = self.cells.pieces[at : at + count]
        joined = "".join(piece.text for piece in pieces)
        whole = _whole(pieces)
        label = plain(_TITLE_TAIL.sub("", joined))
        self._state_points(whole, label)
        self.group = self.groups[label] if is_group else self._only_group(self.blocks[label])

    def _state_points(self, piece: Piece, label: str) -> None:
        """The points in a block's title; those of a group that stands as a block add to its block's."""
        points = _POINTS_IN_TITLE.search(piece.text)
        if points is None:
            return
        block = self.blocks.get(label)
        group = self.groups.get(label, "")
        home = block or next((b for b in self.blocks.values() if any(g.id == group for g in b.groups)), None)
        if home is not None and (block is not None or group == "cost"):
            what = f"block:{home.id}" if block is not None else f"more:{home.id}"
            self.draft.state(self.scope, what, Decimal(points[1]), piece.start, piece.end)

    @staticmethod
    def _only_group(block: Block) -> str:
        return block.groups[0].id if len(block.groups) == 1 else ""

    # -- by 分值 and 自评得分 ----------------------------------------------------------------------------

    def _by_points(self, at: int, end: int) -> None:
        """Two numbers side by side end an indicator; what stands before them is told apart by its look."""
        pending: list[Piece] = []
        row = opened = ""
        while at < end:
            heading = self._heading(at)
            if heading is not None and not self._names_indicator(at, heading, opened):
                opened = self._group_at(at, heading)
                self._reason(row, pending)
                pending, row = [], ""
                self._open(at, *heading)
                at += heading[0]
                continue
            opened = ""
            values, after = self.cells.numbers(at, _NUMBERS_IN_ROW)
            if len(values) >= 2 and (pending or len(values) >= _FULL_ROW):
                pending += [Piece(v.text, v.start, v.end) for v in values[:-2]]
                row = self._finish(row, pending, values[-2:])
                pending, at = [], after
                continue
            piece = self.cells.pieces[at]
            if is_residue(piece.text):
                self.draft.residue.append((piece.start, piece.end))
            else:
                pending.append(piece)
            at += 1
        self._reason(row, pending)

    def _group_at(self, at: int, heading: tuple[int, bool]) -> str:
        """A group's name as it stands there, '' for a block's."""
        return "".join(p.text for p in self.cells.pieces[at : at + heading[0]]) if heading[1] else ""

    def _names_indicator(self, at: int, heading: tuple[int, bool], opened: str) -> bool:
        """服务对象满意度 right behind the group 服务对象满意度指标 is its indicator."""
        name = self._group_at(at, heading)
        return bool(opened and name) and name != opened and self.groups.get(plain(name)) == self.group

    def _reason(self, row: str, pieces: list[Piece]) -> None:
        """Words after the points of the last indicator of a group are its reason."""
        if row and pieces:
            text = "".join(piece.text for piece in pieces)
            self.draft.put(FactKey(self.table, row, "reason"), text, pieces[0].start, pieces[-1].end)

    def _finish(self, row: str, pieces: list[Piece], scores: list[Value]) -> str:
        reason, pieces = self._without_reason(row, pieces)
        self._reason(row, reason)
        if len(pieces) < 2:
            if pieces:
                self.draft.unread.append((pieces[0].start, scores[-1].end))
            return ""
        name, target, actual = self._name_target_actual(pieces)
        weight, points = (Piece(v.text, v.start, v.end) if v.text else None for v in scores)
        return self._put(name, target, actual, weight, points)

    def _without_reason(self, row: str, pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
        """The reason of the indicator before, where that lost points, and the rest."""
        if not row or len(pieces) <= 3:
            return [], pieces
        weight, points = (
            number_of(self.draft.facts.get(FactKey(self.table, row, c), "")) for c in ("weight", "points")
        )
        if weight is None or points is None or points >= weight:
            return [], pieces
        ends = [k + 1 for k, piece in enumerate(pieces[:-3]) if piece.text.endswith(("。", "；"))]
        cut = ends[-1] if ends else len(pieces) - 3
        return pieces[:cut], pieces[cut:]

    def _name_target_actual(self, pieces: list[Piece]) -> tuple[Piece, Piece | None, Piece | None]:
        """The first piece that looks like a target parts them: `工程验收` `合格率` | `≥95%` | `100%`."""
        inner = range(1, len(pieces) - 1)
        if (
            "operator" in self.heads
        ):  # `清淤长度` | `≥` `12` `公里` | `13`, `群众评价` | `定性` `良好` | `良好`
            at = next((k for k in inner if _SIGN_ALONE.match(pieces[k].text)), 1)
            aim = pieces[at : len(pieces) - 1]
            target = _joined([piece for piece in aim if piece.text not in _NATURES])
            return _whole(pieces[:at]), target, pieces[-1]
        at = next((k for k in inner if _TARGET_LIKE.match(pieces[k].text)), len(pieces) - 2)
        if len(pieces) <= 3:
            at = 1
        return _whole(pieces[:at]), pieces[at], _joined(pieces[at + 1 :])

    # -- one indicator -----------------------------------------------------------------------------------

    def _put(
        self,
        name: Piece,
        target: Piece | None,
        actual: Piece | None,
        weight: Piece | None,
        points: Piece | None,
    ) -> str:
        if not self.group:
            self.draft.unread.append((name.start, name.end))
            return ""
        row = self.draft.new_row(self.table, self.group, name.text, name.start, name.end)
        unit = self._target(row, target)
        if actual is not None and not is_residue(actual.text):
            self._actual(row, actual, unit)
        for column, piece in (("weight", weight), ("points", points)):
            number = number_of(piece.text) if piece else None
            if piece is not None and number is not None:
                self.draft.put(FactKey(self.table, row, column), canonical(number), piece.start, piece.end)
        return row

    def _target(self, row: str, piece: Piece | None) -> str:
        """Operator, number and unit apart; `as_printed` keeps the cell as it was."""
        if piece is None or is_residue(piece.text):
            return ""
        target = parse_target(piece.text)
        self.draft.as_printed[FactKey(self.table, row, "target")] = piece.text
        parts = (("operator", target.operator), ("target", target.number), ("unit", target.unit))
        for column, text in parts:
            self.draft.put(FactKey(self.table, row, column), text, piece.start, piece.end)
        return target.unit

    def _actual(self, row: str, piece: Piece, unit: str) -> None:
        key = FactKey(self.table, row, "actual")
        amount, value = parse_amount(piece.text), parse_target(piece.text)
        self.draft.as_printed[key] = piece.text
        text = piece.text
        if amount is not None and unit and amount.unit == unit and not amount.approximate:
            text = canonical(amount.value)  # `13座` where 座 is the target's unit
        elif value.operator and not value.repeated and parse_period(value.number, self.cells.year) is None:
            text = value.written()
        self.draft.put(key, text, piece.start, piece.end)


def _joined(pieces: list[Piece]) -> Piece | None:
    return _whole(pieces) if pieces else None


def _whole(pieces: list[Piece]) -> Piece:
    return Piece("".join(piece.text for piece in pieces), pieces[0].start, pieces[-1].end)
