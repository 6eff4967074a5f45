"""Weights of the steps of a plan, given what each line's features say for its labels.

The worth of a plan is the scaled sum of what the lines say for their labels and of the weights of its steps. Weights and scale
are those under which the annotated plans are most likely (Adam on batches of files; L2 penalty on what they add to the
random field's own). What the lines say must come
from weights that have not seen the file, or the steps would trust it more than they may.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from foedus.evidence.outline_labels import LABELS
from foedus.evidence.outline_states import BEGIN, END, ENDS, LABEL_OF, NUMBER, STATES, STEPS, State, after

EPOCHS = 8
RATE = 0.01
PENALTY = 2e-3
BATCH = 32
SIZES = (16, 32, 64, 128, 256, 512, 1024)
"""Lines to which files are padded."""
FROM = np.array([NUMBER[state] for state, _ in STEPS])
TO = np.array([NUMBER[after(state, label)] for state, label in STEPS])
LAST = np.array([NUMBER[state] for state in ENDS])
FIRST = np.zeros(len(STATES))
FIRST[[NUMBER[state] for state in BEGIN.values()]] = 1.0
STEP = np.zeros((len(STATES), len(STATES)), np.int64)
STEP[FROM, TO] = np.arange(len(STEPS))
Floats = NDArray[np.float64]
Weights = dict[tuple[State, str], float]


@dataclass(frozen=True)
class Planned:
    """A file's labels, and what its lines say for each label (lines by labels)."""

    worth: Floats
    labels: Sequence[str]
    weight: float


class Fit(NamedTuple):
    """What is fitted: a scale of the lines' worth, and weights of steps and ends."""

    scale: jax.Array
    step: jax.Array
    end: jax.Array


class Packed(NamedTuple):
    """Files padded to one length."""

    worth: jax.Array
    states: jax.Array
    lines: jax.Array
    weight: jax.Array


def path(labels: Sequence[str]) -> list[int] | None:
    """Numbers of the states of a sequence of labels; none where a plan cannot be so."""
    state = BEGIN.get(labels[0])
    found = []
    for n, label in enumerate(labels):
        if n and state is not None:
            state = after(state, label)
        if state not in NUMBER or (n and (found[-1], NUMBER[state]) not in ALLOWED):
            return None
        found.append(NUMBER[state])
    return found if found[-1] in set(LAST.tolist()) else None


ALLOWED = set(zip(FROM.tolist(), TO.tolist(), strict=True))


def likelihood(fit: Fit, files: Packed) -> jax.Array:
    """Log likelihood of the annotated plans, summed over files with their weights."""
    worth = files.worth * fit.scale
    steps = jnp.zeros((len(STATES), len(STATES))).at[FROM, TO].set(jnp.exp(fit.step))
    ends = jnp.zeros(len(STATES)).at[LAST].set(jnp.exp(fit.end))
    said = worth[:, :, LABEL_OF]
    top = said.max(axis=2, keepdims=True)
    chance = jnp.exp(said - top)

    def on(
        held: tuple[jax.Array, jax.Array], line: tuple[jax.Array, jax.Array]
    ) -> tuple[tuple[jax.Array, jax.Array], None]:
        ahead, log = held
        here, inside = line
        moved = (ahead @ steps) * here
        size = moved.sum(axis=1)
        moved = jnp.where(inside[:, None], moved / size[:, None], ahead)
        return (moved, log + jnp.where(inside, jnp.log(size), 0.0)), None

    inside = jnp.arange(said.shape[1])[None] < files.lines[:, None]
    ahead = FIRST * chance[:, 0]
    size = ahead.sum(axis=1)
    (ahead, log), _ = jax.lax.scan(
        on, (ahead / size[:, None], jnp.log(size)), (chance[:, 1:].swapaxes(0, 1), inside[:, 1:].T)
    )
    all_plans = log + jnp.log(ahead @ ends) + (top[..., 0] * inside).sum(axis=1)
    row = jnp.arange(len(files.states))
    told = jnp.take_along_axis(said, files.states[..., None], 2)[..., 0]
    moves = fit.step[jnp.asarray(STEP)[files.states[:, :-1], files.states[:, 1:]]]
    ended = jnp.zeros(len(STATES)).at[LAST].set(fit.end)[files.states[row, files.lines - 1]]
    plan = (told * inside).sum(axis=1) + (moves * inside[:, 1:]).sum(axis=1) + ended
    return ((plan - all_plans) * files.weight).sum()


