"""Explicit likelihoods of the record for three systems: fulfilment of alliances, US forces in Europe, aid and the war.

Each model samples the register's own entries from their priors, so that prior and posterior speak of the same numbers.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import polars as pl

from foedus import atlas
from foedus.calibrate.extras import require
from foedus.calibrate.fits.nuts import Fit, Floats, distribution
from foedus.calibrate.priors import priors_of
from foedus.model.parameters import prior_register
from foedus.scenario.world import aid_reference_years

LEVELS = tuple(f"credibility.level_{kind}" for kind in ("committed", "transactional", "withdrawing"))
TYPES = ("politics.next_committed", "politics.next_withdrawing_given_not_committed")
POSTURE = ("politics.draw_down.committed", "politics.draw_down.transactional", "politics.draw_down_step")
UKRAINE = (
    "ukraine.patron_share", "ukraine.replaceable", "ukraine.replacement_rate", "ukraine.ceasefire_base",
    "ukraine.ceasefire_aid_gap", "ukraine.ceasefire_settlement", "ukraine.drift", "ukraine.drift_aid_gap",
    "politics.cut_aid.committed", "politics.cut_aid.transactional",
)  # fmt: skip
QUARTERS = 4
MOST_ORDERS = 3
ADVANCES = ("territory_gain_per_month_2023", "territory_gain_per_month_2024", "territory_gain_per_month_2025",
            "territory_net_gain_per_month_2026_spring")  # fmt: skip


@cache
def facts(fit: str) -> dict[str, float]:
    """Counts and dates of the record that a fit reads, from ``record_facts.csv``."""
    text = resources.files("foedus.calibrate").joinpath("fits", "record_facts.csv").read_text(encoding="utf-8")
    return {r["name"]: float(r["value"]) for r in csv.DictReader(text.splitlines()) if r["fit"] == fit}


def _sample(names: tuple[str, ...]) -> dict[str, Any]:
    numpyro, entries = require("numpyro"), prior_register()
    return {name: numpyro.sample(name, distribution(entries[name])) for name in names}


def _nuisance(fit: str) -> dict[str, Any]:
    """Sample the numbers that are no entries of the register; constants come as they are."""
    numpyro, dist = require("numpyro"), require("numpyro.distributions")
    made: dict[str, Any] = {"constant": lambda v: v, "normal": dist.Normal, "half_normal": dist.HalfNormal}
    out = {}
    for name, prior in priors_of(f"fit_{fit}").items():
        value = made[prior.dist](*prior.args)
        out[name] = value if prior.dist == "constant" else numpyro.sample(name, value)
    return out


def _observe(name: str, law: Any, data: dict[str, Any] | None) -> None:
    require("numpyro").sample(name, law, obs=None if data is None else data[name])


def credibility_model(data: dict[str, Any] | None) -> None:
    """Defence pacts honoured in war: a mixture over types of patron, moved by what a case of the record is not."""
    dist, nn, jnp = require("numpyro.distributions"), require("jax.nn"), require("jax.numpy")
    p, other = _sample((*LEVELS, *TYPES)), _nuisance("credibility")
    fights = [nn.sigmoid(p[name]) for name in LEVELS]
    committed, withdrawing = (p[name] for name in TYPES)
    rest = 1 - committed
    mean = committed * fights[0] + rest * ((1 - withdrawing) * fights[1] + withdrawing * fights[2])
    rate = nn.sigmoid(jnp.log(mean) - jnp.log1p(-mean) + other["transfer"])
    k = other["concentration"]
    _observe("honoured", dist.BetaBinomial(rate * k, (1 - rate) * k, int(_pacts()["n_cases"])), data)


def _pacts() -> dict[str, Any]:
    """Defence pacts 1816-2003, row R08 of the atlas."""
    return atlas.table("alliance_reliability").filter(pl.col("rate") == "R08").row(0, named=True)


def posture_model(data: dict[str, Any] | None) -> None:
    """Yearly changes of forces in Europe under committed administrations, and counted orders under transactional ones."""
    dist, jnp = require("numpyro.distributions"), require("jax.numpy")
    p, other = _sample(POSTURE), _nuisance("posture")
    numpyro = require("numpyro")
    chance, step = p[POSTURE[0]], p[POSTURE[2]]
    orders = jnp.arange(MOST_ORDERS + 1)
    weight = dist.Binomial(QUARTERS, chance).log_prob(orders)
    law = dist.MixtureSameFamily(
        dist.Categorical(logits=weight),
        dist.StudentT(other["df"], other["drift"] + orders * jnp.log1p(-step), other["scale"]),
    )
    with numpyro.plate("years", len(_yearly_changes())):
        _observe("change", law, data)
    quarters = int(facts("posture")["transactional_quarters"])
    _observe("orders", dist.Binomial(quarters, p[POSTURE[1]]), data)
    k = other["size_concentration"]
    with numpyro.plate("sizes", len(_order_sizes())):
        _observe("size", dist.Beta(step * k, (1 - step) * k), data)


@cache
def _yearly_changes() -> tuple[float, ...]:
    """Log changes of active-duty persons in NATO Europe, September to September, committed years outside the gap."""
    f = facts("posture")
    rows = atlas.table("us_forces").filter(
        (pl.col("record_type") == "total") & (pl.col("host") == "XEN") & (pl.col("quarter") == 3)
    ).sort("year")  # fmt: skip
    level = dict(zip(rows["year"].to_list(), rows["active_duty_persons"].to_list(), strict=True))

    def counted(year: int) -> bool:
        after_cold_war = f["first_left_out"] <= year <= f["last_left_out"]
        transactional = f["first_transactional"] <= year <= f["last_transactional"]
        return not (after_cold_war or transactional or year >= f["second_transactional"])

    return tuple(float(np.log(level[y] / level[y - 1])) for y in sorted(level) if y - 1 in level and counted(y))


@cache
def _order_sizes() -> tuple[float, ...]:
    text = (
        resources.files("foedus.calibrate").joinpath("fits", "posture_orders.csv").read_text(encoding="utf-8")
    )
    rows = csv.DictReader(text.splitlines())
    return tuple(float(r["removed_persons"]) / float(r["level_persons"]) for r in rows)


def ukraine_model(data: dict[str, Any] | None) -> None:
    """Europe's aid by quarter, quarters without a ceasefire, yearly rates of advance, and the patron's cuts."""
    numpyro, dist = require("numpyro"), require("numpyro.distributions")
    jnp, nn = require("jax.numpy"), require("jax.nn")
    p, other, f = _sample(UKRAINE), _nuisance("ukraine"), facts("ukraine")
    share = p["ukraine.patron_share"]
    logit_share = jnp.log(share) - jnp.log1p(-share)
    with numpyro.plate("measures", 2):
        _observe("share", dist.Normal(logit_share, other["share_measures"]), data)
    quarters = int(f["quarters_at_war"])
    place = jnp.arange(quarters)
    gone = (place >= f["quarters_with_patron"]).astype(float)
    withheld = (place == f["congress_gap"]).astype(float)
    replaced = p["ukraine.replaceable"] * _closed(p["ukraine.replacement_rate"], gone)
    gap = share * (gone + withheld - replaced)
    wanted = jnp.exp(other["europe_base"]) + replaced * _usual_aid()
    with numpyro.plate("quarters", quarters):
        _observe("europe", dist.StudentT(other["lumps_df"], jnp.log(wanted), other["lumps"]), data)
    since = place - f["offer_first"]
    offered = ((since == 0) | ((since >= 2) & (since <= f["offers"]))).astype(float)
    base = p["ukraine.ceasefire_base"]
    push = p["ukraine.ceasefire_aid_gap"] * gap + p["ukraine.ceasefire_settlement"] * offered
    ends = nn.sigmoid(jnp.log(base) - jnp.log1p(-base) + push)
    with numpyro.plate("war", quarters):
        _observe("ceasefire", dist.Bernoulli(ends), data)
    yearly = jnp.stack([gap[3:7].mean(), gap[7:11].mean(), gap[11:15].mean(), gap[15:].mean()])
    advance = p["ukraine.drift"] + p["ukraine.drift_aid_gap"] * yearly
    with numpyro.plate("fronts", len(ADVANCES)):
        _observe("advance", dist.Normal(advance, other["front"] + 1e-3), data)
    for kind in ("committed", "transactional"):
        law = dist.Binomial(int(f[f"quarters_{kind}"]), p[f"politics.cut_aid.{kind}"])
        _observe(f"cuts_{kind}", law, data)


def _closed(rate: Any, missing: Any) -> Any:
    """Share of what can be replaced that is replaced in each quarter, closing at ``rate`` from the first without aid."""
    jnp = require("jax.numpy")
    return missing * (1 - (1 - rate) ** jnp.cumsum(missing))


@cache
def _aid(group: str) -> tuple[float, ...]:
    """Allocations by quarter of one donor group, billion EUR, from 2022Q2 on."""
    rows = atlas.table("aid_monthly").filter(
        (pl.col("aid_type") == "total") & (pl.col("donor_group") == group)
    ).sort("month")  # fmt: skip
    months = rows["allocations_eur_billion"].to_numpy()[3:]
    whole = int(facts("ukraine")["quarters_at_war"])
    return tuple(float(x) for x in months[: 3 * whole].reshape(whole, 3).sum(axis=1))


@cache
def _usual_aid() -> float:
    """The patron's usual aid in a quarter, billion EUR: its mean over the years of reference."""
    first, last = aid_reference_years()
    rows = atlas.table("aid_monthly").filter(
        (pl.col("aid_type") == "total") & (pl.col("donor_group") == "US") & pl.col("year").is_between(first, last)
    )  # fmt: skip
    return float(rows["allocations_eur_billion"].sum()) / (QUARTERS * (last - first + 1))


