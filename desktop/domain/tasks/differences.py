"""What differs between two editions of the forms, in the words of whoever fills them in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeVar

from desktop.domain.all_templates import Templates
from desktop.domain.checks import Relation
from desktop.domain.forms.edition import FormEdition
from desktop.domain.numbers import show_short
from desktop.domain.outline.outline import DEFAULT
from desktop.domain.template import Column, Row, System, Table, fill


class Difference(NamedTuple):
    """`where` is a table, a form or the indicator system by its name; `said` what is otherwise there."""

    where: str
    said: str


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Part = TypeVar("Part", bound=_Named)


def differences(old: FormEdition, new: FormEdition, templates: Templates) -> list[Difference]:
    """From the old edition to the new one, both of which the templates have."""
    systems = templates.systems
    found = [
        *_tables(old, new),
        *_printed(old, new),
        *_system(systems[old.system], systems[new.system], new.year),
        *_checks(old.checks, new.checks),
        *_outline(old, new, templates),
    ]
    return list(dict.fromkeys(found))


def _paired(old: Sequence[Part], new: Sequence[Part]) -> Iterator[tuple[Part | None, Part | None]]:
    """Parts of the same id beside one another, in the new order; what is gone follows."""
    before = {part.id: part for part in old}
    after = {part.id: part for part in new}
    yield from ((before.get(name), part) for name, part in after.items())
    yield from ((part, None) for name, part in before.items() if name not in after)


def _tables(old: FormEdition, new: FormEdition) -> Iterator[Difference]:
    for before, after in _paired(tuple(old.tables.values()), tuple(new.tables.values())):
        if before is None and after is not None:
            rows = len(after.rows) if after.kind != "form" else len(after.columns)
            yield Difference(after.title, f"新增的表，{rows}{'行' if after.kind != 'form' else '项'}")
        elif after is None and before is not None:
            yield Difference(before.title, "不再有这张表")
        elif before is not None and after is not None and before != after:
            yield from _table(before, after, new.year)


def _table(old: Table, new: Table, year: int) -> Iterator[Difference]:
    where = new.title
    if old.title != new.title:
        yield Difference(where, f"表名由“{old.title}”改为“{new.title}”")
    if new.kind != "form":
        yield from _labels(where, "行", old.rows, new.rows, year)
    yield from _labels(where, "栏" if new.kind != "form" else "项", old.columns, new.columns, year)
    for before, after in _paired(old.columns, new.columns):
        if before is None or after is None:
            continue
        label = fill(after.label, year)
        if before.kind != after.kind:
            yield Difference(where, f"“{label}”填写的内容由{_kind(before)}改为{_kind(after)}")
        if before.choices != after.choices:
            yield Difference(where, f"“{label}”可选的内容改了")
        if before.official != after.official:
            yield Difference(where, f"“{label}”{'改为印在附件上' if after.official else '不再印在附件上'}")
    reckoned = _formulas(new)
    if any(reckoned[name] != formula for name, formula in _formulas(old).items() if name in reckoned):
        yield Difference(where, "自动计算的公式改了")
    if old.unit != new.unit:
        yield Difference(where, f"单位由“{old.unit or '无'}”改为“{new.unit or '无'}”")


_KINDS = {"money": "金额", "people": "人数", "area": "面积", "number": "数字", "percent": "比率", "choice": "选择",
          "date": "日期"}  # fmt: skip


def _kind(column: Column) -> str:
    return _KINDS.get(column.kind, "文字")


def _formulas(table: Table) -> dict[str, object]:
    """Of each row and column by its id: one that is new or gone is told as such."""
    rows: dict[str, object] = {row.id: (row.formula, dict(row.formulas)) for row in table.rows}
    return rows | {column.id: column.formula for column in table.columns}


def _labels(
    where: str, what: str, old: Sequence[Row | Column], new: Sequence[Row | Column], year: int
) -> Iterator[Difference]:
    added = [fill(after.label, year) for before, after in _paired(old, new) if before is None and after]
    gone = [fill(before.label, year) for before, after in _paired(old, new) if after is None and before]
    if added:
        yield Difference(where, f"增加{len(added)}{what}：{'、'.join(added)}")
    if gone:
        yield Difference(where, f"减少{len(gone)}{what}：{'、'.join(gone)}")
    for before, after in _paired(old, new):
        if before is not None and after is not None and before.label != after.label:
            yield Difference(where, f"“{fill(before.label, year)}”改为“{fill(after.label, year)}”")
    kept = {part.id for part in old} & {part.id for part in new}
    if [part.id for part in old if part.id in kept] != [part.id for part in new if part.id in kept]:
        yield Difference(where, f"{what}的次序改了")


def _printed(old: FormEdition, new: FormEdition) -> Iterator[Difference]:
    for before, after in _paired(old.printed, new.printed):
        if before is None and after is not None:
            yield Difference(after.mark, f"新增：{fill(after.title, new.year)}")
        elif after is None and before is not None:
            yield Difference(before.mark, f"不再有：{fill(before.title, new.year)}")
        elif before is not None and after is not None and before != after:
            if before.title != after.title:
                yield Difference(after.mark, f"标题改为“{fill(after.title, new.year)}”")
            else:
                yield Difference(after.mark, "印出的样式改了")


def _system(old: System, new: System, year: int) -> Iterator[Difference]:
    where = "指标体系"
    if old.full != new.full:
        yield Difference(where, f"满分由{show_short(old.full)}分改为{show_short(new.full)}分")
    for before, after in _paired(old.blocks, new.blocks):
        if before is None and after is not None:
            yield Difference(where, f"增加一级指标“{after.name}”（{show_short(after.weight)}分）")
        elif after is None and before is not None:
            yield Difference(where, f"减少一级指标“{before.name}”（{show_short(before.weight)}分）")
        elif before is not None and after is not None:
            if before.name != after.name:
                yield Difference(where, f"“{before.name}”改名为“{after.name}”")
            yield from _weight(where, after.name, before.weight, after.weight)
            yield from _groups(where, after.name, before.groups, after.groups)
    if old.grades != new.grades:
        words = "、".join(f"{name}（{show_short(least)}分起）" for name, least in new.grades)
        yield Difference(where, f"等次改为：{words}")
    if dict(old.settings) != dict(new.settings):
        yield Difference(where, "计分的细则改了")


def _groups(where: str, block: str, old: Sequence[_Named], new: Sequence[_Named]) -> Iterator[Difference]:
    for before, after in _paired(old, new):
        name = getattr(after or before, "name", "")
        if before is None:
            yield Difference(where, f"“{block}”增加二级指标“{name}”")
        elif after is None:
            yield Difference(where, f"“{block}”减少二级指标“{name}”")
        elif getattr(before, "name", "") != name:
            yield Difference(where, f"“{getattr(before, 'name', '')}”改名为“{name}”")
        else:
            yield from _indicators(where, name, before, after)


def _indicators(where: str, group: str, old: object, new: object) -> Iterator[Difference]:
    for before, after in _paired(getattr(old, "indicators", ()), getattr(new, "indicators", ())):
        if before is None or after is None:
            one = after or before
            yield Difference(
                where, f"“{group}”{'增加' if before is None else '减少'}指标“{getattr(one, 'name', '')}”"
            )
            continue
        yield from _weight(where, after.name, before.weight, after.weight)
        if before._replace(weight=after.weight) != after:
            yield Difference(where, f"“{after.name}”的算法或评分说明改了")


def _weight(where: str, name: str, old: Decimal, new: Decimal) -> Iterator[Difference]:
    if old != new:
        yield Difference(where, f"“{name}”由{show_short(old)}分改为{show_short(new)}分")


def _checks(old: Sequence[Relation], new: Sequence[Relation]) -> Iterator[Difference]:
    before, after = _by_code(old), _by_code(new)
    for code, relations in after.items():
        names = "、".join(dict.fromkeys(relation.name for relation in relations))
        if code not in before:
            yield Difference("核对关系", f"增加：{names}")
        elif before[code] != relations:
            yield Difference("核对关系", f"改了：{names}")
    for code, relations in before.items():
        if code not in after:
            yield Difference("核对关系", f"不再核对：{'、'.join(dict.fromkeys(r.name for r in relations))}")


def _by_code(relations: Sequence[Relation]) -> Mapping[str, list[Relation]]:
    by_code: dict[str, list[Relation]] = {}
    for relation in relations:
        by_code.setdefault(relation.code, []).append(relation)
    return by_code


def _outline(old: FormEdition, new: FormEdition, templates: Templates) -> Iterator[Difference]:
    before, after = (templates.outlines[edition.outline or DEFAULT] for edition in (old, new))
    if before.sections == after.sections:
        return
    if new.outline and new.outline != old.outline:
        yield Difference("报告提纲", f"用“{after.name}”，{len(after.sections)}个标题")
    titles, known = [s.title for s in after.sections], [s.title for s in before.sections]
    added = [title for title in titles if title not in known]
    gone = [title for title in known if title not in titles]
    if added:
        yield Difference("报告提纲", f"增加标题：{'、'.join(added)}")
    if gone:
        yield Difference("报告提纲", f"减少标题：{'、'.join(gone)}")
