"""All equilibria of a crisis game, counted with a certificate, for any number of games at once.

z is monotone (see `signalling`), which gives a rigorous test: an interval [x1, x2] holds no root of x = z(x) if
x1 > z(x2) or x2 < z(x1) for a rising z. Falling and flat z have one root. For a rising z the two ends of the search
interval are first moved inwards by best responses, which never pass a root; what is left is cut into cells, and each
cell is discarded by the test, or accepted once the slope of z varies too little over it for x - z(x) to turn. A cell that
can be neither discarded nor accepted at a width of 1e-8 is a fold to within rounding: the game is then returned as not
certified, with advice.

Beyond |x| = 9 (24 for logistic information) the response is flat (p_R is 0 or 1 to 1e-19), so that a root there is an end value of z; the exception is
the corner without challenge, to which z runs off. Source: own; external check: equilibrium grid of the reference collection.
Units: payoffs in standard deviations of the private information, x in probits. Invariants: every root solves the equation to
the stated error; without a corner their number is odd; a count is certified or said not to be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.model.games import exact

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Respond = Callable[[Floats, Floats], tuple[Floats, Floats]]

EDGES = {"normal": 9.0, "logistic": 24.0}
INTERIOR, CORNER = 0, 1
KINDS = ("interior", "no_challenge_corner")
NARROWEST = 1e-8
NEAR_ENOUGH = 1e3
"""How large x - z(x) may be, relative to 1 + |x|, for Newton's method; beyond it the bracket is halved."""
_CONTRACTIONS = 24
_CELLS = 24
FOLD_ADVICE = (
    "two equilibria lie closer together than 1e-8, or have just vanished: the game is at a fold; "
    "move any payoff by 1e-6 to see which"
)


class Equilibria(NamedTuple):
    """Equilibria of n games in one flat table sorted by game and resistance.

    game: index of the game; x: F^-1(p_R), minus infinity at the corner; slope: dz/dx, below 1 in size where
    best-response steps converge; kind: 0 interior, 1 corner; error: bound on the error of x. ``certified`` has one entry
    per game: False where the count may be off by a pair of roots at a fold.
    """

    game: Ints
    x: Floats
    slope: Floats
    kind: Ints
    error: Floats
    certified: Bools


class _Cells(NamedTuple):
    """Intervals with the response and its slope at both ends."""

    game: Ints
    left: Floats
    right: Floats
    z_left: Floats
    z_right: Floats
    slope_left: Floats
    slope_right: Floats

    def take(self, keep: Bools) -> _Cells:
        kept: list[Any] = [values[keep] for values in self]
        return _Cells(*kept)


def corner_exists(games: Floats, family: str = "normal") -> Bools:
    """Whether no challenge at all is an equilibrium of each game. ``games``: (7, n)."""
    if family != "normal":
        return np.zeros(games.shape[1], bool)
    return np.asarray((games[0] > games[1]) & (games[2] > games[6]) & (games[3] < games[5]))


def _possible(cells: _Cells) -> Bools:
    return (cells.left <= cells.z_right) & (cells.right >= cells.z_left)


def _settled(games: Floats, cells: _Cells, family: str) -> Bools:
    """Whether x - z(x) cannot turn inside a cell.

    Judged by the slope of z at both ends and on average, over a cell too short to hide a bump: the cut-off moves by less
    than half a standard deviation of A's private information.
    """
    width = cells.right - cells.left
    narrow = width < NARROWEST * (1.0 + np.abs(cells.left))
    room = np.minimum(np.abs(1.0 - cells.slope_left), np.abs(1.0 - cells.slope_right))
    same = (cells.slope_left < 1.0) == (cells.slope_right < 1.0)
    mean = (cells.z_right - cells.z_left) / np.where(width > 0, width, 1.0)
    even = np.abs(cells.slope_left - cells.slope_right) < 0.5 * room
    even &= (np.abs(mean - cells.slope_left) < 0.5 * room) | narrow
    candidates = np.flatnonzero(same & even & (width < 0.5))
    game = games[:, cells.game[candidates]]
    floor = np.minimum(game[3], game[5]) - EDGES[family]
    c_left = np.maximum(exact.cutoff(game, cells.left[candidates], family), floor)
    c_right = np.maximum(exact.cutoff(game, cells.right[candidates], family), floor)
    settled = np.zeros(width.size, bool)
    settled[candidates] = (np.abs(c_left - c_right) < 0.5) | narrow[candidates]
    return settled


