"""Takes out of a log what tells whose it is: what was typed, and the folders and files, whose names tell it too."""

from __future__ import annotations

import re
import sys
import sysconfig
from pathlib import Path

MESSAGE_LENGTH = 300
_READ = 4 * MESSAGE_LENGTH
"""A message may hold a whole report; what lies behind is not shown anyway."""

_PATH, _FILE = "<path>", "<file>"
_ROOT = Path(__file__).resolve().parents[1]

_ENDINGS = "xlsx?|xlsm|docx?|pdf|et|wps|txt|csv|html?|xml|zpb|zpt|zip|db|log|toml|json|ttf|otf|png|jpe?g"
_QUOTED = re.compile(
    rf"""(?P<mark>['"`“‘])[^'"`”’\n]*?(?:[/\\]|\.(?:{_ENDINGS})(?=['"`”’]))[^'"`”’\n]*(?P<end>['"`”’]|$)""",
    re.IGNORECASE | re.MULTILINE,
)
# Not the slash of `and/or`; up to the next quote or colon, since a folder's name may have spaces.
_BARE = re.compile(r"""(?<![\w.…/\\<])(?:[A-Za-z]:|~\w*|file:)?[/\\][^'"`:\n]*""")
# From where a word begins, or a long one would be tried at each of its letters; no name is longer.
_NAME = re.compile(rf"(?<![^\s'\"/\\<>:=(])[^\s'\"/\\<>:=(]{{1,255}}\.(?:{_ENDINGS})\b", re.IGNORECASE)
_FAULT = re.compile(r'^( *File )"(.*)"(, line )', re.MULTILINE)


def scrubbed(message: str) -> str:
    """A message without what the user typed: no Chinese, no figures, no path, no long text.

    `'NoneType' object has no attribute 'x'` stays readable; a sentence or an amount of the report does not.
    """
    if len(message) > _READ:  # the word that it is cut in may be half a name
        message = message[:_READ].rpartition(" ")[0] + "…"
    plain = re.sub(r"\d", "#", re.sub(r"[^\x20-\x7e]+", "…", without_paths(message)))
    return plain if len(plain) <= MESSAGE_LENGTH else plain[:MESSAGE_LENGTH] + "…"


def without_paths(text: str) -> str:
    """Lines without the names of folders and files, in whatever way they are quoted; places as `place` gives
    them stay. What follows a path in its line may go with it: rather too much than a name."""
    text = _QUOTED.sub(lambda found: f"{found['mark']}{_PATH}{found['end']}", text)
    return _NAME.sub(_FILE, _BARE.sub(_PATH, text))


def without_paths_of_faults(text: str) -> str:
    """The same of what was written when Qt itself crashed, which names each file of the program by its path."""
    return without_paths(_FAULT.sub(lambda found: f"{found[1]}{place(found[2])}{found[3]}", text))


def place(filename: str) -> str:
    """`desktop/ui/x.py` for ours; of Python's and its libraries the bare name; of others nothing."""
    name = filename.replace("\\", "/")
    for root in (str(_ROOT), ascii(str(_ROOT))[1:-1]):
        begin = root.replace("\\", "/") + "/"
        if name.startswith(begin) and not name.startswith(_libraries()):
            return name.removeprefix(begin)
    if name.startswith("desktop/"):  # as the frozen program names its own
        return name
    frozen = name.startswith("<frozen ") or (bool(getattr(sys, "frozen", False)) and not _is_absolute(name))
    known = frozen or name.startswith(_libraries())
    return scrubbed(name.rpartition("/")[2]) if known else "<elsewhere>"


def _libraries() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    return tuple(
        f"{paths[name]}/".replace("\\", "/") for name in ("stdlib", "platstdlib", "purelib", "platlib")
    )


def _is_absolute(name: str) -> bool:
    return name.startswith("/") or name[1:3] == ":/"
