"""A task file looked at before it is taken: what it is, what it changes, and what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from desktop.domain.all_templates import Templates
from desktop.domain.tasks.differences import Difference, differences
from desktop.domain.tasks.parsing import other_model, parse_task
from desktop.domain.tasks.task import Task, TaskEdition, TaskFault
from desktop.errors import UserError
from desktop.exchange.task_file.format import FORMS
from desktop.exchange.task_file.reader import TaskFile
from desktop.exchange.task_file.trial import try_out

TELL_ISSUER = "请把这句话告诉制发单位，改好后重新制作、重新发送。"
MEND_FILES = "请改好表样的文件，再制作一次。"


class TaskOffer(NamedTuple):
    """`templates` have the task's edition too; `refusal` says why it is not taken, '' where it may be."""

    file: TaskFile
    parsed: TaskEdition
    templates: Templates
    against: str
    """The id of the edition that the differences are from: the newest issue here, or the one it is like."""
    differences: tuple[Difference, ...]
    here: Task | None
    """The newest issue of the same task that was taken."""
    is_here: bool = False
    """It was taken already, and says the same."""
    refusal: str = ""
    warning: str = ""

    @property
    def task(self) -> Task:
        return self.file.task

    @property
    def is_newer(self) -> bool:
        """An issue that follows one that was taken."""
        return self.here is not None and self.task.issue > self.here.issue


def offer(
    file: TaskFile,
    name: str,
    templates: Templates,
    taken: Mapping[str, TaskFile],
    resources: Path,
    *,
    hint: str = TELL_ISSUER,
) -> TaskOffer:
    """Safe in a worker; takes a second or two. `taken` are the tasks of the data file by the id of their edition.

    UserError, with this hint, where the forms in it are not sound.
    """
    task = file.task
    try:
        parsed = parse_task(task, file.contents, templates)
    except TaskFault as error:
        raise _unsound(name, str(error), hint) from None
    known = templates.with_edition(parsed.edition, parsed.own_system, parsed.outline)
    fault = try_out(known, parsed.edition, resources)
    if fault:
        raise _unsound(name, fault, hint)
    same = [one.task for one in taken.values() if one.task.id == task.id]
    here = max(same, key=lambda one: one.issue, default=None)
    like = file.contents[FORMS].get("like", next(iter(templates.editions)))
    against = here.edition if here is not None and here.issue < task.issue else str(like)
    found = differences(known.editions[against], parsed.edition, known)
    twin = taken.get(task.edition)
    is_here = twin is not None and (twin.task, twin.texts) == (task, file.texts)
    warning = other_model(task, file.contents, templates)
    refusal = "" if is_here else _refusal(task, here, twin)
    return TaskOffer(file, parsed, known, against, tuple(found), here, is_here, refusal, warning)


def _unsound(name: str, fault: str, hint: str) -> UserError:
    """The one sentence for a task file that came whole, and whose forms do not work."""
    return UserError(f"任务包“{name}”不能用：{fault}。", hint)


def _refusal(task: Task, here: Task | None, twin: TaskFile | None) -> str:
    """Why a sound task is not taken: it is not what it was, or a newer one is here."""
    if twin is not None:
        return (
            f"这个任务{_nth(task)}已经领取过，而这个文件的内容与领取的不同。"
            f"制发单位改动以后应当作为第{task.issue + 1}次发布；请向制发单位核实。"
        )
    if here is not None and task.issue < here.issue:
        return f"这是{_nth(task)}，本机已经领取了更新的{_nth(here)}，不能再领旧的。"
    return ""


def _nth(task: Task) -> str:
    return f"第{task.issue}次发布"
