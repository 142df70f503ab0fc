"""Thinning never takes the newest, nor the last one of a time that is to be covered."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.storage.backups.thinning import DAYS, LEAP, MONTHS, WEEKS, WITNESSES, Moment, kept, worth_keeping

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


# -- a clock that cannot be trusted -------------------------------------------------------------------------

PAUSES = st.lists(st.integers(1, 60 * 24 * 13), min_size=1, max_size=60)


def thinned_at_every_step(moments: list[Moment]) -> list[set[Moment]]:
    """What is left after each backup."""
    keep, found = set[Moment](), list[set[Moment]]()
    for moment in moments:
        keep = worth_keeping(keep | {moment})
        found.append(keep)
    return found


@given(PAUSES, st.integers(0, 60), st.integers(1, WITNESSES - 1), st.integers(-30_000, 30_000))
def test_one_leap_of_the_clock_takes_nothing_that_would_have_stayed(
    minutes: list[int], begin: int, count: int, days: int
) -> None:
    """For some backups the clock is wrong by any amount; those made by the right one stay as they would have.

    Among those made by the wrong clock other ones may stay: its months end elsewhere.
    """
    now, moments = datetime(2100, 1, 1), list[Moment]()
    for number, pause in enumerate(minutes):
        now += timedelta(minutes=pause)
        moments.append(Moment(number, now))
    wrong = range(begin, begin + count)
    off = timedelta(days=days) if abs(days) > DAYS + 13 else timedelta(0)
    shown = [m._replace(time=m.time + off) if m.number in wrong else m for m in moments]
    true = thinned_at_every_step(moments)
    for step, left in enumerate(thinned_at_every_step(shown)[: begin + WITNESSES - 1]):
        assert {m.number for m in true[step]} - {m.number for m in left} - set(wrong) == set()


def test_a_clock_years_ahead_for_an_hour() -> None:
    before = [*regular(24, 10, NOW - timedelta(days=1)), *regular(1, 20)]
    before = [Moment(n, m.time) for n, m in enumerate(before)]
    ahead = [Moment(30 + n, NOW + timedelta(days=1100, minutes=10 * n)) for n in range(6)]
    right = [Moment(36 + n, NOW + timedelta(hours=n)) for n in range(1, 4)]
    assert thinned_at_every_step([*before, *ahead, *right])[-1] >= {*before[-15:], *ahead, *right}


def test_a_long_pause_is_believed_after_some_days_of_work() -> None:
    before = regular(1, 40)
    again = NOW + 20 * LEAP
    after = [Moment(40 + n, again + timedelta(days=n)) for n in range(WITNESSES)]
    steps = thinned_at_every_step([*before, *after])
    assert steps[-2] >= set(before)
    assert steps[-1] == kept([*before, *after], after[-1].time) and len(steps[-1] & set(before)) == 1


@given(MOMENTS)
def test_without_leaps_it_is_the_newest_ones_time_that_counts(moments: list[Moment]) -> None:
    close = [
        Moment(n, NOW + (m.time - NOW) / 1000) for n, m in enumerate(sorted(moments, key=lambda m: m.time))
    ]
    assert worth_keeping(close) == (kept(close, close[-1].time) if close else set())
