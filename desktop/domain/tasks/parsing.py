"""From the files of a task to its edition; what is wrong with them is told in Chinese words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from desktop.domain.all_templates import Templates
from desktop.domain.checks import parse_checks
from desktop.domain.forms.edition import CHECKS, HEAD, SYSTEM, Contents, parse_edition
from desktop.domain.forms.printed_form import parse_form
from desktop.domain.formula import FormulaError
from desktop.domain.outline.outline import Outline, parse_outline
from desktop.domain.tasks.soundness import faults
from desktop.domain.tasks.task import OUTLINE, Task, TaskEdition, TaskFault, named_as_issue, sum_of
from desktop.domain.template import parse_system, parse_table

_HEAD_KINDS: dict[str, type] = {"id": str, "name": str, "year": int, "like": str, "outline": str}
_WRONG = (TypeError, KeyError, ValueError, AttributeError, ArithmeticError, IndexError, RecursionError)
"""What parsing trips over where a file has a list for a word, a word too many, or one too few."""


def parse_task(task: Task, contents: Contents, templates: Templates) -> TaskEdition:
    """The edition of a task, looked through. TaskFault names the first thing that is wrong."""
    parsed = parse_stored(task, contents, templates)
    for fault in faults(parsed.edition, parsed.system, parsed.outline, templates):
        raise TaskFault(fault)
    return parsed


def parse_stored(task: Task, contents: Contents, templates: Templates) -> TaskEdition:
    """The same of one that was looked through when it was taken. TaskFault where it no longer can be parsed."""
    _check_head(task, contents.get(HEAD), templates)
    named = named_as_issue(task, contents)
    outline = _outline(named, templates)
    known = {*templates.outlines, *([outline.id] if outline else [])}
    files = {name: data for name, data in named.items() if name != OUTLINE}
    try:
        edition, own = parse_edition(files, templates.editions, templates.basis.tables, templates.basis.tabs)
    except _WRONG as error:
        raise TaskFault(f"{_culprit(files, templates)} 写得不对：{why(error)}") from error
    system = own or templates.systems.get(edition.system)
    if system is None:
        raise TaskFault(f"它用的指标体系“{edition.system}”本程序没有")
    if edition.outline and edition.outline not in known:
        raise TaskFault(f"它用的报告提纲“{edition.outline}”本程序没有")
    return TaskEdition(edition, system, own, outline)


def other_model(task: Task, contents: Contents, templates: Templates) -> str:
    """What to tell where the edition that it is like is another here than the issuer's; '' where it is not."""
    model = templates.editions.get(str(contents[HEAD].get("like", "")))
    if model is None or not task.like_sum or sum_of(model, templates.systems[model.system]) == task.like_sum:
        return ""
    return (
        f"本机的“{model.name}”与制发单位的不是同一个版本，照这个任务填出的表可能与制发单位的不一样；"
        "请先把程序升级到与制发单位相同的版本"
    )


def _check_head(task: Task, head: Any, templates: Templates) -> None:
    if not isinstance(head, Mapping):
        raise TaskFault(f"缺少 {HEAD}")
    for name, kind in _HEAD_KINDS.items():
        if name in head and type(head[name]) is not kind:
            raise TaskFault(f"{HEAD} 的 {name} 写得不对")
    for name in ("id", "name", "year"):
        if name not in head:
            raise TaskFault(f"{HEAD} 缺少 {name}")
    if (head["id"], head["year"]) != (task.id, task.year):
        raise TaskFault(f"{HEAD} 写的是“{head['id']}”{head['year']}年度，与任务的代号、年度不一致")
    if task.id in templates.basis.shipped:
        raise TaskFault(f"代号“{task.id}”是程序自带的，请换一个")
    like = head.get("like")
    if like is not None and (like not in templates.editions or like == task.edition):
        raise TaskFault(
            f"它以“{like}”为底本，本程序没有这份表样；请先领取那个任务，或把程序升级到与制发单位相同的版本"
        )


def _outline(named: Contents, templates: Templates) -> Outline | None:
    if OUTLINE not in named:
        return None
    try:
        return parse_outline(named[OUTLINE], templates.basis.meanings)
    except _WRONG as error:
        raise TaskFault(f"{OUTLINE} 写得不对：{why(error)}") from error


def _culprit(files: Contents, templates: Templates) -> str:
    """The file over which parsing trips by itself; the head where none does."""
    like = templates.editions.get(str(files[HEAD].get("like", "")))
    tables = like.tables if like else templates.basis.tables
    for name, data in files.items():
        try:
            if name.startswith("tables/"):
                parse_table(data, tables)
            elif name.startswith("annex"):
                parse_form({"id": name, **data})
            elif name == SYSTEM:
                parse_system(data)
            elif name == CHECKS:
                parse_checks(data["check"])
        except _WRONG:
            return name
    return HEAD


def why(error: BaseException) -> str:
    """What Python, and our own parsers, say of a template, in Chinese; a word of the file is quoted."""
    said = str(error)
    if isinstance(error, FormulaError):
        return "有一个公式读不出"
    if isinstance(error, KeyError):
        return f"缺少 {said.strip(chr(39))}，或没有叫这个名字的内容"
    unexpected = re.search(r"unexpected keyword argument '(.+?)'", said)
    if unexpected:
        return f"不认识的词 {unexpected[1]}"
    unknown = re.search(r"words that mean nothing: (.+)", said)
    if unknown:
        return f"不认识的词 {unknown[1].strip('[]')}"
    missing = re.search(r"missing \d+ required .*?: (.+)", said)
    if missing:
        return f"缺少 {missing[1]}"
    adds = re.search(r"(\S+): (.*?) ?(?:the blocks )?do(?:es)? not add up to (\S+)", said)
    if adds:
        return f"{adds[2] or adds[1]}的分值合计不等于{adds[3]}"
    if "no rows or no columns" in said:
        return "没有行或没有列"
    if "as many widths" in said:
        return "有一部分的列宽（widths）与 sheet_widths 的个数不同"
    if isinstance(error, ArithmeticError):
        return "有一处应是数字"
    kind = re.search(r"(\S+): no kind (\S+)", said)
    if kind:
        return f"核对关系 {kind[1]} 的 kind 不认识：{kind[2]}"
    return "有一处应是列表，或一组“名称 = 值”，写成了别的"
