"""Sums of money as people write them. Only US dollars, and a bare `$` is not enough."""

from __future__ import annotations

import math
import re

from foedus.errors import InputError

_SCALES = {
    "": 1.0,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
_DOLLARS = frozenset({"", "usd", "us$", "us dollars", "us dollar"})
_AMBIGUOUS = frozenset({"$", "dollar", "dollars"})
_FOREIGN = frozenset(
    {
        "eur",
        "€",
        "gbp",
        "£",
        "jpy",
        "yen",
        "cad",
        "ca$",
        "c$",
        "aud",
        "a$",
        "chf",
        "pln",
        "sek",
        "nok",
        "dkk",
        "nzd",
    }
    | {"nz$", "krw", "ils", "try", "euro", "euros", "pounds", "pound", "cny", "rub", "uah"}
)
_NUMBER = re.compile(r"([+-]?)(\d+(?:[ ,]\d{3})*|\d+)(\.\d+)?")
_WORD = re.compile(r"us dollars?|[a-z€£$]+")


def parse_usd(text: str | float, field: str = "value") -> float:
    """Return US dollars from ``106.5M``, ``1.2bn``, ``USD 80 million`` or ``14000000``.

    Examples:
        >>> parse_usd("USD 80 million")
        80000000.0
        >>> parse_usd("1.2bn")
        1200000000.0

    Raises:
        InputError: no number, negative, another currency, or a bare dollar sign that may mean another dollar.
    """
    if isinstance(text, int | float):
        return _checked(float(text), str(text), field)
    plain = " ".join(str(text).strip().lower().split())
    match = _NUMBER.search(plain)
    if match is None:
        raise _wrong(text, field)
    before, after = plain[: match.start()].strip(), plain[match.end() :].strip()
    scale, currency = _split(after, text, field)
    _check_currency([word for word in (before, currency) if word], text, field)
    digits = re.sub("[ ,]", "", match.group(2)) + (match.group(3) or "")
    number = float(digits) * _SCALES[scale]
    return _checked(-number if match.group(1) == "-" else number, str(text), field)


def _split(after: str, text: str, field: str) -> tuple[str, str]:
    words = _WORD.findall(after)
    if after and "".join(words).replace(" ", "") != after.replace(" ", ""):
        raise _wrong(text, field)
    if not words:
        return "", ""
    if words[0] in _SCALES:
        return words[0], " ".join(words[1:])
    return "", " ".join(words)


def _check_currency(words: list[str], text: str, field: str) -> None:
    for word in words:
        if word in _DOLLARS:
            continue
        if word in _AMBIGUOUS:
            raise InputError(
                f"{text!r}: which dollar? write USD before the sum, as in USD 80 million", field=field
            )
        if word in _FOREIGN:
            raise InputError(
                f"{text!r}: the thresholds are in US dollars; convert, then write USD", field=field
            )
        raise _wrong(text, field)


def _wrong(text: object, field: str) -> InputError:
    return InputError(f"{text!r} is no sum of money; write 106.5M, 1.2bn or USD 80 million", field=field)


def _checked(number: float, text: str, field: str) -> float:
    if not math.isfinite(number):
        raise _wrong(text, field)
    if number < 0:
        raise InputError(f"a sum cannot be negative, got {text}", field=field)
    return number


def say_usd(number: float) -> str:
    """Return a sum in words: ``USD 106.5 million``."""
    for scale, word in ((1e9, "billion"), (1e6, "million")):
        if number >= scale:
            return (
                f"USD {number / scale:,.4g} {word}"
                if number / scale < 1000
                else f"USD {number / scale:,.0f} {word}"
            )
    return f"USD {number:,.0f}"
