"""All equilibria of many games at once: screened in blocks by several threads, the hard ones searched one by one.

`screen` settles nearly all games with normal private information; what it leaves open, and every game with logistic
information, goes to `equilibria.all_equilibria`, which searches in float64 with a compiled response once there is enough
to repay compiling. Results do not depend on the number of threads. Both paths agree to 1e-9 in the probabilities.
Source and units: as `equilibria`. Invariants: the result does not depend on threads, blocks or the order of games.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from typing import Any

import numpy as np

from foedus.model.games import exact
from foedus.model.games.equilibria import CORNER, Equilibria, Floats, Ints, all_equilibria, corner_exists
from foedus.model.games.screen import PLAIN, Engine, Screened, eligible, screen, take
from foedus.model.games.tails import COARSE, FINE, Fixed, Grade, prepare, refine, respond

CHUNK = 8_192
COMPILE_FROM = 1_024
"""Evaluations in one call below which NumPy is used."""
GAMES_COMPILE_FROM = 20_000
BLOCK = 131_072
"""Games screened at a time by one thread, at most."""
PIECE = 4_096
"""Length for which the two calculations of the search are compiled: small enough for the processor's cache."""
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


def calculations() -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """Return the search's two calculations as JAX functions, each with shapes of its arguments, ready to be compiled.

    To be compiled and called with 64 bits switched on.
    """
    import jax
    import jax.numpy as jnp

    def coarse(fixed: Fixed, x: Any) -> tuple[Any, ...]:
        z, slope, gain, place = respond(jnp, fixed, x, COARSE)
        return z, slope, place.s, gain

    def shapes(grade: Grade) -> tuple[Any, Any]:
        array: Any = jax.ShapeDtypeStruct
        number = array((PIECE,), grade.kind)
        return Fixed._make([number] * 6 + [array((PIECE,), np.bool_)]), number

    return (coarse, shapes(COARSE)), (partial(refine, jnp), shapes(FINE))


def engine_of(coarse: Any, fine: Any) -> Engine:
    """Return an engine made of the two calculations, compiled for `PIECE` games."""

    def adapted(run: Any) -> Any:
        def whole(fixed: Fixed, x: Any) -> Any:
            n = x.size
            spare = -n % PIECE if n else PIECE
            if spare:
                fixed = Fixed._make([np.concatenate([part, np.ones(spare, part.dtype)]) for part in fixed])
                x = np.concatenate([x, np.zeros(spare, x.dtype)])
            cuts = [slice(k, k + PIECE) for k in range(0, x.size, PIECE)]
            parts = [run(take(fixed, cut), x[cut]) for cut in cuts]
            return tuple(np.concatenate([np.asarray(v) for v in part])[:n] for part in zip(*parts, strict=True))

        return whole

    return Engine(adapted(coarse), adapted(fine))


def threads() -> int:
    """Return how many threads to use: as many as this process may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def solve_all(
    games: Floats, family: str = "normal", *, workers: int | None = None, engine: Engine = PLAIN
) -> Equilibria:
    """Find all equilibria of a batch of games (7, n).

    Args:
        games: payoffs, rows in the order of `signalling.Payoffs`, finite.
        family: "normal" or "logistic" private information.
        workers: threads; by default as many as there are processors.
        engine: the calculations of the search, in NumPy or compiled.
    """
    n = games.shape[1]
    if family != "normal":
        if n < GAMES_COMPILE_FROM:
            return all_equilibria(games, family=family)
        return all_equilibria(games, family=family, respond=partial(compiled_response, family=family))
    if n < SCREEN_FROM:
        return all_equilibria(games)
    corner = corner_exists(games)
    crew = workers or threads()
    size = min(BLOCK, -(-n // crew))
    starts = range(0, n, size)

    def block(k: int) -> Screened:
        return screen(games[:, k : k + size], corner[k : k + size], engine)

    if crew == 1 or len(starts) == 1:
        parts = [block(k) for k in starts]
    else:
        with ThreadPoolExecutor(crew) as pool:
            parts = list(pool.map(block, starts))
    game = np.concatenate([part.game + k for k, part in zip(starts, parts, strict=True)])
    settled, _, *columns = (np.concatenate(column) for column in zip(*parts, strict=True))
    rest = np.flatnonzero(~settled)
    hard = all_equilibria(games[:, rest], respond=quick_response)
    return _merge(Screened(settled, game, *columns), hard, rest, np.flatnonzero(corner & settled))


def _merge(found: Screened, hard: Equilibria, rest: Ints, corners: Ints) -> Equilibria:
    """Return one table sorted by game and resistance, with corners added to the screened games."""
    flat = np.zeros(corners.size)
    game = np.concatenate([found.game, corners, rest[hard.game]])
    x = np.concatenate([found.x, np.full(corners.size, -np.inf), hard.x])
    slope = np.concatenate([found.slope, flat, hard.slope])
    error = np.concatenate([found.error, flat, hard.error])
    kind = np.where(np.isneginf(x), CORNER, 0)
    order = np.lexsort((x, game))
    certified = np.ones(found.settled.size, bool)
    certified[rest] = hard.certified
    return Equilibria(game[order], x[order], slope[order], kind[order], error[order], certified)
