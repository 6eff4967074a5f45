"""The kinds of value a scenario file holds, and the sentences that say what would be right."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, WithJsonSchema
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from foedus.errors import did_you_mean
from foedus.scenario import alliance, dates

NAME_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MEMBERS = "Members"
"""Name under which the JSON schema holds the list of allies; the record is read only when it is asked for."""
LONGEST_NAME = 60
LONGEST_TITLE = 200
LONGEST_TEXT = 20_000
MOST_SOURCES = 200
SMALLEST_TARGET_PCT_GDP = 0.2
"""Below it a spending target is surely a share written in place of a percentage."""

Location = tuple[str | int, ...]


def wrong(message: str) -> PydanticCustomError:
    """Return the error that a validator raises: one sentence, kept as it is."""
    return PydanticCustomError("foedus", "{message}", {"message": message})


def problems(title: str, found: Sequence[tuple[Location, str, Any]]) -> ValidationError:
    """Return one error for several (place, sentence, value); pydantic merges the places into its own."""
    details = [InitErrorDetails(type=wrong(text), loc=place, input=value) for place, text, value in found]
    return ValidationError.from_exception_data(title, details)


def shown(value: object) -> str:
    """Return a value as it may stand in an error message: short, on one line, without control characters.

    Example:
        >>> shown("a" * 100)[-8:], shown({"a": 1})
        ("aaaaaa…'", 'a mapping')
    """
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:40] + "…")
    return repr(value)


def _by(check: Callable[[str], object]) -> AfterValidator:
    def validate(text: str) -> str:
        try:
            check(text)
        except ValueError as error:
            raise wrong(str(error)) from error
        return text

    return AfterValidator(validate)


def _no_control_characters(text: str) -> None:
    for character in text:
        if character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cs"):
            msg = f"must be plain text, without the control character {character!r}"
            raise ValueError(msg)


def _one_line(text: str) -> None:
    _no_control_characters(text)
    if "\n" in text or not text.strip():
        msg = "must be one line of text"
        raise ValueError(msg)


def _name(text: str) -> None:
    if not re.fullmatch(NAME_PATTERN, text):
        suggestion = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_NAME]
        advice = f", such as {suggestion!r}" if suggestion else ""
        msg = f"must be lower-case letters, digits and single hyphens{advice}, got {shown(text)}"
        raise ValueError(msg)


Name = Annotated[str, Field(max_length=LONGEST_NAME, json_schema_extra={"pattern": NAME_PATTERN}), _by(_name)]
Line = Annotated[str, Field(max_length=LONGEST_TITLE), _by(_one_line), AfterValidator(str.strip)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT), _by(_no_control_characters), AfterValidator(str.strip)]
Month = Annotated[str, Field(json_schema_extra={"pattern": dates.MONTH_PATTERN}), _by(dates.month_index)]
Horizon = Annotated[
    str, Field(json_schema_extra={"pattern": dates.HORIZON_PATTERN}), _by(dates.horizon_quarters)
]
Duration = Annotated[
    str, Field(json_schema_extra={"pattern": dates.DURATION_PATTERN}), _by(dates.duration_quarters)
]

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=1)]
ReplacedShare = Annotated[float, Field(strict=True, allow_inf_nan=False, gt=0, le=10)]
PctGdp = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=SMALLEST_TARGET_PCT_GDP, le=100)]
UsdBillion = Annotated[float, Field(strict=True, allow_inf_nan=False, gt=0, le=10_000)]
Persons = Annotated[int, Field(strict=True, gt=0, le=5_000_000)]
PersonsOrNone = Annotated[int, Field(strict=True, ge=0, le=5_000_000)]
Flag = StrictBool


def _member_problem(code: object) -> str | None:
    allies = alliance.allies()
    if not isinstance(code, str):
        return f"must be the three-letter code of a member, such as EST, got {shown(code)}"
    if code in allies:
        return None
    if code == alliance.patron():
        return f"{code} is the patron: name the allies concerned"
    by_name = {name.casefold(): iso3 for iso3, name in allies.items()}
    wanted = code.upper() if code.upper() in allies else by_name.get(code.casefold())
    if wanted:
        return f"unknown member {shown(code)}; did you mean {wanted!r}?"
    return f"unknown member {shown(code)}{did_you_mean(code.upper()[:40], list(allies))}"


def _check_members(value: object) -> object:
    if value == "all":
        return value
    if not isinstance(value, list | tuple):
        raise wrong(f"must be a list of members, such as [EST, LVA], or the word all, got {shown(value)}")
    if not value:
        raise wrong("must name at least one member, or be the word all")
    found: list[tuple[Location, str, Any]] = []
    for place, code in enumerate(value):
        problem = _member_problem(code)
        if problem is None and code in value[:place]:
            problem = f"{code} is named twice: name each member once"
        if problem:
            found.append(((place,), problem, code))
    if found:
        raise problems("members", found)
    return tuple(value)


def members_schema() -> dict[str, Any]:
    """Return the JSON schema of a list of allies, or the word all."""
    codes = sorted(alliance.allies())
    listed = {"type": "array", "items": {"enum": codes}, "minItems": 1, "uniqueItems": True}
    return {"anyOf": [{"const": "all"}, listed]}


Members = Annotated[
    Literal["all"] | tuple[str, ...], BeforeValidator(_check_members), WithJsonSchema({"title": MEMBERS})
]


def is_finite_number(value: object) -> bool:
    """Tell whether a value is a number that a distribution can use."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
