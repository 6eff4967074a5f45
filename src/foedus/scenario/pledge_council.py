"""The council on a spending pledge: what each ally wants by itself at the start, how much it cares and what it weighs.

Position: the share of GDP that an ally wants with no pledge at all, percent; the burden equation at the start, where nothing but its
own level and momentum counts. Salience: how far the adversary reaches it. Power: what it spends. The patron has no seat here: what it
asks for is the verb ``demand``. Everything at the register's medians, so one level holds for all draws (decision 126).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from foedus.model.council import Council, weighted_mean, weighted_median
from foedus.model.council.challenge import bargain
from foedus.model.council.consensus import agreement_zone
from foedus.model.parameters import register, with_override
from foedus.model.state import World
from foedus.scenario.distributions import Override, prior_of

Floats = NDArray[np.float64]
Reading = Literal["bargaining", "median", "compromise", "consensus"]

MOMENTUM, REACH_KM = "burden.momentum", "theatre.reach_km"


def pledge_council(world: World, parameters: dict[str, Override] | None = None) -> Council:
    """Return the allies as a council on the level of spending, percent of GDP. ``parameters``: a scenario's own priors."""
    share, gdp = np.asarray(world.spending_share, np.float64), np.asarray(world.gdp, np.float64)
    momentum, reach_km = (_median(name, parameters or {}) for name in (MOMENTUM, REACH_KM))
    wish = share * np.exp(momentum * np.asarray(world.spending_momentum, np.float64))
    reach = np.exp(-np.asarray(world.reach_km, np.float64) / reach_km)
    return Council(100.0 * wish, reach, share * gdp)


def agreed_pct_gdp(council: Council, reading: Reading, in_force: float) -> float:
    """Return the level on which the council settles, percent of GDP.

    ``consensus``: as near to the compromise as nobody blocks; the guideline ``in_force`` where somebody blocks all else.
    """
    if reading == "median":
        return weighted_median(council)
    if reading == "consensus":
        zone = agreement_zone(council.position, in_force)
        return in_force if zone is None else float(np.clip(weighted_mean(council), *zone))
    return weighted_mean(council) if reading == "compromise" else bargain(council).outcome


def _median(name: str, parameters: dict[str, Override]) -> float:
    entries = register()
    if name in parameters:
        dist, a, b = prior_of(parameters[name])
        entries = with_override(entries, name, dist, a, b, "scenario")
    return float(entries[name].quantile(np.array(0.5)))
