"""A task (任务): who hands out which edition of the forms, until when, and which issue of it this is.

The edition of a first issue is called as the task is (`清河县财政局-2024`), that of the second `清河县财政局-2024-2`. A
task's id ends in its year and an issue has two digits at most, so no issue is called as another task is, and the
id of an edition tells what it is an issue of, also where the task itself was never taken. Its system and its outline
have the same id: two issues may score differently, and reports of both lie side by side.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any, NamedTuple

from desktop.domain.forms.edition import HEAD, SYSTEM, Contents, FormEdition, what_it_says
from desktop.domain.template import System

OUTLINE = "outline.toml"
MOST_ISSUES = 99
LONGEST_ID = 60
_ID = re.compile(r"[^\W_][\w-]*-(?P<year>20\d\d)")
_OF_ISSUE = re.compile(r"(?P<task>.+-20\d\d)-(?P<issue>[1-9]\d?)")


class Task(NamedTuple):
    """What is said of a task besides its forms. Dates are `2025-03-31`; '' where none is given."""

    id: str
    name: str
    year: int
    issuer: str
    deadline: str = ""
    note: str = ""
    issue: int = 1
    issued: str = ""
    like_sum: str = ""
    """The sum of the edition that its own is like, as the issuer had it; '' where it is like none."""

    @property
    def edition(self) -> str:
        return edition_id(self.id, self.issue)

    @property
    def title(self) -> str:
        """`清河县2024年度整体支出绩效自评（第2次发布）`."""
        return f"{self.name}{issue_in_words(self.issue)}"


class TaskEdition(NamedTuple):
    """An edition with what was in its folder besides: a system and an outline of its own, if there are any."""

    edition: FormEdition
    system: System
    """The one that it follows, its own or that of the edition it is like."""
    own_system: System | None
    outline: Any = None


class TaskFault(ValueError):
    """What is wrong with a task's files, as a Chinese sentence without its stop."""


def edition_id(task: str, issue: int) -> str:
    return task if issue == 1 else f"{task}-{issue}"


def task_of(edition: str) -> tuple[str, int]:
    """`清河县财政局-2024-2` -> `清河县财政局-2024`, 2; what is no issue of a task is the first of its own."""
    found = _OF_ISSUE.fullmatch(edition)
    return (found["task"], int(found["issue"])) if found else (edition, 1)


def issue_in_words(issue: int) -> str:
    """The first one has no successor yet, and is not called the first."""
    return "" if issue == 1 else f"（第{issue}次发布）"


def is_task_id(text: str, year: int) -> bool:
    """Letters (Chinese ones too), digits and strokes, with the year at the end."""
    found = _ID.fullmatch(text)
    plain = unicodedata.normalize("NFC", text) == text
    return found is not None and plain and len(text) <= LONGEST_ID and int(found["year"]) == year


def suggested_id(issuer: str, year: int) -> str:
    """`清河县财政局`, 2024 -> `清河县财政局-2024`."""
    word = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", issuer))[:40]
    return f"{word or '任务'}-{year}"


def named_as_issue(task: Task, contents: Contents) -> dict[str, Any]:
    """The contents with edition, system and outline called as this issue is, whatever the files call them."""
    named: dict[str, Any] = dict(contents)
    own = {name: {**contents[name], "id": task.edition} for name in (SYSTEM, OUTLINE) if name in contents}
    head = {**contents[HEAD], "id": task.edition}
    if OUTLINE in contents:
        head["outline"] = task.edition
        own[OUTLINE]["name"] = f"{own[OUTLINE].get('name', '')}{issue_in_words(task.issue)}"
    head["name"] = f"{head.get('name', '')}{issue_in_words(task.issue)}"
    return {**named, **own, HEAD: head}


def sum_of(edition: FormEdition, system: System) -> str:
    """Two programs that have the same sum of an edition print and reckon a report alike."""
    return hashlib.sha256(what_it_says(edition, system).encode()).hexdigest()
