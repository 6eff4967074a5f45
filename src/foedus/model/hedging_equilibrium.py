"""Hedging in equilibrium: how allies split a budget when a patron may be transactional and tributes compete.

Ally i splits a yearly budget B_i over four lines: own spending o, purchases from the patron p, hosting h, European enablers e.

- standing with the patron: ``a_i = a0_i + 100 (k_p p_i + k_h h_i) / (4 d y_i)`` (the account where gain and decay balance); what counts is
  ``a_i - rivalry * mean of the others' gains``
- participation: ``c_i = b_c C_i + b_t sigma(l_i + k (standing_i)) + b_w W_i``, by beliefs over types
- enablers: ``F = F0 + H * sum_j e_j / cost`` (at most 1) of the alliance's enablers are Europe's; present with i: ``E_i = F + (1 - F) c_i``
- defence: ``D_i = (1 + g E_i) (home_i (1 + (o_i + w p_i) / s_i)^gamma + c_i * patron_i)``, with s_i its spending now
- security: log odds that the defence holds, ``m log(k D_i / R_i)``

Each ally maximises its own security given the others: a Nash equilibrium, found by replicator steps on the shares of the
budget (a share grows with its marginal security) and checked by the gain that the best single line would still bring (`gap`).
Units: billion USD of 2021 a year, brigades, log odds. Source: design 4.7; Tullock (1980) for contests over favour; Cornes and
Sandler (1996) for public goods beside private ones; register entries ``hedging.*``.
Invariants: marginals are the derivatives of security; at the equilibrium no other split gains; with full rivalry equal
tributes buy nobody anything.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]

LINES = ("own spending", "purchases from the patron", "hosting", "European enablers")
OWN, BUY, HOST, ENABLE = range(4)
STEPS = 800
LEAST_SHARE = 1e-9


class Alliance(NamedTuple):
    """What a draw says about the allies; arrays (N,) unless noted. Money in billion USD of 2021 a year."""

    gdp: Floats
    spending: Floats
    budget: Floats  # to be split
    home: Floats  # brigades
    patron: Floats  # brigades that the patron brings if it takes part
    attack: Floats  # brigades
    committed: Floats  # chance that a committed patron fights
    withdrawing: Floats
    transactional_level: Floats  # logit, at the account of the start
    belief: Floats  # (3,) committed, transactional, withdrawing
    european: Floats  # 1 where enabler money counts


class Terms(NamedTuple):
    """Parameters of the draw."""

    account: float  # logit per standard deviation
    per_purchase: float  # standard deviations per percent of GDP a year
    per_hosting: float
    decay: float  # share per quarter
    rivalry: float
    purchase_worth: float
    stock_elasticity: float
    enabler_gain: float
    enabler_start: float  # Europe's own share of the enablers
    enabler_cost: float  # billion USD for the rest
    horizon: float  # years over which enabler money adds up
    exponent: float
    advantage: float


class Split(NamedTuple):
    """An equilibrium."""

    money: Floats  # (N, 4)
    security: Floats  # (N,) log odds
    participation: Floats  # (N,)
    marginal: Floats  # (N, 4) log odds per billion USD a year
    gap: float  # largest gain in log odds left from moving a billion to the best line


def account_gain(alliance: Alliance, terms: Terms, money: Floats) -> Floats:
    """Return the account gained where gain and decay balance, shape (N,), standard deviations."""
    paid = terms.per_purchase * money[:, BUY] + terms.per_hosting * money[:, HOST]
    return np.asarray(100.0 * paid / alliance.gdp / (4.0 * terms.decay))


def participation(alliance: Alliance, terms: Terms, money: Floats) -> Floats:
    """Return the chance that the patron takes part, shape (N,)."""
    gained = account_gain(alliance, terms, money)
    others = (gained.sum() - gained) / max(len(gained) - 1, 1)
    favour = special.expit(alliance.transactional_level + terms.account * (gained - terms.rivalry * others))
    b = alliance.belief
    return np.asarray(b[0] * alliance.committed + b[1] * favour + b[2] * alliance.withdrawing)


def europes_share(alliance: Alliance, terms: Terms, money: Floats) -> float:
    """Return the share of the alliance's enablers that is Europe's after the horizon."""
    bought = float((money[:, ENABLE] * alliance.european).sum()) * terms.horizon / terms.enabler_cost
    return min(terms.enabler_start + (1.0 - terms.enabler_start) * bought, 1.0)


def security(alliance: Alliance, terms: Terms, money: Floats, part: Floats | None = None) -> Floats:
    """Return the log odds that each defence holds, shape (N,). ``part``: participation, where it is given from outside."""
    c = participation(alliance, terms, money) if part is None else part
    share = europes_share(alliance, terms, money)
    present = share + (1.0 - share) * c
    stock = 1.0 + (money[:, OWN] + terms.purchase_worth * money[:, BUY]) / alliance.spending
    raw = alliance.home * stock**terms.stock_elasticity + c * alliance.patron
    full = (1.0 + terms.enabler_gain * present) / (1.0 + terms.enabler_gain) * raw
    return np.asarray(terms.exponent * (np.log(terms.advantage * full) - np.log(alliance.attack)))


def marginals(alliance: Alliance, terms: Terms, money: Floats) -> Floats:
    """Return what a further billion a year on each line does to the ally's own security, shape (N, 4), in closed form."""
    gained = account_gain(alliance, terms, money)
    others = (gained.sum() - gained) / max(len(gained) - 1, 1)
    favour = special.expit(alliance.transactional_level + terms.account * (gained - terms.rivalry * others))
    c = participation(alliance, terms, money)
    share = europes_share(alliance, terms, money)
    present = share + (1.0 - share) * c
    stock = 1.0 + (money[:, OWN] + terms.purchase_worth * money[:, BUY]) / alliance.spending
    land = alliance.home * stock**terms.stock_elasticity
    raw = land + c * alliance.patron
    by_presence = terms.enabler_gain / (1.0 + terms.enabler_gain * present)
    by_stock = land * terms.stock_elasticity / stock / alliance.spending / raw
    by_part = alliance.patron / raw + by_presence * (1.0 - share)
    part_by_account = alliance.belief[1] * favour * (1.0 - favour) * terms.account
    account_by_money = 100.0 / alliance.gdp / (4.0 * terms.decay)
    by_account = by_part * part_by_account * account_by_money
    open_gap = 1.0 if share < 1.0 else 0.0
    by_enabler = by_presence * (1.0 - c) * (1.0 - terms.enabler_start) * terms.horizon / terms.enabler_cost
    return np.asarray(
        terms.exponent
        * np.stack(
            [
                by_stock,
                terms.purchase_worth * by_stock + terms.per_purchase * by_account,
                terms.per_hosting * by_account,
                by_enabler * alliance.european * open_gap,
            ],
            axis=1,
        )
    )


def solve(alliance: Alliance, terms: Terms, start: Floats | None = None, steps: int = STEPS) -> Split:
    """Return the equilibrium reached from ``start`` (N, 4) shares of the budget, or from an even split.

    Failure is a value: a large ``gap`` says that the steps have not settled (give more, or another start).
    """
    shares = np.full((len(alliance.gdp), 4), 0.25) if start is None else np.array(start, dtype=np.float64)
    pace = 1.0
    for _ in range(steps):
        gain = marginals(alliance, terms, shares * alliance.budget[:, None])
        scale = np.maximum(gain.max(axis=1, keepdims=True), 1e-300)
        shares = shares * np.exp(pace * (gain / scale - 1.0))
        shares = np.maximum(shares / shares.sum(axis=1, keepdims=True), LEAST_SHARE)
        shares /= shares.sum(axis=1, keepdims=True)
        best = gain.max(axis=1)
        if float((best - (shares * gain).sum(axis=1)).max()) < 1e-10:
            break
    money = shares * alliance.budget[:, None]
    gain = marginals(alliance, terms, money)
    gap = float((gain.max(axis=1) - (shares * gain).sum(axis=1)).max())
    return Split(money, security(alliance, terms, money), participation(alliance, terms, money), gain, gap)
