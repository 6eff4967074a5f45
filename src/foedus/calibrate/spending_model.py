"""Growth of spending shares: a common shock, a pull towards the pledge, threat shocks and heavy tails.

For member i and year t, with s the share of GDP in percent:

    g[i,t] = log s[i,t] - log s[i,t-1]
           = f[t] + sum_e delta[e] w[e,t] + k[t] * pace[i,t] + rho * g[i,t-1] + u[i,t]
    pace[i,t] = max(0, log(pledge / s[i,t-1])) / years left to the deadline
    f[t] = (1 - phi) f_bar + phi f[t-1] + noise,   k[t] likewise,
    u ~ Student t with scale sigma[i] * sqrt(c[t])

``f`` is what moves all members together, ``delta`` the extra growth in the three years after a great-power attack,
``k`` the share of the pace needed to meet the pledge in time that is delivered: partial adjustment with a speed
that changes. ``c`` makes some years more volatile than others. Fitted by Gibbs sampling with forward filtering and
backward sampling; the numbers that a reader may dispute are in ``priors.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.calibrate.priors import Prior, priors_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GrowthPanel:
    """Spending shares by year and member, and what was known about pledges and attacks.

    share: (year, member), percent of GDP, NaN where missing. The other arrays may run on past the last observed
    year, and must cover every year that is forecast. pledge: (year,) percent of GDP, NaN where none holds.
    years_left: (year,) budgets up to and including the deadline, at least 1. shock: (event, year), 1 in the years
    in which an attack raises spending.
    """

    years: tuple[int, ...]
    members: tuple[str, ...]
    share: Floats
    pledge: Floats
    years_left: Floats
    shock: Floats


@dataclass(frozen=True)
class GrowthPosterior:
    """Draws of the growth model: path (draw, year, 2) holds f and k; volatility is the last year's c."""

    path: Floats
    level: Floats
    persistence: Floats
    innovation_sd: Floats
    rho: Floats
    sigma: Floats
    volatility: Floats
    shock: Floats


def needed_pace(share: Floats, pledge: Floats | float, years_left: Floats | float) -> Floats:
    """Yearly log growth that reaches the pledge in time; zero above it or where no pledge holds."""
    with np.errstate(invalid="ignore", divide="ignore"):
        gap = np.log(np.asarray(pledge) / share)
    return np.asarray(np.where(np.isfinite(gap), np.maximum(gap, 0.0), 0.0) / years_left, dtype=float)


def _sample_path(
    residual: Floats,
    pace: Floats,
    precision: Floats,
    level: Floats,
    persistence: Floats,
    variance: Floats,
    rng: np.random.Generator,
) -> Floats:
    """Forward filter, backward sample the two-dimensional state (f, k)."""
    steps = residual.shape[0]
    mean, cov = np.zeros((steps, 2)), np.zeros((steps, 2, 2))
    noise, transition = np.diag(variance), np.diag(persistence)
    m, c = level, np.diag(variance / (1 - persistence**2))
    for t in range(steps):
        if t:
            m = level + persistence * (m - level)
            c = transition @ c @ transition + noise
        h = np.column_stack([np.ones(pace.shape[1]), pace[t]])
        information = np.linalg.inv(c)
        c = np.linalg.inv(information + (h.T * precision[t]) @ h)
        m = c @ (information @ m + h.T @ (precision[t] * residual[t]))
        mean[t], cov[t] = m, c
    path = np.zeros((steps, 2))
    normal = rng.standard_normal((steps, 2))
    path[-1] = mean[-1] + np.linalg.cholesky(cov[-1]) @ normal[-1]
    for t in range(steps - 2, -1, -1):
        predicted = transition @ cov[t] @ transition + noise
        gain = cov[t] @ transition @ np.linalg.inv(predicted)
        centre = mean[t] + gain @ (path[t + 1] - level - persistence * (mean[t] - level))
        spread = cov[t] - gain @ predicted @ gain.T
        path[t] = centre + np.linalg.cholesky((spread + spread.T) / 2 + 1e-12 * np.eye(2)) @ normal[t]
    return path


