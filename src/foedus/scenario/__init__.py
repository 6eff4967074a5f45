"""Scenario files: schema, shipped library, composition.

load("four-worlds")            the scenarios of a shipped name or of a file
names()                        the shipped names
json_schema()                  the JSON schema of a scenario file
to_yaml(scenario)              a scenario as YAML
"""

from __future__ import annotations

from typing import Any

from foedus.scenario.loading import load, load_many, load_text, names, read_document
from foedus.scenario.render import to_yaml
from foedus.scenario.schema import Beliefs, Family, Scenario

__all__ = [
    "Beliefs",
    "Family",
    "Scenario",
    "json_schema",
    "load",
    "load_many",
    "load_text",
    "names",
    "read_document",
    "to_yaml",
]


def json_schema() -> dict[str, Any]:
    """Return the JSON schema of a scenario file: a scenario, or a family of scenarios."""
    from foedus.scenario.jsonschema import json_schema as make  # loads slowly, and few need it

    return make()
