"""All equilibria of most games, found cheaply: searched in float32, settled in float64; the rest is handed back.

A game is settled here only if its count is beyond doubt in spite of float32's rounding (every bound is moved outwards by
`_noise`, and the slope of x - z(x) keeps well away from 0), and if its roots are then found in float64 with errors below
`CLOSE`. Otherwise the game stays open, for `equilibria.all_equilibria` to search in float64. The search is the same:

- z falls or is flat: exactly one root, and x and z(x) always lie on its two sides;
- z rises: the ends of the search interval move inwards by best responses, which never pass a root, until the slope of z
  varies too little between them for x - z(x) to turn, or until no interval is left (only the corner remains). What is
  left is cut into cells, and a cell is dropped once best responses from its ends lead out of it.
Source: as `equilibria`, whose search settles what this one leaves open. Units: as there. Invariants: the roots are those
of the thorough search to 1e-9 in the probability.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.model.games.tails import COARSE, FINE, LARGEST, WIDEST, Fixed, prepare, refine, respond

Array = NDArray[Any]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

EDGE = 9.0
CLOSE = 1e-12
TIED = 1e-6
_ROUNDS = 12
_CUTS = (16, 5, 5, 5)
_NEAR, _NEARLY = 1e-4, 0.02
_ROOM = 0.05
_PIECE = 8_192


class Engine(NamedTuple):
    """The two calculations: (z, slope, s, z - base) in float32, and (root, slope, error, response) in float64."""

    coarse: Callable[[Fixed, Array], tuple[Array, Array, Array, Array]]
    fine: Callable[[Fixed, Array], tuple[Array, Array, Array, Array]]


class Screened(NamedTuple):
    """Roots of the settled games, in no order: game, x, dz/dx, bound on the error of x; and which games are settled."""

    settled: Bools
    game: Ints
    x: Floats
    slope: Floats
    error: Floats


class _Roots(NamedTuple):
    """Coarse roots: game, x to a few digits, an interval around it, and whether x < z(x) to its left."""

    game: Ints
    x: Array
    low: Array
    high: Array
    upright: Bools


class _Ends(NamedTuple):
    """Intervals with the best responses, their slopes, cut-offs s and gains z - base at both ends."""

    game: Ints
    low: Array
    high: Array
    z_low: Array
    z_high: Array
    slope_low: Array
    slope_high: Array
    s_low: Array
    s_high: Array
    gain_low: Array
    gain_high: Array


def take(fixed: Fixed, index: Array | slice) -> Fixed:
    """Return some of the games."""
    return Fixed(*(part[index] for part in fixed))


def in_pieces(run: Callable[[Fixed, Array], tuple[Array, ...]]) -> Callable[[Fixed, Array], Any]:
    """Run piece by piece, each small enough for the processor's cache."""

    def whole(fixed: Fixed, x: Array) -> Any:
        if x.size <= _PIECE:
            return run(fixed, x)
        cuts = [slice(k, k + _PIECE) for k in range(0, x.size, _PIECE)]
        parts = [run(take(fixed, cut), x[cut]) for cut in cuts]
        return tuple(np.concatenate(part) for part in zip(*parts, strict=True))

    return whole


def _coarse(fixed: Fixed, x: Array) -> tuple[Array, Array, Array, Array]:
    z, slope, gain, place = respond(np, fixed, x, COARSE)
    return z, slope, place.s, gain


PLAIN = Engine(in_pieces(_coarse), in_pieces(lambda fixed, x: refine(np, fixed, x)))
"""Both calculations in NumPy, with nothing to compile."""


def _noise(fixed: Fixed, z: Array) -> Array:
    """Return more than the error of a coarse response: its size times the coarse grade's accuracy, and rounding."""
    size = np.abs(fixed.base) + np.minimum(np.abs(z - fixed.base), 1e30)
    return np.asarray(5e-5 * (1.0 + size), np.float32)


