"""Best responses of many games: compiled for large batches, plain NumPy for small ones.

Compiling takes a second or two, so a batch must be large before it pays. Chunks have one fixed length, so there is one
program for each precision. Results of both paths agree to 1e-12 (float64) or 1e-5 (float32) in the probabilities.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import numpy as np

from foedus.model.games import exact
from foedus.model.games.equilibria import Equilibria, Floats, Respond, all_equilibria

CHUNK = 8_192
COMPILE_FROM = 1_024
"""Evaluations in one call below which NumPy is used."""
GAMES_COMPILE_FROM = 20_000


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


def solve_all(games: Floats, family: str = "normal") -> Equilibria:
    """Find all equilibria of a batch of games (7, n), compiled when the batch is large enough to repay compiling."""
    if games.shape[1] < GAMES_COMPILE_FROM:
        return all_equilibria(games, family=family)
    respond: Respond = partial(compiled_response, family=family)
    return all_equilibria(games, family=family, respond=respond)
