"""Posterior of the burden-sharing equation by NUTS, with diagnostics that gate.

    log o[i,t]  = alpha[i] + beta_y income + beta_T threat - beta_S spillin
    log s*[i,t] = log o + beta_pledge max(0, log(path / o))
    s[i,t]      = (s[i,t-1] + lambda (s* - s[i,t-1])) exp(f[t] + sum_e delta[e] w[e,t] + u[i,t])
    f[t]        = rho f[t-1] + common_sd z[t],  z ~ normal
    u[i,t]      = own_scale exp(v[t]) times Student t with ``tail`` degrees of freedom;  v persists with ``keep`` around zero

It is the model room's own equation, news and all; every prior of a common coefficient is the register's. ``f`` is what
moves all members in one year (a recession, a change of mood) and is not explained by the threat; ``w`` is 1 in the three
years after an attack by a great power, and the register keeps ``delta`` of the newest; ``u`` is a member's own news,
larger in some years than in others.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from foedus.calibrate.burden_record import BurdenPanel, Floats, burden_panel
from foedus.calibrate.chains import (
    CalibrationError,
    Diagnostics,
    Sampler,
    Settings,
    Tell,
    diagnose,
    run_chains,
)
from foedus.calibrate.extras import require
from foedus.calibrate.priors import priors_of
from foedus.errors import InputError
from foedus.model.parameters import Entry, prior_register

ENTRIES = {
    "beta_y": "burden.income_elasticity",
    "beta_T": "burden.threat_elasticity",
    "beta_S": "burden.spillin_elasticity",
    "beta_pledge": "burden.pledge_effect",
    "lambda": "burden.adjustment_rate",
    "common_sd": "burden.news_common",
    "rho": "burden.news_persistence",
    "own_scale": "burden.news_own",
    "tail": "burden.news_tail",
    "attack": "burden.attack",
    "unrest": "burden.unrest",
    "keep": "burden.unrest_persistence",
}
COLUMNS = tuple(ENTRIES)
SHIPPED = "posterior/spending.csv"


QUICK = Settings(warmup=300, draws=300, chains=2)
FULL = Settings(warmup=1000, draws=1000, chains=4)


@dataclass(frozen=True)
class Posterior:
    """Draws (draw,) of each common coefficient, chain by chain, and their diagnostics."""

    draws: dict[str, Floats]
    chains: int
    diagnostics: Diagnostics


def _prior(entry: Entry) -> Any:
    """The register's prior as a numpyro distribution."""
    dist = require("numpyro.distributions")
    if entry.dist == "normal":
        return (
            dist.TruncatedNormal(entry.a, entry.b, low=entry.lower, high=entry.upper)
            if entry.bounded
            else dist.Normal(entry.a, entry.b)
        )
    if entry.dist == "beta":
        b = entry.b or 2.0
        return dist.Beta(entry.a * b, (1 - entry.a) * b)
    raise InputError(f"no likelihood code for a {entry.dist} prior of {entry.name}")


def _drawn(column: str, entry: Entry) -> Any:
    """A common coefficient from the register's prior; a lognormal one is drawn in logs, where its bounds are simple."""
    numpyro, dist, jnp = require("numpyro"), require("numpyro.distributions"), require("jax.numpy")
    if entry.dist != "lognormal":
        return numpyro.sample(column, _prior(entry))
    low = None if entry.lower is None else np.log(entry.lower)
    logs = numpyro.sample(f"log_{column}", dist.TruncatedNormal(np.log(entry.a), entry.b, low=low))
    return numpyro.deterministic(column, jnp.exp(logs))


