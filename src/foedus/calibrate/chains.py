"""NUTS chains by one compiled program: each chain and each set of outcomes reuses it.

Numpyro's own loop over chains is compiled again at each run, which takes longer than the draws of a small model. Here the
kernel's step is compiled once for a short piece of a chain and called until the chain is long enough. Between two pieces a
run can be interrupted and can say how far it is.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.calibrate.extras import require
from foedus.calibrate.priors import priors_of
from foedus.errors import FoedusError

Floats = NDArray[np.float64]
Tell = Callable[[int, int], None]
PIECE = 50
"""Most iterations in one call of the program."""


class CalibrationError(FoedusError):
    """A sampler's diagnostics forbid the use of its draws."""


@dataclass(frozen=True)
class Settings:
    """How long to run each chain, how many chains, and the seed of the first."""

    warmup: int
    draws: int
    chains: int
    seed: int = 20260101


@dataclass(frozen=True)
class Chain:
    """Draws (draw,) of each named site, and how many transitions diverged."""

    draws: dict[str, Floats]
    divergences: int


class Sampler:
    """The compiled chain of one model: ``model(data)`` with outcomes ``data``, or None where they are to be sampled."""

    def __init__(self, model: Callable[[Any], None], names: tuple[str, ...], settings: Settings) -> None:
        jax, infer = require("jax"), require("numpyro.infer")
        kernel = infer.NUTS(model, target_accept_prob=priors_of("gate")["target_accept"].args[0])
        self.settings, self.names = settings, names
        self.piece = math.gcd(settings.warmup, settings.draws, PIECE)

        def start(key: Any, data: Any) -> Any:
            return kernel.init(key, settings.warmup, None, (data,), {})

        def advance(state: Any, data: Any) -> Any:
            def step(state: Any, _: None) -> Any:
                state = kernel.sample(state, (data,), {})
                sites = kernel.postprocess_fn((data,), {})(state.z)
                return state, ({name: sites[name] for name in names}, state.diverging)

            return jax.lax.scan(step, state, None, length=self.piece)

        self._start, self._advance = jax.jit(start), jax.jit(advance)

    def run(self, data: Any, seed: int, tell: Tell | None = None) -> Chain:
        """One chain of draws after warm-up; ``tell`` hears of the iterations done, and of how many there are."""
        jax = require("jax")
        pieces, (warmup, whole) = [], (self.settings.warmup, self.settings.warmup + self.settings.draws)
        with jax.enable_x64(True):
            data = jax.tree.map(jax.numpy.asarray, data)
            state = self._start(jax.random.PRNGKey(seed), data)
            for done in range(self.piece, whole + 1, self.piece):
                state, kept = self._advance(state, data)
                kept = jax.device_get(kept)
                if done > warmup:
                    pieces.append(kept)
                if tell:
                    tell(done, whole)
        draws = {name: np.concatenate([np.asarray(p[0][name], float) for p in pieces]) for name in self.names}
        return Chain(draws, int(sum(np.sum(p[1]) for p in pieces)))


def run_chains(
    sampler: Sampler, data: Any, folder: Path | None, name: str, tell: Tell | None = None
) -> tuple[dict[str, Floats], int]:
    """Draws (chain, draw) of each site, and all divergent transitions; each finished chain is kept in ``folder``."""
    settings, chains = sampler.settings, []
    whole = settings.warmup + settings.draws
    for number in range(settings.chains):
        stem = f"{name}-{settings.seed}-{settings.warmup}-{settings.draws}-{number}.npz"
        file = folder / stem if folder else None
        kept = _read(file, sampler.names) if file else None
        if kept is not None:
            chains.append(kept)
            continue

        def told(done: int, _: int, before: int = number * whole) -> None:
            if tell:
                tell(before + done, settings.chains * whole)

        chains.append(sampler.run(data, settings.seed + number, told))
        if file is not None:
            _keep(file, chains[-1])
    grouped = {site: np.stack([chain.draws[site] for chain in chains]) for site in sampler.names}
    return grouped, sum(chain.divergences for chain in chains)


def keep_arrays(file: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays to a file that is there whole or not at all, also after a kill."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part.npz")
    np.savez(part, allow_pickle=False, **arrays)
    part.replace(file)


def kept_arrays(file: Path, names: tuple[str, ...]) -> dict[str, NDArray[Any]] | None:
    """The arrays kept there; None where there are none or where the file is damaged."""
    try:
        with file.open("rb") as handle, np.load(handle) as kept:
            return {name: np.asarray(kept[name]) for name in names}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _keep(file: Path, chain: Chain) -> None:
    keep_arrays(file, {"divergences": np.array(chain.divergences), **chain.draws})


def _read(file: Path, names: tuple[str, ...]) -> Chain | None:
    found = kept_arrays(file, (*names, "divergences"))
    if found is None:
        return None
    return Chain({name: np.asarray(found[name], float) for name in names}, int(found["divergences"]))


def ranks_file(folder: Path | None, name: str, count: int, settings: Settings) -> Path | None:
    """Where the ranks of a check of ``count`` simulated records are kept."""
    if folder is None:
        return None
    return folder / f"ranks-{name}-{settings.seed}-{settings.warmup}-{settings.draws}-{count}.npz"


def rows_one_by_one(
    make: Callable[[int], list[float]], count: int, file: Path | None, tell: Tell | None = None
) -> Floats:
    """Rows (count, column) of ``make(0)``, ``make(1)`` ...; each is kept in ``file`` when it is made and not made again."""
    kept = kept_arrays(file, ("rows",)) if file else None
    rows: list[list[float]] = [] if kept is None else kept["rows"].tolist()
    for k in range(len(rows), count):
        rows.append(make(k))
        if file is not None:
            keep_arrays(file, {"rows": np.array(rows)})
        if tell:
            tell(k + 1, count)
    return np.array(rows)


@dataclass(frozen=True)
class Diagnostics:
    """Worst values over the entries; ``problems`` is empty where the draws may be used."""

    r_hat: float
    ess: float
    divergences: int
    problems: tuple[str, ...]


def diagnose(grouped: Mapping[str, Floats], divergences: int) -> Diagnostics:
    """Worst R-hat and effective size over the entries, (chain, draw) each, against the gates of ``priors.csv``."""
    stats, gate = require("numpyro.diagnostics"), priors_of("gate")
    r_hat = max(float(stats.split_gelman_rubin(values)) for values in grouped.values())
    ess = min(float(stats.effective_sample_size(values)) for values in grouped.values())
    size = next(iter(grouped.values())).size
    most = {name: gate[name].args[0] for name in ("r_hat", "ess", "divergences")}
    checks = (
        (not r_hat <= most["r_hat"], f"R-hat {r_hat:.3f} above {most['r_hat']:g}"),
        (not ess >= most["ess"], f"effective sample size {ess:.0f} below {most['ess']:g}"),
        (divergences > most["divergences"] * size, f"{divergences} divergent transitions of {size}"),
    )
    return Diagnostics(r_hat, ess, divergences, tuple(text for wrong, text in checks if wrong))
