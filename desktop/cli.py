"""The command line: the same functions as the window, for batches, tests and a finance bureau's scripts."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from desktop import paths
from desktop.errors import UserError
from desktop.resource_files.templates import load_templates
from desktop.storage.db import DamagedFile
from desktop.storage.store import DamagedReport
from desktop.system import garbage
from desktop.workplace import Workplace

if TYPE_CHECKING:
    import argparse

    from desktop.exchange.audited.audited_file import AuditedFile
    from desktop.work_items import Draft

DONE, FINDINGS, WRONG = 0, 1, 2
"""Exit codes: done; done, with findings of level 错误; wrong input or use."""

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main(arguments: Sequence[str]) -> int:
    """Run one command. Expected failures become one sentence on stderr and exit code 2."""
    _speak_utf8()
    try:
        if not arguments:  # the start that is waited for: it does without what reads the words of a call
            return _open_window()
        from desktop.call_words import parse

        options = parse(arguments)
        if options.command != "window":
            garbage.resume()
        return _COMMANDS[options.command](options)
    except (DamagedFile, DamagedReport) as error:
        folder = f' --data-dir "{options.data_dir}"' if options.data_dir else ""
        from desktop.call_words import program

        _tell(f"{error.sentence}请运行 {program()} rescue{folder} 查看能恢复什么；文件未作任何改动。")
        return WRONG
    except UserError as error:
        print(error, file=sys.stderr)
        return WRONG
    except ImportError as error:  # a library that is loaded where it is needed, e.g. pypdf
        _tell(
            f"程序缺少一部分（{error.name or error}）。请重新安装程序；用源代码运行时，请用项目 .venv 里的 Python。"
        )
        return WRONG
    except BrokenPipeError:
        return DONE


def _speak_utf8() -> None:
    """Chinese on whatever console; without one (a windowed program) there is nothing to set."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


@contextmanager
def _workplace(options: argparse.Namespace) -> Iterator[Workplace]:
    place = Workplace.open(paths.locate(options.data_dir), paths.resources_dir())
    place.hear_of_disk_errors(lambda error: _tell(f"注意：{error}"))
    try:
        yield place
    finally:
        place.close()


def _tell(words: str) -> None:
    print(words, file=sys.stderr)


def _say(value: object) -> None:
    print(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1))


# -- the commands -----------------------------------------------------------------------------------------


def _window(options: argparse.Namespace) -> int:
    return _open_window(options.data_dir, options.file, options.sample)


def _open_window(data_dir: str | None = None, file: str = "", sample: bool = False) -> int:
    if sys.platform.startswith("linux") and not any(map(os.environ.get, _SCREENS)):
        raise UserError(
            "这里没有可用的屏幕，打不开窗口。", "请在有桌面的电脑上打开，或使用命令行（--help 查看）。"
        )
    from desktop.app import run_window

    return run_window(data_dir, file, sample)


def _import(options: argparse.Namespace) -> int:
    """Show what would change, once; write with --yes, or after asking on a terminal."""
    shown: list[object] = []
    with _workplace(options) as place:
        for file in options.files:
            if place.is_task(Path(file)):
                shown.append(_import_task(place, Path(file), options))
                continue
            draft = _draft(place, Path(file), options.unit, options.year)
            if not options.json:
                _say(draft.in_words())
            write = options.yes or (_on_terminal(sys.stdin) and _asked(draft, options.json))
            if write:
                place.carry_out(draft)
                if place.care.backup_problem is not None:
                    _tell(f"注意：{place.care.backup_problem}")
            written = len(draft.plan.ticked) if write else 0
            shown.append(draft.as_json() | {"written": written})
            if not options.json:
                _say(f"已写入{written}处。" if write else "没有写入；加 --yes 写入。")
    if options.json:
        _say(shown[0] if len(shown) == 1 else shown)
    return DONE


def _import_task(place: Workplace, file: Path, options: argparse.Namespace) -> dict[str, Any]:
    from desktop.task_commands import take

    done = take(place, file, options.yes, options.json, _say)
    if not options.json:
        _say("已领取这个任务。" if options.yes else "没有领取；加 --yes 领取。")
    return done


def _draft(place: Workplace, file: Path, unit: str | None, year: int | None) -> Draft:
    """Unit and year as given, else as the file says; UserError if neither says it."""
    source = place.read_source(file)
    unit, year = unit or source.unit, source.year if year is None else year
    if not unit:
        raise UserError(f"“{file.name}”里没有写单位名称。", "请用 --unit 指定单位。")
    if year is None:
        raise UserError(f"“{file.name}”里没有写年度。", "请用 --year 指定年度。")
    return place.draft_import(source, unit, year)


def _on_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _asked(draft: Draft, as_json: bool) -> bool:
    """Nobody agrees to what went into a file or was not said: then the list is told too."""
    if as_json or not _on_terminal(sys.stdout):
        _tell(draft.in_words())
    _tell("写入吗？（y/N）")
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")


def _score(options: argparse.Namespace) -> int:
    from desktop.exchange.scores_out import score_in_words, score_json

    with _workplace(options) as place:
        report = place.find(options.unit, options.year)
        put = score_json if options.json else score_in_words
        _say(put(report.unit_name, place.assess(report)))
    return DONE