def model(panel: BurdenPanel, after: Floats | None) -> None:
    """The numpyro model; ``after`` None samples the outcomes too (simulation-based calibration)."""
    numpyro, dist, jnp = require("numpyro"), require("numpyro.distributions"), require("jax.numpy")
    entries, other = prior_register(), priors_of("burden")
    b = {column: _drawn(column, entries[name]) for column, name in ENTRIES.items()}
    mean, sd = other["own_level"].args
    centre = numpyro.sample("alpha_mean", dist.Normal(mean, sd))
    spread = numpyro.sample("alpha_sd", dist.HalfNormal(other["own_level_spread"].args[0]))
    with numpyro.plate("member", len(panel.members)):
        raw = numpyro.sample("alpha_raw", dist.Normal(0.0, 1.0))
    with numpyro.plate("time", len(panel.years)):
        raw_news = numpyro.sample("news_raw", dist.Normal(0.0, 1.0))
        raw_unrest = numpyro.sample("unrest_raw", dist.Normal(0.0, 1.0))
    unrest = b["unrest"] * jnp.sqrt(1.0 - b["keep"] ** 2) * persistent(b["keep"], raw_unrest)
    news = b["common_sd"] * persistent(b["rho"], raw_news) + b["attack"] * panel.attack[-1]
    for k, years in enumerate(panel.attack[:-1]):
        news = news + numpyro.sample(f"attack_{k}", _prior(entries[ENTRIES["attack"]])) * years
    own = (centre + spread * raw)[panel.member] + b["beta_y"] * panel.income + b["beta_T"] * panel.threat
    own = own - b["beta_S"] * panel.spillin
    wish = own + b["beta_pledge"] * jnp.maximum(0.0, jnp.log(panel.path) - own)
    expected = panel.before + b["lambda"] * (jnp.exp(wish) - panel.before)
    location = jnp.log(jnp.maximum(expected, 1e-3)) + news[panel.year]
    error = dist.StudentT(b["tail"], location, b["own_scale"] * jnp.exp(unrest)[panel.year])
    numpyro.sample("log_after", error, obs=None if after is None else jnp.log(after))


def persistent(rho: Any, raw: Any) -> Any:
    """Standard news ``raw`` (year,) made persistent: the first year at its lasting spread, then a first-order autoregression."""
    jnp = require("jax.numpy")
    years = np.arange(len(raw))
    lag = np.tril(years[:, None] - years)
    weight = jnp.where(np.tri(len(raw)) > 0, rho**lag, 0.0)
    return weight @ jnp.where(years == 0, raw / jnp.sqrt(1.0 - rho**2), raw)


def sampler(panel: BurdenPanel, settings: Settings) -> Sampler:
    """The compiled chain of one panel; outcomes are its argument."""
    return Sampler(partial(model, panel), COLUMNS, settings)


def sample(
    panel: BurdenPanel, after: Floats, settings: Settings, folder: Path | None = None, tell: Tell | None = None
) -> Posterior:
    """Draws of the common coefficients given outcomes ``after``; finished chains are kept in ``folder`` and found there."""
    grouped, divergences = run_chains(sampler(panel, settings), after, folder, "spending", tell)
    return Posterior(
        {c: g.ravel() for c, g in grouped.items()}, settings.chains, diagnose(grouped, divergences)
    )


def fit(settings: Settings, folder: Path | None = None, tell: Tell | None = None) -> Posterior:
    """The posterior on the atlas's panel.

    Errors: CalibrationError where a diagnostic forbids the use of the draws.
    """
    panel = burden_panel()
    posterior = sample(panel, panel.after, settings, folder, tell)
    if posterior.diagnostics.problems:
        raise CalibrationError("the draws are not fit for use: " + "; ".join(posterior.diagnostics.problems))
    return posterior


def thinned(posterior: Posterior, to: int) -> dict[str, Floats]:
    """``to`` draws evenly taken from all chains."""
    size = len(posterior.draws[COLUMNS[0]])
    rows = np.linspace(0, size - 1, min(to, size)).astype(int)
    return {c: posterior.draws[c][rows] for c in COLUMNS}


def as_csv(draws: dict[str, Floats]) -> str:
    """The draws as the text of a CSV file, five significant figures."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([[f"{draws[c][i]:.5g}" for c in COLUMNS] for i in range(len(draws[COLUMNS[0]]))])
    return out.getvalue()


def shipped_draws() -> dict[str, Floats]:
    """The posterior draws that the package was released with."""
    text = resources.files("foedus.calibrate").joinpath(SHIPPED).read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return {c: np.array([float(r[c]) for r in rows]) for c in COLUMNS}


def comparison(draws: dict[str, Floats]) -> list[dict[str, Any]]:
    """Prior and posterior side by side: medians and 5 to 95 per cent, and how much the data narrowed each."""
    entries, out = prior_register(), []
    levels = np.array([0.05, 0.5, 0.95])
    for column, name in ENTRIES.items():
        prior, posterior = entries[name].quantile(levels), np.quantile(draws[column], levels)
        out.append(
            {
                "parameter": name, "column": column, "unit": entries[name].unit,
                "prior_q05": prior[0], "prior_median": prior[1], "prior_q95": prior[2],
                "posterior_q05": posterior[0], "posterior_median": posterior[1], "posterior_q95": posterior[2],
                "width_ratio": (posterior[2] - posterior[0]) / (prior[2] - prior[0]),
            }
        )  # fmt: skip
    return out
