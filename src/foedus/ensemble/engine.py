"""The engine: draws in blocks of fixed size through the compiled model, on several threads.

A block always holds the same number of draws, whatever the chunk or the number of workers, so the compiled program and
with it every bit of the result are the same. Compiled programs are kept between runs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")

import jax
import jax.numpy as jnp
import numpy as np

from foedus.ensemble import draws
from foedus.model import run
from foedus.model.state import World

BLOCK = 50
"""Draws in one call of the compiled model: small enough for the processor's cache."""


def cache_folder() -> Path:
    """Return where compiled programs are kept: FOEDUS_CACHE, else the user's cache folder."""
    root = os.environ.get("FOEDUS_CACHE")
    base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return Path(root) if root else base / "foedus"


@cache
def _program(played: bool) -> Callable[..., run.Run]:
    folder = cache_folder() / "compiled"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _set("jax_compilation_cache_dir", str(folder))
        _set("jax_persistent_cache_min_compile_time_secs", 0.0)
        _set("jax_persistent_cache_min_entry_size_bytes", -1)
    except OSError:
        pass

    def one(p: Any, world: World, controls: Any, priors: Any, luck: Any) -> run.Run:
        return run.simulate(p, world, controls, priors, luck, played)

    return jax.jit(jax.vmap(one, in_axes=(0, None, None, 0, 0)))


def _set(name: str, value: object) -> None:
    jax.config.update(name, value)  # type: ignore[no-untyped-call]


def as_device(tree: Any) -> Any:
    """Return a tree of float32 arrays."""
    return jax.tree.map(lambda leaf: jnp.asarray(np.asarray(leaf, np.float32)), tree)


_COMPILED: dict[tuple[Any, ...], Callable[..., run.Run]] = {}


class Engine:
    """The compiled model, in one of its two ways to run."""

    def __init__(self, played: bool = False) -> None:
        self.played = played
        self.compile_seconds = 0.0

    def arguments(self, plan: draws.Plan, first: int) -> tuple[Any, ...]:
        """Return what the compiled model takes for the block of draws from ``first``."""
        values = draws.sample_parameters(plan, first, BLOCK)
        priors = draws.priors(plan, values, first)
        luck = draws.luck(plan, first, BLOCK, self.played)
        return tuple(as_device([values, plan.inputs.world, plan.controls, priors, luck]))

    def prepare(self, plan: draws.Plan) -> None:
        """Compile for the plan's shapes, or fetch the program kept from an earlier run."""
        arguments = self.arguments(plan, 0)
        key = self._key(arguments)
        if key not in _COMPILED:
            started = time.perf_counter()
            _COMPILED[key] = _program(self.played).lower(*arguments).compile()  # type: ignore[attr-defined]
            self.compile_seconds += time.perf_counter() - started

    def block(self, plan: draws.Plan, first: int) -> Any:
        """Run the block of draws from ``first``; every field as a numpy array with a leading axis of draws."""
        arguments = self.arguments(plan, first)
        out = _COMPILED[self._key(arguments)](*arguments)
        return jax.tree.map(np.asarray, out)

    def _key(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        return (self.played, *(leaf.shape for leaf in jax.tree.leaves(arguments)))
