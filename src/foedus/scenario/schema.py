"""Scenario and family: the frozen records that a scenario file becomes."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from foedus.errors import did_you_mean
from foedus.scenario import alliance, dates
from foedus.scenario.distributions import Override
from foedus.scenario.fields import (
    MOST_SOURCES,
    Horizon,
    Line,
    Location,
    Month,
    Name,
    Share,
    Text,
    problems,
)
from foedus.scenario.interventions import SUM_TOLERANCE, Act, HoldBeliefs, Intervention, Types
from foedus.scenario.records import Record

BASELINE = "baseline"
MOST_INTERVENTIONS = 500
MOST_PARAMETERS = 1000
MOST_SCENARIOS = 100

Problem = tuple[Location, str, Any]


class Beliefs(Record):
    """Stipulated beliefs at the start, in place of the pooled prior; what is left out keeps the prior."""

    administration: Types | None = Field(
        default=None, description="both observers' prior over the type of the present administration"
    )
    adversary: Types | None = Field(default=None, description="the adversary's prior, where it differs")
    allies: Types | None = Field(default=None, description="the allies' prior, where it differs")
    truth: Types | None = Field(
        default=None,
        description="distribution of the present administration's actual type, which the draws sample",
    )
    next: Types | None = Field(default=None, description="distribution of the types of the next administration")

    def over(self, base: Beliefs | None) -> Beliefs:
        """Return these beliefs on top of a base: what is given here wins, key by key."""
        if base is None:
            return self
        given = {key: value for key, value in self if value is not None}
        return base.model_copy(update=given)


class Scenario(Record):
    """A named set of interventions, beliefs and parameters on top of a base."""

    name: Name = Field(description="short name: lower-case letters, digits and hyphens")
    title: Line = Field(description="title for tables and charts")
    start: Month = Field(description="first month; the run starts with the calendar quarter that contains it")
    horizon: Horizon = Field(description="length in years (10y), quarters (8q) or months (18m)")
    base: Name | None = Field(
        default=BASELINE,
        description="scenario whose interventions, beliefs and parameters come first: a shipped one, one of "
        "the same family, or NAME.yaml in the same folder; null for none",
    )
    rationale: Text = Field(default="", description="why this is worth asking, in a paragraph")
    sources: tuple[Text, ...] = Field(
        default=(), max_length=MOST_SOURCES, description="where the values come from, one line each"
    )
    interventions: tuple[Intervention, ...] = Field(
        default=(), max_length=MOST_INTERVENTIONS, description="what is done to the world, in any order"
    )
    beliefs: Beliefs | None = Field(
        default=None, description="beliefs at the start, in place of the pooled prior"
    )
    parameters: dict[str, Override] = Field(
        default_factory=dict,
        max_length=MOST_PARAMETERS,
        description="register entries replaced, by name: a number or a distribution",
    )
    compare_with: Name | None = Field(default=None, description="scenario to subtract, draw by draw")
    weight: Share | None = Field(default=None, description="weight within a family; the weights sum to 1")
    notes: Text = Field(default="", description="remarks for the reader")

    @model_validator(mode="before")
    @classmethod
    def _baseline_has_no_base(cls, data: object) -> object:
        if isinstance(data, dict) and data.get("name") == BASELINE and "base" not in data:
            return {**data, "base": None}
        return data

    @model_validator(mode="after")
    def _consistent(self) -> Scenario:
        found = [*start_problems(self.start), *overlapping_holds(self.interventions)]
        for place, act in enumerate(self.interventions):
            for key, text, value in span_problems(act, self.start, self.end):
                found.append((("interventions", place, *key), text, value))
        if found:
            raise problems("Scenario", found)
        return self

    @property
    def horizon_quarters(self) -> int:
        """Number of quarters."""
        return dates.horizon_quarters(self.horizon)

    @property
    def start_quarter(self) -> str:
        """Name of the first quarter, such as 2026Q1."""
        return dates.quarter_text(dates.quarter_index(self.start))

    @property
    def quarters(self) -> tuple[str, ...]:
        """Names of all quarters in order."""
        first = dates.quarter_index(self.start)
        return tuple(dates.quarter_text(first + step) for step in range(self.horizon_quarters))

    @property
    def end(self) -> str:
        """First month after the horizon."""
        return dates.add_months(self.start, 3 * self.horizon_quarters)

    def step_of(self, month: str) -> int:
        """Return which quarter of the run contains a month: 0 for the first, negative before the start."""
        return dates.quarter_index(month) - dates.quarter_index(self.start)

    def shifted(self, start: str) -> Scenario:
        """Return the scenario at another start, every date in it moved by the same number of months."""
        months = dates.month_index(start) - dates.month_index(self.start)
        data = self.model_dump(by_alias=True)
        for act in data["interventions"]:
            for key in ("at", "until", "deadline", "by"):
                if act.get(key) is not None:
                    act[key] = dates.add_months(act[key], months)
        return Scenario.model_validate({**data, "start": start})

    def with_horizon(self, horizon: str) -> Scenario:
        """Return the scenario with another horizon; interventions that start after it fall away."""
        end = dates.month_index(self.start) + 3 * dates.horizon_quarters(horizon)
        kept = []
        for act in self.model_dump(by_alias=True)["interventions"]:
            if dates.month_index(act["at"]) >= end:
                continue
            if act["until"] is not None and dates.month_index(act["until"]) > end:
                act["until"] = dates.month_text(end)
            kept.append(act)
        data = {**self.model_dump(by_alias=True), "horizon": horizon, "interventions": kept}
        return Scenario.model_validate(data)


class Family(Record):
    """Several scenarios that are run and compared together."""

    name: Name = Field(description="short name: lower-case letters, digits and hyphens")
    title: Line = Field(description="title for tables and charts")
    rationale: Text = Field(default="", description="why the scenarios belong together, in a paragraph")
    sources: tuple[Text, ...] = Field(
        default=(), max_length=MOST_SOURCES, description="where the values come from, one line each"
    )
    start: Month | None = Field(default=None, description="start of every scenario that names none")
    horizon: Horizon | None = Field(default=None, description="horizon of every scenario that names none")
    interventions: tuple[Intervention, ...] = Field(
        default=(), max_length=MOST_INTERVENTIONS, description="interventions that all scenarios share"
    )
    parameters: dict[str, Override] = Field(
        default_factory=dict,
        max_length=MOST_PARAMETERS,
        description="register entries that all scenarios replace",
    )
    scenarios: tuple[Scenario, ...] = Field(
        min_length=1, max_length=MOST_SCENARIOS, description="the scenarios, each written as a scenario file is"
    )
    notes: Text = Field(default="", description="remarks for the reader")

    @model_validator(mode="before")
    @classmethod
    def _hand_down(cls, data: object) -> object:
        if not isinstance(data, dict) or not isinstance(data.get("scenarios"), list | tuple):
            return data
        shared = {key: data[key] for key in ("start", "horizon") if isinstance(data.get(key), str)}
        members = [{**shared, **one} if isinstance(one, dict) else one for one in data["scenarios"]]
        return {**data, "scenarios": members}

    @model_validator(mode="after")
    def _consistent(self) -> Family:
        found = [*_name_problems(self.scenarios), *_weight_problems(self.scenarios)]
        for place, act in enumerate(self.interventions):
            for one in self.scenarios:
                for key, text, value in span_problems(act, one.start, one.end)[:1]:
                    found.append((("interventions", place, *key), text, value))
        if found:
            raise problems("Family", found)
        return self


def start_problems(start: str) -> list[Problem]:
    """Say whether the record allows a run to start in this month."""
    month = dates.month_index(start)
    first, last = alliance.first_start(), alliance.last_start()
    if month < dates.month_index(first):
        return [(("start",), f"must not lie before the atlas begins ({first}), got {start}", start)]
    if month > dates.month_index(last):
        return [(("start",), f"must not lie after the atlas ends ({last}), got {start}", start)]
    return []


def span_problems(act: Act, start: str, end: str) -> list[Problem]:
    """Say whether an intervention lies within [start, end)."""
    at, first, last = (dates.month_index(month) for month in (act.at, start, end))
    if at < first:
        return [(("at",), f"must not lie before the start ({start}), got {act.at}", act.at)]
    if at >= last:
        text = f"must lie within the horizon, which ends before {end}, got {act.at}"
        return [(("at",), text, act.at)]
    if act.until is not None and dates.month_index(act.until) > last:
        text = (
            f"must not lie after the horizon's end ({end}), got {act.until}: leave it out to go on to the end"
        )
        return [(("until",), text, act.until)]
    return []


def overlapping_holds(acts: tuple[Act, ...]) -> list[Problem]:
    """Refuse two holds on one observer's beliefs at the same time: it would be unclear which counts."""
    found: list[Problem] = []
    holds = [(place, act) for place, act in enumerate(acts) if isinstance(act, HoldBeliefs)]
    for order, (place, act) in enumerate(holds):
        for _, earlier in holds[:order]:
            both = sorted(set(act.observers) & set(earlier.observers))
            if both and _overlap(act, earlier):
                whose = " and ".join(both)
                text = f"beliefs of {whose} are already held from {earlier.at}: end that hold with until"
                found.append((("interventions", place, "at"), text, act.at))
                break
    return found


