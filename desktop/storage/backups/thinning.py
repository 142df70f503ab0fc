"""Which backups to keep: close together for the last days, further apart the older they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

ALL_WITHIN = timedelta(days=2)
DAYS, WEEKS, MONTHS = 14, 8, 24
"""How far back the newest of each day, week and month is kept; of each finished year it is kept for ever."""


LEAP, WITNESSES = timedelta(days=DAYS), 10
"""A pause longer than this may be a clock set wrong; after so many days with backups it is believed."""


class Moment(NamedTuple):
    """When a backup was made: its running number tells the order, even after the clock was set back."""

    number: int
    time: datetime


def worth_keeping(moments: Iterable[Moment]) -> set[Moment]:
    """Those to keep by the newest one's time, as far as its clock can be trusted.

    What lies before a leap not yet believed is judged by its own newest time: as it was judged then, so
    that a clock set forward by mistake takes nothing away.
    """
    keep = set[Moment]()
    for stretch in _stretches(sorted(moments)):
        keep |= kept(stretch, stretch[0].time)
    return keep


def _stretches(ordered: list[Moment]) -> Iterator[list[Moment]]:
    """Divided at the leaps that are not believed; the newest first, as within each."""
    stretch, days = list[Moment](), set[date]()
    for moment in reversed(ordered):
        if stretch and len(days) < WITNESSES and stretch[-1].time - moment.time > LEAP:
            yield stretch
            stretch = []
        stretch.append(moment)
        days.add(moment.time.date())
    if stretch:
        yield stretch


def kept(moments: Iterable[Moment], now: datetime) -> set[Moment]:
    """Those to keep. Times are local, without a zone, as the user's days begin and end.

    The newest by number always stays; so does what lies in the future, for then the clock is not to be
    trusted. Within a day, week, month or year the newest is the one with the highest number.
    """
    ordered = sorted(moments)
    keep = {moment for moment in ordered if now - moment.time <= ALL_WITHIN}
    for bucket in (_day, _week, _month, _year):
        newest = {}
        for moment in ordered:
            name = bucket(moment.time.date(), now.date())
            if name is not None:
                newest[name] = moment
        keep.update(newest.values())
    return keep | set(ordered[-1:])


def _day(day: date, today: date) -> int | None:
    return day.toordinal() if (today - day).days <= DAYS else None


def _week(day: date, today: date) -> int | None:
    monday, this_monday = (d.toordinal() - d.weekday() for d in (day, today))
    return monday if this_monday - monday <= 7 * WEEKS else None


def _month(day: date, today: date) -> int | None:
    month, this_month = (12 * d.year + d.month for d in (day, today))
    return month if this_month - month <= MONTHS else None


def _year(day: date, today: date) -> int | None:
    return day.year if day.year < today.year else None
