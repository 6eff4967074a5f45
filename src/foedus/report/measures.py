"""The headline measures: where they are found, what they are called, how they are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foedus.report.numbers import percent, quantity


@dataclass(frozen=True)
class Measure:
    """One measure of the results folder.

    ``axis`` is ``quarter``, ``year`` or ``run`` (one value for the whole run); ``scale`` turns the stored value
    into the one that is shown (100 for percent).
    """

    name: str
    title: str
    unit: str
    axis: str
    text: Callable[[float], str]
    scale: float = 1.0
    meaning: str = ""


CREDIBILITY = Measure(
    "credibility",
    "Credibility of the guarantee",
    "percent",
    "quarter",
    percent,
    100.0,
    "chance, in the adversary's eyes, that the patron fights if this ally is attacked; last quarter",
)
CHALLENGE_YEAR = Measure(
    "challenge_probability_annual",
    "Chance of a challenge in a year",
    "percent",
    "year",
    percent,
    100.0,
    "chance of at least one militarised act against this ally in the last year of the run",
)
CHALLENGE = Measure(
    "challenge_probability_cumulative",
    "Chance of a challenge over the run",
    "percent",
    "year",
    percent,
    100.0,
    "chance of at least one challenge from the first year to the last",
)
LOSS = Measure(
    "loss_probability_cumulative",
    "Chance of a successful challenge over the run",
    "percent",
    "year",
    percent,
    100.0,
    "chance of at least one challenge that reaches its aim",
)
SPENDING = Measure(
    "spending_pct_gdp",
    "Defence spending",
    "% of GDP",
    "year",
    quantity,
    1.0,
    "defence spending in the last year of the run",
)
GUIDELINE_GAP = Measure(
    "guideline_gap_usd_billion",
    "Gap to the spending guideline",
    "bn USD a year",
    "year",
    quantity,
    1.0,
    "what is missing to the guideline in the last year of the run; below zero when it is passed",
)
AT_RISK = Measure(
    "population_at_risk_million",
    "Expected population at risk",
    "million persons",
    "year",
    quantity,
    1.0,
    "population in territory at risk times the chance that it comes to that, last year of the run",
)
ALLY_TABLE: tuple[Measure, ...] = (
    CREDIBILITY,
    CHALLENGE_YEAR,
    CHALLENGE,
    LOSS,
    SPENDING,
    GUIDELINE_GAP,
    AT_RISK,
)
FANS: tuple[Measure, ...] = (CREDIBILITY, CHALLENGE_YEAR, SPENDING)
