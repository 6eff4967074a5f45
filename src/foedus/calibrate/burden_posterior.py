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
import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from foedus.calibrate.burden_record import BurdenPanel, Floats, burden_panel
from foedus.calibrate.extras import require
from foedus.calibrate.priors import priors_of
from foedus.errors import FoedusError, InputError
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


@dataclass(frozen=True)
class Settings:
    """How long to run. ``quick`` is for a look; the shipped draws come from ``full``."""

    warmup: int
    draws: int
    chains: int
    seed: int = 20260101


QUICK = Settings(warmup=300, draws=300, chains=2)
FULL = Settings(warmup=1000, draws=1000, chains=4)


@dataclass(frozen=True)
class Diagnostics:
    """Worst values over the common coefficients; ``problems`` is empty where the draws may be used."""

    r_hat: float
    ess: float
    divergences: int
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Posterior:
    """Draws (draw,) of each common coefficient, chain by chain, and their diagnostics."""

    draws: dict[str, Floats]
    chains: int
    diagnostics: Diagnostics


class CalibrationError(FoedusError):
    """A sampler's diagnostics forbid the use of its draws."""


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
    numpyro.sample("log_after", error, obs=None if after is None else np.log(after))


def persistent(rho: Any, raw: Any) -> Any:
    """Standard news ``raw`` (year,) made persistent: the first year at its lasting spread, then a first-order autoregression."""
    jnp = require("jax.numpy")
    path = [raw[0] / jnp.sqrt(1.0 - rho**2)]
    for fresh in raw[1:]:
        path.append(rho * path[-1] + fresh)
    return jnp.stack(path)


def _diagnose(mcmc: Any) -> Diagnostics:
    """R-hat, effective sample size and divergences against the gates of ``priors.csv``."""
    stats, gate = require("numpyro.diagnostics"), priors_of("gate")
    grouped = mcmc.get_samples(group_by_chain=True)
    r_hat = max(float(stats.split_gelman_rubin(np.asarray(grouped[c]))) for c in COLUMNS)
    ess = min(float(stats.effective_sample_size(np.asarray(grouped[c]))) for c in COLUMNS)
    divergences = int(np.asarray(mcmc.get_extra_fields()["diverging"]).sum())
    size = int(np.asarray(mcmc.get_extra_fields()["diverging"]).size)
    problems = []
    if not r_hat <= gate["r_hat"].args[0]:
        problems.append(f"R-hat {r_hat:.3f} above {gate['r_hat'].args[0]:g}")
    if not ess >= gate["ess"].args[0]:
        problems.append(f"effective sample size {ess:.0f} below {gate['ess'].args[0]:g}")
    if divergences > gate["divergences"].args[0] * size:
        problems.append(f"{divergences} divergent transitions of {size}")
    return Diagnostics(r_hat, ess, divergences, tuple(problems))


def sample(panel: BurdenPanel, after: Floats, settings: Settings, progress: bool = False) -> Posterior:
    """Draws of the common coefficients given outcomes ``after``."""
    numpyro, infer, random = require("numpyro"), require("numpyro.infer"), require("jax.random")
    numpyro.enable_x64()
    kernel = infer.NUTS(model, target_accept_prob=priors_of("gate")["target_accept"].args[0])
    mcmc = infer.MCMC(
        kernel, num_warmup=settings.warmup, num_samples=settings.draws, num_chains=settings.chains,
        chain_method="sequential", progress_bar=progress,
    )  # fmt: skip
    mcmc.run(random.PRNGKey(settings.seed), panel, after, extra_fields=("diverging",))
    draws = mcmc.get_samples()
    kept = {c: np.asarray(draws[c], dtype=float) for c in COLUMNS}
    return Posterior(kept, settings.chains, _diagnose(mcmc))


def fit(settings: Settings, progress: bool = False) -> Posterior:
    """The posterior on the atlas's panel.

    Errors: CalibrationError where a diagnostic forbids the use of the draws.
    """
    panel = burden_panel()
    posterior = sample(panel, panel.after, settings, progress)
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


def run_in_parts(settings: Settings, directory: Path, progress: bool = False) -> Posterior:
    """Run chain by chain, keeping each finished chain on disk, so that a stopped run goes on where it was.

    Errors: CalibrationError where a diagnostic forbids the use of the draws.
    """
    panel, stats, gate = burden_panel(), require("numpyro.diagnostics"), priors_of("gate")
    directory.mkdir(parents=True, exist_ok=True)
    parts: list[dict[str, Any]] = []
    for chain in range(settings.chains):
        file = directory / f"chain-{settings.seed}-{settings.warmup}-{settings.draws}-{chain}.json"
        if not file.is_file():
            one = Settings(settings.warmup, settings.draws, 1, settings.seed + chain)
            part = sample(panel, panel.after, one, progress)
            content = {
                "draws": {c: part.draws[c].tolist() for c in COLUMNS},
                "divergences": part.diagnostics.divergences,
            }
            partial = file.with_suffix(".tmp")
            partial.write_text(json.dumps(content), encoding="utf-8")
            partial.replace(file)
        parts.append(json.loads(file.read_text(encoding="utf-8")))
    grouped = {c: np.array([p["draws"][c] for p in parts]) for c in COLUMNS}
    r_hat = max(float(stats.split_gelman_rubin(g)) for g in grouped.values())
    ess = min(float(stats.effective_sample_size(g)) for g in grouped.values())
    divergences = sum(p["divergences"] for p in parts)
    problems = [
        text
        for wrong, text in (
            (not r_hat <= gate["r_hat"].args[0], f"R-hat {r_hat:.3f}"),
            (not ess >= gate["ess"].args[0], f"effective sample size {ess:.0f}"),
            (
                divergences > gate["divergences"].args[0] * grouped["beta_y"].size,
                f"{divergences} divergent transitions",
            ),
        )
        if wrong
    ]
    if problems:
        raise CalibrationError("the draws are not fit for use: " + "; ".join(problems))
    diagnostics = Diagnostics(r_hat, ess, divergences, ())
    return Posterior({c: g.ravel() for c, g in grouped.items()}, settings.chains, diagnostics)
