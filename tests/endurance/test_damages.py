"""A few damages of each kind; hundreds are run by hand."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.endurance.damages import WAYS, Trial, appended
from tests.endurance.kills import OLD


@pytest.fixture
def trial(work: Path) -> Trial:
    return Trial(work / "data", steps=25)


def test_each_way_is_told_or_harmless(trial: Trial) -> None:
    for way, _ in WAYS:
        for seed in (1, 2):
            outcome, wrong = trial.damage(way, random.Random(seed))
            assert outcome in ("detected at open", "detected when read", "harmless", "a preference"), (
                way.__name__,
                wrong,
            )


def test_trial_knows_right_from_wrong(trial: Trial) -> None:
    assert trial.damage(lambda data, dice: data, random.Random(1)) == ("harmless", "")
    assert trial.damage(appended, random.Random(1))[0] == "harmless"
    assert trial.damage(lambda data, dice: b"", random.Random(1))[0] == "detected at open"
    other = next(OLD.glob("*.db")).read_bytes()
    assert trial.damage(lambda data, dice: other, random.Random(1))[0] == "MISSED"
