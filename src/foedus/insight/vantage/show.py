"""The hindcast of the product in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console

from foedus.calibrate.results import Hindcast
from foedus.calibrate.show import table
from foedus.insight.vantage.hindcast import EVENTS, HINDSIGHT, MODEL


def by_topic(scores: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Mapping[str, Any]]]:
    """Scores by topic and forecaster, the product first."""
    topics: dict[str, dict[str, Mapping[str, Any]]] = {}
    for name, found in scores.items():
        for topic, row in found.items():
            topics.setdefault(topic, {})[name] = row
    return topics


def measure_of(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """The score by which a topic is ranked: Brier for chances, CRPS for numbers; lower is better."""
    return "brier" if "brier" in next(iter(rows.values())) else "crps"


def best(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """The forecaster with the lowest score; the one with hindsight does not compete."""
    key = measure_of(rows)
    return min((name for name in rows if name != HINDSIGHT), key=lambda name: rows[name][key])


def show_product(result: Hindcast) -> None:
    """Print the statements with their outcomes, then the scores by topic."""
    console = Console()
    said = [
        {
            "statement": row["text"], "by": row["by"], "product": row[MODEL], "base rate": row["base_rate"],
            "came true": "yes" if row["outcome"] else "no",
        }
        for row in result.forecasts
        if row["topic"] == EVENTS
    ]  # fmt: skip
    console.print(table(f"What the product would have said on {result.as_of}", said))
    for topic, rows in by_topic(result.scores).items():
        kept = ("n", "events", "brier", "log_loss", "crps", "mae", "coverage_90")
        listed = [{"forecaster": n, **{k: v for k, v in r.items() if k in kept}} for n, r in rows.items()]
        console.print(table(topic.replace("_", " "), listed))
        console.print(
            f"Lowest {measure_of(rows).upper() if measure_of(rows) == 'crps' else 'Brier'}: {best(rows)}."
        )
    for note in result.notes:
        console.print(f"Note: {note}", soft_wrap=True)