def eligible(games: Array, xp: Any = np) -> Any:
    """Whether payoffs are moderate enough for float32, and A's two payoffs of a resisted challenge equal or well apart.

    Where they are all but equal, b / h begins to move at cut-offs beyond those that `tails` allows.
    """
    apart = xp.abs(games[3] - games[5])
    moderate = xp.abs(games).max(0, initial=0.0) < LARGEST
    return moderate & (apart < WIDEST) & ((apart == 0.0) | (apart > TIED))


def _polish(engine: Engine, fixed: Fixed, start: _Roots, falls: bool) -> Array:
    """Return roots to a few digits by Newton's method inside brackets; nan where it does not settle."""
    found = np.full(start.x.size, np.nan, np.float32)
    active = np.arange(start.x.size)
    _, x, low, high, upright = start
    for k in range(_ROUNDS):
        if not active.size:
            break
        z, slope, *_ = engine.coarse(fixed, x)
        below = (x < z) == upright
        if falls:
            margin = _noise(fixed, z)
            low, high = np.maximum(low, np.minimum(x, z - margin)), np.minimum(high, np.maximum(x, z + margin))
        low, high = np.where(below, x, low), np.where(below, high, x)
        guess = np.clip(x + (z - x) / (1.0 - slope), low, high)
        ahead = guess if k % 4 < 3 else np.where(np.abs(guess - x) < _NEAR, guess, 0.5 * (low + high))
        beyond = (np.abs(ahead) >= EDGE) & (np.abs(x) >= EDGE)
        done = (np.abs(ahead - x) < _NEAR) & ((np.abs(z - x) < _NEARLY) | beyond)
        found[active[done]] = ahead[done]
        going = ~done & np.isfinite(z)
        active, x, low, high, upright = (v[going] for v in (active, ahead, low, high, upright))
        fixed = take(fixed, going)
    return found


def _fall(engine: Engine, fixed: Fixed) -> tuple[_Roots, Bools]:
    """Roots of games whose response falls or is flat, and which games stay open."""
    n = fixed.d.size
    low, high = np.full(n, -EDGE, np.float32), np.full(n, EDGE, np.float32)
    start = _Roots(np.arange(n), np.zeros(n, np.float32), low, high, np.ones(n, bool))
    start = start._replace(x=_polish(engine, fixed, start, falls=True))
    return start, np.isnan(start.x)


def _measure(engine: Engine, fixed: Fixed, game: Ints, low: Array, high: Array) -> _Ends:
    both = [*zip(engine.coarse(fixed, low), engine.coarse(fixed, high), strict=True)]
    return _Ends(game, low, high, *both[0], *both[1], *both[2], *both[3])


def _keep(ends: _Ends, index: Array) -> _Ends:
    kept: list[Any] = [part[index] for part in ends]
    return _Ends(*kept)


def _some(roots: _Roots, index: Array) -> _Roots:
    kept: list[Any] = [part[index] for part in roots]
    return _Roots(*kept)


def _calm(fixed: Fixed, ends: _Ends) -> Bools:
    """Whether dz/dx stays below 1/2 between the ends, by a bound on each of its factors.

    dz/dx = gain * steep * ds/dx. The gain z - base is monotone. Steep is the difference of two hazards that are positive
    and below max(s, 0) + 0.8, because the hazard of a normal variable is. And |ds/dx| = |s - lead| phi(x) / Phi(x), with
    both factors falling in x. Says nothing where s is clipped.
    """
    least, most = np.minimum(ends.s_low, ends.s_high), np.maximum(ends.s_low, ends.s_high)
    gain = np.maximum(np.abs(ends.gain_low), np.abs(ends.gain_high))
    reach = np.maximum(np.abs(ends.s_low - fixed.lead), np.abs(ends.s_high - fixed.lead))
    bound = gain * (np.maximum(most, 0.0) + 0.8) * reach * (np.maximum(-ends.low, 0.0) + 0.8)
    return np.asarray((bound < 0.5) & (least > -COARSE.floor) & (most < COARSE.furthest))


