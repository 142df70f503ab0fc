"""The command line's `task`: makes, shows, takes and lists task files, by the same functions as the window."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.domain.facts import FactSheet
from desktop.domain.tasks.task import Task, issue_in_words, suggested_id
from desktop.errors import UserError
from desktop.exchange.atomic_write import write_atomically
from desktop.exchange.task_file.format import ENDING
from desktop.exchange.task_file.in_words import as_json, as_text, date_in_words, task_json
from desktop.exchange.task_file.making import head_of, texts_in
from desktop.exchange.task_file.offer import TaskOffer
from desktop.taken_tasks import TakenTask
from desktop.workplace import Workplace

Say = Callable[[object], None]
"""Takes a text, or what is to be written as JSON."""


def run(place: Workplace, options: argparse.Namespace, say: Say) -> str:
    """One deed, `options.deed`; what was done, in words."""
    return _DEEDS[options.deed](place, options, say)


def take(place: Workplace, file: Path, write: bool, as_data: bool, say: Say) -> dict[str, Any]:
    """Show a task file, and keep it where that is wished; UserError where it must not be kept."""
    offer = place.tasks.looking_at(file)()
    if not as_data:
        say(as_text(offer))
    if write:
        place.tasks.take(offer)
    return as_json(offer) | {"taken": write}


def _make(place: Workplace, options: argparse.Namespace, say: Say) -> str:
    target = Path(options.output)
    if target.suffix.lower() != ENDING:
        raise UserError(f"“{target.name}”的扩展名不对。", f"任务包请以 {ENDING} 结尾。")
    task, source = _from_folder(options) if options.folder else _from_report(place, options)
    offer = place.tasks.making(task, source)()
    if offer.refusal:
        raise UserError(offer.refusal, "任务包没有写出；发布的次数用 --issue 指定。")
    write_atomically(target, offer.file.data)
    _show_offer(offer, options, say)
    return f"已制作任务包：{target}"


def _from_folder(options: argparse.Namespace) -> tuple[Task, Path]:
    folder = Path(options.folder)
    task_id, name, year = head_of(texts_in(folder))
    return _told(Task(task_id, name, year, ""), options), folder


def _from_report(place: Workplace, options: argparse.Namespace) -> tuple[Task, FactSheet]:
    if options.unit is None or options.year is None:
        raise UserError(
            "没有说用什么制作任务包。", "请给出放着表样的文件夹，或用 --unit 和 --year 指定一份报告。"
        )
    report = place.find(options.unit, options.year)
    sheet = place.assess(report).sheet
    year = options.for_year or report.id.year
    issuer = options.issuer or ""
    begun = place.tasks.next_issue(sheet.templates.edition.id)
    task = begun or Task(suggested_id(issuer, year), f"{issuer}{year}年度整体支出绩效自评", year, issuer)
    return _told(task, options), sheet


def _told(task: Task, options: argparse.Namespace) -> Task:
    """With what the words of the call say of it."""
    names = ("id", "name", "issuer", "deadline", "note", "issue", "issued")
    given = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    return task._replace(**({"issued": dt.date.today().isoformat()} | given))


def _show(place: Workplace, options: argparse.Namespace, say: Say) -> str:
    _show_offer(place.tasks.looking_at(Path(options.file))(), options, say)
    return ""


def _show_offer(offer: TaskOffer, options: argparse.Namespace, say: Say) -> None:
    say(as_json(offer) if options.json else as_text(offer))


def _take(place: Workplace, options: argparse.Namespace, say: Say) -> str:
    done = [take(place, Path(file), True, options.json, say) for file in options.files]
    if options.json:
        say(done[0] if len(done) == 1 else done)
    return f"已领取{len(done)}个任务。"


def _list(place: Workplace, options: argparse.Namespace, say: Say) -> str:
    taken = place.tasks.taken
    if options.json:
        say([_listed(place, one) for one in taken])
    else:
        say("\n".join(_line(place, one) for one in taken) or "还没有领取任务。")
    return ""


def _listed(place: Workplace, one: TakenTask) -> dict[str, Any]:
    about = task_json(one.task) if one.task else {"id": one.kept.id, "issue": one.kept.issue}
    users = place.tasks.users_of(one)
    return {**about, "taken": one.kept.taken.isoformat(), "reports": users, "problem": one.problem}


def _line(place: Workplace, one: TakenTask) -> str:
    task, problem = one.task, f"　注意：{one.problem}" if one.problem else ""
    if task is None:
        return f"{one.kept.id}{issue_in_words(one.kept.issue)}{problem}"
    until = date_in_words(task.deadline) or "没有写"
    users = len(place.tasks.users_of(one))
    return f"{task.title}　{task.issuer}　截止日期：{until}　{users}份报告　代号：{one.edition}{problem}"


def _remove(place: Workplace, options: argparse.Namespace, say: Say) -> str:
    found = next((one for one in place.tasks.taken if one.edition == options.edition), None)
    if found is None:
        raise UserError(f"没有领取过代号为“{options.edition}”的任务。", "请用 task list 查看领取了哪些。")
    place.tasks.remove(found)
    return f"已移除：{found.task.title if found.task else found.edition}"


_DEEDS: dict[str, Callable[[Workplace, argparse.Namespace, Say], str]] = {
    "make": _make,
    "show": _show,
    "take": _take,
    "list": _list,
    "remove": _remove,
}
