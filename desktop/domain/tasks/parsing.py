"""From the files of a task to its edition; what is wrong with them is told in Chinese words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from desktop.domain.all_templates import Templates
from desktop.domain.forms.edition import HEAD, Contents, parse_edition
from desktop.domain.formula import FormulaError
from desktop.domain.outline.outline import Outline, parse_outline
from desktop.domain.tasks.soundness import faults
from desktop.domain.tasks.task import OUTLINE, Task, TaskEdition, TaskFault, named_as_issue, sum_of

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
    with _in_chinese("表样的文件"):
        files = {name: data for name, data in named.items() if name != OUTLINE}
        edition, own = parse_edition(files, templates.editions, templates.basis.tables, templates.basis.tabs)
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
    like = head.get("like")
    if like is not None and (like not in templates.editions or like == task.edition):
        raise TaskFault(
            f"它以“{like}”为底本，本程序没有这份表样；请先领取那个任务，或把程序升级到与制发单位相同的版本"
        )
    if task.id in templates.basis.shipped:
        raise TaskFault(f"代号“{task.id}”是程序自带的，请换一个")


def _outline(named: Contents, templates: Templates) -> Outline | None:
    if OUTLINE not in named:
        return None
    with _in_chinese(OUTLINE):
        return parse_outline(named[OUTLINE], templates.basis.meanings)


@contextmanager
def _in_chinese(where: str) -> Iterator[None]:
    try:
        yield
    except TaskFault:
        raise
    except _WRONG as error:
        raise TaskFault(f"{where}写得不对：{why(error)}") from error


def why(error: BaseException) -> str:
    """What Python, and our own parsers, say of a template, in Chinese; a word of the file is quoted."""
    said = str(error)
    if isinstance(error, FormulaError):
        return f"公式读不出（{_quoted(said)}）"
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
        return f"表 {said.split()[1]} 没有行或没有列"
    kind = re.search(r"(\S+): no kind (\S+)", said)
    if kind:
        return f"核对关系 {kind[1]} 的 kind 不认识：{kind[2]}"
    return f"内容的种类或结构不对（{_quoted(said)}）"


def _quoted(said: str) -> str:
    return " ".join(said.split())[:80]
