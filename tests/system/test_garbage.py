"""The search for unused objects: away during a start, there again after it, and nowhere else touched."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.system import garbage


class Ring:
    """Refers to itself: only the search can tell that nobody else does."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.enable()
    gc.unfreeze()


def test_nothing_is_searched_while_it_is_put_off() -> None:
    garbage.put_off()
    assert not gc.isenabled()


def test_what_becomes_unused_after_a_start_is_found() -> None:
    garbage.put_off()
    garbage.resume()
    gone = weakref.ref(Ring())
    gc.collect()
    assert gc.isenabled()
    assert gone() is None


def test_what_a_start_made_is_not_gone_through_again() -> None:
    garbage.put_off()
    lasting = [Ring() for _ in range(100)]
    garbage.resume()
    assert gc.get_freeze_count() > len(lasting)


def test_resuming_what_was_never_put_off_changes_nothing() -> None:
    garbage.resume()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_a_command_searches_again_before_it_works(tmp_path: Path) -> None:
    code = (
        "import gc, sys; from desktop import cli; from desktop.system import garbage; garbage.put_off();"
        "cli._say = lambda value: print(gc.isenabled());"
        "cli.main(['--data-dir', sys.argv[1], 'rescue'])"
    )
    words = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True", done.stderr
