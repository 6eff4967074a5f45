"""The search's calculations as compiled programs, kept between runs in the user's own cache (FOEDUS_CACHE moves it).

Compiling takes some ten seconds, so it pays for a million games or more; a kept program loads in a tenth of a second and
pays for far fewer. A kept program is known by the games' code, the library versions, the compiler's flags and the
processor; a damaged or foreign file is compiled anew.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from foedus import user_cache
from foedus.model.games import batch, tails
from foedus.model.games.equilibria import Equilibria, Floats
from foedus.model.games.screen import PLAIN, Engine

COMPILE_FROM = 1_000_000
"""Games for which compiling anew pays."""
LOAD_FROM = 100_000
"""Games for which loading JAX and kept programs pays."""


def solve(games: Floats, family: str = "normal") -> Equilibria:
    """Find all equilibria of a batch (7, n), by the fastest means that its size repays."""
    n = games.shape[1]
    found = None
    if family == "normal" and n >= LOAD_FROM:
        found = engine(make=n >= COMPILE_FROM)
    return batch.solve_all(games, family, engine=found or PLAIN)


@cache
def engine(make: bool = True) -> Engine | None:
    """Return the compiled engine: the kept one, or a new one that is then kept; None if there is none and ``make`` is off."""
    paths = [user_cache.programs() / f"games-{name}-{_fingerprint()}.bin" for name in ("coarse", "fine")]
    if not make and not all(path.is_file() for path in paths):
        return None
    import jax

    with jax.enable_x64():
        programs = []
        for path, (run, shapes), outputs in zip(paths, batch.calculations(), (4, 4), strict=True):
            made = user_cache.read_program(path, shapes, (0,) * outputs)
            if made is None:
                made = jax.jit(run).lower(*shapes).compile()
                user_cache.write_program(path, made)
            programs.append(_in_double(made))
    return batch.engine_of(*programs)


def _in_double(made: Any) -> Any:
    """Call a program with 64 bits switched on, in whichever thread."""
    import jax

    def run(*arguments: Any) -> Any:
        with jax.enable_x64():
            return made(*arguments)

    return run


@cache
def _fingerprint() -> str:
    from importlib.metadata import version

    total = hashlib.sha256()
    for module in (tails, batch):
        total.update(Path(str(module.__file__)).read_bytes())
    parts = (
        version("jax"),
        version("jaxlib"),
        np.__version__,
        os.environ.get("XLA_FLAGS", ""),
        user_cache.processor(),
    )
    total.update(repr(parts).encode())
    return total.hexdigest()[:24]
