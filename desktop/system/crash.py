"""What happens to a bug: a line in the log that holds none of the user's text, and word to the window."""

from __future__ import annotations

import errno
import faulthandler
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TextIO

from desktop import __version__
from desktop.private_files import opener
from desktop.scrubbing import place, scrubbed, without_paths_of_faults

LOG_BYTES = 512 * 1024
LOGS_KEPT = 3

logger = logging.getLogger(__name__)


def describe(error: BaseException) -> str:
    """The traceback, causes first: kinds, scrubbed messages, places by file name only (no home folder)."""
    lines: list[str] = []
    for link in reversed(list(_chain(error))):
        for frame in traceback.extract_tb(link.__traceback__):
            lines.append(f"  {place(frame.filename)}:{frame.lineno} {frame.name}")
        lines.append(f"{type(link).__name__}: {_message(link)}")
    return "\n".join(lines)


def _message(error: BaseException) -> str:
    """Of a failure of the system only what failed, not on which file."""
    if isinstance(error, OSError) and error.errno is not None:
        return f"{errno.errorcode.get(error.errno, '?')} {scrubbed(error.strerror or '')}"
    return scrubbed(str(error))


def details(error: BaseException) -> str:
    """What the user can copy and send to whoever mends the program."""
    import platform

    # Not platform.platform(): on Windows it starts a process.
    about = f"ziping {__version__}, Python {platform.python_version()}, {sys.platform}"
    return f"{about}\n{describe(error)}"


class CrashHook:
    """Catches what nobody caught, in any thread. Made by `install`; `remove` puts everything back.

    `on_crash(details)` is set once there is a window. It is called in the thread that failed: the window
    must pass it on with a signal. While it runs, further failures are only logged, so that a bug in a
    repaint cannot stack up boxes.
    """

    def __init__(self, log: Path) -> None:
        self.log = log
        self.on_crash: Callable[[str], None] | None = None
        self._telling = False
        self._streams: list[TextIO] = []
        self._previous = (sys.excepthook, threading.excepthook)
        self._handler = _LateLog(log)
        self._handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._handler.setLevel(logging.WARNING)
        self._faults = _open_faults(log.with_name(f"{log.stem}-fault.log"))

    def start(self) -> None:
        self._give_streams()
        logging.getLogger().addHandler(self._handler)
        faulthandler.enable(self._faults)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        sys.excepthook, threading.excepthook = self._previous
        faulthandler.disable()
        self._faults.close()
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()
        for stream in self._streams:
            if sys.stdout is stream:
                sys.stdout = None
            if sys.stderr is stream:
                sys.stderr = None
            stream.close()

    def report(self, error: BaseException) -> None:
        """Log it and tell the window; never raises."""
        logger.critical("uncaught", exc_info=error)
        if self.on_crash is None or self._telling:
            return
        self._telling = True
        try:
            self.on_crash(details(error))
        except Exception:
            logger.exception("telling the user failed")
        finally:
            self._telling = False

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, Exception):  # not Ctrl+C
            self.report(error)
        self._previous[0](kind, error, trace)  # a developer's console shows it whole

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and issubclass(args.exc_type, Exception):
            self.report(args.exc_value)
        self._previous[1](args)

    def _give_streams(self) -> None:
        """A program without a console has no stdout and stderr; whoever writes there must not fail."""
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:
                stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # closed by remove()
                self._streams.append(stream)
                setattr(sys, name, stream)


def install(log: Path) -> CrashHook:
    """Start catching, into `log` (an existing folder's file) and `<stem>-fault.log` beside it.

    Call it before Qt is imported. Keep the result: the window's part is set on it later.
    """
    hook = CrashHook(log)
    hook.start()
    return hook


class _LateLog(logging.Handler):
    """A rotating log file, loaded and opened with the first line: most runs write none."""

    def __init__(self, log: Path) -> None:
        super().__init__()
        self._log = log
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            class Private(RotatingFileHandler):
                def _open(self) -> TextIOWrapper:
                    return open(self.baseFilename, "a", encoding="utf-8", opener=opener)

            self._file = Private(self._log, "a", LOG_BYTES, LOGS_KEPT, "utf-8", delay=True)
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


class _Formatter(logging.Formatter):
    """Tracebacks as `describe` gives them, and lines without what a library may have quoted of a file: the
    standard ones would carry both as they are."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        said = {"msg": scrubbed(record.getMessage()), "args": None, "exc_info": None, "exc_text": None}
        bare = logging.makeLogRecord({**record.__dict__, **said})
        line = super().format(bare)
        return f"{line}\n{describe(error)}" if error is not None else line


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, then what caused it, and so on; each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _open_faults(path: Path) -> TextIO:
    """The file a crash of Qt itself is written to (faulthandler never rotates): begun anew when large.

    It is written as the process dies, with whole paths: these go at the next start. Where it cannot be opened
    there is none: why, the data file's own opening says in words.
    """
    try:
        if path.exists():
            large = path.stat().st_size > LOG_BYTES
            said = "" if large else path.read_text(encoding="utf-8", errors="replace")
            if large or said != without_paths_of_faults(said):
                with open(path, "w", encoding="utf-8", opener=opener) as file:
                    file.write(without_paths_of_faults(said))
        return open(path, "a", encoding="utf-8", opener=opener)
    except OSError:
        return open(os.devnull, "w", encoding="utf-8")
