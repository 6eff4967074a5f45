"""What a procedure comes to: steps with dates and probabilities, the date of effect, warnings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foedus.law import clocks, rules
from foedus.law.engine import Machine, Path, paths

HORIZON_YEARS = (1, 2, 4, 10)


@dataclass(frozen=True)
class Step:
    """One step: date is the median over the ways that reach it, probability the chance that one does."""

    date: dt.date
    earliest: dt.date
    latest: dt.date
    actor: str
    step: str
    rule_id: str | None
    citation: str | None
    probability: float
    state: str

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "date": self.date.isoformat(),
            "actor": self.actor,
            "step": self.step,
            "rule_id": self.rule_id,
            "citation": self.citation,
            "probability": _round(self.probability),
            "earliest": self.earliest.isoformat(),
            "latest": self.latest.isoformat(),
        }


@dataclass(frozen=True)
class Effective:
    """When the procedure takes effect. A percentile is None where that much probability is not reached."""

    earliest: dt.date | None
    p05: dt.date | None
    p50: dt.date | None
    p95: dt.date | None
    probability_by_horizon: dict[str, float]
    probability_ever: float

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        dates = {name: getattr(self, name) for name in ("earliest", "p05", "p50", "p95")}
        return {
            **{name: date.isoformat() if date else None for name, date in dates.items()},
            "probability_by_horizon": {
                key: _round(value) for key, value in self.probability_by_horizon.items()
            },
            "probability_ever": _round(self.probability_ever),
        }


@dataclass(frozen=True)
class Timeline:
    """A procedure run on a date: exact where every branch is fixed, a distribution where not."""

    procedure: str
    title: str
    as_of: dt.date
    start: dt.date
    effect: str
    steps: tuple[Step, ...]
    effective: Effective
    outcomes: dict[str, float]
    warnings: tuple[str, ...]
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """Whether nothing was left to chance."""
        return all(step.probability == 1.0 and step.earliest == step.latest for step in self.steps)

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON, as the command line prints them."""
        return {
            "procedure": self.procedure,
            "title": self.title,
            "as_of": self.as_of.isoformat(),
            "start": self.start.isoformat(),
            "effect": self.effect,
            "steps": [step.to_json() for step in self.steps],
            "effective": self.effective.to_json(),
            "outcomes": {key: _round(value) for key, value in self.outcomes.items()},
            "warnings": list(self.warnings),
            "details": self.details,
        }


def timeline(
    machine: Machine, warnings: Sequence[str] = (), details: Mapping[str, Any] | None = None
) -> Timeline:
    """Run a bound procedure and lay out what can happen."""
    ways = paths(machine)
    return Timeline(
        procedure=machine.procedure.id,
        title=machine.procedure.title,
        as_of=machine.as_of,
        start=machine.start,
        effect=machine.procedure.effect,
        steps=_steps(machine, ways),
        effective=effective(distribution(machine, ways), machine.start),
        outcomes=_outcomes(machine, ways),
        warnings=tuple(warnings),
        details=dict(details or {}),
    )


def distribution(machine: Machine, ways: Sequence[Path] | None = None) -> dict[dt.date, float]:
    """Return the probability of each date of effect; what is missing to one is the chance of no effect."""
    found: dict[dt.date, float] = {}
    for way in paths(machine) if ways is None else ways:
        if machine.nodes[way.end].end == "effect":
            found[way.date] = found.get(way.date, 0.0) + way.probability
    return dict(sorted(found.items()))


def effective(dates: Mapping[dt.date, float], start: dt.date) -> Effective:
    """Return earliest date, percentiles and chances; no effect counts as later than any date."""
    ordered = sorted(dates.items())
    by_horizon = {}
    for years in HORIZON_YEARS:
        last = clocks.add(start, years, "year")
        by_horizon[f"{years}y"] = min(1.0, sum(p for date, p in ordered if date <= last))
    return Effective(
        earliest=ordered[0][0] if ordered else None,
        p05=_quantile(ordered, 0.05),
        p50=_quantile(ordered, 0.50),
        p95=_quantile(ordered, 0.95),
        probability_by_horizon=by_horizon,
        probability_ever=min(1.0, sum(p for _, p in ordered)),
    )


def _quantile(ordered: Sequence[tuple[dt.date, float]], share: float) -> dt.date | None:
    total = 0.0
    for date, probability in ordered:
        total += probability
        if total >= share - 1e-12:
            return date
    return None


def _steps(machine: Machine, ways: Sequence[Path]) -> tuple[Step, ...]:
    reached: dict[str, dict[dt.date, float]] = {}
    for way in ways:
        for name, date in way.trail:
            dates = reached.setdefault(name, {})
            dates[date] = dates.get(date, 0.0) + way.probability
    order = {name: i for i, name in enumerate(machine.procedure.order)}
    steps = [
        _step(machine, name, dates)
        for name, dates in reached.items()
        if not machine.procedure.states[name].quiet
    ]
    return tuple(sorted(steps, key=lambda step: (step.date, order[step.state])))


def _step(machine: Machine, name: str, dates: Mapping[dt.date, float]) -> Step:
    state = machine.procedure.states[name]
    total = sum(dates.values())
    ordered = sorted(dates.items())
    middle = _quantile([(date, p / total) for date, p in ordered], 0.5)
    words = {key: value for key, value in machine.facts.items() if value is not None}
    rule = rules.rule(state.rule.format_map(words)) if state.rule else None
    return Step(
        date=middle or ordered[-1][0],
        earliest=ordered[0][0],
        latest=ordered[-1][0],
        actor=state.actor.format_map(words),
        step=state.step.format_map(words),
        rule_id=rule.id if rule else None,
        citation=rule.citation if rule else None,
        probability=_round(total),
        state=name,
    )


def _outcomes(machine: Machine, ways: Sequence[Path]) -> dict[str, float]:
    found: dict[str, float] = {}
    for way in ways:
        found[way.end] = found.get(way.end, 0.0) + way.probability
    return {name: _round(found[name]) for name in machine.procedure.order if name in found}


def _round(number: float) -> float:
    return min(1.0, round(number, 6))
