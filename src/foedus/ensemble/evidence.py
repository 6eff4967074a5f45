"""Beliefs from a ledger of evidence, put in place of a scenario's prior over types."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from foedus.evidence import beliefs
from foedus.model.parameters import register
from foedus.scenario.interventions import Types
from foedus.scenario.schema import Beliefs, Scenario


def prior_types() -> dict[str, float]:
    """Return the register's median prior over the types of the present administration."""
    entries = register()
    committed = entries["politics.present_committed"].a
    withdrawing = entries["politics.present_withdrawing_given_not_committed"].a
    rest = 1.0 - committed
    return {
        "committed": committed,
        "transactional": rest * (1.0 - withdrawing),
        "withdrawing": rest * withdrawing,
    }


def with_evidence(scenarios: Iterable[Scenario], ledger: Path) -> tuple[Scenario, ...]:
    """Return the scenarios with the ledger's posterior as both observers' prior; what a scenario states itself wins."""
    found = beliefs(ledger, prior_types())
    stated = Beliefs(administration=Types(**found.probabilities))
    return tuple(
        one.model_copy(update={"beliefs": stated if one.beliefs is None else one.beliefs.over(stated)})
        for one in scenarios
    )
