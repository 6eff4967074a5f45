"""The world at a start, and scenarios compiled into controls."""

import datetime as dt

import numpy as np
import pytest

from foedus import atlas
from foedus.errors import InputError
from foedus.model.state import ACTS, OBSERVERS, Controls, World
from foedus.scenario import load, load_many, names
from foedus.scenario.compile import compile_controls
from foedus.scenario.geography import great_circle_km
from foedus.scenario.world import build_world


@pytest.fixture(scope="module")
def inputs():
    return build_world(dt.date(2026, 1, 1))


def test_the_world_is_whole(inputs):
    world, count = inputs.world, len(inputs.members)
    assert count == 31
    assert "USA" not in inputs.members
    for name, values in world._asdict().items():
        assert np.isfinite(np.asarray(values, float)).all(), name
    for name in ("gdp", "personnel", "population", "spending_share"):
        assert (np.asarray(getattr(world, name)) > 0).all(), name
    distance = np.asarray(world.distance_km)
    assert np.allclose(distance, distance.T)
    assert np.allclose(np.diag(distance), 0)
    neighbour = np.asarray(world.neighbour)
    assert np.array_equal(neighbour, neighbour.T)
    assert set(inputs.frontline) == {"EST", "FIN", "LTU", "LVA", "NOR", "POL"}
    assert np.asarray(world.nuclear).sum() == 2
    assert float(np.asarray(world.ledger_weight).sum()) == pytest.approx(1)
    assert inputs.notes


def test_spending_and_forces_are_the_records(inputs):
    spending = atlas.table("spending", member="POL")
    last = spending.filter((spending["series"] == "NATO") & (spending["year"] == 2025))["pct_gdp"].item()
    place = inputs.members.index("POL")
    assert 100 * inputs.world.spending_share[place] == pytest.approx(last)
    forces = dict(zip(inputs.members, inputs.world.patron_forces, strict=True))
    assert 30_000 < forces["DEU"] < 42_000
    assert 60_000 < sum(forces.values()) < 110_000


@pytest.mark.parametrize(("start", "count"), [("2017-01-01", 27), ("2021-01-01", 29), ("2023-12-01", 30)])
def test_members_are_those_of_the_day(start, count):
    assert len(build_world(dt.date.fromisoformat(start)).members) == count


def test_what_was_not_known_is_not_used():
    """The day before a new edition of the tables the world is that of the old one."""
    early = build_world(dt.date(2025, 9, 1), dt.date(2025, 8, 27))
    late = build_world(dt.date(2025, 9, 1), dt.date(2025, 8, 29))
    place = early.members.index("POL")
    assert early.world.spending_share[place] != late.world.spending_share[place]


def test_a_start_before_the_record_is_refused():
    with pytest.raises(InputError, match="earliest start"):
        build_world(dt.date(2012, 1, 1))


def test_distances_between_capitals():
    """Tallinn to Riga is about 280 km, Lisbon to Ankara about 3,700 km (great circles)."""
    places = np.array([[59.44, 24.75], [56.95, 24.11], [38.72, -9.14], [39.93, 32.86]])
    km = great_circle_km(places, places)
    assert km[0, 1] == pytest.approx(280, abs=5)
    assert km[2, 3] == pytest.approx(3570, rel=0.02)


@pytest.mark.parametrize("name", names())
def test_every_shipped_scenario_compiles(inputs, name):
    for scenario in load_many([name]):
        world = (
            inputs
            if scenario.start == "2026-01"
            else build_world(dt.date.fromisoformat(f"{scenario.start}-01"))
        )
        controls = compile_controls(scenario, world)
        for field, values in controls._asdict().items():
            assert len(values) == scenario.horizon_quarters, field
            assert values.dtype == np.float32
            assert np.isfinite(values).all(), field
        assert set(np.unique(controls.act)) <= {-1.0, 0.0, 1.0}
        assert np.allclose(controls.held_belief.sum(axis=-1), 1, atol=1e-6)
        assert (controls.forces_factor >= 0).all()


def test_the_baseline_orders_nothing(inputs):
    controls = compile_controls(load("baseline")[0], inputs)
    idle = (
        "act",
        "dormant",
        "treaty_ended",
        "forces_added",
        "hold",
        "ceasefire",
        "spending_floor",
        "enabler_budget",
    )
    for field in idle:
        assert not getattr(controls, field).any(), field
    assert (controls.forces_factor == 1).all()
    assert list(np.flatnonzero(controls.new_administration)) == [12, 28]
    assert controls.quarters_to_next[0] == 12


def compiled(inputs, one, *lines):
    orders = "\n".join(["interventions:", *(f"  - {line}" for line in lines)])
    return compile_controls(one(orders + "\n"), inputs)


def test_a_draw_down_is_a_ramp_in_its_hosts(inputs, one):
    controls = compiled(inputs, one, "{at: 2026-07, do: draw_down, hosts: [DEU], share: 0.4, over: 4 quarters}")
    place = inputs.members.index("DEU")
    assert controls.forces_factor[:8, place] == pytest.approx([1, 1, 0.9, 0.8, 0.7, 0.6, 0.6, 0.6])
    others = [i for i in range(len(inputs.members)) if i != place]
    assert (controls.forces_factor[:, others] == 1).all()
    assert controls.act[2, ACTS.index("draw_down")] == 1


def test_suspension_and_end_of_the_treaty_last_until_told_otherwise(inputs, one):
    controls = compiled(
        inputs,
        one,
        "{at: 2026-04, do: suspend_participation, until: 2027-04}",
        "{at: 2028-01, do: end_treaty}",
    )
    assert list(np.flatnonzero(controls.dormant)) == [1, 2, 3, 4]
    assert list(np.flatnonzero(controls.treaty_ended)) == list(range(8, 40))


def test_held_beliefs_are_held_for_their_observers(inputs, one):
    controls = compiled(
        inputs,
        one,
        "{at: 2026-01, do: hold_beliefs, observers: [allies], "
        "administration: {committed: 0.5, transactional: 0.3, withdrawing: 0.2}}",
    )
    allies = OBSERVERS.index("allies")
    assert (controls.hold[:, allies] == 1).all()
    assert not controls.hold[:, 1 - allies].any()
    assert controls.held_belief[3, allies] == pytest.approx([0.5, 0.3, 0.2])


def test_forbidden_acts_stay_forbidden(inputs, one):
    controls = compiled(inputs, one, "{at: 2027-01, do: forbid, action: give_notice}")
    column = controls.act[:, ACTS.index("give_notice")]
    assert (column[:4] == 0).all()
    assert (column[4:] == -1).all()


def test_shapes_are_those_of_the_contract(inputs):
    controls = compile_controls(load("baseline")[0], inputs)
    assert isinstance(controls, Controls)
    assert isinstance(inputs.world, World)
    assert controls.notice_dates.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
