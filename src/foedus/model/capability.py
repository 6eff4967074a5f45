"""Capability: stocks, lead times, ready forces and the ledger of what replacing the patron takes.

Stock by perpetual inventory: ``K' = (1 - delta / 4) * K + deliveries``; orders pass through three stages of mean
``lead / 3`` each (an Erlang distribution of lead times), so money ordered is money on order or delivered.
Ready brigades of ally j within h days: ``ready_h * personnel_j / persons_per_brigade * (K_j / K_j0)^gamma``.
Ledger item k: orders a quarter are the least of what money buys, what industry makes and what is still missing.
Units: billion USD of 2021, brigades, units of the item, years. Source: design 4.8; atlas replacement_ledger; register
entries ``capability.*``.
Invariants: money is conserved between budget, orders, pipeline and stock; the opening stock is a steady state; more
money never closes a gap later.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from foedus.model.state import PIPELINE_STAGES, Array, Parameters, World

QUARTERS = 4.0
MILLION_PER_BILLION = 1000.0


class Ledger(NamedTuple):
    """One draw's terms for each item of the replacement ledger, shape (I,)."""

    units: Array
    unit_cost: Array  # billion USD of 2021
    rate: Array  # units a year
    lead: Array  # years


def ledger_terms(p: Parameters, world: World) -> Ledger:
    """Return the draw's unit costs, production rates and lead times, each placed within its published range."""

    def place(bounds: Array, position: Array) -> Array:
        return bounds[:, 0] * (bounds[:, 1] / bounds[:, 0]) ** position

    return Ledger(
        world.ledger_units,
        place(world.ledger_cost, p["capability.unit_cost_position"]) / MILLION_PER_BILLION,
        place(world.ledger_rate, p["capability.production_position"]),
        place(world.ledger_lead, p["capability.lead_position"]),
    )


def through_pipeline(stages: Array, entered: Array, lead_years: Array) -> tuple[Array, Array]:
    """Return (stages, delivered) a quarter later. ``stages`` (..., 3); ``entered`` (...); nothing is lost."""
    pace = jnp.minimum(PIPELINE_STAGES / (QUARTERS * lead_years), 1.0)
    leaving = stages * jnp.asarray(pace)[..., None]
    arriving = jnp.concatenate([entered[..., None], leaving[..., :-1]], axis=-1)
    return stages - leaving + arriving, leaving[..., -1]


def advance_stock(p: Parameters, stock: Array, pipeline: Array, orders: Array) -> tuple[Array, Array]:
    """Return (stock, pipeline) a quarter later. ``orders`` (N,): billion USD ordered in the quarter."""
    pipeline, delivered = through_pipeline(pipeline, orders, p["capability.lead_time"])
    return stock * (1.0 - p["capability.depreciation"] / QUARTERS) + delivered, pipeline


def opening_stock(p: Parameters, yearly_equipment: Array) -> tuple[Array, Array]:
    """Return (stock, pipeline) in the steady state of the start's equipment spending, (N,) and (N, 3)."""
    quarterly = yearly_equipment / QUARTERS
    held = quarterly * p["capability.lead_time"] * QUARTERS / PIPELINE_STAGES
    return yearly_equipment / p["capability.depreciation"], jnp.stack([held] * PIPELINE_STAGES, axis=-1)


def brigades(p: Parameters, personnel: Array, stock_ratio: Array) -> Array:
    """Return each ally's brigades if all its personnel were ready, shape (N,). ``personnel`` in thousands."""
    power = jnp.maximum(stock_ratio, 1e-3) ** p["capability.stock_elasticity"]
    return personnel / p["capability.persons_per_brigade"] * power


def home_brigades(p: Parameters, personnel: Array, reserves: Array, stock_ratio: Array) -> tuple[Array, Array]:
    """Return brigades that defend at home (at once, after mobilisation), each (N,)."""
    at_once = p["capability.home_ready"] * brigades(p, personnel, stock_ratio)
    mobilised = p["capability.reserve_effectiveness"] * brigades(p, reserves, stock_ratio)
    return at_once, at_once + mobilised


def replacement_budget(p: Parameters, european_spending: Array, mean_credibility: Array, extra: Array) -> Array:
    """Return the money that goes into the ledger, billion USD a year: more of it the less the patron is believed."""
    low, high = p["capability.replacement_share_base"], p["capability.replacement_share_alone"]
    share = low + jnp.maximum(high - low, 0.0) * (1.0 - mean_credibility)
    return share * european_spending + extra


def order_items(terms: Ledger, ordered: Array, budget_year: Array) -> Array:
    """Return units ordered in the quarter, shape (I,): money shared by what is still to pay, within industry's rate."""
    missing = jnp.maximum(terms.units - ordered, 0.0)
    to_pay = missing * terms.unit_cost
    money = budget_year / QUARTERS * to_pay / jnp.maximum(jnp.sum(to_pay), 1e-9)
    return jnp.minimum(jnp.minimum(money / terms.unit_cost, terms.rate / QUARTERS), missing)


def european_enablers(world: World, ledger_stock: Array) -> Array:
    """Return Europe's own share of the enablers the alliance has, in [0, 1]."""
    closed = jnp.sum(world.ledger_weight * jnp.minimum(ledger_stock / world.ledger_units, 1.0))
    return 1.0 - world.patron_enabler_share * (1.0 - closed)


def closing_years(
    p: Parameters, terms: Ledger, stock: Array, ordered: Array, budget_year: Array, elapsed: Array
) -> Array:
    """Return years from the start until Europe has each item, shape (I,), if the last budget went on.

    What is still to order waits for money and for industry, whichever takes longer; then comes the lead time.
    """
    closed = p["capability.closed_share"]
    missing = jnp.maximum(terms.units - ordered, 0.0)
    by_money = jnp.sum(missing * terms.unit_cost) / jnp.maximum(budget_year, 1e-9)
    wait = jnp.where(missing > (1.0 - closed) * terms.units, jnp.maximum(by_money, missing / terms.rate), 0.0)
    return elapsed + wait + jnp.where(stock < closed * terms.units, terms.lead, 0.0)
