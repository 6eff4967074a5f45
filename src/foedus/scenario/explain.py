"""Validation errors to one sentence: where it is in the file and what would be right."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from foedus.errors import InputError, did_you_mean
from foedus.scenario.distributions import DISTRIBUTION_NAMES
from foedus.scenario.fields import Location, shown
from foedus.scenario.interventions import VERB_NAMES
from foedus.scenario.reading import Document, field_name

_PLAIN = {
    "float_type": "must be a number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "finite_number": "must be a finite number",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be a mapping",
    "none_required": "must be left out",
}
_BOUNDS = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("above", "gt"),
    "less_than_equal": ("at most", "le"),
    "less_than": ("below", "lt"),
}
_VARIANTS = frozenset({"number", *DISTRIBUTION_NAMES, *VERB_NAMES})
"""Steps that name a variant of a union, not a key of the file."""
_LENGTHS = {
    "too_long": ("at most {} entries", "max_length"),
    "too_short": ("at least {} entry", "min_length"),
    "string_too_long": ("at most {} characters", "max_length"),
}
_HINTS = {
    "share": ", as a share and not a percentage",
    "committed": ", as a share and not a percentage",
    "transactional": ", as a share and not a percentage",
    "withdrawing": ", as a share and not a percentage",
    "weight": ", as a share and not a percentage",
    "target_pct_gdp": ", as a percentage such as 3.5",
    "to_pct_gdp": ", as a percentage such as 3.5",
}


def input_error(error: ValidationError, document: Document) -> InputError:
    """Return the first problem of a file, by line."""
    found = []
    for order, item in enumerate(error.errors(include_url=False)):
        if item["type"] == "too_short" and item["input"]:
            continue  # entries are there, but wrong: their own errors say more
        place = _in_file(item["loc"], document.data)
        found.append((document.line_of(place), order, place, sentence(item)))
    line, _, place, text = min(found)
    return InputError(text, file=document.file, line=line, field=field_name(place) or None)


def first_sentence(error: ValueError) -> str:
    """Return the first problem of an error as one sentence, with the field it is about."""
    if not isinstance(error, ValidationError):
        return str(error)
    item = error.errors(include_url=False)[0]
    name = field_name(item["loc"])
    return f"{name} {sentence(item)}" if name else sentence(item)


def _in_file(steps: Location, whole: object) -> Location:
    """Drop the steps that name a variant of a union, which are not in the file; keep a last, missing key."""
    data: Any = whole
    place: list[str | int] = []
    for order, step in enumerate(steps):
        if _steps_inside(step, data):
            data = data[step]
            place.append(step)
        elif order == len(steps) - 1 and isinstance(data, dict) and step not in _VARIANTS:
            place.append(step)
    return tuple(place)


def _steps_inside(step: str | int, data: object) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, dict) and step in data


def sentence(item: ErrorDetails) -> str:
    """Return one sentence for one of pydantic's errors."""
    kind, context, value = item["type"], item.get("ctx", {}), item["input"]
    name = item["loc"][-1] if item["loc"] else ""
    if kind == "foedus":
        text = str(context["message"])
    elif kind == "missing":
        text = "missing: this key is required"
    elif kind in _BOUNDS:
        words, key = _BOUNDS[kind]
        text = f"must be {words} {context[key]:g}{_HINTS.get(str(name), '')}, got {shown(value)}"
    elif kind in _PLAIN:
        advice = ": fill it in or leave the key out" if value is None else ""
        text = f"{_PLAIN[kind]}, got {shown(value)}{advice}"
    elif kind == "literal_error":
        expected = context["expected"]
        text = f"must be {_options(expected)}, got {shown(value)}{_closest(value, expected)}"
    elif kind.startswith("union_tag"):
        text = _union(kind, context, value)
    elif kind in _LENGTHS:
        words, key = _LENGTHS[kind]
        text = f"must have {words.format(context[key])}"
    else:
        text = f"must be a mapping of keys, got {shown(value)}"
    return text


def _options(expected: str) -> str:
    return expected.replace("'", "")


def _closest(value: object, expected: str) -> str:
    words = expected.replace(" or ", ", ").replace("'", "").split(", ")
    hint = did_you_mean(str(value)[:60], words)
    return hint if "did you mean" in hint else ""


def _union(kind: str, context: dict[str, Any], value: object) -> str:
    """Explain a wrong variant: a verb under ``do``, or a distribution under ``dist``."""
    if context.get("discriminator") != "'do'":
        return _override(value)
    if kind == "union_tag_not_found":
        return "missing the key do, which says what is done, such as do: draw_down"
    verbs = [word.strip("' ") for word in context["expected_tags"].split(",")]
    return f"unknown verb {shown(context['tag'])} under do{did_you_mean(str(context['tag'])[:60], verbs)}"


def _override(value: object) -> str:
    if isinstance(value, dict):
        if "dist" not in value:
            return f"missing the key dist, one of {', '.join(DISTRIBUTION_NAMES)}"
        known = did_you_mean(str(value["dist"])[:60], DISTRIBUTION_NAMES)
        return f"unknown distribution {shown(value['dist'])}{known}"
    return f"must be a number or a mapping such as {{dist: normal, mean: 0.3, sd: 0.1}}, got {shown(value)}"
