"""What goes into a task file: the files of a folder, or the edition and outline that a report uses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.domain.all_templates import Templates
from desktop.domain.forms.edition import HEAD
from desktop.domain.outline.outline import Outline
from desktop.domain.tasks.task import OUTLINE, Task, issue_in_words, sum_of, task_of
from desktop.errors import UserError
from desktop.exchange.task_file.format import FILE_NAME, MOST_PARTS, MOST_TEXT
from desktop.exchange.task_file.reader import toml_of

Texts = Mapping[str, str]


def texts_in(folder: Path) -> dict[str, str]:
    """The files of a folder as resources/forms has them. UserError where it is none."""
    if not (folder / HEAD).is_file():
        raise UserError(f"文件夹“{folder.name}”里没有 {HEAD}。", f"请选择放着 {HEAD} 等表样文件的文件夹。")
    texts: dict[str, str] = {}
    for path in sorted([*folder.glob("*.toml"), *folder.glob("tables/*.toml")]):
        name = path.relative_to(folder).as_posix()
        if not FILE_NAME.fullmatch(name):
            hint = "只能有 forms、system、checks、outline、annex1 等，以及 tables 文件夹里的表，都以 .toml 结尾。"
            raise UserError(f"文件夹里的“{name}”不是表样的文件。", hint)
        texts[name] = _text(path, name)
        if len(texts) >= MOST_PARTS:
            raise UserError(f"文件夹“{folder.name}”里的文件太多。", f"一个任务最多{MOST_PARTS - 1}个文件。")
    return texts


def _text(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > 4 * MOST_TEXT:
            raise UserError(f"“{name}”太大了。", "表样的文件一般只有几千字。")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"“{name}”不是 UTF-8 编码的文本。", "请用记事本打开它，另存为 UTF-8 编码。") from None
    except OSError:
        raise UserError(f"读不出“{name}”。", "请检查文件是否正被别的程序使用。") from None


def head_of(texts: Texts) -> tuple[str, str, int]:
    """Id, name and year as `forms.toml` says them; '' and 0 where it does not."""
    head = toml_of(HEAD, texts[HEAD], "文件夹")
    said = head.get("id"), head.get("name"), head.get("year")
    return (
        said[0] if isinstance(said[0], str) else "",
        said[1] if isinstance(said[1], str) else "",
        said[2] if type(said[2]) is int else 0,
    )


def texts_of_report(
    task: Task, templates: Templates, outline: Outline, taken: Mapping[str, Texts]
) -> dict[str, str]:
    """An edition like the one the templates stand at, with an outline.

    `taken` are the files of the tasks in the data file, by the id of their edition: whoever gets the new file may
    not have that task, so what it says is copied; of an edition of the program the name is enough.
    """
    like = templates.edition.id
    texts = dict(taken.get(like, {}))
    head = toml_of(HEAD, texts[HEAD], "任务") if texts else {"like": like}
    texts[HEAD] = _head_text({**head, "id": task.id, "name": task.name, "year": task.year})
    return {**texts, OUTLINE: outline_text(outline, task)}


def with_model_sum(task: Task, texts: Texts, templates: Templates) -> Task:
    """The task with the sum of the edition that its own is like, as it is here."""
    like = toml_of(HEAD, texts[HEAD], "文件夹").get("like")
    model = templates.editions.get(like) if isinstance(like, str) else None
    return task._replace(like_sum=sum_of(model, templates.systems[model.system]) if model else "")


def _head_text(head: Mapping[str, Any]) -> str:
    """`forms.toml`: words, a year, lists of words, and `[tabs]`, which comes last."""
    lines = [f"{name} = {_value(value)}" for name, value in head.items() if name not in ("tabs", "outline")]
    if "tabs" in head:
        lines += ["", "[tabs]", *(f"{name} = {_value(value)}" for name, value in head["tabs"].items())]
    return "\n".join(lines) + "\n"


def outline_text(outline: Outline, task: Task) -> str:
    """An outline as its file would say it, whole: nothing is left to what the receiver's program usually says."""
    name = outline.name.removesuffix(issue_in_words(task_of(outline.id)[1]))
    lines = [f"id = {_value(task.id)}", f"name = {_value(name)}"]
    for section in outline.sections:
        said = section._asdict().items()
        lines += ["", "[[section]]", *(f"{name} = {_value(value)}" for name, value in said)]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    """A word, a number, a flag or a list of words as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return f'"{escaped}"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return str(value)
