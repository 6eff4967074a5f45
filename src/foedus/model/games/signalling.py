"""The crisis game of Lewis and Schultz: challenge, resist or concede, fight or back down.

A (the adversary) keeps the status quo or challenges; B (the defender) concedes or resists; A fights or backs down.

    end        A gets      B gets
    SQ         S_A         0
    CD         V_A         C_B
    SF         W_A + e_A   W_B + e_B
    BD         a + e_a     V_B

The three e are private, independent, with mean 0 and variance 1, normal or logistic. An equilibrium is a root of

    x = z(x) = (W_B - C_B) + (V_B - C_B) b(c) / h(c),     p_R = F(x),     c = V_A + (S_A - V_A) / p_R

with h and b from `gaussian.split` (or `logistic.split`). z is monotone in x, because b / h is monotone in c and c in x.
A falling or flat z therefore has exactly one root; a rising z may have several, and its best-response steps from any
point climb (or sink) to the nearest root without passing one.

Units: standard deviations of the private information. Source: Lewis and Schultz, Political Analysis 11 (2003) 345-367.
Invariants: probabilities of ends sum to one; x = z(x) at every root. External check: equilibrium grid of the reference
collection (774 payoff vectors).
"""

from __future__ import annotations

from functools import partial
from types import ModuleType
from typing import Literal, NamedTuple

import jax
import jax.numpy as jnp

from foedus.model.games import gaussian, logistic

Array = jax.Array
_Newton = tuple[Array, Array, Array, Array, Array]
Family = Literal["normal", "logistic"]

_FAMILIES: dict[str, ModuleType] = {"normal": gaussian, "logistic": logistic}


class Payoffs(NamedTuple):
    """The seven payoffs, arrays of one broadcastable shape; B's payoff of the status quo is 0."""

    S_A: Array
    V_A: Array
    C_B: Array
    W_A: Array
    W_B: Array
    a: Array
    V_B: Array


class Outcomes(NamedTuple):
    """Probabilities of the four ends, of a challenge, of resistance to it, and of standing firm then."""

    p_SQ: Array
    p_CD: Array
    p_SF: Array
    p_BD: Array
    p_C: Array
    p_R: Array
    p_F: Array


class Solution(NamedTuple):
    """A root x in the scale F^-1(p_R), its error bound in that scale, and whether it is the corner without challenge."""

    x: Array
    residual: Array
    corner: Array


def reach(x: Array, family: Family = "normal") -> float:
    """Return the x beyond which, on either side, the response is flat or runs off to the corner."""
    if family == "logistic":
        return 24.0 if gaussian.is_double(x) else 12.0
    return 9.0 if gaussian.is_double(x) else 6.0


def corner_x(x: Array) -> float:
    """Return the value that stands for x = minus infinity."""
    return -37.0 if gaussian.is_double(x) else -20.0


def _largest(x: Array) -> tuple[float, float]:
    """Bounds on the cut-off and on log(b / h) that keep arithmetic finite."""
    return (1e9, 600.0) if gaussian.is_double(x) else (1e4, 80.0)


def family_module(family: Family) -> ModuleType:
    """The distribution functions of one kind of private information."""
    return _FAMILIES[family]


def cutoff(payoffs: Payoffs, x: Array, family: Family = "normal") -> Array:
    """A challenges when the better end of a challenge is worth more than this to him."""
    limit = _largest(x)[0]
    log_p = _FAMILIES[family].log_cdf(jnp.maximum(x, corner_x(x)))
    return jnp.clip(payoffs.V_A + (payoffs.S_A - payoffs.V_A) * jnp.exp(-log_p), -limit, limit)


def response(payoffs: Payoffs, x: Array, family: Family = "normal") -> tuple[Array, Array]:
    """B's best response z to A's best response to x, and its slope dz/dx."""
    kind = _FAMILIES[family]
    c = cutoff(payoffs, x, family)
    log_ratio, log_hazard_h, log_hazard_b = kind.split(c, payoffs.W_A, payoffs.a)
    ratio = jnp.exp(jnp.clip(log_ratio, -_largest(x)[1], _largest(x)[1]))
    gain = (payoffs.V_B - payoffs.C_B) * ratio
    c_slope = (payoffs.V_A - c) * kind.reverse_hazard(x)
    slope = gain * (jnp.exp(log_hazard_h) - jnp.exp(log_hazard_b)) * c_slope
    return payoffs.W_B - payoffs.C_B + gain, slope


