"""The reference page of the scenario file, written from its JSON schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from foedus.scenario import dates
from foedus.scenario.distributions import DISTRIBUTIONS
from foedus.scenario.fields import MEMBERS, NAME_PATTERN
from foedus.scenario.interventions import VERBS
from foedus.scenario.jsonschema import INHERITED, json_schema
from foedus.scenario.reading import MAX_BYTES, MAX_DEPTH, MAX_VALUES

INTRODUCTION = f"""\
# Scenario file

<!-- Made from the JSON schema by scripts/write_scenario_reference.py; change the schema, not this page. -->

A scenario file is YAML in UTF-8. It holds one scenario, or a family of scenarios under the key
`scenarios`. It needs only `name`, `title`, `start` and `horizon`. `foedus check FILE` checks it; editors
can check while you type with the [JSON schema](scenario.schema.json), which `foedus schema` prints too.

Months are written `2026-01`, horizons `10y`, `8q` or `18m`, durations `4 quarters` or `2 years`. The
model moves in calendar quarters: a month stands for the quarter that contains it. Shares lie between 0
and 1, percentages of GDP are written as percentages (`3.5`). Members are ISO 3166 codes of three
letters.

Limits: {MAX_BYTES // 1_000_000} MB, {MAX_VALUES:,} values, {MAX_DEPTH} levels. Anchors, aliases, tags
and second documents are refused. Words such as `yes`, `no` and `on` are text; only `true` and `false`
are truth values.
"""

_PATTERNS = {
    NAME_PATTERN: "name",
    dates.MONTH_PATTERN: "month",
    dates.HORIZON_PATTERN: "horizon",
    dates.DURATION_PATTERN: "duration",
}
_BOUNDS = (
    ("minimum", "at least"),
    ("exclusiveMinimum", "above"),
    ("maximum", "at most"),
    ("exclusiveMaximum", "below"),
)


def reference_page() -> str:
    """Return the page as Markdown."""
    return "\n".join(_parts()).rstrip() + "\n"


def _parts() -> Iterator[str]:
    definitions = json_schema()["$defs"]
    yield INTRODUCTION
    yield _section("Scenario", definitions["Scenario"])
    yield _section("Beliefs", definitions["Beliefs"])
    yield _section("Types", definitions["Types"])
    yield "## Interventions\n"
    yield (
        "Every intervention has the keys `at` and `do`, and may have `until`, `note` and `source`. It acts "
        "from the quarter of `at` to the quarter before the one of `until`, or to the horizon. Acts that "
        "happen once (`give_notice`, `demand`, `impose_settlement`, `raise_spending`, `set_pledge`) take no `until`.\n"
    )
    for verb in VERBS:
        part = definitions[verb.__name__]
        yield _section(
            part["properties"]["do"]["const"], part, level=3, skip=("at", "do", "until", "note", "source")
        )
    yield "## Parameters\n"
    yield (
        "Under `parameters` a register entry is replaced, by name, with a number or with a distribution. "
        "`foedus parameters` lists the names; the register's bounds still hold.\n"
    )
    for kind in DISTRIBUTIONS:
        part = definitions[kind.__name__]
        yield _section(part["properties"]["dist"]["const"], part, level=3)
    yield _section("Family", definitions["Family"])
    inherited = " and ".join(f"`{key}`" for key in INHERITED)
    yield f"A scenario within a family may leave out {inherited} where the family gives them.\n"


def _section(title: str, part: dict[str, Any], level: int = 2, skip: tuple[str, ...] = ()) -> str:
    lines = [f"{'#' * level} {title}", "", part["description"].replace("``", "`"), ""]
    rows = [(key, value) for key, value in part["properties"].items() if key not in skip]
    if rows:
        lines += ["| key | value | default | meaning |", "| --- | --- | --- | --- |"]
        lines += [_row(key, value, key in part.get("required", [])) for key, value in rows]
        lines.append("")
    return "\n".join(lines)


def _row(key: str, value: dict[str, Any], required: bool) -> str:
    default = "required" if required else _default(value.get("default"))
    meaning = value.get("description", "which one it is")
    return f"| `{key}` | {_kind(value)} | {default} | {meaning} |"


def _default(value: object) -> str:
    if value in ("", [], None) or value == {}:
        return ""
    if isinstance(value, list):
        return f"`[{', '.join(str(one) for one in value)}]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _kind(value: dict[str, Any]) -> str:
    """Say in words what a value may be."""
    if "$ref" in value:
        name = value["$ref"].rsplit("/", 1)[-1]
        words = "list of members or `all`" if name == MEMBERS else f"[{name}](#{name.lower()})"
    elif "const" in value:
        words = f"`{value['const']}`"
    elif "enum" in value:
        words = ", ".join(f"`{one}`" for one in value["enum"])
    elif "anyOf" in value:
        words = _kind(next(one for one in value["anyOf"] if one.get("type") != "null"))
    else:
        words = _PATTERNS.get(value.get("pattern", "")) or _by_type(value)
    return words


def _by_type(value: dict[str, Any]) -> str:
    match value.get("type"):
        case "number" | "integer":
            bounds = [f"{words} {value[key]:,}" for key, words in _BOUNDS if key in value]
            return ", ".join(["number" if value["type"] == "number" else "whole number", *bounds])
        case "array":
            return f"list of {_items(value['items'])}"
        case "object":
            return "mapping of [parameters](#parameters)"
        case "boolean":
            return "`true` or `false`"
        case _:
            return "text"


def _items(items: dict[str, Any]) -> str:
    if items.get("$ref", "").endswith("FamilyScenario"):
        return "[scenarios](#scenario)"
    return "[interventions](#interventions)" if "discriminator" in items else _kind(items)