def _steady(fixed: Fixed, ends: _Ends, noise: Array) -> Bools:
    """Whether x - z(x) cannot turn between the ends: `equilibria._settled` with room for coarse arithmetic, or `_calm`."""
    width = ends.high - ends.low
    room = np.minimum(np.abs(1.0 - ends.slope_low), np.abs(1.0 - ends.slope_high))
    same = (ends.slope_low < 1.0) == (ends.slope_high < 1.0)
    even = np.abs(ends.slope_low - ends.slope_high) < 0.5 * room
    mean = (ends.z_high - ends.z_low) / np.where(width > 0, width, 1.0)
    even &= (np.abs(mean - ends.slope_low) < 0.5 * room) | (width < 20.0 * noise)
    short = (width < 0.5) & (np.abs(ends.s_high - ends.s_low) < 0.5)
    return np.asarray((same & even & (room > _ROOM) & short) | _calm(fixed, ends))


def _narrow(engine: Engine, fixed: Fixed) -> tuple[_Roots, _Ends]:
    """Move ends inwards by best responses: games that hold one root at most, and the intervals of the others."""
    n = fixed.d.size
    done: list[_Roots] = []
    stuck: list[_Ends] = []
    active, part = np.arange(n), fixed
    left, right = np.full(n, -EDGE, np.float32), np.full(n, EDGE, np.float32)
    for _ in range(_ROUNDS):
        ends = _measure(engine, part, active, left, right)
        noise_low, noise_high = _noise(part, ends.z_low), _noise(part, ends.z_high)
        up, down = np.clip(ends.z_low - noise_low, left, EDGE), np.clip(ends.z_high + noise_high, -EDGE, right)
        sunk, risen = down <= -EDGE, up >= EDGE
        steady = _steady(part, ends, np.maximum(noise_low, noise_high))
        middle = np.where(sunk, -EDGE, np.where(risen, EDGE, 0.5 * (up + down))).astype(np.float32)
        ready = sunk | risen | steady
        roots = _Roots(active, np.clip(middle, left, right), left, right, np.ones(active.size, bool))
        done.append(_some(roots, ready))
        going = ~ready & ((down - up) < 0.7 * (right - left)) & (down >= up)
        stuck.append(_keep(ends, ~ready & ~going))
        active, part = active[going], take(part, going)
        left, right = up[going], down[going]
        if not active.size:
            break
    if active.size:
        stuck.append(_measure(engine, part, active, left, right))
    return _join(_Roots, done), _join(_Ends, stuck)


