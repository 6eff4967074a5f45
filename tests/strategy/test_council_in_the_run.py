"""The council where a run uses it: Article 5 in the quarter's step, pledges in a scenario."""

import datetime as dt
import itertools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from foedus.ensemble.draws import make_plan
from foedus.ensemble.engine import Engine
from foedus.errors import InputError
from foedus.insight.councils import council_case
from foedus.insight.rerun import plan_of
from foedus.model import burden, credibility, theatre
from foedus.model import trust as trusting
from foedus.model.council import invocation
from foedus.model.council.consensus import silence
from foedus.model.parameters import register, with_override
from foedus.scenario import load, load_text
from foedus.scenario.compile import compile_controls
from foedus.scenario.council_decision import decide
from foedus.scenario.pledge_council import agreed_pct_gdp, pledge_council
from foedus.scenario.world import build_world

NOISE = 0.03
chances = st.floats(0, 1)
PLEDGE = """
name: review
title: A new pledge at the review
start: 2026-01
horizon: 10y
interventions:
  - {{at: 2029-07, do: set_pledge, {level}, by: 2035-01}}
"""


@settings(max_examples=40, deadline=None)
@given(st.lists(chances, min_size=1, max_size=6), st.floats(0.001, 0.5), chances, chances)
def test_the_step_s_closed_form_is_the_silence_procedure_over_all_wills(willing, veto, patron, seat):
    """Each pattern of wills goes through the full solver: stake +1 or -1, and a pressure under which -1 breaks with chance v."""
    pressure = 1.0 - NOISE * special.logit(veto)
    everyone = [*willing, patron]
    expected = 0.0
    for wills in itertools.product((0, 1), repeat=len(everyone)):
        weight = np.prod([q if will else 1 - q for q, will in zip(everyone, wills, strict=True)])
        gain = np.where(np.array(wills) == 1, 1.0, -1.0)
        seated, gone = silence(gain, NOISE, pressure)[1], silence(gain[:-1], NOISE, pressure)[1]
        expected += weight * (seat * seated + (1 - seat) * gone)
    with jax.enable_x64():
        found = invocation.consensus(veto, 1.0 - np.array(willing)[:, None], np.array([1.0 - patron]), seat)
        assert float(found[0]) == pytest.approx(expected, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(chances, min_size=2, max_size=6), chances, st.floats(0, 0.5), chances)
def test_nobody_s_willingness_lowers_consensus_and_an_empty_seat_is_no_veto(willing, more, veto, patron):
    def agreed(wills, seat, patron=patron):
        return float(
            invocation.consensus(veto, 1.0 - np.array(wills)[:, None], np.array([1.0 - patron]), seat)[0]
        )

    raised = [max(willing[0], more), *willing[1:]]
    assert agreed(raised, 1.0) >= agreed(willing, 1.0)
    assert agreed(willing, 0.0, patron=0.0) == agreed(willing, 0.0, patron=1.0)
    assert agreed(willing, 1.0, patron=1.0) == agreed(willing, 0.0)
    carried = invocation.carried(agreed(willing, 1.0), 0.75)
    assert 0.75 - 1e-12 <= carried <= 1.0


def medians():
    return {name: jnp.asarray(float(entry.quantile(np.array(0.5)))) for name, entry in register().items()}


def test_the_command_shows_the_consensus_that_the_step_computes():
    plan, p = plan_of("baseline"), medians()
    world = plan.inputs.world
    committed = float(p["politics.present_committed"])
    withdrawing = float(p["politics.present_withdrawing_given_not_committed"])
    belief = jnp.array([[committed, (1 - committed) * (1 - withdrawing), (1 - committed) * withdrawing]])
    meets = credibility.meets_guideline(
        jnp.asarray(world.spending_share), jnp.asarray(plan.controls.guideline[0])
    )
    fights = credibility.by_type(p, world.patron_forces, jnp.ones(()), meets, world.account, world.interest)
    seen = credibility.in_the_eyes(belief, fights)[0]
    near = trusting.proximity(world.distance_km, world.neighbour, p["trust.proximity_km"])
    count = len(plan.inputs.members)
    start = jnp.stack([jnp.zeros(count), jnp.ones(count), jnp.ones(count)])
    tied = trusting.ties(p, near, world.personnel / jnp.max(world.personnel))
    trust = trusting.solve(p, tied, seen, start)
    for code in ("EST", "POL"):
        shown = decide(council_case(f"article-5:{code}"))["silence"]
        assert shown["chance_of_consensus"] == pytest.approx(
            float(trust.consensus[plan.inputs.members.index(code)]), abs=2e-3
        )
        assert "USA" in shown["chance_to_break_silence"]
        assert code not in shown["chance_to_break_silence"]


