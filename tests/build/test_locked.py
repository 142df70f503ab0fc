"""The lock of the tried versions: within the bounds, of all that is asked for, each file by its checksum."""

from __future__ import annotations

import re
import sys
import tomllib

import pytest

import dev
import locked
from tests.places import ROOT

TEXT = locked.LOCKED.read_text(encoding="utf-8")
WANTED = dev.requirements(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
LINE = re.compile(r"([a-z0-9-]+)==([0-9.]+) --hash=sha256:[0-9a-f]{64}")


def parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def versions() -> dict[str, str]:
    """What the lock names; every line below its head is of the one form."""
    matches = [LINE.fullmatch(line) for line in TEXT.splitlines() if not line.startswith("#")]
    assert all(matches)
    return {match[1]: match[2] for match in matches if match}


@pytest.mark.parametrize("dependency", WANTED)
def test_lock_holds_every_direct_dependency_within_its_bounds(dependency: str) -> None:
    bounds = re.fullmatch(r"([A-Za-z0-9-]+)>=([0-9.]+),<([0-9.]+)", dependency)
    assert bounds
    version = versions()[locked.plain(bounds[1])]
    assert parts(bounds[2]) <= parts(version) < parts(bounds[3])


def test_lock_says_for_which_machines_it_is() -> None:
    assert re.fullmatch(r"Python 3\.\d+, \w+, \w+", locked.made_for(TEXT))
    assert locked.machine().startswith(f"Python {sys.version_info[0]}.{sys.version_info[1]}, {sys.platform}")


def test_lines_sort_packages_and_leave_out_what_a_venv_brings_itself() -> None:
    given = [("typing_extensions", "4.1"), ("pip", "26.3"), ("Pygments", "2.2"), ("setuptools", "84")]
    report = {
        "install": [
            {
                "metadata": {"name": name, "version": version},
                "download_info": {"archive_info": {"hashes": {"sha256": name[0] * 3}}},
            }
            for name, version in given
        ]
    }
    text = locked.lines(report)
    assert locked.made_for(text) == locked.machine()
    assert text.splitlines()[2:] == [
        "pygments==2.2 --hash=sha256:PPP",
        "typing-extensions==4.1 --hash=sha256:ttt",
    ]
