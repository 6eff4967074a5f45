"""All equilibria of many games at once: screened in blocks by several threads, the hard ones searched one by one.

`screen` settles nearly all games with normal private information; what it leaves open, and every game with logistic
information, goes to `equilibria.all_equilibria`, which searches in float64 with a compiled response once there is enough
to repay compiling. Results do not depend on the number of threads. Both paths agree to 1e-9 in the probabilities.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from typing import Any

import numpy as np

from foedus.model.games import exact
from foedus.model.games.equilibria import CORNER, Equilibria, Floats, Ints, all_equilibria, corner_exists
from foedus.model.games.screen import Screened, eligible, screen
from foedus.model.games.tails import FINE, prepare, respond

CHUNK = 8_192
COMPILE_FROM = 1_024
"""Evaluations in one call below which NumPy is used."""
GAMES_COMPILE_FROM = 20_000
BLOCK = 32_768
SCREEN_FROM = 64
"""Games below which there is nothing to gain from screening."""


@lru_cache(maxsize=4)
def _program(family: str) -> Any:
    import jax

    from foedus.model.games import signalling

    def both(games: Any, x: Any) -> tuple[Any, Any]:
        return signalling.response(signalling.Payoffs(*games), x, family)  # type: ignore[arg-type]

    return jax.jit(both)


def compiled_response(games: Floats, x: Floats, family: str = "normal") -> tuple[Floats, Floats]:
    """As `exact.response`, chunk by chunk through a compiled float64 program."""
    n = x.size
    if n < COMPILE_FROM:
        return exact.response(games, x, family)
    import jax

    spare = -n % CHUNK
    games = np.pad(games, ((0, 0), (0, spare)), mode="edge")
    x = np.pad(x, (0, spare), mode="edge")
    with jax.enable_x64():
        run = _program(family)
        parts = [run(games[:, k : k + CHUNK], x[k : k + CHUNK]) for k in range(0, n, CHUNK)]
        z, slope = (np.concatenate([np.asarray(part[k]) for part in parts])[:n] for k in (0, 1))
    return z, slope


def quick_response(games: Floats, x: Floats) -> tuple[Floats, Floats]:
    """As `exact.response` for normal information, by the cheaper formulas wherever payoffs are moderate."""
    fit = eligible(games) & np.isfinite(x)
    if not fit.all():
        z, slope = exact.response(games, x)
        if fit.any():
            z[fit], slope[fit] = quick_response(games[:, fit], x[fit])
        return z, slope
    parts = []
    with np.errstate(all="ignore"):
        for k in range(0, x.size, 4_096):
            here = slice(k, k + 4_096)
            parts.append(respond(np, prepare(games[:, here], FINE), x[here], FINE)[:2])
    z, slope = (np.concatenate(column) for column in zip(*parts, strict=True)) if parts else (x, x)
    return z, np.nan_to_num(slope, nan=0.0)


def threads() -> int:
    """Return how many threads to use: as many as this process may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def solve_all(games: Floats, family: str = "normal", workers: int | None = None) -> Equilibria:
    """Find all equilibria of a batch of games (7, n).

    Args:
        games: payoffs, rows in the order of `signalling.Payoffs`, finite.
        family: "normal" or "logistic" private information.
        workers: threads; by default as many as there are processors.
    """
    n = games.shape[1]
    if family != "normal":
        if n < GAMES_COMPILE_FROM:
            return all_equilibria(games, family=family)
        return all_equilibria(games, family=family, respond=partial(compiled_response, family=family))
    if n < SCREEN_FROM:
        return all_equilibria(games)
    starts = range(0, n, BLOCK)
    with ThreadPoolExecutor(min(workers or threads(), len(starts))) as pool:
        parts = list(pool.map(lambda k: _block(games[:, k : k + BLOCK], k), starts))
    tables = [part[0] for part in parts]
    columns = [np.concatenate(column) for column in zip(*tables, strict=True)]
    return Equilibria(*columns)


def _block(games: Floats, first: int) -> tuple[Equilibria, Ints]:
    """Equilibria of one block whose first game has the number ``first``."""
    corner = corner_exists(games)
    found = screen(games, corner)
    rest = np.flatnonzero(~found.settled)
    certified = np.ones(games.shape[1], bool)
    hard = all_equilibria(games[:, rest], respond=quick_response)
    certified[rest] = hard.certified
    corners = np.flatnonzero(corner & found.settled)
    return _merge(found, hard, rest, corners, certified, first), rest


def _merge(
    found: Screened, hard: Equilibria, rest: Ints, corners: Ints, certified: np.ndarray, first: int
) -> Equilibria:
    """Return one table sorted by game and resistance, with corners added to the screened games."""
    flat = np.zeros(corners.size)
    game = np.concatenate([found.game, corners, rest[hard.game]])
    x = np.concatenate([found.x, np.full(corners.size, -np.inf), hard.x])
    slope = np.concatenate([found.slope, flat, hard.slope])
    error = np.concatenate([found.error, flat, hard.error])
    kind = np.where(np.isneginf(x), CORNER, 0)
    order = np.lexsort((x, game))
    return Equilibria(game[order] + first, x[order], slope[order], kind[order], error[order], certified)
