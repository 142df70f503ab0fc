"""What is told on a Windows that is too old, before anything loads Qt."""

from __future__ import annotations

import pytest

from desktop.system import platform_windows


@pytest.mark.parametrize(
    ("build", "old"), [(7601, True), (9600, True), (17762, True), (17763, False), (26100, False)]
)
def test_too_old_is_told_once(build: int, old: bool) -> None:
    told: list[str] = []
    assert platform_windows.too_old(lambda: build, told.append) is old
    assert told == ([platform_windows.TOO_OLD] if old else [])


def test_on_other_systems_there_is_nothing_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert not platform_windows.too_old()
    assert platform_windows.say_running() is None
    platform_windows.give_front()
