"""Seeded results shaped as a real run: for the report's tests only, the numbers mean nothing."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

MEMBERS = tuple(
    "ALB BEL BGR CAN CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN ISL ITA LTU LUX LVA MKD MNE NLD NOR "  # noqa: SIM905
    "POL PRT ROU SVK SVN SWE TUR".split()
)
EXPOSED = {"EST": 1.6, "LVA": 1.5, "LTU": 1.3, "POL": 0.6, "FIN": 0.8, "NOR": 0.5, "ROU": 0.6}
FRONTLINE = ("EST", "FIN", "LTU", "LVA", "NOR", "POL")
ITEMS = ["strategic_airlift", "air_tankers", "satellite_isr", "armoured_brigades", "deep_strike", "air_defence"]
FOUR = ("treaty-believed", "treaty-hollow", "exit-believed", "exit-hollow")
FOUR_TITLES = (
    "Treaty in force, promise believed",
    "Treaty in force, promise not believed",
    "Treaty ended, promise believed",
    "Treaty ended, promise not believed",
)


@dataclass(frozen=True)
class SyntheticRun:
    """The same fields as an opened results folder."""

    dataset: xr.Dataset
    manifest: dict[str, Any]
    summary: dict[str, Any]
    insight: dict[str, Any] | None
    scenarios: list[dict[str, Any]]
    path: Path = field(default_factory=lambda: Path(tempfile.gettempdir()) / "foedus-synthetic")


def make_run(
    scenarios=FOUR,
    titles=FOUR_TITLES,
    *,
    draws=200,
    quarters=40,
    seed=1,
    spread=1.0,
    reverse=False,
    insight=True,
    missing=("ISL",),
    path=None,
    compare_with=None,
) -> SyntheticRun:
    """Make a run; ``spread`` zero makes all draws equal, ``reverse`` makes the treaty matter more than belief."""
    rng = np.random.default_rng(seed)
    scenarios = list(scenarios)
    base = spread * rng.normal(size=(1, draws, 1, 1)).astype(np.float32)
    member = np.log([EXPOSED.get(m, 0.05) for m in MEMBERS])[None, None, None, :]
    shock = np.array([_shock(s, i, reverse) for i, s in enumerate(scenarios)])[:, None, None, None]
    shock = shock * (1 + 0.3 * spread * rng.normal(size=(1, draws, 1, 1)))
    quarter = [f"{2025 + q // 4}Q{q % 4 + 1}" for q in range(quarters)]
    years = np.arange(2025, 2025 + -(-quarters // 4))
    hazard = 0.0035 * np.exp(0.5 * base + member + shock + 0.01 * np.arange(quarters)[None, None, :, None])
    hazard = np.clip(hazard, 0, 0.6)
    credibility = 1 / (
        1 + np.exp(-(1.4 - 1.4 * shock + 0.4 * base - 0.01 * np.arange(quarters)[None, None, :, None]))
    )
    credibility = np.broadcast_to(credibility, hazard.shape) * np.linspace(0.97, 1.0, len(MEMBERS))
    survive = np.cumprod(1 - hazard, axis=2)
    ends = np.minimum(np.arange(1, len(years) + 1) * 4, quarters) - 1
    cumulative = 1 - survive[:, :, ends]
    annual = 1 - np.exp(np.diff(np.log1p(-cumulative), axis=2, prepend=0.0))
    out = np.array([m in missing for m in MEMBERS])
    dims_q, dims_y = ("scenario", "draw", "quarter", "member"), ("scenario", "draw", "year", "member")
    spending = (
        2 + 0.1 * np.arange(len(years))[None, None, :, None] + 0.2 * np.broadcast_to(base, cumulative.shape)
    )
    data = {
        "credibility": (dims_q, _blank(credibility, out)),
        "challenge_probability_quarterly": (dims_q, _blank(hazard, out)),
        "challenge_probability_annual": (dims_y, _blank(annual, out)),
        "challenge_probability_cumulative": (dims_y, _blank(cumulative, out)),
        "loss_probability_cumulative": (dims_y, _blank(0.4 * cumulative, out)),
        "spending_pct_gdp": (dims_y, _blank(spending, out)),
        "guideline_gap_usd_billion": (dims_y, _blank(4 - spending, out)),
        "population_at_risk_million": (dims_y, _blank(3 * cumulative, out)),
        "frontline": ("member", np.array([m in FRONTLINE for m in MEMBERS])),
        **_ledger(rng, scenarios, draws, spread),
    }
    dataset = xr.Dataset(
        data,
        coords={
            "scenario": scenarios,
            "draw": np.arange(draws),
            "quarter": quarter,
            "year": years,
            "member": list(MEMBERS),
            "item": ITEMS,
            "member_name": ("member", [f"Ally {m}" for m in MEMBERS]),
            "item_label": ("item", [i.replace("_", " ") for i in ITEMS]),
            "item_unit": ("item", ["aircraft", "aircraft", "satellites", "brigades", "missiles", "batteries"]),
        },
    )
    listed = [
        {
            "name": s,
            "title": t,
            "start": "2025-01",
            "horizon": "10y",
            "rationale": f"Why {s}.",
            "compare_with": compare_with,
        }
        for s, t in zip(scenarios, titles, strict=True)
    ]
    extra = {"path": path} if path else {}
    return SyntheticRun(
        dataset,
        _manifest(scenarios, draws, quarters, seed),
        {"schema": 1},
        _insight(scenarios) if insight else None,
        listed,
        **extra,
    )


def _shock(name: str, at: int, reverse: bool) -> float:
    if name not in FOUR:
        return 0.4 * at
    hollow, ended = name.endswith("hollow"), name.startswith("exit")
    strong, weak = 1.5, 0.15
    return (weak if reverse else strong) * hollow + (strong if reverse else weak) * ended


def _blank(values: np.ndarray, out: np.ndarray) -> np.ndarray:
    return np.where(out, np.nan, values).astype(np.float32)


def _ledger(rng, scenarios, draws, spread) -> dict[str, Any]:
    shape = (len(scenarios), draws, len(ITEMS))
    wide = spread * rng.normal(size=(1, draws, len(ITEMS)))
    cost = np.broadcast_to(np.linspace(20, 220, len(ITEMS)) * np.exp(0.3 * wide), shape)
    year = np.broadcast_to(2031 + np.arange(len(ITEMS)) + 1.5 * wide, shape)
    year = np.where(year > 2038, np.nan, year)
    total = cost.sum(axis=2)
    latest = np.where(np.isnan(year).any(axis=2), np.nan, np.nan_to_num(year).max(axis=2))
    dims = ("scenario", "draw", "item")
    return {
        "ledger_gap_units": (dims, np.broadcast_to(np.arange(10, 70, 10.0), shape).astype(np.float32)),
        "ledger_cost_usd_billion": (dims, cost.astype(np.float32)),
        "ledger_year": (dims, year.astype(np.float32)),
        "replacement_cost_usd_billion": (dims[:2], total.astype(np.float32)),
        "replacement_year": (dims[:2], latest.astype(np.float32)),
        "years_to_self_reliance": (dims[:2], (latest - 2025).astype(np.float32)),
    }


def _manifest(scenarios, draws, quarters, seed) -> dict[str, Any]:
    return {
        "fingerprint": "5e" * 32,
        "results_sha256": "a1" * 32,
        "versions": {"foedus": "0.1.0", "jax": "0.8.0", "python": "3.12"},
        "scenarios": [{"name": s} for s in scenarios],
        "seed": seed,
        "draws": draws,
        "quarters": quarters,
        "members": len(MEMBERS),
        "as_of": "2025-08-28",
        "start": "2025-01",
        "wall_seconds": 12.3,
        "compile_seconds": 6.1,
        "draws_per_second": 400.0,
        "peak_memory_mb": 900.0,
        "data_sha256": "d" * 64,
        "code_sha256": "c" * 64,
        "parameters_sha256": "b" * 64,
    }


def _insight(scenarios) -> dict[str, Any]:
    assumptions = [
        {
            "parameter": f"parameter_{i}",
            "meaning": f"What entry {i} of the register stands for, in a sentence of ordinary length",
            "unit": "log odds",
            "status": ("measured", "estimated", "elicited", "assumed")[i % 4],
            "source": "https://example.org/study" if i % 2 else "A study of 2003, table 2",
            "prior": {"dist": "normal", "mean": 1.0, "sd": 0.3},
            "share_of_variance": 0.3 * 0.7**i,
            "direction": (1, -1)[i % 2],
            "outcome_low": 0.1,
            "outcome_high": 0.2,
        }
        for i in range(10)
    ]
    four = None
    if set(FOUR) <= set(scenarios):
        four = {
            "order": {"hollow_worse_share": 0.93},
            "hollow_worse_share_by_member": {"EST": 0.95},
            "treaty_weight_to_flip": {
                "p05": 1.9,
                "p50": 3.1,
                "p95": 5.2,
                "unit": "log odds",
                "prior_p50": 0.4,
                "share_of_draws_unreachable": 0.12,
            },
            "effects": {"believed": {"p50": 0.2}, "treaty": {"p50": 0.02}},
        }
    return {"assumptions": assumptions, "four_worlds": four, "channels": []}
