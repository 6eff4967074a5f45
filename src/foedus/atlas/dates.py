"""Dates given by a user: a day, a month or a year, as text or as a date."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from foedus.errors import InputError

_PATTERN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def parse_as_of(value: dt.date | str | None) -> dt.date | None:
    """Turn ``2024-06-17``, ``2024-06`` or ``2024`` into a date; a month or a year means its last day.

    Example:
        >>> parse_as_of("2024-02")
        datetime.date(2024, 2, 29)

    Raises:
        InputError: the text is no date.
    """
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    match = _PATTERN.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise InputError(f"{value!r} is no date; give YYYY-MM-DD, YYYY-MM or YYYY", field="as_of")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        month = month or 12
        return dt.date(year or 0, month, day or calendar.monthrange(year or 0, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        raise InputError(f"{value!r} is not in the calendar; give YYYY-MM-DD", field="as_of") from None
