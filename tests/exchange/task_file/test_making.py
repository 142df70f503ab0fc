"""What goes into a task: the files of a folder as they are, or what a report is filled in by."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.outline.outline import parse_outline
from desktop.domain.tasks.parsing import parse_task
from desktop.domain.tasks.task import sum_of
from desktop.errors import UserError
from desktop.exchange.task_file.making import (
    head_of,
    outline_text,
    texts_in,
    texts_of_report,
    with_model_sum,
)
from desktop.exchange.task_file.reader import toml_of
from desktop.exchange.task_file.writer import task_file
from desktop.resource_files.templates import load_templates
from tests.county_task import TASK, TEXTS, written_to
from tests.forms import FOLDERS, OTHER_FORMS
from tests.places import RESOURCES

TEMPLATES = load_templates(RESOURCES)


def test_a_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    assert texts_in(written_to(tmp_path)) == TEXTS
    assert head_of(TEXTS) == (TASK.id, "清河县整体支出绩效自评表", 2024)


@pytest.mark.parametrize("name", OTHER_FORMS)
def test_folders_as_resources_have_them_can_be_handed_out(name: str) -> None:
    texts = texts_in(FOLDERS / name)
    task_id, title, year = head_of(texts)
    task = TASK._replace(id=task_id, name=title, year=year)
    file = task_file(with_model_sum(task, texts, TEMPLATES), texts)
    assert parse_task(file.task, file.contents, TEMPLATES).edition.id == name


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有 forms\.toml"):
        texts_in(tmp_path)
    written_to(tmp_path)
    (tmp_path / "notes.toml").write_text("a = 1", encoding="utf-8")
    with pytest.raises(UserError, match=r"notes\.toml"):
        texts_in(tmp_path)
    (tmp_path / "notes.toml").unlink()
    (tmp_path / "system.toml").write_bytes("名称".encode("gbk"))
    with pytest.raises(UserError, match="UTF-8"):
        texts_in(tmp_path)


def test_of_the_programs_own_edition_the_name_is_enough() -> None:
    outline = TEMPLATES.outlines["six-part"]
    texts = texts_of_report(TASK, TEMPLATES, outline, {})
    assert set(texts) == {"forms.toml", "outline.toml"}
    task = with_model_sum(TASK, texts, TEMPLATES)
    assert task.like_sum == sum_of(TEMPLATES.edition, TEMPLATES.form_system())
    parsed = parse_task(task, task_file(task, texts).contents, TEMPLATES)
    assert parsed.edition.printed == TEMPLATES.edition.printed
    assert parsed.outline.sections == outline.sections


def test_of_a_taken_task_its_files_go_along() -> None:
    first = parse_task(TASK, task_file(TASK, TEXTS).contents, TEMPLATES)
    known = TEMPLATES.with_edition(first.edition, first.own_system, first.outline)
    second = TASK._replace(issue=2, name="第二次")
    texts = texts_of_report(second, known.with_forms(TASK.id), first.outline, {TASK.id: TEXTS})
    parsed = parse_task(second, task_file(second, texts).contents, TEMPLATES)
    assert parsed.edition.tables == first.edition.tables and parsed.edition.tabs == first.edition.tabs
    assert (
        parsed.outline.sections == first.outline.sections and parsed.outline.name == "清河县提纲（第2次发布）"
    )
    assert parsed.edition.name == "第二次（第2次发布）"


@pytest.mark.parametrize("name", TEMPLATES.outlines)
def test_an_outline_says_the_same_when_it_is_read(name: str) -> None:
    outline = TEMPLATES.outlines[name]
    first = outline.sections[0]._replace(guidance='写“引号"和\\反斜线\n两行\t。')
    odd = outline._replace(sections=(first, *outline.sections[1:]))
    content = toml_of("outline.toml", outline_text(odd, TASK), "任务")
    assert parse_outline(content, TEMPLATES.basis.meanings).sections == odd.sections


def test_a_model_that_is_not_here_has_no_sum() -> None:
    texts = {**TEXTS, "forms.toml": TEXTS["forms.toml"].replace("annexes-2023", "x-2020")}
    assert with_model_sum(TASK, texts, TEMPLATES).like_sum == ""
