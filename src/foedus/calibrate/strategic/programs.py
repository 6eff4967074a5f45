"""The search's calculations as compiled programs, kept between runs in the user's own cache (FOEDUS_CACHE moves it).

Compiling takes some ten seconds, so it pays for a million games or more; a kept program loads in a tenth of a second and
pays for far fewer. A kept program is known by the games' code, the library versions, the compiler's flags and the
processor; a damaged or foreign file is compiled anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

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


def folder() -> Path:
    """Return where compiled programs are kept."""
    root = os.environ.get("FOEDUS_CACHE")
    base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return (Path(root) if root else base / "foedus") / "compiled"


@cache
def engine(make: bool = True) -> Engine | None:
    """Return the compiled engine: the kept one, or a new one that is then kept; None if there is none and ``make`` is off."""
    paths = [folder() / f"games-{name}-{_fingerprint()}.bin" for name in ("coarse", "fine")]
    if not make and not all(path.is_file() for path in paths):
        return None
    import jax

    with jax.enable_x64():
        programs = []
        for path, (run, shapes), outputs in zip(paths, batch.calculations(), (4, 4), strict=True):
            made = _read(path, shapes, outputs)
            if made is None:
                made = jax.jit(run).lower(*shapes).compile()
                _write(path, made)
            programs.append(_in_double(made))
    return batch.engine_of(*programs)


def _in_double(made: Any) -> Any:
    """Call a program with 64 bits switched on, in whichever thread."""
    import jax

    def run(*arguments: Any) -> Any:
        with jax.enable_x64():
            return made(*arguments)

    return run


def _read(path: Path, shapes: Any, outputs: int) -> Any:
    import jax
    from jax.experimental import serialize_executable

    trees = (jax.tree.structure((shapes, {})), jax.tree.structure((0,) * outputs))
    try:
        return serialize_executable.deserialize_and_load(path.read_bytes(), *trees)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, EOFError, KeyError, RuntimeError, AttributeError, pickle.UnpicklingError):
        path.unlink(missing_ok=True)
        return None


def _write(path: Path, made: Any) -> None:
    from jax.experimental import serialize_executable

    try:
        payload = serialize_executable.serialize(made)[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(payload)
        part.replace(path)
    except (OSError, ValueError, RuntimeError):
        return


@cache
def _fingerprint() -> str:
    from importlib.metadata import version

    total = hashlib.sha256()
    for module in (tails, batch):
        total.update(Path(str(module.__file__)).read_bytes())
    parts = (version("jax"), version("jaxlib"), np.__version__, os.environ.get("XLA_FLAGS", ""), _processor())
    total.update(repr(parts).encode())
    return total.hexdigest()[:24]


def _processor() -> str:
    """Return what the processor can do: a program compiled for one may not run on another."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine() + platform.processor()
    return next((line for line in lines if line.startswith(("flags", "Features"))), platform.processor())