def test_what_allies_want_is_what_the_burden_equation_says_without_a_pledge():
    inputs, p = build_world(dt.date(2026, 1, 1)), medians()
    world = inputs.world
    share, gdp = jnp.asarray(world.spending_share), jnp.asarray(world.gdp)
    alone, ones = jnp.zeros((len(share), len(share))), jnp.ones(len(share))
    received = burden.spillin(share, gdp, alone, ones, world.patron_spending)
    start = burden.Reference(share, gdp, received, jnp.ones(()), jnp.asarray(world.spending_momentum))
    wanted = burden.desired(
        p, start, gdp, jnp.ones(()), theatre.reach(p, jnp.asarray(world.reach_km)), jnp.asarray(1e-6), alone, ones,
        world.patron_spending, share,
    )  # fmt: skip
    council = pledge_council(world)
    assert council.position == pytest.approx(100 * np.asarray(wanted, float), rel=1e-4)
    assert council.salience == pytest.approx(
        np.asarray(theatre.reach(p, jnp.asarray(world.reach_km))), rel=1e-4
    )


def test_the_council_of_may_2025_bargains_to_the_level_agreed_at_the_hague():
    """3.5 percent of GDP on core defence, agreed on 25 June 2025; the council knows only what was published before."""
    world = build_world(dt.date(2025, 4, 1), dt.date(2025, 5, 31)).world
    assert agreed_pct_gdp(pledge_council(world), "bargaining", 2.0) == pytest.approx(3.5, abs=0.25)


@pytest.mark.parametrize("level", ["to_pct_gdp: 4.5", "council: bargaining", "council: consensus"])
def test_a_pledge_enters_the_measure_and_the_path(level):
    one = load_text(PLEDGE.format(level=level))[0]
    inputs = build_world(dt.date(2026, 1, 1))
    plain = compile_controls(load("baseline")[0], inputs)
    found = compile_controls(one, inputs)
    wanted = {"to_pct_gdp: 4.5": 4.5, "council: consensus": 3.5}.get(level)
    if wanted is None:
        wanted = agreed_pct_gdp(pledge_council(inputs.world), "bargaining", 3.5)
    assert (found.guideline[:14] == plain.guideline[:14]).all()
    assert found.guideline[14:] == pytest.approx(wanted / 100, rel=1e-6)
    assert (found.pledge_path[:14] == plain.pledge_path[:14]).all()
    steps = np.diff(found.pledge_path[13:36])
    assert steps == pytest.approx(steps[0], rel=1e-3)
    assert found.pledge_path[36:] == pytest.approx(wanted / 100, rel=1e-6)


def test_in_consensus_who_wants_less_than_the_guideline_keeps_it():
    council = pledge_council(build_world(dt.date(2026, 1, 1)).world)
    assert agreed_pct_gdp(council, "consensus", 3.5) == 3.5
    eager = council._replace(position=council.position + 4.0)
    agreed = agreed_pct_gdp(eager, "consensus", 3.5)
    assert 3.5 < agreed <= 2 * eager.position.min() - 3.5 + 1e-9


def test_a_run_spends_by_the_council_s_pledge():
    quiet = with_override(register(), "burden.news_limit", "fixed", 0.0, None, "no yearly news")

    def share(scenario):
        plan = make_plan(scenario, quiet, 1)
        engine = Engine()
        engine.prepare(plan)
        return engine.block(plan, 0).record.share

    base, pledged = share(load("baseline")[0]), share(load_text(PLEDGE.format(level="council: bargaining"))[0])
    assert (base[:, :15] == pledged[:, :15]).all()
    before, after = base[:, -1].mean(axis=0), pledged[:, -1].mean(axis=0)
    # Who wants more by itself gives way a little to what the others now provide.
    short = (before > 0.005) & (before < 0.035)
    assert short.sum() > 20
    assert (after[short] > before[short] + 5e-4).all()
    assert (after[~short] < before[~short] + 2.5e-3).all()


@pytest.mark.parametrize("level", ["council: bargaining, to_pct_gdp: 4", "note: none given"])
def test_a_pledge_has_one_level(level):
    with pytest.raises(InputError, match="either to_pct_gdp or council"):
        load_text(PLEDGE.format(level=level))