def _sample_dynamics(
    path: Floats,
    level: Floats,
    persistence: Floats,
    var: Floats,
    prior: dict[str, Prior],
    rng: np.random.Generator,
) -> tuple[Floats, Floats, Floats]:
    """Level, persistence and innovation variance of f and k, given their paths."""
    new_level, new_persistence, new_var = level.copy(), persistence.copy(), var.copy()
    for j, name in enumerate(("common", "pull")):
        x, now = path[:-1, j], path[1:, j]
        slope = 1 - persistence[j]
        target = slope * np.sum(now - persistence[j] * x) / var[j]
        new_level[j] = _normal(prior[f"{name}_level"], len(now) * slope**2 / var[j], target, rng)
        dx, dn = x - new_level[j], now - new_level[j]
        for _ in range(100):
            draw = _normal(prior[f"{name}_persistence"], np.sum(dx**2) / var[j], np.sum(dx * dn) / var[j], rng)
            if 0 <= draw < 0.98:
                new_persistence[j] = draw
                break
        shape, scale = prior[f"{name}_innovation_variance"].args
        squares = np.sum((dn - new_persistence[j] * dx) ** 2)
        new_var[j] = (scale + squares / 2) / rng.gamma(shape + len(now) / 2)
    return new_level, new_persistence, new_var


def _normal(prior: Prior, information: float, target: float, rng: np.random.Generator) -> float:
    """One draw of a coefficient with a normal prior, given the information and the weighted target of the data."""
    mean, sd = prior.args
    total = 1 / sd**2 + information
    return float(rng.normal((mean / sd**2 + target) / total, total**-0.5))


class _Sampler:
    """State of the Gibbs sampler; ``step`` moves it on by one sweep."""

    def __init__(self, panel: GrowthPanel, seed: int, model: str) -> None:
        self.rng = np.random.default_rng(seed)
        self.prior = prior = priors_of(model)
        growth = np.diff(np.log(panel.share), axis=0)
        span = slice(1, len(panel.years))
        self.seen = np.isfinite(growth)
        self.y = np.where(self.seen, growth, 0.0)
        self.pace = needed_pace(panel.share[:-1], panel.pledge[span, None], panel.years_left[span, None])
        self.lagged = np.vstack([np.zeros(growth.shape[1]), self.y[:-1]])
        self.w = panel.shock[:, span]
        names = ("common", "pull")
        self.level = np.array([prior[f"{n}_level"].args[0] for n in names])
        self.persistence = np.array([prior[f"{n}_persistence"].args[0] for n in names])
        shape_scale = np.array([prior[f"{n}_innovation_variance"].args for n in names])
        self.var = shape_scale[:, 1] / (shape_scale[:, 0] + 1)
        self.df = prior["tail_df"].args[0]
        shape, scale = prior["scale_variance"].args
        self.sigma2 = np.full(growth.shape[1], scale / (shape + 1))
        self.weight = np.ones_like(self.y)
        self.c = np.ones(len(growth))
        self.rho = prior["momentum"].args[0]
        self.delta = np.full(len(self.w), prior["shock_effect"].args[0])
        self.path = np.tile(self.level, (len(growth), 1))

    def step(self) -> None:
        rng, prior = self.rng, self.prior
        precision = self.seen * self.weight / (self.sigma2 * self.c[:, None])
        rest = self.y - self.rho * self.lagged - (self.delta @ self.w)[:, None]
        self.path = _sample_path(rest, self.pace, precision, self.level, self.persistence, self.var, rng)
        state = _sample_dynamics(self.path, self.level, self.persistence, self.var, prior, rng)
        self.level, self.persistence, self.var = state
        base = self.y - self.path[:, :1] - self.path[:, 1:] * self.pace
        for e, w in enumerate(self.w):
            other = base - self.rho * self.lagged - (self.delta @ self.w - self.delta[e] * w)[:, None]
            weighted = precision * w[:, None]
            self.delta[e] = _normal(prior["shock_effect"], weighted.sum(), np.sum(weighted * other), rng)
        base = base - (self.delta @ self.w)[:, None]
        information, target = np.sum(precision * self.lagged**2), np.sum(precision * self.lagged * base)
        self.rho = _normal(prior["momentum"], information, target, rng)
        self._scales(self.seen * (base - self.rho * self.lagged) ** 2)

    def _scales(self, squares: Floats) -> None:
        rng = self.rng
        shape, scale = self.prior["scale_variance"].args
        scaled = self.weight * squares
        total = (scaled / self.c[:, None]).sum(axis=0)
        self.sigma2 = (scale + total / 2) / rng.gamma(shape + self.seen.sum(axis=0) / 2)
        a = self.prior["volatility_shape"].args[0]
        self.c = (a + (scaled / self.sigma2).sum(axis=1) / 2) / rng.gamma(a + self.seen.sum(axis=1) / 2)
        self.weight = rng.gamma((self.df + self.seen) / 2) / (
            (self.df + squares / (self.sigma2 * self.c[:, None])) / 2
        )


