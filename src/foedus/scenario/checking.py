"""A report on each scenario file: what it holds, or the one thing to mend first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from foedus.errors import InputError
from foedus.scenario.interventions import SetPledge
from foedus.scenario.loading import load
from foedus.scenario.register import parameter_names
from foedus.scenario.schema import Scenario


@dataclass(frozen=True)
class Report:
    """What the check of one file found; ``line``, ``field`` and ``message`` are of the first problem."""

    file: str
    ok: bool
    text: str
    scenarios: tuple[str, ...] = ()
    line: int | None = None
    field: str | None = None
    message: str | None = None


def check(sources: Sequence[str]) -> tuple[Report, ...]:
    """Check files or shipped names, each by itself."""
    return tuple(_check(source) for source in sources)


def as_json(reports: Sequence[Report]) -> str:
    """Return reports as JSON text."""
    return json.dumps([asdict(report) for report in reports], indent=2, ensure_ascii=False)


def _check(source: str) -> Report:
    try:
        found = load(source, known_parameters=parameter_names())
    except InputError as error:
        text = " ".join(str(error).split())
        return Report(source, False, text, line=error.line, field=error.field, message=error.message)
    lines = [
        f"{source}: {one.name} is right, {len(one.interventions)} interventions from {one.quarters[0]}"
        f" to {one.quarters[-1]}"
        for one in found
    ]
    lines += [line for one in found for line in _councils(one)]
    return Report(source, True, "\n".join(lines), scenarios=tuple(one.name for one in found))


def _councils(scenario: Scenario) -> list[str]:
    """Say on which level a council asked for by the scenario settles."""
    acts = [act for act in scenario.interventions if isinstance(act, SetPledge) and act.council is not None]
    if not acts:
        return []
    from foedus.scenario.compile import compile_controls, first_day
    from foedus.scenario.world import build_world

    guideline = compile_controls(scenario, build_world(first_day(scenario.start))).guideline
    return [
        f"  {act.at}: the council of allies settles on {100 * float(guideline[scenario.step_of(act.at)]):.2f} percent of GDP"
        f" ({act.council})"
        for act in acts
    ]