def _crossing(cells: _Cells) -> Bools:
    return (cells.left < cells.z_left) != (cells.right < cells.z_right)


def _contract(games: Floats, cells: _Cells, respond: Respond, family: str) -> tuple[_Cells, _Cells]:
    """Move the ends inwards by best responses; return (settled cells, open cells)."""
    done: list[_Cells] = []
    for _ in range(_CONTRACTIONS):
        if not cells.game.size:
            break
        left = np.where(cells.z_left > cells.left, cells.z_left, cells.left)
        right = np.where(cells.z_right < cells.right, cells.z_right, cells.right)
        alive = (left < EDGES[family]) & (right > -EDGES[family])
        cells, left, right = cells.take(alive), left[alive], np.maximum(left, right)[alive]
        both = np.concatenate([cells.game, cells.game])
        z, slope = respond(games[:, both], np.concatenate([left, right]))
        n = cells.game.size
        shrunk = (right - left) < 0.7 * (cells.right - cells.left)
        cells = _Cells(cells.game, left, right, z[:n], z[n:], slope[:n], slope[n:])
        finished = _settled(games, cells, family)
        done.append(cells.take(finished))
        stuck = ~finished & ~shrunk
        done.append(cells.take(stuck))
        cells = cells.take(~finished & ~stuck)
    whole = _join([*done, cells])
    margin = 1e-9 * (1.0 + np.maximum(np.abs(whole.left), np.abs(whole.right)))
    whole = whole._replace(left=whole.left - margin, right=whole.right + margin)
    finished = _settled(games, whole, family)
    return whole.take(finished), whole.take(~finished)


