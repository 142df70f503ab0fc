"""Thinning never takes the newest, nor the last one of a time that is to be covered."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.storage.thinning import DAYS, MONTHS, WEEKS, Moment, kept

NOW = datetime(2026, 3, 18, 15, 0)
TIMES = st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1))
MOMENTS = st.lists(TIMES).map(lambda times: [Moment(n, time) for n, time in enumerate(times)])


def regular(hours: float, count: int, end: datetime = NOW) -> list[Moment]:
    return [Moment(n, end - timedelta(hours=hours) * (count - 1 - n)) for n in range(count)]


@given(MOMENTS, TIMES)
def test_what_always_stays(moments: list[Moment], now: datetime) -> None:
    keep = kept(moments, now)
    assert keep <= set(moments)
    assert keep >= set(moments[-1:])
    assert keep >= {m for m in moments if m.time > now - timedelta(days=2)}
    assert kept(keep, now) == keep


@given(MOMENTS, TIMES)
def test_something_stays_of_every_stretch(moments: list[Moment], now: datetime) -> None:
    keep = kept(moments, now)
    assert {m.time.year for m in moments} - {now.year} == {m.time.year for m in keep} - {now.year}
    for moment in moments:
        age = now - moment.time
        if age < timedelta(days=DAYS):
            assert any(m.time.date() == moment.time.date() and m >= moment for m in keep)
        if age < timedelta(weeks=WEEKS):
            assert any(week(m) == week(moment) and m >= moment for m in keep)
        if age < timedelta(days=28 * MONTHS):
            assert any(month(m) == month(moment) and m >= moment for m in keep)


def week(moment: Moment) -> tuple[int, int]:
    return moment.time.isocalendar()[:2]


def month(moment: Moment) -> tuple[int, int]:
    return moment.time.year, moment.time.month


@given(st.lists(st.integers(1, 60 * 24 * 40), min_size=1, max_size=80), st.integers(0, 365))
def test_thinned_at_every_step_or_at_the_end_is_the_same(minutes: list[int], later: int) -> None:
    """While the clock goes forward, what was thrown away early would have been thrown away late."""
    now, moments, keep = datetime(2020, 1, 1), [], set[Moment]()
    for number, pause in enumerate(minutes):
        now += timedelta(minutes=pause)
        moments.append(Moment(number, now))
        keep = kept(keep | {moments[-1]}, now)
    end = now + timedelta(days=later)
    assert kept(keep, end) == kept(moments, end)


def test_ten_years_of_daily_work_are_some_dozen_files() -> None:
    keep = sorted(kept(regular(24, 3650), NOW))
    assert len(keep) == 53
    ends = [m.time.date().isoformat() for m in keep[:9]]
    assert ends == [*(f"{year}-12-31" for year in range(2016, 2024)), "2024-03-31"]


def test_two_days_are_kept_whole() -> None:
    keep = kept(regular(1, 100), NOW)
    assert len([m for m in keep if NOW - m.time <= timedelta(days=2)]) == 49


def test_clock_set_back() -> None:
    """The newest file says it is older than the others, which seem to lie in the future."""
    moments = [*regular(1, 50), Moment(50, NOW - timedelta(days=400))]
    assert kept(moments, NOW - timedelta(days=400)) == set(moments)
    assert moments[-1] in kept(moments, NOW + timedelta(days=900))
