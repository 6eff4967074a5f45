"""The crisis game's likelihood as one compiled JAX program, for coefficients at which every game has one equilibrium.

Samplers call a likelihood tens of thousands of times with a few hundred games each, where NumPy spends most of its time
between operations. Here the search of `screen` is done in one program: float32 with its rounding added to every bound
decides that a game has one root, and float64 finds it. Where that is not beyond doubt (several roots, a corner, a root
beyond `EDGE`) the coefficients are handed back as not sure, for `crisis.full` to evaluate.
Source and units: as `crisis`. Invariant: where sure, value and gradient are those of `crisis.full` (tests).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from foedus.calibrate.strategic.maximise import Floats
from foedus.model.games import gaussian
from foedus.model.games.screen import EDGE, eligible
from foedus.model.games.tails import COARSE, FINE, Fixed, Place, Refined, prepare, refined, respond, tail

Array = Any

ROUNDS = 8
STEPS = 14
NEAR = 1e-4
CLOSE = 1e-10
"""Error of a root in probits, above which it is not sure."""
ROOM = 0.025
"""How far below one the slope of the response must stay at a root."""


def program(regressors: Floats, counts: Floats) -> Any:
    """Return the log-likelihood of data sets as a function of coefficients, to be compiled with 64 bits switched on.

    Args:
        regressors: derivative of every payoff in every coefficient, for k data sets, (k, 7, n, p).
        counts: of the four ends, (k, 4, n).

    Returns:
        A function from coefficients (b, p) and numbers of data sets (b,) to log-likelihoods (b,), gradients (b, p), and
        whether they are sure (b,).
    """

    def likelihoods(theta: Array, index: Array) -> tuple[Array, Array, Array]:
        here = jnp.asarray(regressors)[index]
        seen = jnp.asarray(counts)[index].transpose(1, 0, 2)
        payoffs = jnp.einsum("bjnp,bp->jbn", here, theta)
        shape = payoffs.shape
        value, by_payoff, sure = _games(payoffs.reshape(7, -1), seen.reshape(4, -1))
        by_payoff = by_payoff.reshape(shape)
        gradient = jnp.einsum("jbn,bjnp->bp", by_payoff, here)
        value = value.reshape(shape[1:]).sum(1)
        sure = sure.reshape(shape[1:]).all(1) & jnp.isfinite(value) & jnp.isfinite(gradient).all(1)
        return value, gradient, sure

    return likelihoods


def _games(games: Array, counts: Array) -> tuple[Array, Array, Array]:
    """Return the log-likelihood of each game, its derivative in the payoffs (7, n), and whether both are sure."""
    start, alone = _only_root(prepare(games, COARSE, jnp), _rises(games))
    found = refined(jnp, prepare(games, FINE, jnp), start.astype(jnp.float64))
    size = jnp.abs(found.middle)
    sure = (
        alone
        & eligible(games, jnp)
        & (size < EDGE)
        & (found.error < CLOSE * (1.0 + size))
        & (found.slope < 1.0 - ROOM)
    )
    # Where every type of A challenges the cut-off is held, and a status quo seen there is less likely than would be said.
    sure &= (found.place.s > -FINE.floor) | (counts[0] == 0)
    value, by_payoff = _scores(games, found, counts)
    return value, by_payoff, sure


def _rises(games: Array) -> Array:
    return (games[6] - games[2]) * (games[5] - games[3]) * (games[1] - games[0]) > 0


def _noise(fixed: Fixed, z: Array) -> Array:
    return 5e-5 * (1.0 + jnp.abs(fixed.base) + jnp.minimum(jnp.abs(z - fixed.base), 1e30))


def _only_root(fixed: Fixed, rises: Array) -> tuple[Array, Array]:
    """Return a root to a few digits, and whether it was found and is the only one."""
    low, high, alone = _narrow(fixed, rises)

    def step(state: tuple[Array, ...]) -> tuple[Array, ...]:
        k, x, left, right, _, move = state
        z, slope, *_ = respond(jnp, fixed, x, COARSE)
        below = x < z
        left, right = jnp.where(below, x, left), jnp.where(below, right, x)
        guess = jnp.clip(x + (z - x) / (1.0 - slope), left, right)
        guess = jnp.where((k % 4 < 3) | (jnp.abs(guess - x) < NEAR), guess, 0.5 * (left + right))
        move = jnp.abs(guess - x)
        return k + 1, jnp.where(jnp.isfinite(z), guess, x), left, right, jnp.isfinite(z), move

    def going(state: tuple[Array, ...]) -> Array:
        return (state[0] < STEPS) & (alone & state[4] & (state[5] >= NEAR)).any()

    first = 0.5 * (low + high)
    begin = (jnp.array(0), first, low, high, jnp.ones_like(alone), jnp.ones_like(first))
    _, x, _, _, finite, move = jax.lax.while_loop(going, step, begin)
    return x, alone & finite & (move < NEAR)


def _narrow(fixed: Fixed, rises: Array) -> tuple[Array, Array, Array]:
    """Move the ends of the search inwards by best responses until no more than one root fits: (low, high, whether one)."""
    edge = jnp.full_like(fixed.d, EDGE)
    twice = Fixed(*(jnp.concatenate([part, part]) for part in fixed))

    def step(state: tuple[Array, ...]) -> tuple[Array, ...]:
        k, low, high, alone = state
        at_low, at_high = _both(twice, low, high)
        one = alone | _steady(fixed, (low, high), at_low, at_high)
        up = jnp.clip(at_low[0] - _noise(fixed, at_low[0]), low, EDGE)
        down = jnp.clip(at_high[0] + _noise(fixed, at_high[0]), -EDGE, high)
        moved = ~one & (up < down)
        return k + 1, jnp.where(moved, up, low), jnp.where(moved, down, high), one

    def going(state: tuple[Array, ...]) -> Array:
        return (state[0] < ROUNDS) & ~state[3].all()

    _, low, high, alone = jax.lax.while_loop(going, step, (jnp.array(0), -edge, edge, ~rises))
    return low, high, alone


def _both(twice: Fixed, low: Array, high: Array) -> tuple[Any, Any]:
    """Return the responses to both ends, computed in one go."""
    z, slope, gain, place = respond(jnp, twice, jnp.concatenate([low, high]), COARSE)
    left, right = zip(*(jnp.split(part, 2) for part in (z, slope, gain, *place)), strict=True)
    return (*left[:3], Place(*left[3:])), (*right[:3], Place(*right[3:]))


def _steady(
    fixed: Fixed, ends: tuple[Array, Array], at_low: tuple[Any, ...], at_high: tuple[Any, ...]
) -> Array:
    """Whether x - z(x) rises throughout between the ends: by its slope over a short way, or by a bound (see `screen`)."""
    low, high = ends
    (z_low, slope_low, gain_low, place_low), (z_high, slope_high, gain_high, place_high) = at_low, at_high
    width, apart = high - low, jnp.abs(place_high.s - place_low.s)
    room = 1.0 - jnp.maximum(slope_low, slope_high)
    mean = (z_high - z_low) / jnp.where(width > 0, width, 1.0)
    even = jnp.abs(slope_low - slope_high) < 0.5 * room
    even &= (jnp.abs(mean - slope_low) < 0.5 * room) | (width < 20.0 * _noise(fixed, z_high))
    short = even & (room > 2.0 * ROOM) & (width < 0.5) & (apart < 0.5)
    least, most = jnp.minimum(place_low.s, place_high.s), jnp.maximum(place_low.s, place_high.s)
    gain = jnp.maximum(jnp.abs(gain_low), jnp.abs(gain_high))
    reach = jnp.maximum(jnp.abs(place_low.s - fixed.lead), jnp.abs(place_high.s - fixed.lead))
    bound = gain * (jnp.maximum(most, 0.0) + 0.8) * reach * (jnp.maximum(-low, 0.0) + 0.8)
    return short | ((bound < 0.5) & (least > -COARSE.floor) & (most < COARSE.furthest))


class _Act(NamedTuple):
    """What A does at a cut-off, by his lower and higher payoff of a challenge that is resisted.

    Logs of going and staying, b / h (as the lower payoff stands for h), and derivatives in (cut-off, lower, higher) of the
    two logs and of log(b / h).
    """

    log_go: Array
    log_stay: Array
    ratio: Array
    d_go: tuple[Array, ...]
    d_stay: tuple[Array, ...]
    d_ratio: tuple[Array, ...]


def _log_tails(v: Array) -> tuple[Array, Array, Array]:
    """Return the log distribution function of a standard normal, the log of its complement, and phi / Phi."""
    at = tail(jnp, v, FINE.degree)
    small, large = jnp.log(at.mills) - 0.5 * v * v - gaussian.LOG_SQRT_2PI, jnp.log1p(-at.density * at.mills)
    low, high = jnp.where(v < 0, small, large), jnp.where(v < 0, large, small)
    return low, high, jnp.where(v < 0, 1.0 / at.mills, at.density / at.below)


def _act(place: Place) -> _Act:
    s, t, inverse = place
    (low_s, up_s, over_s), (low_t, up_t, over_t) = _log_tails(s), _log_tails(t)
    log_go, log_stay = jnp.logaddexp(up_t, low_t + up_s), low_s + low_t
    d_stay = over_s + over_t, -over_s, -over_t
    odds = -jnp.exp(log_stay - log_go)
    log_lower = jnp.log(inverse) - 0.5 * s * s - gaussian.LOG_SQRT_2PI
    ratio = jnp.maximum(jnp.expm1(log_go - log_lower), 1.0)
    lower = jnp.exp(low_t) / inverse
    higher = jnp.exp(low_s - 0.5 * (t * t - s * s)) / (inverse * ratio)
    v = (s + t) * math.sqrt(0.5)
    common = jnp.exp(_log_tails(v)[1] + 0.5 * v * v) * math.sqrt(math.pi)
    cross = common * (lower * over_t + higher * over_s)
    d_ratio = lower - higher, -lower - cross, higher + cross
    return _Act(log_go, log_stay, ratio, tuple(odds * d for d in d_stay), d_stay, d_ratio)


def _scores(games: Array, found: Refined, counts: Array) -> tuple[Array, Array]:
    """Return log-likelihoods at the roots, and derivatives through the equilibrium by the implicit function theorem."""
    x = found.middle
    act = _act(found.place)
    swap = games[3] > games[5]
    sign = jnp.where(swap, -1.0, 1.0)
    log_ratio = sign * jnp.log(act.ratio)
    ratio = jnp.exp(log_ratio)
    resist, concede, hazard = _log_tails(x)
    fights, backs = -jnp.logaddexp(0.0, log_ratio), -jnp.logaddexp(0.0, -log_ratio)
    ends = act.log_stay, act.log_go + concede, act.log_go + resist + fights, act.log_go + resist + backs
    value = sum(jnp.where(n > 0, n * end, 0.0) for n, end in zip(counts, ends, strict=True))
    n_stay, n_concede, n_firm, n_back = counts
    went = n_concede + n_firm + n_back
    tilt = sign * (n_back * jnp.exp(fights) - n_firm * jnp.exp(backs))
    direct = [
        n_stay * d + went * e + tilt * f for d, e, f in zip(act.d_stay, act.d_go, act.d_ratio, strict=True)
    ]
    gain = sign * (games[6] - games[2]) * ratio
    answer = [gain * d for d in act.d_ratio]
    spread = jnp.exp(-resist)
    by_x = direct[0] * (games[1] - games[0]) * spread * hazard
    by_x += (n_firm + n_back) * hazard - n_concede * jnp.exp(-0.5 * x * x - gaussian.LOG_SQRT_2PI - concede)
    through = by_x / (1.0 - found.slope)
    by_c, by_low, by_high = (one + through * two for one, two in zip(direct, answer, strict=True))
    by_w, by_a = jnp.where(swap, by_high, by_low), jnp.where(swap, by_low, by_high)
    by_payoff = (
        by_c * spread,
        by_c * (1.0 - spread),
        -through * (1.0 + ratio),
        by_w,
        through,
        by_a,
        through * ratio,
    )
    return jnp.asarray(value) + by_x * found.last, jnp.stack(by_payoff)
