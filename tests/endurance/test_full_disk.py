"""A disk that is full, nearly full, and has room again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endurance.full_disk import Office, small_disk


def test_work_on_a_full_disk(work: Path) -> None:
    with small_disk() as disk:
        if disk is None:
            pytest.skip("no right to mount a small disk")
        office = Office(disk)
        for left in (0, 12 * 1024):
            office.round(left)
        figures = office.close()
    assert figures.refused.total() > 5 and figures.done > 10
