"""The tasks of a data file, and the templates with what they bring: one more edition of the forms for each issue."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.all_templates import Templates
from desktop.domain.facts import FactSheet
from desktop.domain.forms.edition import HEAD, Contents
from desktop.domain.outline.outline import chosen_outline
from desktop.domain.tasks.parsing import other_model, parse_stored
from desktop.domain.tasks.task import Task, TaskFault, edition_id, task_of
from desktop.errors import UserError
from desktop.storage.db import Database
from desktop.storage.tasks import KeptTask, KeptTasks

if TYPE_CHECKING:  # the exchange is loaded when there is a task: a window should not wait for it
    from desktop.exchange.task_file.offer import TaskOffer
    from desktop.exchange.task_file.reader import TaskFile


_NAMED = 3
"""Reports named of those that use a task."""


class TakenTask(NamedTuple):
    """One issue of a task as it is here. `task` is None, and `problem` says why, where it cannot be used."""

    kept: KeptTask
    task: Task | None
    contents: Contents
    problem: str = ""

    @property
    def edition(self) -> str:
        return edition_id(self.kept.id, self.kept.issue)

    def file(self) -> TaskFile:
        """As it came from the bureau."""
        from desktop.exchange.task_file.reader import read_task

        return read_task(self.kept.file, self.kept.id)


class TakenTasks:
    """Takes tasks, lists them, and takes them away again; `templates` are always those with all of them."""

    def __init__(self, db: Database, shipped: Templates, resources: Path) -> None:
        self._kept, self._shipped, self._resources = KeptTasks(db), shipped, resources
        self.templates = shipped
        self.taken: list[TakenTask] = []
        self.renew()

    def renew(self) -> None:
        """Read what is stored: it was changed, or other data have taken the place of these."""
        templates, taken = self._shipped, []
        for kept in self._kept.all():
            one, templates = _with_task(kept, templates)
            taken.append(one)
        self.taken, self.templates = taken, templates

    def files(self) -> dict[str, TaskFile]:
        """What can be read of them, by the id of the edition."""
        return {one.edition: one.file() for one in self.taken if one.task is not None}

    # -- taking ------------------------------------------------------------------------------------------

    def looking_at(self, path: Path) -> Callable[[], TaskOffer]:
        """To read a task file and try its forms out: work for a worker. UserError for what is none, or not sound."""
        from desktop.exchange.task_file.offer import offer
        from desktop.exchange.task_file.reader import open_task

        templates, files, resources = self.templates, self.files(), self._resources
        return lambda: offer(open_task(path), path.name, templates, files, resources)

    def looking_again(self, one: TakenTask) -> Callable[[], TaskOffer]:
        """The same of a task that was taken, held against what was there before it."""
        from desktop.exchange.task_file.offer import offer

        file, resources = one.file(), self._resources
        earlier = {
            name: other
            for name, other in self.files().items()
            if other.task.id != one.kept.id or other.task.issue < one.kept.issue
        }
        return lambda: offer(file, file.task.name, self.templates, earlier, resources)

    def take(self, offer: TaskOffer) -> None:
        """Keep it; one that is here already stays as it is. UserError, and nothing written, where it is refused."""
        if offer.refusal:
            raise UserError(offer.refusal, "本机的任务没有改动。")
        if offer.is_here:
            return
        said = {"task": offer.task._asdict(), "contents": offer.file.contents}
        words = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        damaged = any(one.edition == offer.task.edition and one.task is None for one in self.taken)
        self._kept.add(offer.task.id, offer.task.issue, offer.file.data, words, instead=damaged)
        self.renew()

    def remove(self, one: TakenTask) -> None:
        """Take it away again. UserError while a report, or another task, uses it."""
        users = self._kept.users_of(one.edition)
        if users:
            more = f"等{len(users)}份" if len(users) > _NAMED else ""
            hint = "打开这些报告，换到别的表样以后，才能移除；已删除的报告随时可能恢复，也要留着它的任务。"
            raise UserError(f"有报告在用这个任务，不能移除：{'、'.join(users[:_NAMED])}{more}。", hint)
        followers = [
            other.task
            for other in self.taken
            if other.task is not None and other.contents[HEAD].get("like") == one.edition
        ]
        if followers:
            raise UserError(f"任务“{followers[0].title}”以它为底本，不能移除。", "请先移除那个任务。")
        self._kept.remove(one.kept.id, one.kept.issue)
        self.renew()

    def users_of(self, one: TakenTask) -> list[str]:
        """The reports that are filled in by it, those in the bin too."""
        return self._kept.users_of(one.edition)

    # -- making ------------------------------------------------------------------------------------------

    def making(self, task: Task, source: Path | FactSheet) -> Callable[[], TaskOffer]:
        """To make the file of a task from a folder, or from the forms and outline of a report: work for a worker.

        It is looked through like one that comes in, so that no unit gets what cannot be used. UserError.
        """
        from desktop.exchange.task_file.making import texts_in, texts_of_report, with_model_sum
        from desktop.exchange.task_file.offer import MEND_FILES, offer
        from desktop.exchange.task_file.writer import refuse_unfit, task_file

        templates, files, resources = self.templates, self.files(), self._resources

        def make() -> TaskOffer:
            refuse_unfit(task)
            if isinstance(source, Path):
                texts = texts_in(source)
            else:
                taken = {edition: file.texts for edition, file in files.items()}
                outline = chosen_outline(templates.outlines, source.facts)
                texts = texts_of_report(task, source.templates, outline, taken)
            file = task_file(with_model_sum(task, texts, templates), texts)
            return offer(file, task.name, templates, files, resources, hint=MEND_FILES)

        return make

    def next_issue(self, edition: str) -> Task | None:
        """The task that an edition is of, as its next issue would begin; None where it was not taken here."""
        task_id, _ = task_of(edition)
        issues = [one.task for one in self.taken if one.task is not None and one.kept.id == task_id]
        last = max(issues, key=lambda task: task.issue, default=None)
        return last._replace(issue=last.issue + 1) if last else None


def _with_task(kept: KeptTask, templates: Templates) -> tuple[TakenTask, Templates]:
    """One stored task, and the templates with what it brings; a problem keeps nobody from starting."""
    if not kept.intact:
        return TakenTask(kept, None, {}, "保存的内容已损坏，请重新领取，或从备份恢复"), templates
    said = json.loads(kept.said)
    task, contents = Task(**said["task"]), said["contents"]
    try:
        parsed = parse_stored(task, contents, templates)
    except TaskFault as fault:
        return TakenTask(kept, None, {}, f"本程序读不了它：{fault}"), templates
    warning = other_model(task, contents, templates)
    with_it = templates.with_edition(parsed.edition, parsed.own_system, parsed.outline)
    return TakenTask(kept, task, contents, warning), with_it
