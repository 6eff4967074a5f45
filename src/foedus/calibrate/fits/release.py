"""All fits of the register in their order, each with its gates, and the tables that a release ships.

The explicit likelihoods come first (spending, credibility, posture, ukraine). Their marginals are the priors of the last fit,
``levels``, which weighs draws of the whole simulator against the soft constraints.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from scipy import special
from scipy.linalg import block_diag

from foedus.calibrate import burden_posterior
from foedus.calibrate.chains import CalibrationError, Diagnostics, Settings, Tell
from foedus.calibrate.fits import level_model, likelihoods, nuts, tables, waves
from foedus.calibrate.fits.waves import Floats
from foedus.calibrate.priors import priors_of
from foedus.model import parameters
from foedus.model.parameters import Entry, Register

SEED = 20260101
QUICK = Settings(warmup=300, draws=300, chains=2)
FULL = Settings(warmup=1000, draws=1000, chains=4)
QUICK_WAVES, FULL_WAVES = (3, 250), (5, 500)
SYSTEMS = ("spending", "credibility", "posture", "ukraine", "levels")
SOURCES = {
    "spending": ("Posterior of the burden-sharing equation on the panel 2014-2025", "2025-08"),
    "credibility": ("Posterior on 42 of 102 defence pacts honoured in war 1816-2003", "2018-03"),
    "posture": ("Posterior on US forces in Europe 1957-2025 and orders to cut them since 2017", "2026-05"),
    "ukraine": (
        "Posterior on aid by quarter, quarters without a ceasefire and rates of advance 2022-2026",
        "2026-06",
    ),
    "levels": ("Posterior given the soft constraints on the level of danger and on the theatre", "2026-06"),
}
JOINT = "levels"
"""The fit whose entries are all shipped: what it knows is how they go together."""
MOVED = 0.1
"""A fitted entry whose median moves by less than this many prior sd and whose width by less than a tenth keeps its row."""


@dataclass(frozen=True)
class Result:
    """One fit: draws (draw, entry) with weights, the entries they start from, and what the gates saw."""

    system: str
    names: tuple[str, ...]
    columns: Floats
    weight: Floats
    before: dict[str, Entry]
    report: dict[str, float]

    def marginals(self) -> dict[str, tables.Marginal]:
        """The entries with their posterior's numbers."""
        return {
            name: tables.marginal(self.before[name], self.columns[:, k], self.weight)
            for k, name in enumerate(self.names)
        }


@dataclass(frozen=True)
class Run:
    """How to run the fits: at what length, where finished parts are kept, and whether to show progress."""

    quick: bool = False
    folder: Path | None = None
    tell: Tell | None = None

    def kept(self, base: Register) -> Path | None:
        """The folder of finished parts that belong to this register and to these tables."""
        return self.folder / stamp(base) if self.folder else None


def stamp(base: Register) -> str:
    """Name what decides a fit's numbers: the register before it, the code of both rooms with its tables, and the record."""
    numbers = sorted((e.name, e.dist, e.a, e.b, e.lower, e.upper) for e in base.values())
    total = hashlib.sha256(repr(numbers).encode())
    for room in ("foedus.calibrate", "foedus.model", "foedus.scenario", "foedus.atlas"):
        total.update(_content(resources.files(room)))
    return total.hexdigest()[:12]


def _content(folder: Traversable) -> bytes:
    """Checksum of the code and the tables of a folder; what a fit writes (the posterior) is left out."""
    total = hashlib.sha256()
    for item in sorted(folder.iterdir(), key=lambda f: f.name):
        if item.is_dir() and item.name not in ("__pycache__", "posterior"):
            total.update(item.name.encode() + _content(item))
        elif item.name.endswith((".py", ".csv", ".parquet", ".yaml")) and not item.name.startswith("posterior"):
            total.update(item.name.encode() + item.read_bytes())
    return total.digest()


def explicit(system: str, run: Run) -> Result:
    """Run one of the explicit likelihoods.

    Errors: CalibrationError where a diagnostic forbids the use of the draws.
    """
    prior = parameters.prior_register()
    settings = QUICK if run.quick else FULL
    if system == "spending":
        draws, diagnostics = _spending(run)
    else:
        fit = likelihoods.fits()[system]
        fitted = nuts.run_fit(fit, settings, run.kept(prior), run.tell)
        draws, diagnostics = fitted.draws, fitted.diagnostics
    names = tuple(draws)
    columns = np.stack([draws[name] for name in names], axis=1)
    report = {"r_hat": diagnostics.r_hat, "ess": diagnostics.ess, "divergences": float(diagnostics.divergences)}
    even = np.full(len(columns), 1 / len(columns))
    return Result(system, names, columns, even, {name: prior[name] for name in names}, report)


def _spending(run: Run) -> tuple[dict[str, Floats], Diagnostics]:
    settings = burden_posterior.QUICK if run.quick else burden_posterior.FULL
    fitted = burden_posterior.fit(settings, run.kept(parameters.prior_register()), run.tell)
    return {burden_posterior.ENTRIES[c]: v for c, v in fitted.draws.items()}, fitted.diagnostics


def level_waves(run: Run, base: Register) -> list[waves.Wave]:
    """Run the waves of the fit ``levels`` from the register before it."""
    size = QUICK_WAVES if run.quick else FULL_WAVES
    kept = run.kept(base)
    return waves.run_waves(
        lambda z, seed: level_model.summarise(z, seed, base),
        level_model.target(), len(level_model.fitted_names()), size, SEED,
        kept / f"levels-{size[0]}-{size[1]}" if kept else None, run.tell,
    )  # fmt: skip