def _overlap(one: Act, other: Act) -> bool:
    def ends(act: Act) -> int:
        return dates.month_index(act.until or "9999-12")

    return dates.month_index(one.at) < ends(other) and dates.month_index(other.at) < ends(one)


def _name_problems(scenarios: tuple[Scenario, ...]) -> list[Problem]:
    seen: set[str] = set()
    found: list[Problem] = []
    for place, one in enumerate(scenarios):
        if one.name in seen:
            text = f"the name {one.name} is taken by another scenario of the family: choose another"
            found.append((("scenarios", place, "name"), text, one.name))
        seen.add(one.name)
    return found


def _weight_problems(scenarios: tuple[Scenario, ...]) -> list[Problem]:
    weights = [one.weight for one in scenarios]
    given = [weight for weight in weights if weight is not None]
    if not given:
        return []
    if len(given) < len(weights):
        place = weights.index(None)
        return [
            (
                ("scenarios", place, "weight"),
                "missing: give every scenario of the family a weight, or none",
                None,
            )
        ]
    if abs(sum(given) - 1) > SUM_TOLERANCE:
        text = f"the weights of a family must sum to 1, they sum to {sum(given):.6g}"
        return [(("scenarios", 0, "weight"), text, weights[0])]
    return []


def document_model(data: object) -> type[Scenario] | type[Family]:
    """Return what a file holds: a family where it has the key ``scenarios``, or a close misspelling of it."""
    if isinstance(data, dict):
        if "scenarios" in data:
            return Family
        lone = {"start", "horizon", "interventions"}
        if not lone & data.keys() and any("'scenarios'" in did_you_mean(str(k), ["scenarios"]) for k in data):
            return Family
    return Scenario
