"""The base of every mapping in a scenario file: frozen, no unknown keys, suggestions for misspelt ones."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, model_validator

from foedus.errors import did_you_mean
from foedus.scenario.fields import problems, shown, wrong


class Record(BaseModel):
    """A mapping with known keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @classmethod
    def keys(cls) -> list[str]:
        """Return the keys as a file writes them."""
        return [field.alias or name for name, field in cls.model_fields.items()]

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: object) -> object:
        if isinstance(data, cls):
            return data
        if not isinstance(data, dict):
            raise wrong(f"must be a mapping with the keys {', '.join(cls.keys())}, got {shown(data)}")
        known = {*cls.keys(), *cls.model_fields}
        unknown = [key for key in data if key not in known]
        if unknown:
            found = [
                ((str(key),), f"unknown key {shown(key)}{did_you_mean(str(key)[:60], cls.keys())}", data[key])
                for key in unknown
            ]
            raise problems(cls.__name__, found)
        return data
