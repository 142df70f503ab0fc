"""Files of a task with parts put in, taken out and put for others: read, or refused in a sentence, and nothing else."""

from __future__ import annotations

import copy
import random
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from desktop.domain.all_templates import Templates
from desktop.domain.assessment import Assessment
from desktop.domain.forms.laid_out import lay_out
from desktop.domain.keys import FORMS
from desktop.domain.tasks.parsing import parse_task
from desktop.domain.tasks.task import TaskFault
from tests.county_task import TASK
from tests.domain.tasks.conftest import Contents
from tests.places import RESOURCES

CASES = 250
FOLDER = RESOURCES / "forms" / "annexes-2023"
BAD: tuple[Any, ...] = (
    *(
        "",
        "x",
        "staff",
        "{year}",
        "{column.__class__}",
        "unit.this.name",
        "total",
        "清河",
        "a\nb",
        "%",
        "order",
    ),
    *(
        "round(1, 99)",
        "1/0",
        "sum(x.*)",
        "form",
        "grid",
        "list",
        "project",
        "indicators",
        "annex2_indicators",
    ),
    *(0, 1, -1, 3, 99, 10**9, -(10**9), 0.5, 1e11, True, False),
    *([], [1], ["x"], {}, {"a": 1}, [[1]], [{}]),
)
WORDS = (
    *(
        "x",
        "formula",
        "like",
        "open",
        "rows",
        "cols",
        "width",
        "kind",
        "official",
        "heading",
        "aliases",
        "choices",
    ),
    *(
        "per",
        "columns",
        "each",
        "sum",
        "total_of",
        "level",
        "carry",
        "formulas",
        "settings",
        "limit",
        "deduct",
    ),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*path, key))


def mutate(contents: Contents, chance: random.Random) -> Contents:
    changed = copy.deepcopy(contents)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        *way, last = chance.choice([path for path in places(changed) if len(path) > 1])
        part: Any = changed
        for key in way:
            part = part[key]
        deed = chance.random()
        if deed < 0.6:
            part[last] = copy.deepcopy(chance.choice(BAD))
        elif deed < 0.75:
            del part[last]
        elif isinstance(part, list):
            part.append(copy.deepcopy(part[last]))
        else:
            part[chance.choice(WORDS)] = copy.deepcopy(chance.choice(BAD))
    return changed


@pytest.fixture
def whole() -> Contents:
    """The program's own forms as a task would have them that is like none."""
    files = sorted(FOLDER.rglob("*.toml"))
    read = {
        path.relative_to(FOLDER).as_posix(): tomllib.loads(path.read_text(encoding="utf-8")) for path in files
    }
    read["forms.toml"] |= {"id": TASK.id, "year": TASK.year}
    return read


def test_what_is_taken_can_be_scored_and_laid_out(
    contents: Contents, whole: Contents, templates: Templates
) -> None:
    taken, refused = 0, list[str]()
    for seed in range(CASES):
        changed = mutate(whole if seed % 2 else contents, random.Random(seed))
        try:
            parsed = parse_task(TASK, changed, templates)
        except TaskFault as fault:
            refused.append(str(fault))
            continue
        taken += 1
        known = templates.with_edition(parsed.edition, parsed.own_system, parsed.outline)
        assessment = Assessment(known, {FORMS: TASK.id}, TASK.year, parsed.edition.system)
        assert assessment.main.total is not None
        for form in parsed.edition.printed:
            lay_out(form, assessment, "1" if form.per_project else "", typing=True)
    assert taken > CASES / 20
    assert [said for said in refused if not said.strip() or "Error" in said] == []
