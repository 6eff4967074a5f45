"""The engine: draws in blocks of fixed size through the compiled model, on several threads.

A block always holds the same number of draws, whatever the chunk or the number of workers, so the compiled program and
with it every bit of the result are the same.
"""

from __future__ import annotations

import os
import time
from functools import lru_cache
from typing import Any

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")

import jax
import numpy as np
from numpy.typing import NDArray

from foedus.ensemble import draws, programs, seats
from foedus.model.parameters import Entry

BLOCK = 50
"""Draws in one call of the compiled model: small enough for the processor's cache."""
SPAN = 10 * BLOCK
"""Draws whose parameters are sampled together."""

_COMPILED: dict[tuple[Any, ...], programs.Program] = {}


def as_device(tree: Any) -> Any:
    """Return a tree of float32 arrays."""
    return jax.device_put(jax.tree.map(lambda leaf: np.asarray(leaf, np.float32), tree))


@lru_cache(maxsize=8)
def _span(entries: tuple[Entry, ...], seed: int, first: int) -> dict[str, NDArray[np.float32]]:
    """Return the parameters of a span of draws: sampling many at once costs little more than sampling a block."""
    return draws.sample_parameters({entry.name: entry for entry in entries}, seed, first, SPAN)


@lru_cache(maxsize=64)
def _sampled(entries: tuple[Entry, ...], seed: int, first: int) -> Any:
    """Return one block's parameters, as numbers and for the model; scenarios that share a register share them."""
    whole = _span(entries, seed, first // SPAN * SPAN)
    place = first % SPAN
    values = {name: drawn[place : place + BLOCK] for name, drawn in whole.items()}
    return values, as_device(values)


class Engine:
    """The compiled model, in one of its two ways to run."""

    def __init__(self, played: bool = False) -> None:
        self.played = played
        self.compile_seconds = 0.0
        self._settings: dict[int, tuple[draws.Plan, Any]] = {}

    def arguments(self, plan: draws.Plan, first: int) -> tuple[Any, ...]:
        """Return what the compiled model takes for the block of draws from ``first``, with empty seats (`seats`)."""
        values, parameters = _sampled(tuple(plan.register.values()), plan.seed, first)
        priors = draws.priors(plan, values, first)
        luck = seats.luck(draws.luck(plan, first, BLOCK, self.played))
        return (parameters, *self._setting(plan), *as_device([priors, luck]))

    def _setting(self, plan: draws.Plan) -> Any:
        """Return the plan's world and controls, the same for all its blocks, with empty seats."""
        if id(plan) not in self._settings:
            self._settings[id(plan)] = (
                plan,
                as_device([seats.world(plan.inputs.world), seats.controls(plan.controls)]),
            )
        return self._settings[id(plan)][1]

    def prepare(self, plan: draws.Plan) -> None:
        """Compile for the plan's shapes, or fetch the program kept from an earlier run."""
        arguments = self.arguments(plan, 0)
        key = (self.played, *programs.shapes(arguments))
        if key not in _COMPILED:
            started = time.perf_counter()
            _COMPILED[key] = programs.program(self.played, arguments)
            self.compile_seconds += time.perf_counter() - started

    def block(self, plan: draws.Plan, first: int) -> Any:
        """Run the block of draws from ``first``; every field as a numpy array with a leading axis of draws."""
        return seats.taken(self.call(self.arguments(plan, first)), len(plan.inputs.members))

    def call(self, arguments: tuple[Any, ...]) -> Any:
        """Run the compiled model on arguments of shapes it was prepared for; empty seats are still there in what comes out."""
        out = _COMPILED[(self.played, *programs.shapes(arguments))](*arguments)
        return jax.tree.map(np.asarray, out)
