"""Rules as dated data: what each treaty article, statute or practice said on a day, with unit and reference."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import InputError, did_you_mean
from foedus.law import yamlfile

RULE_DIR = Path(__file__).parent / "rules"
UNITS = ("day", "month", "year", "USD", "persons", "share", "list", "text")
STATUSES = ("measured", "estimated", "elicited", "assumed")
_NUMERIC = ("day", "month", "year", "USD", "persons", "share")

Value = int | float | str | tuple[str, ...] | None


@dataclass(frozen=True)
class Dated:
    """A value in force from a day on. None means that no rule was in force (not yet, or repealed)."""

    start: dt.date
    value: Value
    reference: str
    note: str


@dataclass(frozen=True)
class Rule:
    """One rule: who may do what, by which decision, with which value on which day."""

    id: str
    instrument: str
    provision: str
    label: str
    unit: str
    actor: str
    decision: str
    effect: str
    status: str
    reading: str
    values: tuple[Dated, ...]
    file: str

    @property
    def citation(self) -> str:
        """Instrument and provision, as a lawyer would cite them."""
        return f"{self.instrument}, {self.provision}" if self.provision else self.instrument


@dataclass(frozen=True)
class InForce:
    """A rule as it stood on one day."""

    rule: Rule
    on: dt.date
    value: Value
    start: dt.date
    until: dt.date | None
    reference: str
    note: str

    @property
    def in_force(self) -> bool:
        """Whether the rule had a value on that day."""
        return self.value is not None

    @property
    def citation(self) -> str:
        """Instrument and provision."""
        return self.rule.citation

    @property
    def number(self) -> float:
        """The value as a number.

        Raises:
            InputError: the rule was not in force on that day or has no number.
        """
        if isinstance(self.value, int | float):
            return float(self.value)
        raise InputError(
            f"rule {self.rule.id} had no number in force on {self.on}: {self.note or 'not in force'}"
        )


def on(rule_id: str, date: dt.date) -> InForce:
    """Return a rule as it stood on a day.

    Raises:
        InputError: no such rule, or the day is before the first that the rule set covers.
    """
    known = rule(rule_id)
    if date < known.values[0].start:
        raise InputError(
            f"{known.citation} ({rule_id}) is covered from {known.values[0].start} on; {date} is before that",
            field="date",
        )
    index = max(i for i, value in enumerate(known.values) if value.start <= date)
    value = known.values[index]
    until = known.values[index + 1].start if index + 1 < len(known.values) else None
    return InForce(known, date, value.value, value.start, until, value.reference, value.note)


def rule(rule_id: str) -> Rule:
    """Return one rule by its identifier.

    Raises:
        InputError: there is no such rule.
    """
    known = rules()
    if rule_id not in known:
        raise InputError(f"there is no rule {rule_id!r}{did_you_mean(rule_id, list(known))}", field="rule")
    return known[rule_id]


@functools.cache
def rules() -> dict[str, Rule]:
    """Return every shipped rule by identifier, in the order of the files."""
    found: dict[str, Rule] = {}
    for path in sorted(RULE_DIR.glob("*.yaml")):
        for entry in load(path):
            if entry.id in found:
                raise InputError(f"rule {entry.id!r} is already in {found[entry.id].file}", file=path.name)
            found[entry.id] = entry
    return found


def load(path: Path) -> tuple[Rule, ...]:
    """Read one rule file.

    Raises:
        InputError: names the file, the line and the field that is wrong.
    """
    document = yamlfile.read(path, name=path.name)
    document.keys(("instrument", "reference", "rules"), ("note",))
    if not isinstance(document.at("rules"), list) or not document.at("rules"):
        raise document.error("expected a list of rules", "rules")
    found = tuple(_rule(document, i) for i in range(len(document.at("rules"))))
    names = [entry.id for entry in found]
    for i, name in enumerate(names):
        if name in names[:i]:
            raise document.error(f"rule {name!r} appears twice", "rules", i, "id")
    return found


def _rule(document: yamlfile.Document, index: int) -> Rule:
    place = ("rules", index)
    optional = ("provision", "actor", "decision", "instrument", "reading")
    entry = document.keys(("id", "label", "unit", "effect", "status", "values"), optional, *place)
    unit, status = entry["unit"], entry["status"]
    if unit not in UNITS:
        raise document.error(f"unit {unit!r} is not known{did_you_mean(str(unit), UNITS)}", *place, "unit")
    if status not in STATUSES:
        raise document.error(
            f"status {status!r} is not known{did_you_mean(str(status), STATUSES)}", *place, "status"
        )
    if not isinstance(entry["values"], list) or not entry["values"]:
        raise document.error("expected a list of dated values", *place, "values")
    values = tuple(_dated(document, unit, *place, "values", i) for i in range(len(entry["values"])))
    for i in range(1, len(values)):
        if values[i].start <= values[i - 1].start:
            raise document.error("dated values must follow each other in time", *place, "values", i, "from")
    return Rule(
        id=document.text(*place, "id"),
        instrument=entry.get("instrument") or document.text("instrument"),
        provision=str(entry.get("provision") or ""),
        label=document.text(*place, "label"),
        unit=unit,
        actor=str(entry.get("actor") or ""),
        decision=str(entry.get("decision") or ""),
        effect=document.text(*place, "effect"),
        status=status,
        reading=str(entry.get("reading") or ""),
        values=values,
        file=document.file,
    )


def _dated(document: yamlfile.Document, unit: str, *place: str | int) -> Dated:
    entry = document.keys(("from", "value"), ("reference", "note"), *place)
    value = _value(document, entry["value"], unit, *place, "value")
    reference = entry.get("reference") or document.at("reference")
    return Dated(document.date(*place, "from"), value, str(reference), str(entry.get("note") or ""))


def _value(document: yamlfile.Document, value: Any, unit: str, *place: str | int) -> Value:
    if value is None:
        return None
    if unit in _NUMERIC:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise document.error(f"expected a number of unit {unit}, got {value!r}", *place)
        if value < 0:
            raise document.error(f"a number of unit {unit} cannot be negative, got {value}", *place)
        if unit in ("day", "month", "year") and not isinstance(value, int):
            raise document.error(f"expected whole {unit}s, got {value}", *place)
        return value
    if unit == "list":
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise document.error(f"expected a list of words, got {value!r}", *place)
        return tuple(value)
    if not isinstance(value, str):
        raise document.error(f"expected text, got {value!r}", *place)
    return " ".join(value.split())
