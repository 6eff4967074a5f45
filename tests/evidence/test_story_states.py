"""The states of a plan that remembers how long stories are, and the fit of their steps."""

from __future__ import annotations

from itertools import pairwise, product

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripts.fit_steps import Fit, Planned, likelihood, packed, path
from scripts.refine_outline import BASE, together

from foedus.evidence import outline_states as states
from foedus.evidence.outline_labels import FOLLOWS, LABELS

NAMES = list(LABELS)


def drawn(seed: int) -> dict[tuple[states.State, str], float]:
    rng = np.random.default_rng(seed)
    steps = [*states.STEPS, *((state, states.END) for state in states.ENDS)]
    return dict(zip(steps, rng.normal(0, 1, len(steps)).tolist(), strict=True))


def value(labels: tuple[str, ...], worth: np.ndarray, weights: dict[tuple[states.State, str], float]) -> float:
    """Worth of a plan, summed step by step; that of one that may not be is minus infinity."""
    state = states.BEGIN.get(labels[0])
    if state is None:
        return -np.inf
    total = float(worth[0, NAMES.index(labels[0])])
    for i, label in enumerate(labels[1:], 1):
        if label not in FOLLOWS[state.label]:
            return -np.inf
        total += weights[state, label] + float(worth[i, NAMES.index(label)])
        state = states.after(state, label)
    return total + weights.get((state, states.END), -np.inf)


@pytest.mark.parametrize("seed", range(3))
def test_the_best_plan_is_the_one_that_a_search_of_all_finds(seed):
    worth, weights = np.random.default_rng(seed).normal(0, 2, (4, len(NAMES))), drawn(seed)
    best = max(product(NAMES, repeat=4), key=lambda labels: value(labels, worth, weights))
    assert [NAMES[n] for n in states.best(worth, states.ordered(weights))] == list(best)


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=30))
def test_a_state_counts_the_paragraphs_of_its_story(wanted):
    state, told, before = states.BEGIN["outside"], 0, ""
    for label in wanted:
        if label not in FOLLOWS[state.label]:
            continue
        if label in ("outside", "headline", "opening") and told:
            before, told = ("short" if told <= states.SHORT else "long"), 0
        state = states.after(state, label)
        told += label in ("lead", "opening", "body")
        assert state in states.NUMBER
        assert state.before == before
        assert state.paragraphs == (min(told, states.MOST) if label in states.WITHIN else 0)


def test_every_step_of_a_path_is_one_that_may_be():
    labels = ["headline", "header", "lead", "body", "outside", "opening", "body", "body"]
    found = path(labels)
    assert found is not None
    assert [states.STATES[n].label for n in found] == labels
    assert all((states.STATES[a], states.STATES[b].label) in states.STEPS for a, b in pairwise(found))
    assert path(["headline", "outside"]) is None
    assert path(["body"]) is None


def test_the_likelihood_of_a_plan_is_its_share_of_all_plans():
    rng, weights = np.random.default_rng(3), drawn(4)
    labels = ("headline", "lead", "body", "outside")
    worth = rng.normal(0, 1, (4, len(NAMES)))
    every = [value(labels, worth, weights) for labels in product(NAMES, repeat=4)]
    wanted = value(labels, worth, weights) - np.logaddexp.reduce(every)
    with jax.enable_x64(True):
        plan = path(labels)
        assert plan is not None
        step = jnp.array([weights[step] for step in states.STEPS])
        end = jnp.array([weights[state, states.END] for state in states.ENDS])
        fit = Fit(jnp.asarray(1.0), step, end)
        found = likelihood(fit, packed([(Planned(worth, labels, 1.0), plan)]))
    assert float(found) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_weights_that_are_refined_are_again_one_for_each_feature(seed):
    """Features weighed once by both together are worth what first worths and features are in the second field."""
    rng = np.random.default_rng(seed)
    names = ["paragraph:lead", "short:first", "other:always"]
    first = {name: rng.normal(0, 1, len(NAMES)) for name in names[:2]}
    field = {(name, label): float(rng.normal()) for name in names for label in NAMES}
    field |= {(f"{BASE}:{a}", b): float(rng.normal()) for a in NAMES for b in NAMES}
    line = dict(zip(names, rng.normal(0, 1, 3).tolist(), strict=True))
    worth = sum(first[name] * line[name] for name in first)
    beside = {f"{BASE}:{label}": float(v) for label, v in zip(NAMES, worth, strict=True)}
    both = together(field, first)
    for label in NAMES:
        wanted = sum(v * field[name, label] for name, v in (line | beside).items())
        assert sum(v * both[name, label] for name, v in line.items()) == pytest.approx(wanted)
