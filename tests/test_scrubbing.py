"""Neither names of people nor of units leave the machine with a log, wherever an error keeps them."""

from __future__ import annotations

import errno
import json
import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.exchange.support_file import log_parts
from desktop.scrubbing import place, scrubbed, without_paths, without_paths_of_faults
from desktop.system import crash

LINUX = "/home/张三/桌面/清河县财政局.xlsx"
PATHS = (
    LINUX,
    "/home/zhangsan/my files/qinghe-caizhengju.xlsx",
    r"C:\Users\zhangsan\Desktop\qinghe caizhengju.docx",
    r"D:\张三\清河县财政局.et",
    r"\\server\zhangsan\qinghe.pdf",
    "~/zhangsan/qinghe",
    "~zhangsan/qinghe.db",
    "file:///home/zhangsan/%E6%B8%85qinghe.xlsx",
)
TELLING = re.compile(r"张三|清河|财政|zhangsan|qinghe|%E6|Users|caizhengju|\\u6e05|\\u5f20", re.IGNORECASE)
QUOTINGS: tuple[Callable[[str], str], ...] = (str, repr, ascii, json.dumps, lambda path: f"“{path}”")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("quoted", QUOTINGS)
@pytest.mark.parametrize("words", ["cannot read {}", "{}: no such file", "Sheet({}) is broken", "a={}, b=2"])
def test_a_path_is_left_out_however_it_is_quoted(path: str, quoted: Callable[[str], str], words: str) -> None:
    message = words.format(quoted(path))
    for said in (scrubbed(message), without_paths(message)):
        assert not TELLING.search(said)
    assert re.search("<path>|<file>", scrubbed(message))


@pytest.mark.parametrize(
    "plain",
    [
        "'NoneType' object has no attribute 'text'",
        "expected and/or got text/html",
        "  desktop/ui/session.py:12 write",
        "invalid literal for int() with base …",
        "unsupported operand type(s) for +: 'int' and 'str'",
    ],
)
def test_what_names_no_file_stays(plain: str) -> None:
    assert without_paths(plain) == plain


def test_a_bare_name_of_a_file_is_left_out() -> None:
    assert scrubbed("qinghe-caizhengju.xlsx is no workbook") == "<file> is no workbook"
    assert scrubbed("清河县财政局.xlsx is no workbook") == "<file> is no workbook"


def test_a_message_as_long_as_a_report_takes_no_time() -> None:
    begun = time.process_time()
    for long in ("x" * 400_000, "'" * 400_000, "/home/zhangsan " * 30_000, "a." * 200_000, "“" * 400_000):
        assert not TELLING.search(scrubbed(long))
    assert time.process_time() - begun < 1


def errors() -> Iterator[BaseException]:
    """One of each kind: on files, with a path among its arguments, and with one as its text."""
    yield OSError(errno.ENOENT, "No such file or directory", LINUX)
    yield PermissionError(errno.EACCES, "Permission denied", PATHS[1], None, PATHS[2])
    for path in PATHS:
        yield ValueError(path)
        yield KeyError(path)
        yield OSError(f"cannot open {path!r}")
        yield RuntimeError("failed", {"file": path, "unit": "清河县财政局"}, Path(path))
    yield UnicodeDecodeError("utf-8", LINUX.encode(), 6, 7, "invalid start byte")
    yield ExceptionGroup(LINUX, [OSError(errno.EIO, "Input/output error", LINUX)])


@pytest.mark.parametrize("error", list(errors()), ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("how", ["raised", "cause", "context"])
def test_an_error_tells_no_name_by_itself_or_as_anothers_cause(error: BaseException, how: str) -> None:
    said = crash.details(caught(error, how))
    assert type(error).__name__ in said and not TELLING.search(said)


def caught(error: BaseException, how: str) -> BaseException:
    try:
        try:
            error.add_note(LINUX)
            raise error
        except type(error) as first:
            if how == "cause":
                raise RuntimeError(LINUX) from first
            if how == "context":
                raise RuntimeError(LINUX)  # noqa: B904
            raise
    except BaseException as last:
        return last


def test_what_failed_on_a_file_is_still_told() -> None:
    error = OSError(errno.ENOSPC, "No space left on device", LINUX)
    assert crash.describe(error) == "OSError: ENOSPC No space left on device"


@pytest.mark.parametrize("path", [*PATHS, LINUX.replace("xlsx", "py"), "清河县财政局.py", "<清河县财政局>"])
def test_a_frame_outside_the_program_tells_no_name(path: str) -> None:
    code = compile("def f(): raise ValueError\nf()", path, "exec")
    try:
        exec(code)
    except ValueError as error:
        said = crash.describe(error)
    assert not TELLING.search(said) and ":1 f" in said and "tests/test_scrubbing.py" in said


def test_places_of_the_program_and_of_libraries_stay() -> None:
    assert place(crash.__file__) == "desktop/system/crash.py"
    assert place(r"desktop\ui\session.py") == "desktop/ui/session.py"  # as the frozen program names its own
    assert place(json.__file__) == "__init__.py" and place(pytest.__file__) == "__init__.py"
    assert place("<frozen importlib._bootstrap>") == "<frozen importlib._bootstrap>"


@pytest.mark.logs_warnings
def test_neither_log_nor_support_file_holds_a_name(tmp_path: Path) -> None:
    hook = crash.install(tmp_path / "ziping.log")
    try:
        for error in errors():
            logging.getLogger("library").warning("cannot read %s: %s", LINUX, error)
            hook.report(caught(error, "cause"))
    finally:
        hook.remove()
    parts = log_parts([tmp_path / "ziping.log"])
    for said in ((tmp_path / "ziping.log").read_text(encoding="utf-8"), *(part.text for part in parts)):
        assert "tests/test_scrubbing.py" in said and not TELLING.search(said)


FAULT = """
import faulthandler, pathlib, sys
from desktop.system import crash
hook = crash.install(pathlib.Path(sys.argv[1]))
exec(compile("def deep(): faulthandler._sigsegv()\\ndeep()", sys.argv[2], "exec"))
"""


@pytest.mark.skipif(os.name == "nt", reason="a fault there opens a box")
def test_a_fault_of_qt_itself_is_told_without_names_in_the_support_file_and_from_the_next_start_on(
    tmp_path: Path,
) -> None:
    log, faults = tmp_path / "ziping.log", tmp_path / "ziping-fault.log"
    subprocess.run([sys.executable, "-c", FAULT, str(log), LINUX.replace("xlsx", "py")], capture_output=True)
    assert TELLING.search(faults.read_text(encoding="utf-8"))
    (part,) = log_parts([log, faults])
    assert "in deep" in part.text and not TELLING.search(part.text)
    crash.install(log).remove()
    said = faults.read_text(encoding="utf-8")
    assert "in deep" in said and said == part.text


def test_a_fault_in_the_program_keeps_its_places() -> None:
    said = f'Fatal Python error: Aborted\n\n  File "{crash.__file__}", line 3 in f\n  File "/home/zhangsan/x.py", line 4 in g\n'
    kept = without_paths_of_faults(said)
    assert "File desktop/system/crash.py, line 3 in f" in kept and "File <elsewhere>, line 4 in g" in kept
    assert without_paths_of_faults(kept) == kept
