"""A task in plain words: what its window and the command line show before it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from desktop.domain.numbers import show_short
from desktop.domain.tasks.task import Task
from desktop.domain.template import fill
from desktop.exchange.task_file.offer import TaskOffer

_MOST_TOLD = 200


class Part(NamedTuple):
    """A heading and the lines below it."""

    heading: str
    lines: tuple[str, ...]


def date_in_words(date: str) -> str:
    """`2025-03-31` -> `2025年3月31日`."""
    if not date:
        return ""
    year, month, day = (int(part) for part in date.split("-"))
    return f"{year}年{month}月{day}日"


def described(offer: TaskOffer) -> list[Part]:
    """What the task is, what its forms are, and how they differ from those that are known here."""
    task, edition, system = offer.task, offer.parsed.edition, offer.parsed.system
    forms = [f"{form.mark}　{fill(form.title, edition.year)}" for form in edition.printed]
    forms += [f"另附　{fill(table.annex, edition.year)}" for table in edition.tables.values() if table.annex]
    blocks = "，".join(f"{block.name}{show_short(block.weight)}分" for block in system.blocks)
    outline = offer.templates.outlines.get(edition.outline)
    parts = [
        Part(task.title, tuple(_about(task))),
        Part("填报要求", tuple(task.note.splitlines())),
        Part(f"附件（{len(forms)}个）", tuple(forms)),
        Part(f"指标体系（满分{show_short(system.full)}分）", (blocks,)),
        Part("报告提纲", (f"{outline.name}，{len(outline.sections)}个标题",) if outline else ()),
        _changes(offer),
    ]
    return [part for part in parts if part.lines]


def _about(task: Task) -> Iterator[str]:
    yield f"制发单位：{task.issuer}"
    yield f"年　　度：{task.year}年度"
    yield f"截止日期：{date_in_words(task.deadline) or '没有写'}"
    yield f"发　　布：第{task.issue}次" + (f"，{date_in_words(task.issued)}" if task.issued else "")
    yield f"代　　号：{task.id}"


def _changes(offer: TaskOffer) -> Part:
    """Against the issue that is here, or against the edition it is like."""
    old = offer.templates.editions[offer.against]
    followed = offer.here is not None and old.id == offer.here.edition
    than = f"已领取的第{offer.here.issue}次发布" if offer.here and followed else f"“{old.name}”"
    lines = [f"{one.where}：{one.said}" for one in offer.differences[:_MOST_TOLD]]
    if len(offer.differences) > _MOST_TOLD:
        lines.append(f"另有{len(offer.differences) - _MOST_TOLD}处。")
    return Part(
        f"与{than}相比（{len(offer.differences)}处不同）", tuple(lines or ["表样、指标和提纲都一样。"])
    )


def as_text(offer: TaskOffer) -> str:
    """The whole of it as lines for the console."""
    lines: list[str] = []
    for part in described(offer):
        lines += [part.heading, *(f"  {line}" for line in part.lines)]
    lines += [f"注意：{said}" for said in notices(offer)]
    return "\n".join(lines)


def notices(offer: TaskOffer) -> list[str]:
    """What to know before it is taken."""
    here = f"第{offer.task.issue}次发布已经领取过了，内容相同，不用再领。" if offer.is_here else ""
    return [said for said in (here, offer.refusal, offer.warning and f"{offer.warning}。") if said]


def as_json(offer: TaskOffer) -> dict[str, Any]:
    system, edition = offer.parsed.system, offer.parsed.edition
    return {
        **task_json(offer.task),
        "forms": [{"mark": form.mark, "title": fill(form.title, edition.year)} for form in edition.printed],
        "system": {
            "full": float(system.full),
            "blocks": [{"name": block.name, "weight": float(block.weight)} for block in system.blocks],
        },
        "outline": edition.outline,
        "against": offer.against,
        "differences": [one._asdict() for one in offer.differences],
        "is_here": offer.is_here,
        "warning": offer.warning,
        "refusal": offer.refusal,
    }


def task_json(task: Task) -> dict[str, Any]:
    names = ("id", "name", "year", "issuer", "deadline", "note", "issue", "issued", "edition")
    return {name: getattr(task, name) for name in names}
