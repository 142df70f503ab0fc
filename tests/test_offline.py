"""The program never uses the network: its whole road is walked where no socket can be opened."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT


def walk(folder: Path, *what: str, alone: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    words = [*alone, sys.executable, "-W", "error", "-m", "tests.offline_road", str(folder), *what]
    return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", cwd=ROOT)


def alone() -> tuple[str, ...]:
    """`unshare` into a network without a single interface, where the system allows that."""
    words = ("unshare", "--map-root-user", "--net")
    able = shutil.which("unshare") and not subprocess.run([*words, "true"], capture_output=True).returncode
    return words if able else ()


def test_the_whole_road_without_a_socket_and_without_a_network(tmp_path: Path) -> None:
    done = walk(tmp_path, alone=alone())
    assert done.returncode == 0, done.stderr[-3000:]
    assert "优" in done.stdout


def test_a_look_up_of_a_name_is_caught(tmp_path: Path) -> None:
    done = walk(tmp_path, "python")
    assert done.returncode == 1
    assert "never uses the network" in done.stderr


def test_a_socket_beside_python_ends_the_process(tmp_path: Path) -> None:
    done = walk(tmp_path, "beside python")
    if "python only" in done.stdout:
        pytest.skip("no filter of system calls on this system")
    assert done.returncode == -signal.SIGSYS
