"""The versions that the program was last tried with: build/locked.txt, every file of them by its checksum.

The bounds in pyproject.toml say what should do; this says what did. Who sets the project up on a machine
of the same kind gets exactly these files; on another kind of machine the bounds alone decide.
"""

from __future__ import annotations

import platform
import re
import sys
from pathlib import Path
from typing import Any

LOCKED = Path(__file__).with_name("locked.txt")
OWN_TOOLS = {"pip", "setuptools"}
"""Asked for by others, but a virtual environment brings its own, and needs them to install anything."""
HEAD = """\
# {machine}
# Made by `python3 build/dev.py lock` from the bounds in pyproject.toml; not edited by hand.
"""


def machine() -> str:
    """The kind of machine for which files are chosen: `Python 3.11, linux, x86_64`."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return f"Python {version}, {sys.platform}, {platform.machine()}"


def made_for(text: str) -> str:
    """The kind of machine that a lock is for: its first line."""
    return text.partition("\n")[0].removeprefix("# ")


def plain(name: str) -> str:
    """A package's name as registries compare it: `et_xmlfile` -> `et-xmlfile`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def lines(report: dict[str, Any]) -> str:
    """A whole lock from what `pip install --dry-run --report` says that it would install.

    KeyError where the index gave a file without its sha256.
    """
    found = {}
    for package in report["install"]:
        name, version = plain(package["metadata"]["name"]), package["metadata"]["version"]
        checksum = package["download_info"]["archive_info"]["hashes"]["sha256"]
        found[name] = f"{name}=={version} --hash=sha256:{checksum}\n"
    chosen = [line for name, line in sorted(found.items()) if name not in OWN_TOOLS]
    return HEAD.format(machine=machine()) + "".join(chosen)