def _shares() -> Floats:
    """Log-odds of the patron's share by two measures: weapons used, and allocations of the years of reference."""
    first, last = aid_reference_years()
    rows = atlas.table("aid_monthly").filter(
        (pl.col("aid_type") == "total") & pl.col("year").is_between(first, last)
    )
    by = {
        g: float(rows.filter(pl.col("donor_group") == g)["allocations_eur_billion"].sum())
        for g in ("US", "all")
    }
    p = np.array([priors_of("fit_ukraine")["share_of_weapons"].args[0], by["US"] / by["all"]])
    return np.asarray(np.log(p) - np.log1p(-p))


def _advances() -> Floats:
    """Percent of the partner's territory a quarter, by year."""
    rows = {
        r["parameter"]: float(r["central"])
        for r in atlas.table("war_parameters").iter_rows(named=True)
        if r["central"] is not None
    }
    area = priors_of("fit_ukraine")["territory_km2"].args[0]
    return np.array([100 * 3 * rows[name] / area for name in ADVANCES])


def fits() -> dict[str, Fit]:
    """The explicit likelihoods by system."""
    f, quarters = facts("ukraine"), int(facts("ukraine")["quarters_at_war"])
    ukraine = {
        "share": _shares(), "europe": np.log(np.array(_aid("Europe"))), "ceasefire": np.zeros(quarters, int),
        "advance": _advances(),
        **{f"cuts_{kind}": np.array(int(f[f"cuts_{kind}"])) for kind in ("committed", "transactional")},
    }  # fmt: skip
    posture = {
        "change": np.array(_yearly_changes()), "orders": np.array(int(facts("posture")["transactional_orders"])),
        "size": np.array(_order_sizes()),
    }  # fmt: skip
    credibility = {"honoured": np.array(int(_pacts()["n_honoured"]))}
    return {
        "credibility": Fit("credibility", LEVELS, credibility_model, credibility),
        "posture": Fit("posture", POSTURE, posture_model, posture),
        "ukraine": Fit("ukraine", UKRAINE, ukraine_model, ukraine),
    }