def fit_growth(
    panel: GrowthPanel, seed: int, draws: int = 600, burn: int = 300, model: str = "spending_growth"
) -> GrowthPosterior:
    """Sample the posterior of the growth model on every year of ``panel``; ``model`` names its rows of priors.csv."""
    sampler = _Sampler(panel, seed, model)
    kept: list[tuple[Floats, ...]] = []
    for step in range(burn + draws):
        sampler.step()
        if step >= burn:
            s = sampler
            row = (s.path, s.level, s.persistence, s.var**0.5, s.rho, s.sigma2**0.5, s.c[-1], s.delta.copy())
            kept.append(tuple(np.asarray(part) for part in row))
    return GrowthPosterior(*(np.stack([row[j] for row in kept]) for j in range(8)))


def forecast_growth(
    panel: GrowthPanel,
    posterior: GrowthPosterior,
    horizon: int,
    seed: int,
    copies: int = 2,
    model: str = "spending_growth",
) -> Floats:
    """Draws of the share (draw, step, member) after the last year; f, k and c are common to the members of a draw."""
    rng = np.random.default_rng(seed)
    prior = priors_of(model)
    take = np.tile(np.arange(posterior.rho.size), copies)
    n, members, now = take.size, panel.share.shape[1], len(panel.years)
    state, log_c = posterior.path[take, -1, :], np.log(posterior.volatility[take])
    level, persistence, sd = (
        a[take] for a in (posterior.level, posterior.persistence, posterior.innovation_sd)
    )
    limit = prior["fiscal_limit"].args[0]
    keep, shape = prior["volatility_persistence"].args[0], prior["volatility_shape"].args[0]
    last = np.tile(np.log(panel.share[-1]), (n, 1))
    growth = np.diff(np.log(panel.share[-2:]), axis=0)[0]
    lagged = np.tile(np.where(np.isfinite(growth), growth, 0.0), (n, 1))
    out = np.zeros((n, horizon, members))
    for h in range(horizon):
        state = level + persistence * (state - level) + sd * rng.standard_normal((n, 2))
        fresh = np.log(shape / rng.gamma(shape, size=n))
        log_c = keep * log_c + (1 - keep**2) ** 0.5 * fresh
        pace = needed_pace(np.exp(last), panel.pledge[now + h], panel.years_left[now + h])
        extra = posterior.shock[take] @ panel.shock[:, now + h]
        scale = posterior.sigma[take] * np.exp(log_c / 2)[:, None]
        noise = scale * rng.standard_t(prior["tail_df"].args[0], size=(n, members))
        common = (state[:, 0] + extra)[:, None]
        lagged = np.clip(
            common + state[:, 1:] * pace + posterior.rho[take, None] * lagged + noise, -limit, limit
        )
        last = last + lagged
        out[:, h] = np.exp(last)
    return out
