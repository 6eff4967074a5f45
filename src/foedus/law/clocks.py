"""Legal clocks: days, months and years on the calendar, one date at a time or a million at once.

A month or a year ends on the day with the same number; where that month has no such day, on its last day
(notice on 29 February runs out on 28 February of the next year).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

import numpy as np
import numpy.typing as npt

from foedus.errors import InputError

Days = npt.NDArray[np.int32]

EPOCH = dt.date(1970, 1, 1)
CALENDAR_UNITS = ("day", "month", "year")


def add(date: dt.date, amount: int, unit: str) -> dt.date:
    """Return the date on which a clock of so many days, months or years runs out.

    Example:
        >>> add(dt.date(2024, 2, 29), 1, "year")
        datetime.date(2025, 2, 28)

    Raises:
        InputError: the clock runs out beyond the calendar (year 9999).
    """
    try:
        if unit == "day":
            return date + dt.timedelta(days=amount)
        months = date.year * 12 + date.month - 1 + amount * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        raise InputError(f"a clock of {amount} {unit}s from {date} runs out beyond the calendar") from None


def add_many(days: Days, amount: int, unit: str) -> Days:
    """Return the same for an array of days since 1970-01-01."""
    if unit == "day":
        return days + np.int32(amount)
    if days.size and days.min() == days.max():
        same = to_days(add(from_days(int(days[0])), amount, unit))
        return np.full(days.shape, same, dtype=np.int32)
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    offset = (dates - months.astype("datetime64[D]")).astype(np.int32)
    target = months + np.timedelta64(amount * (12 if unit == "year" else 1), "M")
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int32)
    first = target.astype("datetime64[D]").astype(np.int32)
    found: Days = (first + np.minimum(offset, length - 1)).astype(np.int32)
    return found


def to_days(date: dt.date) -> int:
    """Return the days since 1970-01-01."""
    return (date - EPOCH).days


def from_days(days: int) -> dt.date:
    """Return the date so many days after 1970-01-01."""
    return EPOCH + dt.timedelta(days=int(days))


def parse_date(value: dt.date | str, field: str = "date") -> dt.date:
    """Return a date from ``YYYY-MM-DD``.

    Raises:
        InputError: not that form, or not in the calendar.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", value.strip())
    if match is None:
        raise InputError(f"{value!r} is no date; give YYYY-MM-DD", field=field)
    year, month, day = (int(part) for part in match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        if 1 <= month <= 12 and year:
            last = calendar.monthrange(year, month)[1]
            raise InputError(
                f"{value!r} is not in the calendar: {calendar.month_name[month]} {year} has {last} days",
                field=field,
            ) from None
        raise InputError(f"{value!r} is not in the calendar; give YYYY-MM-DD", field=field) from None


def parse_period(value: str, field: str) -> tuple[dt.date, dt.date]:
    """Return the first and last day of ``FROM..TO``.

    Raises:
        InputError: not that form, not in the calendar, or the end before the beginning.
    """
    parts = value.split("..")
    if len(parts) != 2:
        raise InputError(f"{value!r} is no period; give YYYY-MM-DD..YYYY-MM-DD", field=field)
    first, last = (parse_date(part, field) for part in parts)
    if last < first:
        raise InputError(f"the period ends ({last}) before it begins ({first})", field=field)
    return first, last