def levels(run: Run, base: Register) -> Result:
    """Weigh draws of the whole simulator against the soft constraints.

    Errors: CalibrationError where too few draws are effective or plausible.
    """
    made, target = level_waves(run, base), level_model.target()
    cloud = waves.weigh(made, target)
    names = level_model.fitted_names()
    columns = np.stack(
        [base[name].quantile(special.ndtr(cloud.z[:, k])) for k, name in enumerate(names)], axis=1
    )
    first = target.implausibility(made[0].summaries) <= waves.IMPLAUSIBLE
    report = {
        "draws": float(len(cloud.z)),
        "effective": cloud.effective,
        "largest_weight": float(cloud.weight.max()),
        "plausible_share_of_prior": float(first.mean()),
        "plausible_weight": float(
            cloud.weight[target.implausibility(cloud.summaries) <= waves.IMPLAUSIBLE].sum()
        ),
    }
    needed = priors_of("gate")["ess"].args[0]
    if not cloud.effective >= needed:
        text = f"levels: effective sample size {cloud.effective:.0f} below {needed:g}"
        raise CalibrationError(f"the draws are not fit for use: {text}")
    return Result("levels", names, columns, cloud.weight, {name: base[name] for name in names}, report)


def register_after(results: list[Result]) -> Register:
    """The priors of what runs use with the marginals of the fits in place, later ones over earlier ones."""
    used = parameters.register()
    entries = {name: entry for name, entry in parameters.prior_register().items() if name in used}
    for result in results:
        entries |= {name: m.entry for name, m in result.marginals().items() if moved(result.before[name], m)}
    return entries


def moved(before: Entry, after: tables.Marginal) -> bool:
    """Whether a fit changed an entry by more than its own Monte Carlo noise."""
    low, middle, high = before.quantile(np.array([0.05, 0.5, 0.95]))
    now = after.quantiles
    shift = abs(now[3] - middle) / ((high - low) / 3.29)
    return bool(shift >= MOVED or abs((now[-1] - now[0]) / (high - low) - 1) >= MOVED)


def all_fits(run: Run) -> list[Result]:
    """Every fit in its order."""
    results = [explicit(system, run) for system in SYSTEMS[:-1]]
    return [*results, levels(run, register_after(results))]


def shipped_tables(results: list[Result]) -> dict[str, str]:
    """The texts of ``posterior.csv`` and ``posterior_correlation.csv``."""
    rows: list[dict[str, Any]] = []
    last: dict[str, Result] = {}
    for result in results:
        source, as_of = SOURCES[result.system]
        for name, m in result.marginals().items():
            if result.system == JOINT or moved(result.before[name], m):
                text = f"{source} (foedus calibrate {result.system}), fit to its draws"
                rows.append(tables.row_of(m.entry, result.system, text, as_of))
                last[name] = result
    kept = [(result, [name for name, owner in last.items() if owner is result]) for result in results]
    blocks = [_block(result, own) for result, own in kept if own]
    names = [name for own, _ in blocks for name in own]
    whole = block_diag(*[matrix for _, matrix in blocks])
    return {
        "posterior.csv": tables.posterior_csv(rows),
        "posterior_correlation.csv": tables.correlation_csv(names, whole),
    }


def _block(result: Result, names: list[str]) -> tuple[list[str], Floats]:
    """The entries of one fit with their correlations, without what is within one standard error of zero."""
    places = [result.names.index(name) for name in names]
    found = tables.correlations(result.columns[:, places], result.weight)
    return names, tables.sparse(found, float(np.sqrt(np.sum(result.weight**2))))


def comparison(result: Result) -> list[dict[str, Any]]:
    """Prior and posterior of each entry side by side: medians and 5 to 95 percent, and the ratio of widths."""
    out = []
    for k, name in enumerate(result.names):
        prior = parameters.prior_register()[name].quantile(np.array([0.05, 0.5, 0.95]))
        now = tables.weighted_quantiles(result.columns[:, k], result.weight, np.array([0.05, 0.5, 0.95]))
        out.append(
            {
                "parameter": name, "unit": result.before[name].unit,
                **{f"prior_{q}": float(x) for q, x in zip(("q05", "median", "q95"), prior, strict=True)},
                **{f"posterior_{q}": float(x) for q, x in zip(("q05", "median", "q95"), now, strict=True)},
                "width_ratio": float((now[2] - now[0]) / (prior[2] - prior[0])),
            }
        )  # fmt: skip
    return out


def constraint_rows(made: list[waves.Wave]) -> list[dict[str, Any]]:
    """Each soft constraint with the simulator's summary before and after the fit."""
    target = level_model.target()
    cloud = waves.weigh(made, target)
    out = []
    for k, row in enumerate(level_model.constraints()):
        scale = row["scale"]

        def shown(values: Any, scale: str = scale) -> list[float]:
            return [float(x) for x in np.atleast_1d(level_model.off_scale(np.asarray(values), scale))]

        first, every = made[0].summaries[:, k], cloud.summaries[:, k]
        even = np.full(len(first), 1 / len(first))
        ends = np.array([0.05, 0.5, 0.95])
        out.append(
            {
                "constraint": row["name"], "unit": row["unit"], "centre": shown(target.centre[k])[0],
                "low": shown(target.centre[k] - 1.645 * target.sd[k])[0],
                "high": shown(target.centre[k] + 1.645 * target.sd[k])[0],
                "before": shown(tables.weighted_quantiles(first, even, ends)),
                "after": shown(tables.weighted_quantiles(every, cloud.weight, ends)),
            }
        )  # fmt: skip
    return out
