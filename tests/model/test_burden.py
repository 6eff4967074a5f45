"""Burden sharing: the Nash equilibrium of spending and the way to it."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given

from foedus import atlas
from foedus.model import burden

from .space import EXAMPLES, batch, middle, over_draws, spaces

N = 10


def setting(space):
    rng = np.random.default_rng(space[0] + 4)

    def draw(low, high, *shape):
        return jnp.asarray(rng.uniform(low, high, shape), jnp.float32)

    joins = draw(0.05, 0.95, N, N) * (1 - jnp.eye(N))
    share, gdp = draw(0.01, 0.04, N), draw(20, 4000, N)
    credible = draw(0.1, 0.9, N)
    received = burden.spillin(share, gdp, joins, credible, 800.0)
    return {
        "start": burden.Reference(share, gdp, received, jnp.array(1.0), draw(-0.05, 0.1, N)),
        "gdp": gdp * draw(0.95, 1.2, N),
        "strength": draw(0.6, 1.6),
        "exposure": draw(0, 1, N),
        "path": jnp.array(0.035),
        "joins": joins,
        "credibility": draw(0.0, 1.0, N),
        "patron_spending": jnp.array(800.0),
        "share": share,
    }


def _desired_one(p, case):
    return burden.desired(p, **case)


_desired = over_draws(_desired_one, None)


def desired(p, case):
    return _desired(p, case)


def best_response(p, case, wanted):
    """Written out anew from the page of the model, as a check on the code."""
    received = (case["joins"] * (wanted * case["gdp"])[:, None]).sum(axis=0) + case["credibility"] * 800.0
    start = case["start"]
    own = (
        np.log(start.share)
        + p["burden.income_elasticity"] * np.log(case["gdp"] / start.gdp)
        + p["burden.threat_elasticity"] * case["exposure"] * np.log(case["strength"] / start.strength)
        + p["burden.momentum"] * start.momentum
        - p["burden.spillin_elasticity"] * np.log(received / start.spillin)
    )
    return np.exp(own + p["burden.pledge_effect"] * np.maximum(np.log(case["path"]) - own, 0))


@given(spaces)
@EXAMPLES
def test_nobody_gains_by_deviating(space):
    """What each ally wants, given what all the others want, is what the equilibrium says, to a hundredth of itself."""
    p, case = batch(space, 16), setting(space)
    wanted = np.asarray(desired(p, case), float)
    for i in range(16):
        one = {k: float(v[i]) for k, v in p.items()}
        assert np.allclose(best_response(one, case, wanted[i]), wanted[i], rtol=1e-2)


@given(spaces)
@EXAMPLES
def test_a_quarters_move_keeps_to_the_fiscal_limit(space):
    p, case = batch(space), setting(space)
    wanted = desired(p, case)
    share = jnp.broadcast_to(case["share"], wanted.shape)
    after = over_draws(burden.adjust, 0, 0, None)(p, share, wanted, jnp.zeros(N))
    limit = p["burden.fiscal_limit"][:, None] / 100 / 4
    assert bool(jnp.all(jnp.abs(after - share) <= limit * (1 + 1e-4) + 1e-7))
    # never past what is wanted, and never away from it
    assert bool(jnp.all((after - share) * (wanted - share) >= -1e-9))
    assert bool(jnp.all(jnp.abs(after - share) <= jnp.abs(wanted - share) + 1e-7))
    assert bool(jnp.all(after > 0))


@given(spaces)
@EXAMPLES
def test_more_threat_more_pledge_less_patron_never_lower_spending(space):
    p, case = batch(space), setting(space)
    now = desired(p, case)
    for change in (
        {"strength": case["strength"] * 1.3},
        {"path": case["path"] * 1.2},
        {"credibility": case["credibility"] * 0.5},
    ):
        # while others' answers feed back through spill-in, nobody ends below where he was by more than rounding
        more = desired(p, case | change)
        total = (more * case["gdp"]).sum(axis=1), (now * case["gdp"]).sum(axis=1)
        assert bool(jnp.all(total[0] >= total[1] * (1 - 1e-4)))


@given(spaces)
@EXAMPLES
def test_order_of_members_is_no_matter(space):
    p, case = batch(space), setting(space)
    order = np.random.default_rng(space[0]).permutation(N)
    start = burden.Reference(*(x if x.ndim == 0 else x[order] for x in case["start"]))
    turned = {k: v[order] if k in ("gdp", "exposure", "credibility", "share") else v for k, v in case.items()}
    turned |= {"start": start, "joins": case["joins"][order][:, order]}
    assert np.allclose(desired(p, case)[:, order], desired(p, turned), rtol=1e-5)


def test_the_start_is_at_rest():
    """With nothing changed, no pledge and no trend, every ally wants what it spends."""
    p, case = middle(), setting((1, 1.0))
    start = case["start"]
    still = case | {
        "start": start._replace(momentum=jnp.zeros(N)),
        "gdp": start.gdp,
        "strength": jnp.array(1.0),
        "path": jnp.array(0.0),
        "credibility": _start_credibility(case),
    }
    assert np.allclose(burden.desired(p, **still), start.share, rtol=1e-5)


def _start_credibility(case):
    start = case["start"]
    given_by_allies = jnp.sum(case["joins"] * (start.share * start.gdp)[:, None], axis=0)
    return (start.spillin - given_by_allies) / 800.0


def test_guideline_gap_is_money():
    gap = burden.guideline_gap(jnp.array([0.015, 0.03]), jnp.array([1000.0, 500.0]), 0.02)
    assert np.allclose(gap, [5.0, 0.0], atol=1e-5)


def test_fiscal_limit_spans_the_largest_rises_of_the_record():
    """Largest yearly rises in the panel 2014-2024, points of GDP: within the prior's 5 to 95 percent."""
    frame = atlas.table("spending", member="POL")
    share = (
        frame.filter((frame["series"] == "NATO") & (frame["year"] <= 2024)).sort("year")["pct_gdp"].to_numpy()
    )
    rise = float(np.diff(share).max())
    p = batch((9, 1.0), 4000)
    low, high = np.quantile(np.asarray(p["burden.fiscal_limit"]), (0.05, 0.99))
    assert low < rise < high