def _join(parts: list[_Cells]) -> _Cells:
    return _Cells(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _cut(games: Floats, cells: _Cells, pieces: int, respond: Respond) -> _Cells:
    """Cut every cell into equal pieces."""
    share = np.linspace(0.0, 1.0, pieces + 1)[:, None]
    points = cells.left + share * (cells.right - cells.left)
    inner = points[1:-1]
    z, slope = respond(games[:, np.tile(cells.game, pieces - 1)], inner.ravel())
    z_all = np.concatenate([cells.z_left[None], z.reshape(inner.shape), cells.z_right[None]])
    slope_all = np.concatenate([cells.slope_left[None], slope.reshape(inner.shape), cells.slope_right[None]])
    return _Cells(
        np.tile(cells.game, pieces),
        *(
            part.ravel()
            for part in (points[:-1], points[1:], z_all[:-1], z_all[1:], slope_all[:-1], slope_all[1:])
        ),
    )


def _isolate(games: Floats, cells: _Cells, respond: Respond, family: str) -> tuple[_Cells, Ints]:
    """Cells with exactly one root each, and the games with a fold that could not be resolved."""
    found: list[_Cells] = []
    folds: list[Ints] = []
    pieces = _CELLS
    while cells.game.size:
        cells = _cut(games, cells, pieces, respond)
        cells = cells.take(_possible(cells))
        settled = _settled(games, cells, family)
        found.append(cells.take(settled & _crossing(cells)))
        cells = cells.take(~settled)
        narrow = (cells.right - cells.left) < NARROWEST * (1.0 + np.abs(cells.left))
        found.append(cells.take(narrow & _crossing(cells)))
        folds.append(cells.game[narrow & ~_crossing(cells)])
        cells = cells.take(~narrow)
        pieces = 6
    return _join(found) if found else cells, np.unique(np.concatenate([*folds, np.empty(0, np.int64)]))


def polish(games: Floats, game: Ints, left: Floats, right: Floats, respond: Respond) -> tuple[Floats, ...]:
    """Newton's method inside brackets until it stops moving: (x, slope, error)."""
    low, high = left.copy(), right.copy()
    x = 0.5 * (left + right)
    slope, error = np.zeros_like(x), high - low
    stride = high - low
    rising = left < respond(games[:, game], left)[0]
    active = np.arange(x.size)
    for _ in range(200):
        if not active.size:
            break
        here = x[active]
        z, slope[active] = respond(games[:, game[active]], here)
        excess = here - z
        below = (excess <= 0) == rising[active]
        low[active] = np.where(below, here, low[active])
        high[active] = np.where(below, high[active], here)
        room = 1.0 - slope[active]
        guess = here - excess / np.where(room == 0, 1.0, room)
        inside = (guess >= low[active]) & (guess <= high[active])
        inside &= np.abs(guess - here) <= 0.5 * stride[active]
        # Where z is beyond all measure its slope is even more so, and Newton's step is nothing far from any root.
        inside &= np.abs(excess) < NEAR_ENOUGH * (1.0 + np.abs(here))
        following = np.where(inside, guess, 0.5 * (low[active] + high[active]))
        following = np.where(excess == 0, here, following)
        stride[active] = np.abs(following - here)
        x[active] = following
        error[active] = np.minimum(stride[active], high[active] - low[active])
        active = active[stride[active] > 4e-16 * (1.0 + np.abs(here))]
    return x, slope, error


def _starting_cells(games: Floats, respond: Respond, limit: float) -> tuple[_Cells, Floats, Floats]:
    """One cell per game over [-limit, limit], and the end values of the response."""
    n = games.shape[1]
    index = np.arange(n)
    edge = np.full(n, limit)
    z, slope = respond(np.concatenate([games, games], axis=1), np.concatenate([-edge, edge]))
    return _Cells(index, -edge, edge, z[:n], z[n:], slope[:n], slope[n:]), z[:n], z[n:]


def all_equilibria(games: Floats, *, family: str = "normal", respond: Respond | None = None) -> Equilibria:
    """Find every equilibrium of every game.

    Args:
        games: (7, n) float64, rows in the order of `signalling.Payoffs`, finite.
        family: "normal" or "logistic" private information.
        respond: best response and its slope; by default the float64 reference.
    """
    solve = respond or (lambda payoffs, x: exact.response(payoffs, x, family))
    start, down, up = _starting_cells(games, solve, EDGES[family])
    corner = corner_exists(games, family)
    rising = (games[6] - games[2]) * (games[5] - games[3]) * (games[1] - games[0]) > 0
    beyond_low = (down <= -EDGES[family]) & ~corner
    beyond_high = up >= EDGES[family]
    inside_cell = ~(~rising & (beyond_low | beyond_high))
    single = start.take(~rising & inside_cell)
    settled, unsettled = _contract(games, start.take(rising), solve, family)
    isolated, folds = _isolate(games, unsettled, solve, family)
    cells = _join([single, settled.take(_crossing(settled)), isolated])
    x, slope, error = polish(games, cells.game, cells.left, cells.right, solve)
    index = np.arange(games.shape[1])
    ends = [(index[beyond_low], down[beyond_low]), (index[beyond_high], up[beyond_high])]
    certified = np.ones(games.shape[1], bool)
    certified[folds] = False
    return _assemble(cells.game, x, slope, error, ends, index[corner], certified)


def _assemble(
    game: Ints,
    x: Floats,
    slope: Floats,
    error: Floats,
    ends: list[tuple[Ints, Floats]],
    corners: Ints,
    certified: Bools,
) -> Equilibria:
    """Put interior roots, end roots and corners into one sorted table."""
    games = np.concatenate([game, *(end[0] for end in ends), corners])
    xs = np.concatenate([x, *(end[1] for end in ends), np.full(corners.size, -np.inf)])
    flat = games.size - x.size
    slopes = np.concatenate([slope, np.zeros(flat)])
    errors = np.concatenate([error, np.zeros(flat)])
    kinds = np.where(np.isneginf(xs), CORNER, INTERIOR)
    order = np.lexsort((xs, games))
    return Equilibria(games[order], xs[order], slopes[order], kinds[order], errors[order], certified)
