"""Log-likelihoods of the crisis game and their analytic gradients.

Data: D games, counts of SQ, CD, SF, BD in each; payoffs linear in regressors; the log-likelihood is the sum of counts times
the log probability of each end, without the multinomial constant. No probability is floored: logs are taken of the
tails themselves. Source: Lewis and Schultz (2003); Crisman-Cox and Gibilisco, Political Science Research and Methods
(doi 10.1017/psrm.2019.58). External check: probes, fits and equilibria of the reference collection.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from foedus.calibrate.strategic.formula import Design
from foedus.model.games import exact
from foedus.model.games.batch import solve_all
from foedus.model.games.equilibria import Equilibria
from foedus.model.games.select import Rule, select

Floats = NDArray[np.float64]

PAYOFFS = ("S_A", "V_A", "C_B", "W_A", "W_B", "a", "V_B")
ENDS = ("SQ", "CD", "SF", "BD")
FREE_GROUPS = (("S_A", "V_A", "W_A", "a"), ("C_B", "W_B", "V_B"))
"""Payoffs of one player: a regressor may not stand in all of them."""
CLIP = 1e-4
"""Choice probabilities of nested pseudo-likelihood are kept this far from 0 and 1."""


@dataclass(frozen=True)
class Crises:
    """Counts of the four ends (4, n) and the design of the seven payoffs."""

    counts: Floats
    design: Design


class Parts(NamedTuple):
    """Logs of what A does at a cut-off, and their derivatives in (c, W, a), each (3, n)."""

    log_go: Floats
    log_stay: Floats
    log_ratio: Floats
    d_go: Floats
    d_stay: Floats
    d_ratio: Floats


def adversary(c: Floats, w: Floats, a: Floats, family: str = "normal") -> Parts:
    """Return A's behaviour at cut-off c with its derivatives."""
    parts = exact.split(c, w, a, family)
    stay_w, stay_a = exact.hazard(c - w, family), exact.hazard(c - a, family)
    d_stay = np.stack([stay_w + stay_a, -stay_w, -stay_a])
    odds = np.exp(np.minimum(parts.log_no_challenge - parts.log_challenge, exact.RATIO_LIMIT))
    d_go = -odds * d_stay
    hazard_h, hazard_b = np.exp(parts.log_hazard_h), np.exp(parts.log_hazard_b)
    cross = np.exp(parts.log_cross_h) + np.exp(parts.log_cross_b)
    d_ratio = np.stack([hazard_h - hazard_b, -hazard_h - cross, hazard_b + cross])
    return Parts(parts.log_challenge, parts.log_no_challenge, parts.log_ratio, d_go, d_stay, d_ratio)


def _chain_cutoff(d: Floats, dc_ds: Floats, dc_dv: Floats) -> Floats:
    """Derivatives in (c, W, a) to derivatives in the seven payoffs (7, n)."""
    out = np.zeros((7, d.shape[1]))
    out[0], out[1], out[3], out[5] = d[0] * dc_ds, d[0] * dc_dv, d[1], d[2]
    return out


class Pseudo(NamedTuple):
    """Pseudo-likelihood per game: value, derivative in payoffs (7, n), in the two given probabilities (2, n)."""

    value: Floats
    by_payoff: Floats
    by_probability: Floats
    best_resist: Floats
    best_firm: Floats
    resist_by_payoff: Floats
    firm_by_payoff: Floats
    resist_by_firm: Floats
    firm_by_resist: Floats
    information: Floats


def _log_ends(act: Parts, z: Floats) -> Floats:
    """Return the log probability of each end, shape (4, n): status quo, concession, fight, backing down."""
    resisted = act.log_go + special.log_ndtr(z)
    return np.stack(
        [
            act.log_stay,
            act.log_go + special.log_ndtr(-z),
            resisted - np.logaddexp(0.0, act.log_ratio),
            resisted - np.logaddexp(0.0, -act.log_ratio),
        ]
    )


