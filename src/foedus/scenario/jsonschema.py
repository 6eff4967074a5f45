"""The JSON schema of a scenario file, made from the records; editors complete and check with it."""

from __future__ import annotations

import copy
import json
from typing import Any

from pydantic.json_schema import models_json_schema

from foedus.scenario.fields import MEMBERS, members_schema
from foedus.scenario.schema import Family, Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"
INHERITED = ("start", "horizon")
"""What a scenario may leave out when its family gives it."""


def json_schema() -> dict[str, Any]:
    """Return the JSON schema: a scenario, or a family of scenarios."""
    _, parts = models_json_schema([(Scenario, "validation"), (Family, "validation")], by_alias=True)
    definitions = parts["$defs"]
    member = copy.deepcopy(definitions["Scenario"])
    member["title"] = "FamilyScenario"
    member["required"] = [key for key in member["required"] if key not in INHERITED]
    definitions["FamilyScenario"] = member
    definitions["Family"]["properties"]["scenarios"]["items"] = {"$ref": "#/$defs/FamilyScenario"}
    definitions[MEMBERS] = {"title": MEMBERS, **members_schema()}
    return {
        "$schema": DIALECT,
        "title": "Foedus scenario file",
        "description": "A scenario, or a family of scenarios under the key scenarios.",
        "anyOf": [{"$ref": "#/$defs/Scenario"}, {"$ref": "#/$defs/Family"}],
        "$defs": {name: _shared(part, name) for name, part in sorted(definitions.items())},
    }


def _shared(part: object, name: str = "") -> object:
    """Refer to the one list of members wherever a member list stands."""
    if isinstance(part, list):
        return [_shared(value) for value in part]
    if not isinstance(part, dict) or name == MEMBERS:
        return part
    if part.get("title") == MEMBERS:
        return {"$ref": f"#/$defs/{MEMBERS}", **{key: value for key, value in part.items() if key != "title"}}
    return {key: _shared(value) for key, value in part.items()}


def json_schema_text() -> str:
    """Return the JSON schema as it is published."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
