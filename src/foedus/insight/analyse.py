"""insight.json: which assumptions matter, which channel does it, and what the four worlds say."""

from __future__ import annotations

from foedus.ensemble.results import INSIGHT, Run, write_json
from foedus.insight.assumptions import rank_assumptions
from foedus.insight.channels import parts_of_run
from foedus.insight.four_worlds import WORLDS, four_worlds


def analyse(run: Run) -> dict[str, object]:
    """Compute the insight of a run, write it beside the results and return it."""
    names = [str(name) for name in run.dataset["scenario"].values]
    insight: dict[str, object] = {
        "assumptions": rank_assumptions(run),
        "four_worlds": four_worlds(run) if set(WORLDS) <= set(names) else None,
        "channels": parts_of_run(run),
    }
    write_json(insight, run.path / INSIGHT)
    run.__dict__.pop("insight", None)
    return insight