def pseudo(payoffs: Floats, counts: Floats, resist: Floats, firm: Floats) -> Pseudo:
    """Evaluate the pseudo-likelihood at given p_R and p_F (E9 of the model statement), with every derivative."""
    dc_ds, dc_dv = 1.0 / resist, -(1.0 - resist) / resist
    c = payoffs[0] * dc_ds + payoffs[1] * dc_dv
    act = adversary(c, payoffs[3], payoffs[5])
    dc_dp = (payoffs[1] - c) / resist
    back = (1.0 - firm) / firm
    z = payoffs[4] + back * payoffs[6] - payoffs[2] / firm
    dz = np.zeros_like(payoffs)
    dz[4], dz[6], dz[2] = 1.0, back, -1.0 / firm
    dz_df = (payoffs[2] - payoffs[6]) / firm**2
    up, down = exact.hazard(z), -exact.hazard(-z)
    p_f = special.expit(-act.log_ratio)
    log_ends = _log_ends(act, z)
    go, stay = (_chain_cutoff(d, dc_ds, dc_dv) for d in (act.d_go, act.d_stay))
    ratio = _chain_cutoff(act.d_ratio, dc_ds, dc_dv)
    scores = np.stack([stay, go + down * dz, go + up * dz - (1.0 - p_f) * ratio, go + up * dz + p_f * ratio])
    by_resist = np.stack([act.d_stay[0], act.d_go[0], act.d_go[0], act.d_go[0]]) * dc_dp
    by_resist[2] -= (1.0 - p_f) * act.d_ratio[0] * dc_dp
    by_resist[3] += p_f * act.d_ratio[0] * dc_dp
    by_firm = np.stack([np.zeros_like(z), down * dz_df, up * dz_df, up * dz_df])
    expected = np.exp(log_ends) * counts.sum(0)
    density = np.exp(-0.5 * z * z - exact.LOG_SQRT_2PI)
    spread = -p_f * (1.0 - p_f)
    return Pseudo(
        np.where(counts > 0, counts * log_ends, 0.0).sum(0),
        np.einsum("en,ekn->kn", counts, scores),
        np.stack([(counts * by_resist).sum(0), (counts * by_firm).sum(0)]),
        special.ndtr(z),
        p_f,
        density * dz,
        spread * ratio,
        density * dz_df,
        spread * act.d_ratio[0] * dc_dp,
        np.einsum("en,ejn,ekn->jkn", expected, scores, scores),
    )


class Equilibrium(NamedTuple):
    """Full likelihood per game: value, derivative in payoffs (7, n), and the equilibria used."""

    value: Floats
    by_payoff: Floats
    x: Floats
    slope: Floats


def log_ends(payoffs: Floats, x: Floats, family: str = "normal") -> Floats:
    """Return the log probabilities of the four ends (4, n) when B resists with F(x)."""
    c = exact.cutoff(payoffs, x, family)
    parts = exact.split(c, payoffs[3], payoffs[5], family)
    resist, concede = exact.log_cdf(x, family), exact.log_cdf(-x, family)
    go = parts.log_challenge
    return np.stack(
        [
            parts.log_no_challenge,
            go + concede,
            go + resist - np.logaddexp(0.0, parts.log_ratio),
            go + resist - np.logaddexp(0.0, -parts.log_ratio),
        ]
    )


def _finite_x(table: Equilibria) -> Floats:
    return np.maximum(table.x, -37.0)


def pick(payoffs: Floats, counts: Floats, rule: Rule | None, family: str = "normal") -> tuple[Floats, Floats]:
    """Return (x, slope) of one equilibrium per game: by a named rule, or (None) the one that the data favour."""
    table = solve_all(payoffs, family, workers=1)
    if rule is not None:
        rows = select(table, rule, family=family)
        return _finite_x(table)[rows], table.slope[rows]
    ends = log_ends(payoffs[:, table.game], _finite_x(table), family)
    here = counts[:, table.game]
    value = np.where(here > 0, here * ends, 0.0).sum(0)
    order = np.lexsort((value, table.game))
    last = np.append(np.flatnonzero(np.diff(table.game[order])), order.size - 1)
    rows = order[last]
    return _finite_x(table)[rows], table.slope[rows]


def full(payoffs: Floats, counts: Floats, rule: Rule | None) -> Equilibrium:
    """Evaluate the likelihood at an equilibrium of every game, with derivatives through the equilibrium."""
    x, slope = pick(payoffs, counts, rule)
    spread = np.exp(-special.log_ndtr(x))
    dc_ds, dc_dv = spread, 1.0 - spread
    c = payoffs[1] + (payoffs[0] - payoffs[1]) * spread
    act = adversary(c, payoffs[3], payoffs[5])
    dc_dx = (payoffs[1] - c) * exact.hazard(x)
    p_f = special.expit(-act.log_ratio)
    n_stay, n_concede, n_firm, n_back = counts
    n_go = n_concede + n_firm + n_back
    by_c = n_stay * act.d_stay + n_go * act.d_go + (n_back * p_f - n_firm * (1.0 - p_f)) * act.d_ratio
    by_x = by_c[0] * dc_dx + (n_firm + n_back) * exact.hazard(x) - n_concede * exact.hazard(-x)
    ratio = np.exp(np.clip(act.log_ratio, -exact.RATIO_LIMIT, exact.RATIO_LIMIT))
    gain = (payoffs[6] - payoffs[2]) * ratio
    dz = _chain_cutoff(gain * act.d_ratio, dc_ds, dc_dv)
    dz[2] -= 1.0 + ratio
    dz[4] += 1.0
    dz[6] += ratio
    by_payoff = _chain_cutoff(by_c, dc_ds, dc_dv) + by_x / (1.0 - slope) * dz
    ends = _log_ends(act, x)
    return Equilibrium(np.where(counts > 0, counts * ends, 0.0).sum(0), by_payoff, x, slope)