def packed(files: Sequence[tuple[Planned, list[int]]]) -> Packed:
    """Pad files to the same number of lines, and their number to a full batch."""
    size = next(s for s in SIZES if max(len(p) for _, p in files) <= s)
    worth, states = np.zeros((BATCH, size, len(LABELS))), np.zeros((BATCH, size), np.int64)
    lines, weight = np.ones(BATCH, np.int64), np.zeros(BATCH)
    for n, (file, plan) in enumerate(files):
        worth[n, : len(plan)], states[n, : len(plan)] = file.worth, plan
        lines[n], weight[n] = len(plan), file.weight
    return Packed(jnp.asarray(worth), jnp.asarray(states), jnp.asarray(lines), jnp.asarray(weight))


def batches(
    files: Sequence[tuple[Planned, list[int]]], rng: np.random.Generator
) -> Iterator[list[tuple[Planned, list[int]]]]:
    """Files of about one length together, in an order that is drawn."""
    found = []
    for low, high in zip((0, *SIZES), SIZES, strict=False):
        these = [f for f in files if low < len(f[1]) <= high]
        order = [these[i] for i in rng.permutation(len(these))]
        found += [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    for i in rng.permutation(len(found)):
        yield found[i]


@jax.jit
def improve(
    fit: Fit, begun: jax.Array, slope: Fit, spread: Fit, count: jax.Array, rate: jax.Array, files: Packed
) -> tuple[Fit, Fit, Fit]:
    """One step of Adam against the mean loss of a file."""

    def loss(fit: Fit) -> jax.Array:
        size = ((fit.step - begun) ** 2).sum() + (fit.end**2).sum()
        return PENALTY * size - likelihood(fit, files) / files.weight.sum()

    found = jax.grad(loss)(fit)
    slope = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, slope, found)
    spread = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, spread, found)

    def moved(old: jax.Array, m: jax.Array, v: jax.Array) -> jax.Array:
        return old - rate * (m / (1 - 0.9**count)) / (jnp.sqrt(v / (1 - 0.999**count)) + 1e-8)

    return jax.tree.map(moved, fit, slope, spread), slope, spread


def fit_steps(
    files: Sequence[Planned], start: dict[tuple[str, str], float], seed: int
) -> tuple[float, Weights]:
    """Scale of what the lines say, and weights of the steps; `start` gives each pair of labels the weight to begin with.

    Files whose annotation no plan can follow are left out.
    """
    with jax.enable_x64(True):
        told = [(file, plan) for file in files if (plan := path(file.labels)) is not None]
        fit = Fit(
            jnp.asarray(1.0),
            jnp.array([start[state.label, label] for state, label in STEPS]),
            jnp.zeros(len(ENDS)),
        )
        begun = fit.step
        slope = spread = jax.tree.map(jnp.zeros_like, fit)
        rng, count = np.random.default_rng(seed), 0
        total = EPOCHS * len(list(batches(told, rng)))
        for _ in range(EPOCHS):
            for some in batches(told, rng):
                count += 1
                rate = RATE * (1 - count / (total + 1))
                fit, slope, spread = improve(
                    fit, begun, slope, spread, jnp.asarray(float(count)), jnp.asarray(rate), packed(some)
                )
    weights = {(state, label): float(w) for (state, label), w in zip(STEPS, fit.step, strict=True)}
    weights |= {(state, END): float(w) for state, w in zip(ENDS, fit.end, strict=True)}
    return float(fit.scale), weights
