"""Which equilibrium is played, by name; and equilibria followed along a path of payoffs.

Rules: ``lowest`` and ``highest`` resistance; ``risk_dominant``, the stable equilibrium that best-response dynamics reach
from the largest share of starting beliefs about p_R in (0, 1); ``continued``, the one that they reach from a given x.
A continuation follows best responses along a line in payoffs and reports where it had to jump (a fold).
Source: risk dominance after Harsanyi and Selten (1988), by the shares of starting beliefs that lead there. Units: x in probits.
Invariants: the choice is an equilibrium; lowest is never above highest; a continued path moves without jumps but at folds.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from foedus.model.games import exact
from foedus.model.games.equilibria import CORNER, Equilibria, Floats, Ints, all_equilibria

Rule = Literal["lowest", "highest", "risk_dominant", "continued"]
RULES: tuple[str, ...] = ("lowest", "highest", "risk_dominant", "continued")


class Path(NamedTuple):
    """An equilibrium along a path of payoffs: share of the way, x, outcome rows of `exact.outcomes`, jumps."""

    share: Floats
    x: Floats
    outcomes: Floats
    jumped: list[float]


def is_stable(table: Equilibria) -> np.ndarray:
    """Whether best-response steps converge to each equilibrium."""
    return np.asarray((np.abs(table.slope) < 1.0) | (table.kind == CORNER))


def _reached(xs: Floats, slopes: Floats, start: float) -> int:
    """Return the equilibrium of one game that best responses reach from ``start``: roots with slope above 1 part basins."""
    if xs.size == 1:
        return 0
    upper = int(np.searchsorted(xs, start, side="right"))
    ends = [k for k in (upper - 1, upper) if 0 <= k < xs.size and slopes[k] < 1.0]
    if not ends:
        return min(max(upper - 1, 0), xs.size - 1)
    return ends[0] if len(ends) == 1 else min(ends, key=lambda k: abs(xs[k] - start))


def _risk_dominant(xs: Floats, slopes: Floats, family: str) -> int:
    """Return the stable equilibrium with the widest basin of p_R."""
    shares = np.exp(exact.log_cdf(xs, family))
    parting = np.concatenate([[0.0], shares[slopes >= 1.0], [1.0]])
    resting = np.flatnonzero(slopes < 1.0)
    if not resting.size:
        return 0
    place = np.searchsorted(parting[1:-1], shares[resting])
    return int(resting[np.argmax(parting[place + 1] - parting[place])])


def select(table: Equilibria, rule: Rule, *, start: Floats | float = 0.0, family: str = "normal") -> Ints:
    """Return, for every game, the row of its selected equilibrium in the table.

    Args:
        table: all equilibria.
        rule: one of `RULES`.
        start: for ``continued``, the x per game from which best responses start.
        family: distribution of the private information.
    """
    games, first = np.unique(table.game, return_index=True)
    last = np.append(first[1:], table.game.size)
    if rule == "lowest":
        return np.asarray(first)
    if rule == "highest":
        return np.asarray(last - 1)
    origin = np.broadcast_to(np.asarray(start, float), games.shape)
    rows = first.copy()
    for k in np.flatnonzero(last - first > 1):
        part = slice(first[k], last[k])
        slopes = np.where(table.kind[part] == CORNER, 0.0, table.slope[part])
        if rule == "continued":
            rows[k] += _reached(table.x[part], slopes, float(origin[k]))
        else:
            rows[k] += _risk_dominant(table.x[part], slopes, family)
    return np.asarray(rows)


def follow(start: Floats, stop: Floats, x: float, *, steps: int = 100, family: str = "normal") -> Path:
    """Follow one equilibrium from payoffs ``start`` (7,) to ``stop`` (7,), beginning near ``x``.

    At a fold the equilibrium ends; the path goes on with the one that best responses reach from there, and the share of
    the way is noted in ``jumped``.
    """
    shares = np.linspace(0.0, 1.0, steps + 1)
    games = start[:, None] + (stop - start)[:, None] * shares
    table = all_equilibria(games, family=family)
    xs, jumped = np.empty(shares.size), []
    here = x
    for k, share in enumerate(shares):
        part = np.flatnonzero(table.game == k)
        roots = table.x[part]
        slopes = np.where(table.kind[part] == CORNER, 0.0, table.slope[part])
        pick = _reached(roots, slopes, here)
        before, here = here, max(float(roots[pick]), -37.0)
        xs[k] = here
        between = (roots > min(before, here) + 1e-9) & (roots < max(before, here) - 1e-9)
        moved = abs(
            np.exp(exact.log_cdf(np.array(here), family)) - np.exp(exact.log_cdf(np.array(before), family))
        )
        if k and (between.any() or (roots.size != np.sum(table.game == k - 1) and moved > 5.0 / steps)):
            jumped.append(float(share))
    return Path(shares, xs, exact.outcomes(games, xs, family), jumped)
