"""Numbers in words: sensible digits, and never a number without its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

NOT_AVAILABLE = "n/a"
_BASES = ((0.01, 100), (0.001, 1_000), (0.0, 10_000))


@dataclass(frozen=True)
class Interval:
    """Median and 5-95% interval over draws; ``finite_share`` is the share of draws that have a value at all."""

    p05: float
    p50: float
    p95: float
    mean: float = math.nan
    finite_share: float = 1.0

    @property
    def known(self) -> bool:
        """Whether any draw has a value."""
        return math.isfinite(self.p50)


def significant(value: float, digits: int = 2) -> str:
    """Two significant digits, thousands separated, a true minus sign.

    Example:
        >>> significant(0.4321), significant(34.4), significant(-1234.0)
        ('0.43', '34', '−1,200')
    """
    if not math.isfinite(value):
        return NOT_AVAILABLE
    if value == 0:
        return "0"
    decimals = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, decimals)
    text = f"{abs(rounded):,.{max(decimals, 0)}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"−{text}" if rounded < 0 else text


def quantity(value: float) -> str:
    """Return a quantity with two significant digits; below a thousandth only its bound.

    Example:
        >>> quantity(0.0421), quantity(0.0000003), quantity(0.0)
        ('0.042', '<0.001', '0')
    """
    return "<0.001" if 0 < abs(value) < 0.001 else significant(value)


def percent(probability: float) -> str:
    """Return a probability or share in percent with two significant digits.

    Example:
        >>> percent(0.0432), percent(0.9991), percent(0.00001)
        ('4.3%', '>99%', '<0.01%')
    """
    if not math.isfinite(probability):
        return NOT_AVAILABLE
    if 0.995 <= probability < 1:
        return ">99%"
    if 0 < probability < 0.0001:
        return "<0.01%"
    return f"{significant(100 * probability)}%"


def chance(interval: Interval) -> str:
    """Return a chance as a reader says it.

    Example:
        >>> chance(Interval(0.204, 0.343, 0.512))
        'about 34 in 100 (20 to 51)'
        >>> chance(Interval(0.0004, 0.0041, 0.012))
        'about 4.1 in 1,000 (0.4 to 12)'
    """
    if not interval.known:
        return "not available"
    base = next(b for floor, b in _BASES if interval.p50 >= floor)
    low, middle, high = (_of(base, p) for p in (interval.p05, interval.p50, interval.p95))
    return f"about {middle} in {base:,} ({low} to {high})"


def _of(base: int, probability: float) -> str:
    if 0.995 <= probability < 1:
        return f"over {0.99 * base:,.0f}"
    return significant(base * probability) if base * probability >= 0.01 else "0"


def span(interval: Interval, unit: str = "") -> str:
    """Median and interval of any quantity, with its unit.

    Example:
        >>> span(Interval(810.0, 1234.0, 1900.0), "bn USD")
        '1,200 bn USD (810 to 1,900)'
    """
    if not interval.known:
        return "not available"
    middle = f"{significant(interval.p50)} {unit}".strip()
    return f"{middle} ({significant(interval.p05)} to {significant(interval.p95)})"


def year_span(interval: Interval) -> str:
    """Return a year with its interval; says so when some draws never get there.

    Example:
        >>> year_span(Interval(2031.0, 2034.2, 2039.0, finite_share=0.8))
        '2034 (2031 to 2039, and never within the horizon in 20 of 100 draws)'
    """
    if not interval.known:
        return "no year within the horizon"
    never = round(100 * (1 - interval.finite_share))
    tail = f", and never within the horizon in {never} of 100 draws" if never else ""
    return f"{interval.p50:.0f} ({interval.p05:.0f} to {interval.p95:.0f}{tail})"


def points(interval: Interval) -> str:
    """Return a difference of chances in percentage points."""
    if not interval.known:
        return "an unknown number of points"
    low, middle, high = (_points(v) for v in (interval.p05, interval.p50, interval.p95))
    return f"{middle} percentage points ({low} to {high})"


def _points(difference: float) -> str:
    return "0" if abs(difference) < 0.00005 else significant(100 * difference)


def of_draws(share: float) -> str:
    """Return a share of draws in words.

    Example:
        >>> of_draws(0.934), of_draws(1.0), of_draws(0.9996)
        ('93 of 100 draws', 'every draw', 'over 99 of 100 draws')
    """
    if share >= 1:
        return "every draw"
    if share <= 0:
        return "no draw"
    if share > 0.995:
        return "over 99 of 100 draws"
    if share < 0.005:
        return "fewer than 1 of 100 draws"
    return f"{100 * share:.0f} of 100 draws"
