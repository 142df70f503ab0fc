"""What is told on a Windows that is too old, before anything loads Qt."""

from __future__ import annotations

import pytest

from desktop import windows


@pytest.mark.parametrize(
    ("build", "old"), [(7601, True), (9600, True), (17762, True), (17763, False), (26100, False)]
)
def test_too_old_is_told_once(build: int, old: bool) -> None:
    told: list[str] = []
    assert windows.too_old(lambda: build, told.append) is old
    assert told == ([windows.TOO_OLD] if old else [])


def test_on_other_systems_there_is_nothing_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert not windows.too_old()
    assert windows.say_running() is None
    windows.give_front()
