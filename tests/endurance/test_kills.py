"""A few kills; a thousand are a matter of minutes and run by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endurance import kills
from tests.endurance.expected import Expected
from tests.endurance.kills import Killer, Lost


@pytest.fixture
def killer(work: Path, monkeypatch: pytest.MonkeyPatch) -> Killer:
    monkeypatch.setattr(kills, "MOST_WORDS", 30)
    (work / "data").mkdir()
    killer = Killer(work / "data", seed=3)
    killer.begin()
    return killer


def test_six_kills_lose_nothing(killer: Killer) -> None:
    _kill_six_times(killer)
    assert killer.figures.done.total() > 0


def test_loss_is_noticed(killer: Killer) -> None:
    killer.possible = [Expected()]
    with pytest.raises(Lost):
        _kill_six_times(killer)


def _kill_six_times(killer: Killer) -> None:
    for _ in range(6):
        killer.kill()