def _audit(options: argparse.Namespace) -> int:
    """Files by themselves, or a stored report against its own tables. Exit 1 where something must be mended."""
    from desktop.audit.finding import ERROR
    from desktop.exchange.atomic_write import write_atomically
    from desktop.exchange.audited.files_list import list_of
    from desktop.resource_files.rule_pages import load_rule_pages

    named = [options.unit is not None, options.year is not None]
    if options.files and any(named):
        raise UserError(
            "文件与 --unit、--year 只能选一样。", "给出文件就核对文件，不给文件才核对本程序里的报告。"
        )
    if not options.files and not all(named):
        lacking = (
            "要核对的文件，或 --unit 和 --year" if not any(named) else " --unit" if named[1] else " --year"
        )
        raise UserError(f"缺少{lacking}。", "请给出要核对的文件，或用 --unit 和 --year 指定一份报告。")
    _refuse_other_ending(options.output, ".xlsx")
    several = len(options.files) > 1 or any(Path(file).is_dir() for file in options.files)
    if several and options.text_out:
        raise UserError("--text-out 只能用于一份报告。", "请只给出一个文件。")
    unmarked: list[UserError] = []
    names = {code: page.name for code, page in load_rule_pages(paths.resources_dir()).items()}
    files = [_handed_back(file, options.marked, names, unmarked) for file in _audited(options, several)]
    if all(file.error for file in files):
        raise UserError(files[0].error if not several else f"{len(files)}份文件都读不出。", "")
    _say_audit(files, options.json, several)
    if options.text_out:
        # as it is, so that the offsets hold: no line end is changed
        write_atomically(Path(options.text_out), files[0].text.encode("utf-8"))
    if options.output:
        write_atomically(Path(options.output), list_of(files, names))
    if unmarked:
        raise UserError(f"{len(unmarked)}份标注稿没有写成：{unmarked[0]}")
    return FINDINGS if any(file.counts[ERROR] for file in files) else DONE


def _audited(options: argparse.Namespace, several: bool) -> Iterator[AuditedFile]:
    """One after the other, each told of on stderr when it is done.

    Files need no data file: it is not opened for them, a window may have it open, and none is made.
    """
    from desktop.exchange.audited.audited_file import audit_or_tell
    from desktop.exchange.audited.folder import reports_in
    from desktop.storage.settings import rules_off_in

    if not options.files:
        with _workplace(options) as place:
            yield place.audit_report(place.find(options.unit, options.year))
        return
    templates = load_templates(paths.resources_dir())
    without = rules_off_in(paths.locate(options.data_dir, make=False).database)
    reports = reports_in(map(Path, options.files))
    for number, (path, name) in enumerate(reports, 1):
        file = audit_or_tell(path, name, templates, without)
        if several:
            _tell(f"（{number}/{len(reports)}）{name}　{file.in_brief()}")
        yield file


def _handed_back(
    file: AuditedFile, folder: str | None, names: Mapping[str, str], unmarked: list[UserError]
) -> AuditedFile:
    """With its 标注稿 written, where one is wanted; one that cannot be written does not end the run."""
    from desktop.exchange.audited.marked_folder import write_marked

    if folder:
        try:
            write_marked(file, Path(folder), names)
        except UserError as error:
            unmarked.append(error)
    return file.without_content()


def _say_audit(files: list[AuditedFile], as_json: bool, several: bool) -> None:
    from desktop.exchange.audited.files_list import file_in_words, file_json, files_in_words, files_json

    if several:
        _say((files_json if as_json else files_in_words)(files))
    else:
        _say((file_json if as_json else file_in_words)(files[0]))


def _refuse_other_ending(file: str | None, ending: str) -> None:
    """What is written to `x.csv` or `x.docx` would not open as what its name says."""
    if file is not None and not file.lower().endswith(ending):
        raise UserError(
            f"“{Path(file).name}”的扩展名不对。", f"这里写的是 {ending} 文件，请以 {ending} 结尾。"
        )


def _export(options: argparse.Namespace) -> int:
    from desktop.exchange.exporters import EXPORTERS

    _refuse_other_ending(options.output, EXPORTERS[options.format].ending)
    with _workplace(options) as place:
        task = place.export_task(place.find(options.unit, options.year), options.format)
        for note in task.run(Path(options.output)):
            _tell(note)
    _tell(f"已导出：{options.output}")
    return DONE


def _task(options: argparse.Namespace) -> int:
    from desktop.task_commands import run

    with _workplace(options) as place:
        done = run(place, options, _say)
    if done:
        _tell(done)
    return DONE


def _rescue(options: argparse.Namespace) -> int:
    """Say what can take the place of damaged data; with --use put it there. Sound data stay as they are."""
    from desktop.storage.recovery.rescue import check_snapshot, look, use_backup, use_salvaged

    where = paths.locate(options.data_dir)
    with suppress(DamagedFile), _workplace(options) as place:
        condition = check_snapshot(place.snapshot())
        if not condition.fault:
            _say(condition.in_words())
            return DONE
    found = look(where.database, where.backups)
    if options.use == "salvaged" and found.salvaged.reports:
        _say(use_salvaged(found, load_templates(paths.resources_dir()).form_system().id))
    elif options.use == "backup" and found.backups:
        _say(use_backup(found, found.backups[0]))
    elif options.use:
        raise UserError("没有可以用来恢复的内容。", found.in_words())
    else:
        _say(found.in_words())
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from desktop.demo import run_demo

    return run_demo(Path(options.out) if options.out else None, _say)


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "window": _window,
    "import": _import,
    "score": _score,
    "audit": _audit,
    "export": _export,
    "task": _task,
    "rescue": _rescue,
    "demo": _demo,
}
