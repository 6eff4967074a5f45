"""A scenario on top of its base: what the base holds comes first, at the same distance from the start."""

from __future__ import annotations

from collections.abc import Callable

from foedus.scenario.explain import first_sentence
from foedus.scenario.schema import Family, Scenario

Finder = Callable[[str], Scenario]
"""Returns the scenario of a name; raises LookupError with a sentence when there is none."""


class CompositionError(ValueError):
    """A base cannot be put under a scenario; the message says why."""


def resolve(scenario: Scenario, find: Finder) -> Scenario:
    """Return the scenario with its bases folded in: its own ``base`` is then None.

    Base interventions move by the distance between the two starts. Beliefs merge key by key and parameters name
    by name, and the scenario's own win. Raises CompositionError for an unknown base, a circle and what does not
    fit.
    """
    return _fold(scenario, find, (scenario.name,))


def _fold(scenario: Scenario, find: Finder, chain: tuple[str, ...]) -> Scenario:
    if scenario.base is None:
        return scenario
    if scenario.base in chain:
        way = " -> ".join((*chain, scenario.base))
        msg = f"bases must not form a circle, these do: {way}"
        raise CompositionError(msg)
    try:
        found = find(scenario.base)
    except LookupError as error:
        raise CompositionError(str(error.args[0])) from error
    base = _fold(found, find, (*chain, scenario.base))
    return stack(base, scenario)


def stack(base: Scenario, top: Scenario) -> Scenario:
    """Return ``top`` with the base's interventions, beliefs and parameters underneath."""
    try:
        below = base.shifted(top.start).with_horizon(top.horizon)
        data = top.model_dump(by_alias=True)
        own = data["interventions"]
        beliefs = top.beliefs.over(base.beliefs) if top.beliefs else base.beliefs
        data |= {
            "base": None,
            "interventions": [*below.model_dump(by_alias=True)["interventions"], *own],
            "beliefs": None if beliefs is None else beliefs.model_dump(by_alias=True),
            "parameters": {**below.model_dump(by_alias=True)["parameters"], **data["parameters"]},
        }
        return Scenario.model_validate(data)
    except ValueError as error:
        msg = f"the base {base.name} does not fit under {top.name}: {first_sentence(error)}"
        raise CompositionError(msg) from error


def expand(family: Family) -> tuple[Scenario, ...]:
    """Return the family's scenarios, each with what all of them share."""
    expanded = []
    shared = family.model_dump(by_alias=True)
    for one in family.scenarios:
        data = one.model_dump(by_alias=True)
        data["interventions"] = [*shared["interventions"], *data["interventions"]]
        data["parameters"] = {**shared["parameters"], **data["parameters"]}
        data["rationale"] = one.rationale or family.rationale
        data["sources"] = one.sources or family.sources
        expanded.append(Scenario.model_validate(data))
    return tuple(expanded)