def corner_exists(payoffs: Payoffs, family: Family = "normal") -> Array:
    """Whether no challenge at all is an equilibrium: beliefs after a surprise challenge make B concede for sure."""
    possible = (payoffs.S_A > payoffs.V_A) & (payoffs.C_B > payoffs.V_B) & (payoffs.a > payoffs.W_A)
    return possible & (family == "normal")


def outcomes(payoffs: Payoffs, x: Array, family: Family = "normal") -> Outcomes:
    """Probabilities when B resists with p_R = F(x) and A responds to it; accurate however small they are."""
    kind = _FAMILIES[family]
    c = cutoff(payoffs, x, family)
    log_ratio = kind.split(c, payoffs.W_A, payoffs.a)[0]
    p_f = jax.nn.sigmoid(-log_ratio)
    p_c = jnp.exp(kind.log_challenge(c, payoffs.W_A, payoffs.a))
    p_r, concede = kind.cdf(x), kind.cdf(-x)
    return Outcomes(
        p_SQ=jnp.exp(kind.log_no_challenge(c, payoffs.W_A, payoffs.a)),
        p_CD=p_c * concede,
        p_SF=p_c * p_r * p_f,
        p_BD=p_c * p_r * jax.nn.sigmoid(log_ratio),
        p_C=p_c,
        p_R=p_r,
        p_F=p_f,
    )


def prepare(payoffs: Payoffs, x: Array) -> tuple[Payoffs, Array]:
    """Payoffs and x broadcast to one shape and one floating type."""
    kind = jnp.result_type(*payoffs, x, jnp.float32)
    *arrays, x = jnp.broadcast_arrays(*(jnp.asarray(value, kind) for value in (*payoffs, x)))
    return Payoffs(*arrays), x


def response_ends(payoffs: Payoffs, like: Array, family: Family = "normal") -> tuple[Array, Array]:
    """The response to next to no resistance and to certain resistance: every root lies between them."""
    edge = jnp.stack([jnp.full_like(like, -reach(like, family)), jnp.full_like(like, reach(like, family))])
    both = response(payoffs, edge, family)[0]
    return both[0], both[1]


def _march(
    payoffs: Payoffs, start: Array, end: Array, gap: Array, points: int, family: Family
) -> tuple[Array, Array, Array]:
    """Walk from start towards end until x - z(x) changes sign: (left, right, whether it did).

    ``gap`` is the best-response step z - x at the start.
    No step is shorter than the best-response step,
    which cannot pass a root; the rest of the walk is geometric.
    """
    direction = jnp.where(gap >= 0, 1.0, -1.0).astype(start.dtype)
    growth = 1.3
    unit = jnp.abs(end - start) * (growth - 1.0) / (growth**points - 1.0)

    def advance(k: Array, state: tuple[Array, Array, Array, Array]) -> tuple[Array, Array, Array, Array]:
        here, gap, before, found = state
        stride = jnp.maximum(unit * growth ** k.astype(start.dtype), gap)
        ahead = direction * jnp.minimum(direction * (here + direction * stride), direction * end)
        ahead_gap = direction * (response(payoffs, ahead, family)[0] - ahead)
        crossed = ahead_gap <= 0
        return (
            jnp.where(found, here, ahead),
            jnp.where(found, gap, jnp.maximum(ahead_gap, 0.0)),
            jnp.where(found, before, here),
            found | crossed,
        )

    state = (start, jnp.abs(gap), start, jnp.zeros_like(start, bool))
    state = jax.lax.fori_loop(0, points, advance, state)
    here, _, before, found = state
    return jnp.minimum(here, before), jnp.maximum(here, before), found