def _join(kind: Any, parts: list[Any]) -> Any:
    return kind(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _cut(engine: Engine, fixed: Fixed, ends: _Ends, pieces: int) -> _Ends:
    """Cut every interval into equal pieces."""
    share = np.linspace(0.0, 1.0, pieces + 1, dtype=np.float32)[:, None]
    points = ends.low + share * (ends.high - ends.low)
    points[-1] = ends.high
    repeated = np.tile(ends.game, pieces - 1)
    inner = [v.reshape(pieces - 1, -1) for v in engine.coarse(take(fixed, repeated), points[1:-1].ravel())]
    columns = [points]
    for low, middle, high in zip(ends[3::2], inner, ends[4::2], strict=True):
        columns.append(np.concatenate([low[None], middle, high[None]]))
    halves = [half.ravel() for column in columns for half in (column[:-1], column[1:])]
    return _Ends(np.tile(ends.game, pieces), *halves)


def _separate(engine: Engine, fixed: Fixed, ends: _Ends) -> tuple[_Roots, Ints]:
    """One interval per root for games that may have several; and the games that could not be decided."""
    none = np.empty(0, np.float32)
    found = [_Roots(np.empty(0, np.int64), none, none, none, np.empty(0, bool))]
    for pieces in _CUTS:
        if not ends.game.size:
            break
        ends = _cut(engine, fixed, ends, pieces)
        part = take(fixed, ends.game)
        noise_low, noise_high = _noise(part, ends.z_low), _noise(part, ends.z_high)
        possible = ~((ends.low > ends.z_high + noise_high) | (ends.high < ends.z_low - noise_low))
        steady = _steady(part, ends, np.maximum(noise_low, noise_high))
        crossing = (ends.low < ends.z_low) != (ends.high < ends.z_high)
        ready = _keep(ends, possible & steady & crossing)
        middle = 0.5 * (ready.low + ready.high)
        found.append(_Roots(ready.game, middle, ready.low, ready.high, ready.low < ready.z_low))
        ends = _keep(ends, possible & ~steady)
    return _join(_Roots, found), np.unique(ends.game)


def _climb(engine: Engine, fixed: Fixed) -> tuple[_Roots, Bools]:
    """Roots of games whose response rises, and which games stay open."""
    single, ends = _narrow(engine, fixed)
    several, undecided = _separate(engine, fixed, ends)
    flat = np.abs(single.x) >= EDGE
    rest = _join(_Roots, [_some(single, ~flat), several])
    rest = rest._replace(x=_polish(engine, take(fixed, rest.game), rest, falls=False))
    limits = [_some(single, flat)]
    for end, beyond in ((-EDGE, ends.z_low <= -EDGE), (EDGE, ends.z_high >= EDGE)):
        at = ends.game[beyond & (np.abs((ends.low if end < 0 else ends.high) - end) == 0)]
        whole = np.full(at.size, end, np.float32)
        limits.append(_Roots(at, whole, whole, whole, np.ones(at.size, bool)))
    open_ = np.zeros(fixed.d.size, bool)
    open_[undecided] = True
    open_[rest.game[np.isnan(rest.x)]] = True
    return _join(_Roots, [*limits, rest]), open_


def screen(games: Floats, corner: Bools, engine: Engine = PLAIN) -> Screened:
    """Settle as many games (7, n) with normal private information as can be settled cheaply; leave the others open."""
    settled = eligible(games)
    rises = (games[6] - games[2]) * (games[5] - games[3]) * (games[1] - games[0]) > 0
    parts = []
    with np.errstate(all="ignore"):
        for index, search in (
            (np.flatnonzero(settled & ~rises), _fall),
            (np.flatnonzero(settled & rises), _climb),
        ):
            if index.size:
                roots, open_ = search(engine, prepare(games[:, index], COARSE))
                settled[index[open_]] = False
                parts.append(roots._replace(game=index[roots.game]))
        if not parts:
            empty = np.empty(0)
            return Screened(settled, np.empty(0, np.int64), empty, empty, empty)
        roots = _join(_Roots, parts)
        return _settle(games, corner, _some(roots, settled[roots.game]), settled, engine)


def _settle(games: Floats, corner: Bools, roots: _Roots, settled: Bools, engine: Engine) -> Screened:
    """Find the roots in float64 and keep the games all of whose roots are beyond doubt."""
    start = roots.x.astype(float)
    fixed = prepare(games[:, roots.game], FINE)
    x, slope, error, response = engine.fine(fixed, start)
    flat = ((start >= EDGE) & (response >= EDGE)) | ((start <= -EDGE) & (response <= -EDGE))
    again = np.flatnonzero(np.isinf(error) & np.isfinite(x) & ~flat)
    if again.size:
        x[again], slope[again], error[again], _ = engine.fine(take(fixed, again), x[again])
    margin = 1e-3 * (1.0 + np.abs(start))
    good = (x >= roots.low - margin) & (x <= roots.high + margin) & (error < CLOSE * (1.0 + np.abs(x)))
    good &= np.where(roots.upright, 1.0 - slope, slope - 1.0) > 0.5 * _ROOM
    settled[roots.game[~(flat | good)]] = False
    keep = settled[roots.game] & ~(flat & (start < 0) & corner[roots.game])
    values = np.where(flat, response, x), np.where(flat, 0.0, slope), np.where(flat, 0.0, error)
    return Screened(settled, roots.game[keep], *(v[keep] for v in values))
