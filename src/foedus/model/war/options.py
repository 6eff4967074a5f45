"""The value of waiting: backward induction over quarters, with an election on the way.

Until the election one branch; after it ``low`` (the patron stops) or ``high`` (it gives); a fourth branch follows the
present course for ever. In each quarter a side settles on the front line or fights on: ``V(b, t) = max(S(b, t), F(b,
t) + d * E V(., t + 1))``; in the last quarter it settles. Four numbers follow: ``wait = V(0) - S(0)``, the best plan
against settling now; ``until``, fighting on to the election and then doing the best, against settling now;
``election``, going on against going on as if the present course lasted; ``option = V(0) - max over fixed dates of
settling``, what it is worth to decide after the outcome is known. Payoffs: ground held for ever counts its percent;
fighting holds it for a quarter, at a cost.
Units: percent of the partner's territory. Source: Bellman (1957); Dixit and Pindyck (1994) for the option; register
``war.*``.
Invariants: wait and option are at least zero, wait is at least until; with the outcome certain the option is worth
nothing; more cost of fighting, less value.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp

from foedus.model.war.state import Array


class Tree(NamedTuple):
    """Payoffs of one side. B = 4 branches: before the election, low and high after it, present course for ever; H quarters ahead."""

    settle: Array  # (B, H + 1) percent, for ever
    fight: Array  # (B, H) percent, in the quarter
    discount: Array  # () factor a quarter
    low: Array  # () chance of the low branch
    reveal: Array  # () quarters until the outcome is known; beyond H: not within sight


class Values(NamedTuple):
    """What a side expects, in percent of territory."""

    go_on: Array  # () fight on for a quarter, then do the best
    wait: Array  # () best plan less settling now
    until: Array  # () fight on until the outcome is known, then do the best, less settling now
    election: Array  # () going on less going on as if the present course lasted
    option: Array  # () best plan less the best fixed date


def evaluate(tree: Tree) -> Values:
    """Return the values of a side at the root."""
    go_on, best, until, lasting = _induction(tree)
    now = tree.settle[0, 0]
    option = jnp.maximum(best - _best_fixed(tree), 0.0)
    return Values(go_on, best - now, until - now, go_on - lasting, option)


def evaluate_all(trees: list[Tree]) -> Values:
    """Evaluate several trees at once; leaves gain a leading axis."""
    return jax.vmap(evaluate)(jax.tree.map(lambda *leaves: jnp.stack(leaves), *trees))


def _induction(tree: Tree) -> tuple[Array, Array, Array, Array]:
    """Return, at the root: going on, the best, fighting until the outcome is known, and going on with no election."""
    steps = tree.fight.shape[1]

    def earlier(after: tuple[Array, Array], step: Array) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        best, until = after
        hoped = tree.low * best[1] + (1.0 - tree.low) * best[2]
        revealed = step + 1 == tree.reveal
        next_best = best.at[0].set(jnp.where(revealed, hoped, best[0]))
        go_on = tree.fight[:, step] + tree.discount * next_best
        fought = tree.fight[0, step] + tree.discount * jnp.where(revealed, hoped, until)
        return (jnp.maximum(tree.settle[:, step], go_on), fought), (go_on[0], go_on[3])

    last = tree.settle[:, steps]
    (best, until), (go_on, lasting) = jax.lax.scan(earlier, (last, last[0]), jnp.arange(steps - 1, -1, -1))
    return go_on[-1], best[0], until, lasting[-1]


def _best_fixed(tree: Tree) -> Array:
    """Return the value of the best date of settling that is fixed now."""
    steps = tree.fight.shape[1]
    ahead = jnp.arange(steps + 1)
    known = ahead >= tree.reveal
    settle = jnp.where(known, tree.low * tree.settle[1] + (1.0 - tree.low) * tree.settle[2], tree.settle[0])
    fight = jnp.where(known[:-1], tree.low * tree.fight[1] + (1.0 - tree.low) * tree.fight[2], tree.fight[0])
    weight = tree.discount**ahead
    spent = jnp.concatenate([jnp.zeros(1, fight.dtype), jnp.cumsum(weight[:-1] * fight)])
    return jnp.max(spent + weight * settle)