def polish(
    payoffs: Payoffs, left: Array, right: Array, rising: Array, *, steps: int, family: Family = "normal"
) -> tuple[Array, Array]:
    """Newton's method kept inside a bracket on whose ends x - z(x) has different signs: (x, error bound).

    ``rising`` says that x - z(x) is negative at the left end.
    A Newton step that leaves the bracket, or is not half as long as the step before, gives way to bisection.
    """

    def improve(_: int, state: _Newton) -> _Newton:
        low, high, x, stride, _error = state
        z, slope = response(payoffs, x, family)
        excess = x - z
        below = (excess <= 0) == rising
        low, high = jnp.where(below, x, low), jnp.where(below, high, x)
        guess = x - excess / jnp.where(slope == 1.0, 1.0, 1.0 - slope)
        accept = (guess >= low) & (guess <= high) & (jnp.abs(guess - x) <= 0.5 * stride)
        following = jnp.where(accept, guess, 0.5 * (low + high))
        error = jnp.minimum(jnp.abs(excess), high - low)
        return low, high, following, jnp.maximum(jnp.abs(following - x), 1e-30), error

    middle = 0.5 * (left + right)
    state = jax.lax.fori_loop(0, steps, improve, (left, right, middle, right - left, right - left))
    return state[2], state[4]


@partial(jax.custom_jvp, nondiff_argnums=(2,))
def attach(payoffs: Payoffs, x: Array, family: Family) -> Array:
    """X itself, with the derivative of the root in the payoffs by the implicit function theorem."""
    return x


@attach.defjvp
def _attach_jvp(
    family: Family, primals: tuple[Payoffs, Array], tangents: tuple[Payoffs, Array]
) -> tuple[Array, Array]:
    payoffs, x = primals
    root = attach(payoffs, x, family)
    shift = jax.jvp(lambda p: response(p, root, family)[0], (payoffs,), (tangents[0],))[1]
    room = 1.0 - response(payoffs, root, family)[1]
    tiny = 1e-10 if gaussian.is_double(x) else 1e-4
    safe = jnp.where(jnp.abs(room) < tiny, jnp.where(room < 0, -tiny, tiny), room)
    inside = root > corner_x(x)
    return root, jnp.where(inside, shift / jnp.where(inside, safe, 1.0), 0.0)


@partial(jax.jit, static_argnames=("steps", "points", "family"))
def solve_from(
    payoffs: Payoffs, x_start: Array, *, steps: int = 16, points: int = 20, family: Family = "normal"
) -> Solution:
    """The equilibrium that best responses reach from ``x_start``, for every game of a batch.

    Args:
        payoffs: seven arrays of any broadcastable shape.
        x_start: where to start, in the scale F^-1(p_R); any finite value.
        steps: Newton steps (each kept inside a bracket).
        points: longest walk in search of a bracket.
        family: distribution of the private information.

    Returns:
        The root, a bound on its error in x, and the corner flag. Differentiable in the payoffs, to any order.
    """
    payoffs, x_start = prepare(payoffs, x_start)
    fixed = jax.tree.map(jax.lax.stop_gradient, payoffs)
    down, up = response_ends(fixed, x_start, family)
    edge = reach(x_start, family)
    low, high = jnp.clip(jnp.minimum(down, up), -edge, edge), jnp.clip(jnp.maximum(down, up), -edge, edge)
    start = jnp.clip(jax.lax.stop_gradient(x_start), low, high)
    gap = response(fixed, start, family)[0] - start
    upward = gap >= 0
    end = jnp.where(upward, high, low)
    left, right, found = _march(fixed, start, end, gap, points, family)
    inner, error = polish(fixed, left, right, jnp.ones_like(upward), steps=steps, family=family)
    outside = ~found & (jnp.abs(end) >= edge)
    corner = outside & ~upward & corner_exists(fixed, family)
    x = jnp.where(corner, corner_x(x_start), jnp.where(outside, jnp.where(upward, up, down), inner))
    return Solution(attach(payoffs, x, family), jnp.where(outside, 0.0, error), corner)


def continued(
    payoffs: Payoffs, x_start: Array, steps: int = 16, family: Family = "normal"
) -> tuple[Array, Array]:
    """The equilibrium continued from ``x_start`` (say, last quarter's): (x, error bound in x)."""
    solution = solve_from(payoffs, x_start, steps=steps, family=family)
    return solution.x, solution.residual


def lowest(payoffs: Payoffs, *, family: Family = "normal") -> Solution:
    """The equilibrium with the least resistance: the corner without challenge where it exists."""
    base, zero = prepare(payoffs, jnp.zeros(()))
    return solve_from(base, jnp.full_like(zero, -reach(zero, family)), points=32, family=family)


def highest(payoffs: Payoffs, *, family: Family = "normal") -> Solution:
    """The equilibrium with the most resistance."""
    base, zero = prepare(payoffs, jnp.zeros(()))
    return solve_from(base, jnp.full_like(zero, reach(zero, family)), points=32, family=family)
