"""A scenario or family back to YAML: loading the text gives the same record again."""

from __future__ import annotations

from typing import Any

import yaml

from foedus.scenario.reading import plain_value
from foedus.scenario.schema import Family, Scenario

LINE_WIDTH = 100
FOLD_FROM = 80
"""Texts at least this long are written as a folded block."""


class _Dumper(yaml.SafeDumper):
    """Writes no aliases, and quotes what our reader would not take for text."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = None
    try:
        quoted = plain_value(text) is not text
    except ValueError:
        quoted = True
    if quoted:
        style = "'"
    elif len(text) >= FOLD_FROM and " " in text and "\n" not in text and "  " not in text:
        style = ">"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _sequence_node(dumper: yaml.SafeDumper, values: list[Any]) -> yaml.Node:
    short = all(isinstance(value, str) and len(value) <= 20 for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=short)


def _mapping_node(dumper: yaml.SafeDumper, values: dict[str, Any]) -> yaml.Node:
    flat = all(isinstance(value, int | float) for value in values.values()) or "dist" in values
    return dumper.represent_mapping("tag:yaml.org,2002:map", values.items(), flow_style=flat and bool(values))


_Dumper.add_representer(str, _text_node)
_Dumper.add_representer(list, _sequence_node)
_Dumper.add_representer(dict, _mapping_node)


def to_yaml(document: Scenario | Family) -> str:
    """Return a scenario or family as YAML text, leaving out what has its default value."""
    data = _plain(document)
    text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=LINE_WIDTH)
    return str(text)


def to_data(document: Scenario | Family) -> dict[str, Any]:
    """Return a scenario or family as the plain data that its YAML holds."""
    return _plain(document)


def _plain(document: Scenario | Family) -> dict[str, Any]:
    data: dict[str, Any] = document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data["name"] = document.name
    for scenario in [data, *data.get("scenarios", [])]:
        scenario["interventions"] = [_verb_first(act) for act in scenario.get("interventions", [])]
        if not scenario["interventions"]:
            del scenario["interventions"]
    return data


def _verb_first(act: dict[str, Any]) -> dict[str, Any]:
    first = {key: act[key] for key in ("at", "do") if key in act}
    return first | act
